"""How often one address of the network may ask for a link to sign in: counted for an hour."""

from trials.editorial.reports import network
from trials.tries import may_try

ASKED_AN_HOUR = 20
_HOUR = 3600


def may_ask(address: str) -> bool:
    """Count somebody who asks, and tell whether that is not too often; only a digest is kept."""
    return may_try("sign-in", network(address), most=ASKED_AN_HOUR, seconds=_HOUR)
