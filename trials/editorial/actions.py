"""What people at the desk do to a text: the verbs of `states`, each with its check.

Each action is one transaction with its audit row, and what a search reads changes with it. A
`check_…` raises the sentence that the person reads; `can` wraps it, so that the button and the POST
can't disagree.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit, indexing
from trials.editorial import first_draft, locks, readiness, revisions, term_uses
from trials.editorial.errors import NotAllowedError
from trials.editorial.permissions import allows
from trials.editorial.states import DOERS, TRANSITIONS
from trials.editorial.texts import locked
from trials.models import EditorialText
from trials.terms.desk import Part, Role, State, Verb

_FIRST_DRAFT = "First draft, made from the record’s fields: no field is reviewed"
_LONGEST_REASON = 2_000


def can(check: Callable[..., None], *args: object, **options: object) -> bool:
    """Tell whether a check lets something pass."""
    try:
        check(*args, **options)
    except NotAllowedError:
        return False
    return True


def check(text: EditorialText, verb: Verb, by: User) -> None:
    """Raise NotAllowedError where a person may not, or where the state or the words forbid it."""
    if not any(allows(by, role) for role in DOERS[verb]):
        roles = " or ".join(f"{role.label.lower()}s" for role in DOERS[verb])
        raise NotAllowedError(f"Only {roles} can do this.")
    if (State(text.state), verb) not in TRANSITIONS:
        label = State(text.state).label.lower()
        raise NotAllowedError(f"The text is {label}: “{verb.label}” is not possible from there.")
    _CHECKS[verb](text, by)


def _check_start(text: EditorialText, by: User) -> None:
    locks.check_free(text, by)


def _check_submit(text: EditorialText, by: User) -> None:
    locks.check_free(text, by)
    readiness.check_ready(text)


def _check_return(text: EditorialText, by: User) -> None:
    """Whoever may return a text may do so always."""


def _check_approve(text: EditorialText, by: User) -> None:
    if by.pk in revisions.authors_since(text, text.live):
        raise NotAllowedError("You wrote this text. Somebody else has to approve it.")
    readiness.check_ready(text)


def _check_publish(text: EditorialText, by: User) -> None:
    readiness.check_ready(text)


def _check_unpublish(text: EditorialText, by: User) -> None:
    if not text.is_live:
        raise NotAllowedError(
            "Patients don’t see a text of ours on this page: nothing to take back."
        )


_CHECKS: dict[Verb, Callable[[EditorialText, User], None]] = {
    Verb.START: _check_start,
    Verb.SUBMIT: _check_submit,
    Verb.RETURN: _check_return,
    Verb.APPROVE: _check_approve,
    Verb.PUBLISH: _check_publish,
    Verb.UNPUBLISH: _check_unpublish,
}


@transaction.atomic
def start(*, text: EditorialText, by: User) -> EditorialText:
    """Begin a new draft and take the lock; a text without words gets a first draft to start from.

    What patients see stays as it is.
    """
    text = locked(text.pk)
    check(text, Verb.START, by)
    if text.head is None:
        revisions.add_first(
            text=text,
            words=first_draft.draft(text.trial),
            by=by,
            note=_FIRST_DRAFT,
            sources=first_draft.SOURCES,
            covers=first_draft.covers(text.trial),
        )
    text.assigned_to = by
    text.requeued_at = text.requeued_by = None
    _move(text, Verb.START, by, fields=("assigned_to", "requeued_at", "requeued_by"))
    locks.take(text=text, by=by)
    return text


@transaction.atomic
def submit(*, text: EditorialText, note: str = "", by: User) -> EditorialText:
    """Hand the newest revision to a reviewer, and give the lock back."""
    text = locked(text.pk)
    check(text, Verb.SUBMIT, by)
    _move(text, Verb.SUBMIT, by, reason=note)
    locks.release(text=text)
    return text


@transaction.atomic
def return_(*, text: EditorialText, reason: str, by: User) -> EditorialText:
    """Give a text back to whoever wrote it last, with what has to change."""
    text = locked(text.pk)
    check(text, Verb.RETURN, by)
    _check_reason(reason, "Say what has to change: the writer reads it.")
    text.assigned_to = text.head.saved_by if text.head else text.assigned_to
    text.scheduled_at = text.scheduled_by = None
    _move(text, Verb.RETURN, by, reason, ("assigned_to", "scheduled_at", "scheduled_by"))
    return text


@transaction.atomic
def approve(
    *, text: EditorialText, note: str = "", seen: int | None = None, by: User
) -> EditorialText:
    """Let a text be published as it stands.

    `seen` is the number of the revision that the reviewer read: where another came since, nobody
    has read what they would approve.
    """
    text = locked(text.pk)
    check(text, Verb.APPROVE, by)
    if seen is not None and text.head is not None and text.head.number != seen:
        raise NotAllowedError(
            "The text changed while you had the page open. Read what it says now, then decide."
        )
    _move(text, Verb.APPROVE, by, reason=note)
    return text


@transaction.atomic
def publish(*, text: EditorialText, by: User) -> EditorialText:
    """Show the approved revision to patients, held against the record's present version."""
    text = locked(text.pk)
    check(text, Verb.PUBLISH, by)
    go_live(text=text, by=by)
    _move(text, Verb.PUBLISH, by)
    indexing.refresh([text.trial_id])
    return text


def go_live(*, text: EditorialText, by: User, at: datetime | None = None) -> None:
    """Copy the newest revision into what patients see; the caller moves the state and indexes.

    Raises NotAllowedError where there is no revision.
    """
    now = at or timezone.now()
    if text.head is None:
        raise NotAllowedError("There are no words to publish yet.")
    for part in Part:
        setattr(text, part.value, getattr(text.head, part.value))
    text.live, text.is_live = text.head, True
    text.published_at, text.published_by = now, by
    text.reviewed_on, text.based_on_version = now.date(), text.trial.record_version
    text.scheduled_at = text.scheduled_by = None
    text.requeued_at = text.requeued_by = None
    text.save()
    term_uses.refresh_uses(text)


@transaction.atomic
def unpublish(*, text: EditorialText, reason: str, by: User) -> EditorialText:
    """Take the page's words back: the page falls back to the registry's facts.

    A newer text that was scheduled leaves the schedule: nothing goes live by itself after that.
    """
    text = locked(text.pk)
    check(text, Verb.UNPUBLISH, by)
    _check_reason(reason, "Say why the page’s words are taken back.")
    text.is_live = False
    text.scheduled_at = text.scheduled_by = None
    _move(text, Verb.UNPUBLISH, by, reason, ("is_live", "scheduled_at", "scheduled_by"))
    term_uses.refresh_uses(text)
    indexing.refresh([text.trial_id])
    return text


@transaction.atomic
def look_again(*, text: EditorialText, by: User) -> None:
    """Say of a live page whose record changed: its words still hold, no field rests on the change.

    Raises NotAllowedError where a field does: it needs a fresh look in a new draft.
    """
    text = locked(text.pk)
    check_look_again(text, by)
    before = {"based_on_version": text.based_on_version, "reviewed_on": str(text.reviewed_on)}
    text.based_on_version = text.trial.record_version
    text.reviewed_on = timezone.now().date()
    text.requeued_at = text.requeued_by = None
    text.save(update_fields=["based_on_version", "reviewed_on", "requeued_at", "requeued_by"])
    audit.record(
        by=by,
        verb="look again",
        subject="text",
        trial=text.trial,
        before=before,
        after={"based_on_version": text.based_on_version, "reviewed_on": str(text.reviewed_on)},
    )


def check_look_again(text: EditorialText, by: User) -> None:
    """Raise NotAllowedError where a live page can't be held true without a new draft."""
    if not (allows(by, Role.REVIEWER) or allows(by, Role.PUBLISHER)):
        raise NotAllowedError("Only reviewers or publishers can do this.")
    if not text.is_live or text.live is None:
        raise NotAllowedError("Patients don’t see a text of ours on this page.")
    stale = readiness.stale_parts(text.live)
    if stale:
        names = ", ".join(part.label for part in stale)
        raise NotAllowedError(f"These fields rest on what changed: {names}. Start a new draft.")


def _move(
    text: EditorialText, verb: Verb, by: User, reason: str = "", fields: tuple[str, ...] = ()
) -> None:
    before = State(text.state)
    text.state = TRANSITIONS[before, verb]
    if text.state != before:
        text.since = timezone.now()
    text.save(update_fields=["state", "since", *fields])
    audit.record(
        by=by,
        verb=verb.value,
        subject="text",
        trial=text.trial,
        before={"state": before.value},
        after={"state": text.state, "revision": text.head.number if text.head else 0},
        reason=reason.strip(),
    )


def _check_reason(reason: str, sentence: str) -> None:
    if len(reason.strip()) < 3:
        raise NotAllowedError(sentence)
    if len(reason) > _LONGEST_REASON:
        raise NotAllowedError(f"Keep it below {_LONGEST_REASON} characters.")
