"""The outbox: each letter goes out once at most.

A letter is claimed in a transaction of its own before the mail server is spoken to. Whoever finds
it claimed can't know if it went out, and leaves it to somebody at the desk.
"""

import logging
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from trials import audit
from trials.coordinators.actions import check_desk
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters import bounds, composing, gate, posting, suppression
from trials.coordinators.letters.posting import Posted
from trials.coordinators.letters.switch import SUBJECT
from trials.models import Letter, LetterTopic
from trials.terms.letters import LetterKind, LetterState, SuppressedFor

MOST_TRIES = 5
# After that a letter found as being sent is no longer: its process is gone.
CUT_OFF_AFTER = timedelta(minutes=15)
_FIRST_PAUSE = timedelta(minutes=5)
_TOO_LATE = "Nobody waits for this link to sign in any more."
_LOG = logging.getLogger(__name__)
# One thread: letters never take more than one of the web's database connections.
_BACKGROUND = ThreadPoolExecutor(max_workers=1, thread_name_prefix="letters")


@dataclass(slots=True)
class Sent:
    """How many letters of a run came to stand where, and if no mail server could be reached."""

    states: Counter[LetterState] = field(default_factory=Counter)
    is_unreachable: bool = False

    def add(self, posted: Posted) -> None:
        """Count one letter."""
        self.states[posted.state] += 1
        self.is_unreachable |= posted.is_unreachable


def deliver(letter_pk: int) -> LetterState:
    """Send a letter that waits and return where it stands; any other stays as it is.

    Call it outside of transactions: what is claimed must be so for everybody.
    """
    return attempt(letter_pk).state


def attempt(letter_pk: int) -> Posted:
    """Send a letter that waits and return what became of it, and why."""
    letter = _claimed(letter_pk)
    if letter is None or letter.state != LetterState.SENDING:
        found = letter or Letter.objects.get(pk=letter_pk)
        return Posted(LetterState(found.state), found.problem)
    try:
        message = composing.compose(letter)
    except composing.NothingToSayError as error:
        posted = Posted(LetterState.DROPPED, str(error))
    else:
        posted = posting.post(message)
    if posted.state == LetterState.WAITING and letter.tries >= MOST_TRIES:
        posted = Posted(LetterState.REFUSED, posted.problem, is_unreachable=posted.is_unreachable)
    _write_down(letter, posted)
    return posted


def send_waiting() -> Sent:
    """Send what waits, the oldest first, and return what became of it.

    A letter that a server put off is tried again after ever longer pauses. Where the server can't
    be reached at all the rest waits for the next run.
    """
    sent = Sent()
    for letter_pk in _due():
        sent.add(attempt(letter_pk))
        if sent.is_unreachable:
            break
    return sent


def soon(letter: Letter) -> None:
    """Send a letter once this transaction is through, while nobody waits for it.

    What goes wrong leaves it waiting for the next `send_waiting`.
    """
    transaction.on_commit(lambda: _BACKGROUND.submit(_in_background, letter.pk))


@transaction.atomic
def send_again(*, letter: Letter, by: User) -> None:
    """Let a letter that was cut off wait to be sent again: somebody accepts that it comes twice.

    Raise RefusedError for any other letter.
    """
    check_desk(by)
    row = cut_off().select_for_update().filter(pk=letter.pk).first()
    if row is None:
        raise RefusedError("This letter was not cut off.")
    Letter.objects.filter(pk=row.pk).update(state=LetterState.WAITING, tries=0, problem="")
    audit.record(
        by=by, verb="send again", subject=SUBJECT, after={"letter": row.get_kind_display()}
    )


def cut_off() -> "QuerySet[Letter]":
    """Return the letters of which nobody knows if they went out."""
    before = timezone.now() - CUT_OFF_AFTER
    return Letter.objects.filter(state=LetterState.SENDING, sent_at__lt=before)


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
        letter.state = LetterState.DROPPED
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
    if posted.state == LetterState.DROPPED:
        # It was never sent, so that the same may be said another day.
        said = LetterTopic.objects.filter(letter=letter)
        said.update(once=Concat(F("once"), Value(f":{letter.pk}")))


def _in_background(letter_pk: int) -> None:
    try:
        deliver(letter_pk)
    except Exception as error:
        # Its words may hold an address.
        _LOG.error("A letter was not sent in the background: %s", type(error).__name__)
    finally:
        connection.close()
