"""What waits for somebody at the desk: queues computed from texts and records, nothing pushed.

A queue is as long as the desk has texts, readers' reports, answers or coordinators; “new” walks the
newest open trials by an index and is counted to a bound. Costs never grow with the registry.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Count as CountOf
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone

from trials.editorial import reports, staleness
from trials.editorial.states import UNDER_WAY
from trials.models import Confirmation, EditorialText, ReaderReport, SearchRow, SiteCoordinator
from trials.terms.desk import Role, State

COUNTED_AT_MOST = 10_000


class Queue(TextChoices):
    """A list of things to do, in the order in which the desk shows them."""

    CHANGED = "changed", "Registry changed since review"
    REPORTS = "reports", "Reader reports"
    CORRECTIONS = "corrections", "Corrections waiting"
    ASKED = "asked", "Asked back"
    GONE = "gone", "Coordinators whose site is gone"
    RETURNED = "returned", "Returned to me"
    REVIEW = "review", "To review"
    APPROVED = "approved", "To publish"
    DRAFTS = "drafts", "Drafts"
    OVERDUE = "overdue", "Review overdue"
    REQUEUED = "requeued", "Asked for another look"
    NEW = "new", "New from the registry"


# Whom a queue concerns first: the front page opens on the first of theirs that holds something.
OWNERS: dict[Queue, tuple[Role, ...]] = {
    Queue.CHANGED: (Role.WRITER, Role.REVIEWER, Role.PUBLISHER),
    Queue.REPORTS: (Role.WRITER, Role.REVIEWER, Role.PUBLISHER),
    Queue.CORRECTIONS: (Role.WRITER, Role.REVIEWER, Role.PUBLISHER),
    Queue.ASKED: (),  # the study team is to answer
    Queue.GONE: (Role.WRITER, Role.REVIEWER, Role.PUBLISHER),
    Queue.RETURNED: (Role.WRITER,),
    Queue.REVIEW: (Role.REVIEWER,),
    Queue.APPROVED: (Role.PUBLISHER,),
    Queue.DRAFTS: (Role.WRITER,),
    Queue.OVERDUE: (Role.REVIEWER, Role.PUBLISHER),
    Queue.REQUEUED: (Role.WRITER,),
    Queue.NEW: (Role.WRITER,),
}


class Holder(TextChoices):
    """Whose work to list."""

    ANYONE = "", "Anyone"
    ME = "me", "Me"
    NOBODY = "nobody", "No one"


@dataclass(frozen=True, slots=True)
class Count:
    """How many things wait; `is_capped` says that there are more."""

    number: int
    is_capped: bool = False

    def __str__(self) -> str:
        return f"over {self.number:,}" if self.is_capped else f"{self.number:,}"


@dataclass(frozen=True, slots=True)
class Ages:
    """How long the things that wait for a person have waited."""

    this_week: int
    this_month: int
    older: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.this_week + self.this_month + self.older


def texts(queue: Queue, *, by: User, holder: str = "") -> "QuerySet[EditorialText]":
    """Return the texts of a queue, most urgent or longest waiting first.

    Five queues hold trials that may have no text: those of `new_trials`, `reported_trials`,
    `answers` and `gone_sites`.
    """
    rows = _QUEUES[queue](by)
    if holder == Holder.ME:
        rows = rows.filter(assigned_to=by)
    elif holder == Holder.NOBODY:
        rows = rows.filter(assigned_to=None)
    # Fetched for the rows of a page alone: a join would be sorted with all of them.
    return rows.prefetch_related("trial", "assigned_to", "locked_by")


def new_trials(*, by: User, holder: str = "") -> "QuerySet[SearchRow]":
    """Return open public trials that nobody has begun to write about, the newest first.

    They come as search rows: the index of open trials by the day they were posted serves them.
    """
    begun = EditorialText.objects.filter(trial=OuterRef("trial")).exclude(state=State.NOT_STARTED)
    rows = SearchRow.objects.filter(~Exists(begun), is_open=True, signature__gte=0)
    if holder == Holder.ME:
        rows = rows.filter(trial__editorial__assigned_to=by)
    elif holder == Holder.NOBODY:
        rows = rows.filter(~Exists(begun_or_assigned()))
    return rows.order_by(*_NEWEST)


def reported_trials(*, by: User, holder: str = "") -> "QuerySet[ReaderReport, dict[str, Any]]":
    """Return the trials with open reports as `reports.waiting` does, whatever their text."""
    rows = reports.waiting()
    if holder == Holder.ME:
        rows = rows.filter(trial__editorial__assigned_to=by)
    elif holder == Holder.NOBODY:
        rows = rows.filter(trial__editorial__assigned_to=None)
    return rows


def answers(queue: Queue, *, by: User, holder: str = "") -> "QuerySet[Confirmation]":
    """Return what study teams say is wrong with their sites, the longest waiting first.

    CORRECTIONS wait for the desk, ASKED for an answer of the study team.
    """
    rows = _ANSWERS[queue]()
    if holder == Holder.ME:
        rows = rows.filter(trial__editorial__assigned_to=by)
    elif holder == Holder.NOBODY:
        rows = rows.filter(trial__editorial__assigned_to=None)
    return rows.select_related(
        "trial__editorial__assigned_to", "trial__editorial__locked_by", "trial"
    )


def gone_sites(*, by: User, holder: str = "") -> "QuerySet[SiteCoordinator]":
    """Return who looked after a site that the registry no longer lists, until the desk ends it."""
    rows = SiteCoordinator.objects.gone()
    if holder == Holder.ME:
        rows = rows.filter(trial__editorial__assigned_to=by)
    elif holder == Holder.NOBODY:
        rows = rows.filter(trial__editorial__assigned_to=None)
    return rows.select_related(
        "trial__editorial__assigned_to", "trial__editorial__locked_by", "trial", "coordinator"
    )


def begun_or_assigned() -> "QuerySet[EditorialText]":
    """Return the texts of a search row's trial that somebody has taken on."""
    return EditorialText.objects.filter(trial=OuterRef("trial")).exclude(
        state=State.NOT_STARTED, assigned_to=None
    )


def counts(by: User) -> dict[Queue, Count]:
    """Return how many things wait in each queue, whoever they are assigned to."""
    found = {queue: Count(_QUEUES[queue](by).order_by().count()) for queue in _QUEUES}
    found[Queue.REPORTS] = Count(reports.waiting().order_by().count())
    for queue, rows in _ANSWERS.items():
        found[queue] = Count(rows().order_by().count())
    found[Queue.GONE] = Count(SiteCoordinator.objects.gone().order_by().count())
    found[Queue.NEW] = capped(new_trials(by=by).only("pk"))
    return {queue: found[queue] for queue in Queue}


def capped(rows: "QuerySet[SearchRow]") -> Count:
    """Count rows to a bound."""
    number = rows[: COUNTED_AT_MOST + 1].count()
    return Count(min(number, COUNTED_AT_MOST), is_capped=number > COUNTED_AT_MOST)


def first_for(numbers: dict[Queue, Count], roles: Iterable[Role]) -> Queue:
    """Return the queue to open for a person: the first of theirs in which something waits."""
    theirs = set(roles)
    for queue in Queue:
        if numbers[queue].number and theirs.intersection(OWNERS[queue]):
            return queue
    return Queue.NEW


def ages() -> Ages:
    """Return how long drafts, reviews, returned and approved texts have been where they are."""
    now = timezone.now()
    week, month = now - timedelta(days=7), now - timedelta(days=30)
    found = EditorialText.objects.filter(state__in=UNDER_WAY).aggregate(
        this_week=CountOf("pk", filter=Q(since__gte=week)),
        this_month=CountOf("pk", filter=Q(since__lt=week, since__gte=month)),
        older=CountOf("pk", filter=Q(since__lt=month) | Q(since=None)),
    )
    return Ages(**found)


def overdue_before() -> datetime:
    """Return the moment before which a review is overdue."""
    return timezone.now() - timedelta(days=settings.REVIEW_DAYS)


# As the index searchrow_open_posted has them
_NEWEST = (F("posted_on").desc(nulls_last=True), F("trial").desc())


def _in_state(state: State) -> "QuerySet[EditorialText]":
    return EditorialText.objects.filter(state=state).order_by("since", "pk")


def _changed(by: User) -> "QuerySet[EditorialText]":
    del by
    return staleness.changed_texts().order_by("urgency", "changed_since", "pk")


def _returned(by: User) -> "QuerySet[EditorialText]":
    return _in_state(State.RETURNED).filter(assigned_to=by)


def _to_review(by: User) -> "QuerySet[EditorialText]":
    """Leave out what a person wrote last: they can't approve it."""
    return _in_state(State.IN_REVIEW).exclude(head__saved_by=by)


def _overdue(by: User) -> "QuerySet[EditorialText]":
    del by
    rows = EditorialText.objects.filter(is_live=True, reviewed_on__lt=overdue_before().date())
    return rows.order_by("reviewed_on", "pk")


def _requeued(by: User) -> "QuerySet[EditorialText]":
    del by
    return EditorialText.objects.filter(requeued_at__isnull=False).order_by("requeued_at", "pk")


_ANSWERS = {
    Queue.CORRECTIONS: Confirmation.objects.waiting,
    Queue.ASKED: Confirmation.objects.asked,
}
_QUEUES = {
    Queue.CHANGED: _changed,
    Queue.RETURNED: _returned,
    Queue.REVIEW: _to_review,
    Queue.APPROVED: lambda by: _in_state(State.APPROVED),
    Queue.DRAFTS: lambda by: _in_state(State.DRAFT),
    Queue.OVERDUE: _overdue,
    Queue.REQUEUED: _requeued,
}
