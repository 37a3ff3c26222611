"""From what somebody typed to a link that is safe and works, or to plain text.

Nothing here changes what is shown: a number, an address or a URL is printed as typed, and only
gets a link where it can be understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from trials.terms.countries import country_code
from trials.terms.plain.contacts import UNDIALABLE_NUMBER

REGISTRY = "https://clinicaltrials.gov/study/"
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_EXTENSION = re.compile(r"[0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and the address they lead to; an empty `href` is plain text.

    `kind` names what the words are where a label is needed: "Phone", "Email". `note` is said beside
    them: the country of a number that can be dialled only there, or that a number could not be
    checked. `remark` follows: who says so, and who says something else.
    """

    words: str
    href: str = ""
    kind: str = ""
    note: str = ""
    remark: str = ""


def phone(number: str, extension: str, *countries: str) -> Link:
    """Link a telephone number as E.164; `countries` (registry names) are where it may be dialled.

    A number that can't be told for sure stays plain text and says so: a wrong line is worse than
    none. So a national number that is valid in two of the countries is a link only if it is the
    same line.
    """
    words = f"{number} ext. {extension}".strip() if extension else number
    found = _dialled(number, countries)
    if len({line for line, _, _ in found}) != 1:
        return Link(words, kind="Phone", note=UNDIALABLE_NUMBER)
    line, typed_extension, country = found[0]
    inner = extension.strip() or typed_extension
    href = f"tel:{line};ext={inner}" if _EXTENSION.fullmatch(inner) else f"tel:{line}"
    is_national = len(found) == 1 and not number.strip().startswith("+")
    return Link(words, href, "Phone", country if is_national else "")


def e164(number: str, country: str) -> str:
    """Return a number as E.164, as it is dialled in one country; empty where it can't be told."""
    found = _dialled(number, [country])
    return found[0][0] if found else ""


def extension_in(number: str, country: str) -> str:
    """Return the extension that was typed behind a number; empty where there is none."""
    found = _dialled(number, [country])
    return found[0][1] if found else ""


def _dialled(number: str, countries: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return what a number is in each country where it is valid: E.164, extension, country."""
    is_international = number.strip().startswith("+")
    found = []
    for country in dict.fromkeys([""] if is_international else countries):
        try:
            parsed = phonenumbers.parse(number, country_code(country) or None)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            line = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
            found.append((line, parsed.extension or "", country))
    return found


def mail(address: str) -> Link:
    """Link an e-mail address where it is a single plausible one."""
    typed = address.strip()
    try:
        validate_email(typed)
    except ValidationError:
        return Link(address, kind="Email")
    is_plain = _MAIL.fullmatch(typed)
    return Link(address, f"mailto:{quote(typed, safe='@')}" if is_plain else "", "Email")


def web(address: str) -> Link:
    """Link a web address of the registry's text: http and https only, shown in full."""
    typed = address.strip()
    try:
        parts = urlsplit(typed)
    except ValueError:
        return Link(address)
    is_plain = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
    return Link(typed, typed) if is_plain and not re.search(r"\s", typed) else Link(address)


def registry_record(nct_id: str) -> str:
    """Return the address of a record on ClinicalTrials.gov."""
    return f"{REGISTRY}{nct_id}"


def registry_results(nct_id: str) -> str:
    """Return the address of a record's results on ClinicalTrials.gov."""
    return f"{REGISTRY}{nct_id}?tab=results"


def pubmed(pmid: str) -> Link | None:
    """Return the address of a publication in PubMed, None for what is no PubMed id."""
    return (
        Link(f"PubMed {pmid}", f"{_PUBMED}{pmid}/") if re.fullmatch(r"[0-9]{1,9}", pmid) else None
    )
