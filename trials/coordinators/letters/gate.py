"""What may not be sent at all, asked when a letter is made and again when it is sent."""

from collections.abc import Collection

from trials.coordinators import addresses
from trials.coordinators.letters import suppression, switch
from trials.terms.letters import LetterKind

SWITCHED_OFF = (
    "The registry lists this address, and letters to such addresses are switched off at the desk."
)
ON_THE_LIST = "This address is on the list of those that get nothing from us."


def why_not(address: str, kind: LetterKind) -> str:
    """Return why a letter that waits may not go to a normal address; empty where it may.

    Raise NotFromHereError where nothing may be sent from here: it waits for who may send it.
    """
    switch.check_writes_here()
    return problems([address], kind).get(address, "")


def problems(normal_addresses: Collection[str], kind: LetterKind) -> dict[str, str]:
    """Return why nothing of a kind may go to some normal addresses; the others may get it.

    Six queries at most, whatever the number of addresses.
    """
    standing = switch.standing()
    if not standing.writes_here:
        return dict.fromkeys(normal_addresses, switch.NOT_FROM_HERE)
    # The switch first: where it is on, nobody has to look through the registry.
    listed = set() if standing.is_on else addresses.registered_among(normal_addresses)
    suppressed = suppression.suppressed_among(normal_addresses, kind)
    return dict.fromkeys(listed, SWITCHED_OFF) | dict.fromkeys(suppressed, ON_THE_LIST)
