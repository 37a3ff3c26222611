"""The admin's front page: what waits, most urgent first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import Truncator

from trials.admin.desk.access import roles_of
from trials.editorial import queue as queues
from trials.editorial import reports
from trials.editorial.locks import holder, name
from trials.editorial.queue import Count, Holder, Queue
from trials.models import (
    Confirmation,
    Correction,
    EditorialText,
    SearchRow,
    SiteCoordinator,
    Trial,
)
from trials.terms.corrections import UNDER_WAY, Fate, Field
from trials.terms.desk import State
from trials.terms.plain import status
from trials.terms.reports import ReportKind
from trials.terms.sources import Source, Urgency, kinds_of, urgency_of
from trials.terms.values import canonical_nct_id

ROWS_A_PAGE = 25
_LONGEST_QUESTION = 300
_EMPTY = {
    Queue.CHANGED: "No record changed since its page was reviewed.",
    Queue.REPORTS: "Every report of a reader is answered.",
    Queue.CORRECTIONS: "No answer of a study team waits for the desk.",
    Queue.ASKED: "No study team is asked about a correction.",
    Queue.GONE: "The registry lists every site that a coordinator looks after.",
    Queue.RETURNED: "Nothing was returned to you.",
    Queue.REVIEW: "No text waits for your review.",
    Queue.APPROVED: "No approved text waits to be published.",
    Queue.DRAFTS: "Nobody is writing a draft.",
    Queue.OVERDUE: "No review is overdue.",
    Queue.REQUEUED: "Nobody asked for another look at a page.",
    Queue.NEW: "Every open trial has a text, or there are no open trials yet.",
}


# What the third column of a queue is about, where it has one.
_WHAT = {
    Queue.CHANGED: "What changed",
    Queue.REPORTS: "What readers report",
    Queue.CORRECTIONS: "What the study team says",
    Queue.ASKED: "What we asked",
    Queue.GONE: "Who looked after which site",
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One queue's tab."""

    queue: Queue
    count: Count
    is_here: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits, since when; `urgency` is empty where no row differs in it.

    `answer` is the key of a study team's answer that waits, `coordinator` the address of one whose
    site is gone.
    """

    pk: int
    nct_id: str
    title: str
    state: str
    what: str
    urgency: str
    since: datetime | None
    assigned: str
    writing: str
    answer: int | None = None
    coordinator: str = ""

    @property
    def address(self) -> str:
        """Where to work on it: the text, the answer of a study team, or who has which site."""
        if self.coordinator:
            query = urlencode({"q": f"{self.coordinator} {self.nct_id}"})
            return f"{reverse('admin:desk-coordinators')}?{query}"
        if self.answer is not None:
            return reverse("admin:desk-answer", args=[self.answer])
        return reverse("admin:desk-text", args=[self.nct_id])

    @property
    def days(self) -> str:
        """How long it has waited, in words."""
        if self.since is None:
            return "–"
        days = (timezone.now() - self.since).days
        return "today" if days < 1 else "1 day" if days == 1 else f"{days:,} days"


class QueueForm(forms.Form):
    """Which queue, whose work, which page."""

    queue = forms.ChoiceField(choices=Queue.choices, required=False)
    who = forms.ChoiceField(
        choices=Holder.choices, required=False, label="Assigned to", widget=forms.Select
    )
    page = forms.IntegerField(min_value=1, max_value=400, required=False)


class FindForm(forms.Form):
    """A trial by its number."""

    number = forms.CharField(max_length=40, label="Trial number")

    def clean_number(self) -> str:
        """Return the number as addresses have it."""
        try:
            return canonical_nct_id(self.cleaned_data["number"])
        except ValueError:
            raise forms.ValidationError(
                "A trial number is NCT and eight digits, such as NCT07193667."
            ) from None


def front_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Show a queue; to staff without a role only the tables."""
    user: User = request.user  # type: ignore[assignment]  # staff alone come here
    roles = roles_of(user)
    if "number" in request.GET:
        find = FindForm(request.GET)
        if find.is_valid():
            return redirect("admin:desk-text", find.cleaned_data["number"])
    else:
        find = FindForm()
    context |= {"find": find, "roles": roles, "title": "Work queue"}
    if roles:
        context |= _work(request, user)
    return TemplateResponse(request, "desk/queue.html", context)


def _work(request: HttpRequest, user: User) -> dict[str, Any]:
    numbers = queues.counts(user)
    form = QueueForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    here = Queue(asked.get("queue") or queues.first_for(numbers, roles_of(user)))
    who = asked.get("who") or ""
    page = asked.get("page") or 1
    rows = read_rows(here, user, who, start=(page - 1) * ROWS_A_PAGE, amount=ROWS_A_PAGE + 1)
    return {
        "here": here,
        "what": _WHAT.get(here, ""),
        "who": who,
        "holders": Holder.choices,
        "tabs": [Tab(queue, numbers[queue], queue == here) for queue in Queue],
        "rows": rows[:ROWS_A_PAGE],
        "page": page,
        "has_more": len(rows) > ROWS_A_PAGE,
        "empty": _EMPTY[here],
        "ages": queues.ages(),
        "people": desk_people(),
    }


def read_rows(here: Queue, user: User, who: str, *, start: int, amount: int) -> list[Row]:
    """Return a stretch of a queue in its order."""
    if here == Queue.NEW:
        found = queues.new_trials(by=user, holder=who).select_related("trial")
        return _new_rows(list(found[start : start + amount]))
    if here == Queue.REPORTS:
        reported = queues.reported_trials(by=user, holder=who)
        return _reported_rows(list(reported[start : start + amount]))
    if here in (Queue.CORRECTIONS, Queue.ASKED):
        answers = queues.answers(here, by=user, holder=who).prefetch_related("corrections")
        row = _asked_row if here == Queue.ASKED else _correction_row
        return [row(told) for told in answers[start : start + amount]]
    if here == Queue.GONE:
        gone = queues.gone_sites(by=user, holder=who)
        return [_gone_row(place) for place in gone[start : start + amount]]
    texts = queues.texts(here, by=user, holder=who)
    return [_row(text, here) for text in texts[start : start + amount]]


def desk_people() -> Sequence[User]:
    """Return who may be given a text."""
    people = User.objects.filter(is_active=True, groups__permissions__codename__endswith="_text")
    return list(people.distinct().order_by("username")[:200])


def _new_rows(found: Sequence[SearchRow]) -> list[Row]:
    texts = EditorialText.objects.filter(trial__in=[row.pk for row in found])
    assigned = {text.trial_id: text.assigned_to for text in texts.select_related("assigned_to")}
    return [
        Row(
            pk=row.trial.pk,
            nct_id=row.trial.nct_id,
            title=row.trial.brief_title or row.trial.nct_id,
            state=State.NOT_STARTED.label,
            what="",
            urgency="",
            since=row.trial.imported_at,
            assigned=_person(assigned.get(row.trial.pk)),
            writing="",
        )
        for row in found
    ]


def _reported_rows(found: Sequence[dict[str, Any]]) -> list[Row]:
    numbers = [row["trial"] for row in found]
    people = ("editorial__assigned_to", "editorial__locked_by")
    trials = Trial.everything.select_related("editorial", *people).in_bulk(numbers)
    kinds = reports.counts_by_kind(numbers)
    return [_reported_row(trials[row["trial"]], kinds[row["trial"]], row["since"]) for row in found]


def _reported_row(trial: Trial, kinds: Mapping[ReportKind, int], since: date) -> Row:
    text: EditorialText = getattr(trial, "editorial", None) or EditorialText(trial=trial)
    said = (f"{kinds[kind]:,} × {kind.label}" for kind in ReportKind if kind in kinds)
    reported = datetime.combine(since, time(), UTC)
    return replace(_row(text, Queue.REPORTS), what=", ".join(said), since=reported)


def _correction_row(told: Confirmation) -> Row:
    text: EditorialText = getattr(told.trial, "editorial", None) or EditorialText(trial=told.trial)
    open_ones = [row for row in told.corrections.all() if row.fate in UNDER_WAY]
    changes = "; ".join(map(_correction_words, open_ones)) or told.get_answer_display()
    row = _row(text, Queue.CORRECTIONS)
    what = f"{told.site_label}: {changes}"
    return replace(row, what=what, since=told.confirmed_at, answer=told.pk)


def _asked_row(told: Confirmation) -> Row:
    """Say what we asked of the corrections that wait for the study team."""
    asked = [row for row in told.corrections.all() if row.fate == Fate.ASKED]
    questions = "; ".join(f"{row.get_field_display()}: {row.question}" for row in asked)
    what = Truncator(f"{told.site_label}: {questions}").chars(_LONGEST_QUESTION)
    return replace(_correction_row(told), what=what, since=getattr(told, "asked_at", None))


def _gone_row(place: SiteCoordinator) -> Row:
    """Say who looked after which site; nobody knows since when the registry lists it no more."""
    trial = place.trial
    text: EditorialText = getattr(trial, "editorial", None) or EditorialText(trial=trial)
    what = f"{place.coordinator}: {place.site_label}"
    row = _row(text, Queue.GONE)
    return replace(row, what=what, since=None, coordinator=place.coordinator.address)


def _correction_words(row: Correction) -> str:
    """Say from what to what a field is to change."""
    if row.field == Field.OTHER:
        return row.get_field_display()
    old, new = (
        status(value).words if row.field == Field.STATUS else value or "nothing"
        for value in (row.shown_value, row.new_value)
    )
    return f"{row.get_field_display()}: {old} → {new}"


def _row(text: EditorialText, here: Queue) -> Row:
    changed = [Source(source) for source in getattr(text, "changed_sources", None) or []]
    kinds = kinds_of(changed)
    return Row(
        pk=text.trial_id,
        nct_id=text.trial.nct_id,
        title=text.plain_title or text.trial.brief_title or text.trial.nct_id,
        state=State(text.state).label,
        what=", ".join(source.label for source in changed),
        urgency=_urgency(kinds) if here == Queue.CHANGED else "",
        since=_since(text, here),
        assigned=_person(text.assigned_to),
        writing=_person(holder(text)),
    )


def _urgency(kinds: Sequence[Any]) -> str:
    if not kinds:
        return Urgency.NORMAL.label
    grade = urgency_of(kinds[0])
    return grade.label if grade == Urgency.NORMAL else f"{grade.label}: {kinds[0].label}"


def _since(text: EditorialText, here: Queue) -> datetime | None:
    if here == Queue.CHANGED:
        return getattr(text, "changed_since", None)
    if here == Queue.OVERDUE:
        return text.published_at
    return text.requeued_at if here == Queue.REQUEUED else text.since


def _person(user: User | None) -> str:
    return name(user) if user else ""
