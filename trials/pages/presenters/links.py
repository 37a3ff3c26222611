"""From what somebody typed to a link that is safe and works, or to plain text.

Nothing here changes what is shown: a number, an address or a URL is printed as typed, and only
gets a link where it can be understood.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from trials.terms.countries import country_code

REGISTRY = "https://clinicaltrials.gov/study/"
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_EXTENSION = re.compile(r"[0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and the address they lead to; an empty `href` is plain text.

    `kind` names what the words are where a label is needed: "Phone", "Email".
    """

    words: str
    href: str = ""
    kind: str = ""


def phone(number: str, extension: str, country: str) -> Link:
    """Link a telephone number as E.164; `country` (a registry name) is where it is dialled.

    A number that can't be told for sure stays plain text: a wrong line is worse than none.
    """
    words = f"{number} ext. {extension}" if extension else number
    try:
        parsed = phonenumbers.parse(number, country_code(country) or None)
    except phonenumbers.NumberParseException:
        return Link(words, kind="Phone")
    if not phonenumbers.is_valid_number(parsed):
        return Link(words, kind="Phone")
    href = f"tel:{phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)}"
    inner = extension.strip() or parsed.extension or ""
    return Link(words, f"{href};ext={inner}" if _EXTENSION.fullmatch(inner) else href, "Phone")


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
