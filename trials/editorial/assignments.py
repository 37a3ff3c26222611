"""Who looks after a text and when it goes live: assign, ask for another look, schedule, note."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit
from trials.editorial import readiness
from trials.editorial.actions import publish
from trials.editorial.errors import NotAllowedError
from trials.editorial.locks import name
from trials.editorial.permissions import allows, is_at_desk
from trials.editorial.texts import locked
from trials.models import EditorialText
from trials.terms.desk import Role, State


def check_assign(by: User, to: User | None) -> None:
    """Raise NotAllowedError where a person can't give a text to somebody."""
    if not is_at_desk(by):
        raise NotAllowedError("Only people of the desk can assign texts.")
    if to is not None and not (to.is_active and is_at_desk(to)):
        raise NotAllowedError(f"{name(to)} is not at the desk: choose somebody with a role.")


@transaction.atomic
def assign(*, text: EditorialText, to: User | None, by: User) -> None:
    """Give a text to somebody, or to nobody."""
    check_assign(by, to)
    text = locked(text.pk)
    before = text.assigned_to.get_username() if text.assigned_to else ""
    text.assigned_to = to
    text.save(update_fields=["assigned_to"])
    audit.record(
        by=by,
        verb="assign",
        subject="text",
        trial=text.trial,
        before={"assigned_to": before},
        after={"assigned_to": to.get_username() if to else ""},
    )


@transaction.atomic
def requeue(*, text: EditorialText, reason: str, by: User) -> None:
    """Ask for another look at a page that patients see."""
    if not is_at_desk(by):
        raise NotAllowedError("Only people of the desk can ask for another look.")
    text = locked(text.pk)
    if not text.is_live:
        raise NotAllowedError("Patients don’t see a text of ours on this page: start writing it.")
    text.requeued_at, text.requeued_by = timezone.now(), by
    text.save(update_fields=["requeued_at", "requeued_by"])
    audit.record(by=by, verb="re-queue", subject="text", trial=text.trial, reason=reason)


@transaction.atomic
def note(*, text: EditorialText, words: str, by: User) -> None:
    """Leave a note for the others; it stays in the text's history."""
    if not is_at_desk(by):
        raise NotAllowedError("Only people of the desk can leave notes.")
    if not words.strip():
        raise NotAllowedError("Write the note first.")
    audit.record(by=by, verb="note", subject="text", trial=text.trial, reason=words.strip()[:2_000])


def check_schedule(text: EditorialText, by: User) -> None:
    """Raise NotAllowedError where a text can't be given a day to go live."""
    if not allows(by, Role.PUBLISHER):
        raise NotAllowedError("Only publishers can do this.")
    if text.state != State.APPROVED:
        raise NotAllowedError("Only an approved text can be scheduled.")
    readiness.check_ready(text)


@transaction.atomic
def schedule(*, text: EditorialText, at: datetime | None, by: User) -> None:
    """Let an approved text go live by itself at a moment to come; None takes that back."""
    text = locked(text.pk)
    check_schedule(text, by)
    if at is not None and at <= timezone.now():
        raise NotAllowedError("That moment has passed: choose a later one, or publish now.")
    text.scheduled_at, text.scheduled_by = (at, by) if at else (None, None)
    text.save(update_fields=["scheduled_at", "scheduled_by"])
    audit.record(
        by=by,
        verb="schedule",
        subject="text",
        trial=text.trial,
        after={"scheduled_at": at.isoformat() if at else ""},
    )


def publish_due() -> tuple[list[str], list[str]]:
    """Publish what is due, each text in a transaction of its own.

    Returns the numbers of the trials whose texts went live, and a sentence for each that could not:
    a record that changed meanwhile needs a fresh look first, and the text leaves the schedule.
    """
    done: list[str] = []
    refused: list[str] = []
    due = EditorialText.objects.filter(scheduled_at__lte=timezone.now()).order_by("scheduled_at")
    for pk in due.values_list("pk", flat=True):
        _publish_one(pk, done, refused)
    return done, refused


@transaction.atomic
def _publish_one(pk: int, done: list[str], refused: list[str]) -> None:
    """Publish a text unless another run has it in hand or has done it."""
    rows = EditorialText.objects.select_for_update(skip_locked=True, of=["self"])
    due = rows.filter(pk=pk, scheduled_at__lte=timezone.now())
    text = due.select_related("trial", "scheduled_by").first()
    if text is None:
        return
    by = text.scheduled_by
    try:
        publish(text=text, by=by)
    except NotAllowedError as error:
        refused.append(f"{text.trial.nct_id}: {error}")
        _take_off_schedule(text, str(error), by)
    else:
        done.append(text.trial.nct_id)


def _take_off_schedule(text: EditorialText, why: str, by: User) -> None:
    text.scheduled_at = text.scheduled_by = None
    text.save(update_fields=["scheduled_at", "scheduled_by"])
    audit.record(by=by, verb="schedule refused", subject="text", trial=text.trial, reason=why)
