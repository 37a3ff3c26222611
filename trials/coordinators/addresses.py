"""E-mail addresses of study teams: one way to write them, and the digest that is kept of one."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Value
from django.db.models.functions import MD5, Upper
from django.utils.crypto import salted_hmac

from trials.models import CentralContact, SiteContact

_LONGEST = 254


def normal(typed: str) -> str:
    """Return an address as it is kept: without blanks around it, in lower case.

    Raise ValueError with a sentence for what is no single address; a line break is none, so that
    nothing typed gets into the head of a letter.
    """
    address = typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError(f"“{typed.strip()[:80]}” is not an email address.") from None
    if len(address) > _LONGEST or not address.isprintable():
        raise ValueError(f"“{typed.strip()[:80]}” is not an email address.")
    return address


def digest_of(address: str) -> str:
    """Return what is kept of a normal address once its letter is over: a keyed digest."""
    return salted_hmac("trials.letters.address", address, algorithm="sha256").hexdigest()


def is_registered(address: str) -> bool:
    """Tell whether the registry lists a normal address as a contact anywhere; two queries."""
    return any(
        model.objects.alias(known=MD5(Upper("email")))
        .exclude(email="")
        .filter(known=_md5(address), email__iexact=address)
        .exists()
        for model in (SiteContact, CentralContact)
    )


def registered_among(normal_addresses: Collection[str]) -> set[str]:
    """Return which of some normal addresses the registry lists as a contact; two queries."""
    known = [_md5(address) for address in normal_addresses]
    found: set[str] = set()
    for model in (SiteContact, CentralContact):
        rows = model.objects.alias(known=MD5(Upper("email"))).exclude(email="")
        listed = rows.filter(known__in=known).order_by().values_list("email", flat=True)
        found.update(email.strip().lower() for email in listed.distinct())
    return found.intersection(normal_addresses)


def _md5(address: str) -> MD5:
    return MD5(Upper(Value(address)))
