"""The link by which somebody stops our letters: signed, without an end, and without an address."""

from django.conf import settings
from django.core import signing
from django.http import QueryDict
from django.urls import reverse

from trials.coordinators import addresses
from trials.coordinators.letters import suppression
from trials.models import SuppressedAddress
from trials.terms.letters import SuppressedFor

_SALT = "trials.coordinators.letters"
_LONGEST_KEY = 1_000


class UnreadableKeyError(Exception):
    """A key that we did not make, or that was cut."""


def unsubscribe_address(address: str) -> str:
    """Return where the reader of a normal address stops our letters."""
    query = QueryDict(mutable=True)
    known = [addresses.digest_of(address), suppression.domain_of(address)]
    query["key"] = signing.dumps(known, salt=_SALT)
    return f"{settings.PUBLIC_BASE_URL}{reverse('unsubscribe')}?{query.urlencode()}"


def domain(key: str) -> str:
    """Return the domain of a key's address; raise UnreadableKeyError for what is no key."""
    return _read(key)[1]


def standing(key: str) -> SuppressedAddress | None:
    """Return why nothing is sent to a key's address, None where letters may go to it."""
    return suppression.found(_read(key)[0])


def unsubscribe(key: str) -> None:
    """Stop letters to a key's address; again is the same as once."""
    suppression.suppress_known(*_read(key), SuppressedFor.UNSUBSCRIBED)


def resubscribe(key: str) -> None:
    """Take back that the reader stopped letters; what the desk or a mail server said stays."""
    suppression.resubscribe(_read(key)[0])


def _read(key: str) -> tuple[str, str]:
    try:
        digest, known_domain = signing.loads(key[:_LONGEST_KEY], salt=_SALT)
    except (signing.BadSignature, ValueError):
        raise UnreadableKeyError from None
    return digest, known_domain
