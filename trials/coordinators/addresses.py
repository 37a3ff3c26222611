"""E-mail addresses of study teams: one way to write them, and the digest that is kept of one."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from itertools import product

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, Value
from django.db.models.functions import MD5, Upper
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode

from trials.models import CentralContact, SiteContact

_LONGEST = 254
# A cell that is one address and nothing else. All others have an index: migration 0016 has the
# same words.
_PLAIN = r"^[A-Za-z0-9_][A-Za-z0-9._+-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*[A-Za-z0-9]$"
_AT = re.compile(r"\s*(?:@|[(\[{]\s*at\s*[)\]}])[\s@]*")
# What may stand before the “@”: all that the rules of mail know, and what people use. Of “mail=a@…”
# the second finds “a”, and of “a/b@…” nobody can tell which is meant.
_NAMES = (
    re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+$"),
    re.compile(r"[a-z0-9._+'-]+$"),
)
# What may follow it, up to words of another script that no blank sets apart.
_DOMAINS = (re.compile(r"^[\w.-]+"), re.compile(r"^[a-z0-9.-]+"))


def normal(typed: str) -> str:
    """Return an address as it is kept: without blanks around it, in lower case, and its domain as
    mail servers know it.

    Raise ValueError with a sentence for what is no single address, or has a domain that no mail
    server can know; a line break is none, so that nothing typed gets into the head of a letter.
    """
    try:
        return _written(typed.strip().lower())
    except (ValidationError, UnicodeError):
        raise ValueError(f"“{typed.strip()[:80]}” is not an email address.") from None


def digest_of(address: str) -> str:
    """Return what is kept of a normal address once its letter is over: a keyed digest."""
    return salted_hmac("trials.letters.address", address, algorithm="sha256").hexdigest()


def registered_among(normal_addresses: Collection[str]) -> set[str]:
    """Return which of some normal addresses the registry lists as a contact; two queries.

    A cell that is a plain address is found by its hash. The few that are not (several addresses,
    words around one, odd signs) are read, each address of theirs counts.
    """
    known = [MD5(Upper(Value(address))) for address in normal_addresses]
    if not known:
        return set()
    names = {address.rpartition("@")[0] for address in normal_addresses}
    found: set[str] = set()
    for model in (SiteContact, CentralContact):
        cells = model.objects.exclude(email="").order_by().values_list("email", flat=True)
        plain = cells.alias(known=MD5(Upper("email"))).filter(known__in=known)
        for cell in plain.union(cells.filter(~Q(email__regex=_PLAIN))):
            found.add(cell.strip().lower())
            found.update(_addresses_in(cell, names))
    return found.intersection(normal_addresses)


def _written(address: str) -> str:
    if not address.isprintable():
        raise ValidationError("")
    validate_email(address)
    name, _, domain = address.rpartition("@")
    address = f"{name}@{punycode(domain)}"
    validate_email(address)  # what a sign stands for in a domain may be none of a domain
    if len(address) > _LONGEST:
        raise ValidationError("")
    return address


def _addresses_in(cell: str, names: Collection[str]) -> Iterator[str]:
    """Yield the normal addresses that a cell of the registry may hold, rather one too many.

    Only those with one of some names before the “@”: whole cells are not taken apart in vain.
    """
    before, *others = _AT.split((cell if cell.isascii() else _shown(cell)).lower())
    for after in others:
        if wanted := _found(_NAMES, before).intersection(names):
            for name, domain in product(wanted, _found(_DOMAINS, after)):
                with suppress(ValueError):
                    yield normal(f"{name}@{domain}")
        before = after


def _shown(cell: str) -> str:
    """Return a text as a reader sees it: without invisible signs, wide ones as the usual ones."""
    plain = unicodedata.normalize("NFKC", cell).replace("。", ".")
    return "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")


def _found(rules: Sequence[re.Pattern[str]], text: str) -> set[str]:
    """Return what rules find in a text, with and without the signs that sentences put around it."""
    found = {match.group() for rule in rules if (match := rule.search(text))}
    return found | {each.strip("'.-*_`") for each in found}
