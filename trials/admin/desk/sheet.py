"""Words the writing page: fields and reports, criteria and lines, buttons, changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.forms import BoundField

from trials import audit
from trials.admin.acts import Act, acts
from trials.admin.desk.covers import Cover, read_covers
from trials.admin.desk.forms import WordsForm
from trials.admin.desk.history import PartDifference, between
from trials.admin.desk.queue import desk_people
from trials.admin.desk.unsaved import ticket
from trials.editorial import actions, assignments, first_draft, locks, readiness, reports, staleness
from trials.editorial.checks.findings import Finding, Level
from trials.editorial.checks.reading import THRESHOLDS
from trials.editorial.errors import NotAllowedError
from trials.editorial.permissions import allows
from trials.editorial.readiness import PartReport, Problem, Report
from trials.editorial.revisions import ConflictError, passages_of
from trials.editorial.source_texts import source_text
from trials.editorial.states import TRANSITIONS, UNDER_WAY
from trials.models import (
    AuditEvent,
    Confirmation,
    EditorialText,
    Passage,
    ReaderReport,
    Revision,
    Trial,
)
from trials.registry import changes
from trials.registry.decode import RejectedRecord
from trials.terms.desk import Part, Role, State, Verb
from trials.terms.reports import CHOSEN_OUTCOMES
from trials.terms.sources import Source

_NOTES_SHOWN = 8
_REPORTS_SHOWN = 50
_STATE_CLASSES = {
    State.PUBLISHED: "desk-open",
    State.APPROVED: "desk-open",
    State.RETURNED: "desk-stop",
    State.IN_REVIEW: "desk-hold",
    State.DRAFT: "desk-hold",
}
_ASKS = {
    Verb.SUBMIT: ("Note for the reviewer (optional)", False),
    Verb.RETURN: ("What has to change?", True),
    Verb.APPROVE: ("Note (optional)", False),
    Verb.UNPUBLISH: ("Why?", True),
}


@dataclass(frozen=True, slots=True)
class SourceText:
    """A field of the record beside the field that is written from it."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Answerable:
    """A finding that a typed reason answers."""

    key: str
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class PartSheet:
    """One field of the form with everything about it."""

    name: str
    label: str
    field: BoundField
    sign: BoundField
    source_choice: BoundField
    grade: str
    grade_value: float
    low: float
    findings: Sequence[Finding]
    to_answer: Sequence[Answerable]
    stale: str
    signed: str
    version: int
    sources: Sequence[SourceText]


@dataclass(frozen=True, slots=True)
class Button:
    """A verb: what it asks for, or why it is not possible now."""

    verb: str
    label: str
    why_not: str = ""
    asks: str = ""
    is_asked: bool = False
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A field of the record that changed, and the fields of the page that rest on it."""

    label: str
    rests: str
    lines: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody else saved meanwhile."""

    who: str
    number: int
    differences: Sequence[PartDifference]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page."""

    state: str
    state_class: str
    assigned: str
    lock: str
    can_break_lock: bool
    ticket: str
    parts: Sequence[PartSheet]
    covers: Sequence[Cover]
    covered: int
    is_under_way: bool
    problems: Sequence[Problem]
    buttons: Sequence[Button]
    changes: Sequence[Changed]
    can_look_again: bool
    people: Sequence[User]
    notes: Sequence[Act]
    returned: AuditEvent | None
    remarks: Sequence[str]
    reports: Sequence[ReaderReport]
    corrections: Sequence[Confirmation]
    outcomes: Sequence[tuple[str, str]]


def sheet(text: EditorialText, form: WordsForm, by: User, *, can_write: bool) -> Sheet:
    """Word the page of one text for one person; a fixed number of queries."""
    trial = readiness.loaded(text.trial)
    shown = _shown(text, form)
    report = readiness.report(trial, shown)
    covers = read_covers(trial, report, shown)
    writer = locks.holder(text)
    is_others = writer is not None and writer != by
    notes = acts(audit.history(trial=trial)[:_NOTES_SHOWN])
    waiting = Confirmation.objects.waiting().filter(trial=trial)
    return Sheet(
        state=State(text.state).label,
        state_class=_STATE_CLASSES.get(State(text.state), ""),
        assigned=locks.name(text.assigned_to) if text.assigned_to else "",
        lock=f"{locks.name(writer)} is writing this text." if writer and is_others else "",
        can_break_lock=is_others and allows(by, Role.PUBLISHER),
        ticket=ticket(text, by),
        parts=[_part(part, trial, shown, form, report) for part in Part],
        covers=covers,
        covered=sum(not cover.is_open for cover in covers),
        is_under_way=State(text.state) in UNDER_WAY,
        problems=report.problems if text.state in UNDER_WAY else [],
        buttons=list(_buttons(text, by, can_write=can_write)),
        changes=list(_changes(text, report)),
        can_look_again=text.is_live and actions.can(actions.check_look_again, text, by),
        people=desk_people(),
        remarks=first_draft.remarks(trial) if can_write else (),
        notes=notes,
        returned=_returned(text, notes),
        reports=list(reports.open_reports(trial)[:_REPORTS_SHOWN]),
        corrections=list(waiting.prefetch_related("corrections")[:_REPORTS_SHOWN]),
        outcomes=[(each.value, each.label) for each in CHOSEN_OUTCOMES],
    )


def conflict(error: ConflictError) -> Conflict:
    """Word a conflict: what the other person changed since both started."""
    found = between(error.base, error.theirs) if error.base else ()
    return Conflict(locks.name(error.theirs.saved_by), error.theirs.number, found)


def _shown(text: EditorialText, form: WordsForm) -> Revision:
    """Return the revision that the page shows: the newest, or what the form was sent with."""
    head = text.head or Revision(text=text)
    if not form.is_bound or not form.is_valid():
        return head
    sent = Revision(text=text, covers=head.covers, answers=head.answers)
    sent.pk = head.pk
    for part, words in form.words.items():
        setattr(sent, part.value, words)
    return sent


def _returned(text: EditorialText, notes: Sequence[Act]) -> AuditEvent | None:
    """Return the act that sent the text back, while its writer works on that."""
    if text.state != State.RETURNED:
        return None
    return next((act.event for act in notes if act.event.verb == Verb.RETURN), None)


def _part(
    part: Part, trial: Trial, revision: Revision, form: WordsForm, report: Report
) -> PartSheet:
    found = report.parts[part]
    passage = passages_of(revision).get(part)
    return PartSheet(
        name=part.value,
        label=part.label,
        field=form[part.value],
        sign=form[f"sign-{part.value}"],
        source_choice=form[f"sources-{part.value}"],
        grade=found.reading.grade_words,
        grade_value=min(found.reading.grade or 0.0, 16.0),
        low=THRESHOLDS[part],
        findings=found.findings,
        to_answer=_answerable(found, revision.answers),
        stale=", ".join(source.label for source in report.stale.get(part, [])),
        signed=_signed(passage),
        version=passage.based_on_version if passage else trial.record_version,
        sources=_sources(trial, form[f"sources-{part.value}"].value() or []),
    )


def _answerable(found: PartReport, answers: dict[str, Any]) -> list[Answerable]:
    return [
        Answerable(finding.key, finding.quote, answers.get(finding.key, {}).get("reason", ""))
        for finding in found.findings
        if finding.level == Level.BLOCK
    ]


def _signed(passage: Passage | None) -> str:
    if passage is None or passage.signed_at is None or passage.signed_by is None:
        return ""
    return f"Signed by {locks.name(passage.signed_by)}, {passage.signed_at:%d %B %Y}"


def _sources(trial: Trial, names: Sequence[str]) -> list[SourceText]:
    chosen = [Source(name) for name in names if name in set(Source)]
    found = (SourceText(source.label, source_text(trial, source)) for source in chosen)
    return [source for source in found if source.text]


def _buttons(text: EditorialText, by: User, *, can_write: bool) -> Iterator[Button]:
    for (state, verb), after in TRANSITIONS.items():
        is_taking_back = verb == Verb.UNPUBLISH
        is_in_the_form = verb == Verb.SUBMIT and can_write
        if state != text.state or is_in_the_form or (is_taking_back and not text.is_live):
            continue
        asks, is_asked = _ASKS.get(verb, ("", False))
        why_not = _why_not(text, verb, by)
        is_first = after != state and not is_taking_back and verb != Verb.RETURN
        yield Button(verb.value, verb.label, why_not, asks, is_asked, is_first)
    yield from _schedule_buttons(text, by)


def _schedule_buttons(text: EditorialText, by: User) -> Iterator[Button]:
    if not actions.can(assignments.check_schedule, text, by):
        return
    if text.scheduled_at:
        yield Button("unschedule", "Take it off the schedule")
    else:
        yield Button("schedule", "Schedule")


def _why_not(text: EditorialText, verb: Verb, by: User) -> str:
    try:
        actions.check(text, verb, by)
    except NotAllowedError as error:
        return str(error)
    return ""


def _changes(text: EditorialText, report: Report) -> Iterator[Changed]:
    """Say what changed since the page, or the draft, was last held against the record."""
    since = text.based_on_version if text.is_live else _oldest(text)
    if since is None or since >= text.trial.record_version or text.trial_id is None:
        return
    try:
        differences = changes.between(text.trial_id, since, text.trial.record_version)
    except RejectedRecord:  # an old state that can't be read any more: say at least what changed
        for source in staleness.changes_since(text.trial, since):
            yield Changed(source.label, _rests(source, report), ())
        return
    for difference in differences:
        yield Changed(difference.label, _rests(difference.source, report), difference.lines)


def _rests(source: Source, report: Report) -> str:
    return ", ".join(part.label for part, changed in report.stale.items() if source in changed)


def _oldest(text: EditorialText) -> int | None:
    return min((row.based_on_version for row in passages_of(text.head).values()), default=None)
