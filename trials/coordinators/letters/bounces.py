"""Mail that came back: its address gets nothing more, its letter says so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from trials.coordinators import addresses
from trials.coordinators.letters import suppression
from trials.coordinators.letters.delivery_reports import Failure, UnreadableError, failures_in
from trials.models import Letter
from trials.terms.letters import LetterState, SuppressedFor

_WENT_OUT = (LetterState.SENT, LetterState.SENDING)
# Two machines may differ in what time it is.
_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(slots=True)
class Noted:
    """How many letters came back, how many reports said nothing new, and what could not be read."""

    bounced: int = 0
    nothing_new: int = 0
    problems: list[str] = field(default_factory=list)


def note(messages: Iterable[tuple[str, bytes]]) -> Noted:
    """Write down what the delivery reports among some messages say; each has a name."""
    noted = Noted()
    for name, content in messages:
        try:
            failures = failures_in(content)
        except UnreadableError as error:
            noted.problems.append(f"{name}: {error}.")
            continue
        bounced = sum(note_failure(failure) for failure in failures)
        noted.bounced += bounced
        noted.nothing_new += not bounced
    return noted


@transaction.atomic
def note_failure(failure: Failure) -> bool:
    """Suppress an address that takes no mail and mark the letter that came back.

    It counts once, and only for an address to which a letter went out before: anybody can write a
    report, and a mailbox may be read again after the desk has lifted a suppression. Return whether
    it did.
    """
    for address in failure.addresses:
        letter = _newest_letter(address, failure)
        if letter is None or letter.state not in _WENT_OUT:
            continue
        Letter.objects.filter(pk=letter.pk).update(
            state=LetterState.BOUNCED, address="", problem=f"It came back: {failure.status}"
        )
        suppression.suppress(
            address=address, why=SuppressedFor.BOUNCED, detail=f"It came back: {failure.status}"
        )
        return True
    return False


def _newest_letter(address: str, failure: Failure) -> Letter | None:
    """Return the letter that a report can be about: the last one before it."""
    rows = Letter.objects.select_for_update(of=["self"]).filter(
        address_digest=addresses.digest_of(address), sent_at__isnull=False
    )
    if failure.at is not None:
        rows = rows.filter(sent_at__lte=failure.at + _CLOCKS_DIFFER)
    return rows.order_by("-sent_at", "-pk").first()
