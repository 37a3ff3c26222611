"""Mail that came back: its letter says so, and an address that is dead gets nothing more."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from django.db import transaction

from trials.coordinators import addresses
from trials.coordinators.letters import again, message_ids, suppression
from trials.coordinators.letters.answers import About
from trials.coordinators.letters.delivery_reports import Failure, UnreadableError, failures_in
from trials.models import Letter
from trials.terms.letters import LetterState, SuppressedFor

_WENT_OUT = (LetterState.SENT, LetterState.SENDING)


class Outcome(Enum):
    """What a report about one address led to."""

    DEAD = auto()
    REFUSED = auto()
    NOTHING_NEW = auto()
    NOT_OURS = auto()


@dataclass(slots=True)
class Noted:
    """How many letters came back from dead addresses and were refused, and of how many reports and
    other messages nothing came.
    """

    bounced: int = 0
    refused: int = 0
    nothing_new: int = 0
    not_ours: int = 0
    no_reports: int = 0

    def add(self, outcomes: set[Outcome]) -> None:
        """Count a report by what it led to; it is about one letter, or several."""
        self.bounced += Outcome.DEAD in outcomes
        self.refused += Outcome.REFUSED in outcomes
        if not outcomes & {Outcome.DEAD, Outcome.REFUSED}:
            is_new_to_us = Outcome.NOT_OURS in outcomes
            self.not_ours += is_new_to_us
            self.nothing_new += not is_new_to_us


def note(messages: Iterable[tuple[str, bytes]]) -> Noted:
    """Write down what the delivery reports among some messages say; each has a name."""
    noted = Noted()
    for _, content in messages:
        try:
            failures = failures_in(content)
        except UnreadableError:
            noted.no_reports += 1
            continue
        noted.add({note_failure(failure) for failure in failures})
    return noted


@transaction.atomic
def note_failure(failure: Failure) -> Outcome:
    """Mark a letter that came back; suppress its address if that is dead.

    It counts once, and only where the letter itself came back with the report, under the name that
    we gave it for that address: anybody can write a report, and a mailbox may be read again after
    the desk has lifted a suppression. What came back for another reason than its address is refused
    late: it may be said again.
    """
    letter, address = _letter_of(failure)
    if letter is None:
        return Outcome.NOT_OURS
    if letter.state not in _WENT_OUT:
        return Outcome.NOTHING_NEW
    is_dead = failure.about == About.MAILBOX
    problem = f"It came back: {failure.status}"
    Letter.objects.filter(pk=letter.pk).update(
        state=LetterState.BOUNCED if is_dead else LetterState.REFUSED, address="", problem=problem
    )
    if not is_dead:
        again.free(letter)
        return Outcome.REFUSED
    suppression.suppress(address=address, why=SuppressedFor.BOUNCED, detail=problem)
    return Outcome.DEAD


def _letter_of(failure: Failure) -> tuple[Letter | None, str]:
    """Return the letter that came back, and which of the report's addresses it went to."""
    digests = {addresses.digest_of(address): address for address in failure.addresses}
    for name in failure.message_ids:
        rows = Letter.objects.select_for_update(of=["self"])
        letter = rows.filter(pk=message_ids.letter_of(name), address_digest__in=digests).first()
        if letter is not None and message_ids.is_of(name, letter):
            return letter, digests[letter.address_digest]
    return None, ""
