"""The outbox: each letter goes out once at most.

A letter is claimed in a transaction of its own before the mail server is spoken to. Whoever finds
it claimed can't know if it went out, and leaves it to somebody at the desk.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from trials.coordinators.letters import again, bounds, composing, gate, posting, suppression
from trials.coordinators.letters.posting import Posted
from trials.models import Letter
from trials.terms.letters import LetterKind, LetterState, SuppressedFor

MOST_TRIES = 5
# After so many letters in a row that nobody took, the rest of a run waits: it is about us.
MOST_IN_A_ROW = 3
_FIRST_PAUSE = timedelta(minutes=5)
_TOO_LATE = "Nobody waits for this link to sign in any more."
_LOG = logging.getLogger(__name__)
# One thread: letters never take more than one of the web's database connections.
_BACKGROUND = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


@dataclass(slots=True)
class Sent:
    """How many letters of a run came to stand where, and whether it has to stop.

    `problem` is what the mail server said last that was not about an address.
    """

    states: Counter[LetterState] = field(default_factory=Counter)
    is_unreachable: bool = False
    in_a_row: int = 0
    problem: str = ""

    def add(self, posted: Posted | None) -> None:
        """Count one letter; None is one that was not touched."""
        if posted is None:
            return
        self.states[posted.state] += 1
        self.is_unreachable |= posted.is_unreachable
        if posted.is_about_us:
            self.in_a_row += 1
            self.problem = posted.problem
        elif posted.state != LetterState.DROPPED:  # no server was asked about that one
            self.in_a_row = 0

    @property
    def must_stop(self) -> bool:
        """Whether the mail server takes nothing from us now."""
        return self.is_unreachable or self.in_a_row >= MOST_IN_A_ROW


def deliver(letter_pk: int) -> LetterState:
    """Send a letter that waits and return where it stands; any other stays as it is.

    Call it outside of transactions: what is claimed must be so for everybody.
    """
    if (posted := attempt(letter_pk)) is not None:
        return posted.state
    return LetterState(Letter.objects.values_list("state", flat=True).get(pk=letter_pk))


def attempt(letter_pk: int) -> Posted | None:
    """Send a letter that waits and return what became of it, and why.

    Return None where nothing was done: it does not wait, or not for today.
    """
    letter = _claimed(letter_pk)
    if letter is None or letter.state == LetterState.WAITING:
        return None
    if letter.state == LetterState.DROPPED:
        return Posted(LetterState.DROPPED, letter.problem)
    try:
        message = composing.compose(letter)
    except composing.NothingToSayError as error:
        posted = Posted(LetterState.DROPPED, str(error))
    except ValueError as error:
        posted = posting.no_email(error)
    else:
        posted = posting.post(message)
    if posted.state == LetterState.WAITING and letter.tries >= MOST_TRIES:
        posted = replace(posted, state=LetterState.REFUSED)
    _write_down(letter, posted)
    return posted


def send_waiting() -> Sent:
    """Send what waits, the oldest first, and return what became of it.

    A letter that a server put off is tried again after ever longer pauses. Where the server can't
    be reached, or takes nothing from us, the rest waits for the next run.
    """
    sent = Sent()
    for letter_pk in _due():
        sent.add(attempt(letter_pk))
        if sent.must_stop:
            break
    return sent


def soon(letter: Letter) -> None:
    """Send a letter once this transaction is through, while nobody waits for it.

    What goes wrong leaves it waiting for the next `send_waiting`.
    """
    transaction.on_commit(lambda: _BACKGROUND.submit(_in_background, letter.pk))


def _due() -> Iterator[int]:
    """Yield what may be tried now, by one key after the other: nothing twice in a run."""
    now, last = timezone.now(), 0
    rested = Q(tries=0)
    for tries in range(1, MOST_TRIES):
        rested |= Q(tries=tries, sent_at__lte=now - _FIRST_PAUSE * 6 ** (tries - 1))
    waiting = Letter.objects.filter(rested, state=LetterState.WAITING).order_by("pk")
    while (found := waiting.filter(pk__gt=last).values_list("pk", flat=True).first()) is not None:
        last = found
        yield found


@transaction.atomic(durable=True)
def _claimed(letter_pk: int) -> Letter | None:
    """Take a letter that waits, so that nobody else sends it; None where somebody else has it."""
    rows = Letter.objects.select_for_update(skip_locked=True, of=["self"])
    letter = rows.filter(pk=letter_pk, state=LetterState.WAITING).first()
    if letter is None:
        return None
    bounds.hold(letter.address_digest)
    if problem := _why_not(letter):
        letter.state, letter.problem = LetterState.DROPPED, problem
        _write_down(letter, Posted(LetterState.DROPPED, problem), before=LetterState.WAITING)
    elif letter.kind == LetterKind.SIGN_IN or not bounds.went_out_today(letter.address_digest):
        letter.state, letter.sent_at, letter.tries = (
            LetterState.SENDING,
            timezone.now(),
            letter.tries + 1,
        )
        letter.save(update_fields=["state", "sent_at", "tries"])
    return letter


def _why_not(letter: Letter) -> str:
    too_late = timezone.now() - timedelta(minutes=settings.SIGN_IN_MINUTES)
    if letter.kind == LetterKind.SIGN_IN and letter.made_at < too_late:
        return _TOO_LATE
    return gate.why_not(letter.address, LetterKind(letter.kind))


@transaction.atomic
def _write_down(
    letter: Letter, posted: Posted, *, before: LetterState = LetterState.SENDING
) -> None:
    """Write down what became of a letter; its address goes once it is over."""
    is_open = posted.state in {LetterState.WAITING, LetterState.SENDING}
    Letter.objects.filter(pk=letter.pk, state=before).update(
        state=posted.state,
        problem=posted.problem,
        address=letter.address if is_open else "",
    )
    if posted.is_dead:
        suppression.suppress(
            address=letter.address, why=SuppressedFor.BOUNCED, detail=posted.problem
        )
    if posted.state in {LetterState.DROPPED, LetterState.REFUSED}:
        again.free(letter)


def _in_background(letter_pk: int) -> None:
    try:
        deliver(letter_pk)
    except Exception as error:
        # Its words may hold an address.
        _LOG.error("A letter was not sent in the background: %s", type(error).__name__)
    finally:
        connection.close()
