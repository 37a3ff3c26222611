"""How often one address of the network may ask for a link to sign in: counted for an hour."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from trials.editorial.reports import network

ASKED_AN_HOUR = 20
_HOUR = 3600


def may_ask(address: str) -> bool:
    """Count somebody who asks, and tell whether that is not too often; only a digest is kept."""
    digest = salted_hmac("trials.team.asking", network(address), algorithm="sha256").hexdigest()
    key = f"sign-in:{digest}"
    asked = cache.get(key, 0)
    if asked >= ASKED_AN_HOUR:
        return False
    cache.set(key, asked + 1, _HOUR)
    return True
