"""A text's history: its revisions side by side, and who did what."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET

from trials import audit
from trials.admin.desk.access import text_view
from trials.editorial import revisions
from trials.editorial.actions import can
from trials.editorial.states import EVENTS
from trials.models import AuditEvent, EditorialText, Revision
from trials.registry.changes.words import Line, compare_text
from trials.terms.desk import Part, Verb

_EVENTS_A_PAGE = 50
_REVISIONS_SHOWN = 200


class CompareForm(forms.Form):
    """Which two revisions to lay side by side, and which page of the acts."""

    left = forms.IntegerField(required=False, min_value=1)
    right = forms.IntegerField(required=False, min_value=1)
    page = forms.IntegerField(required=False, min_value=1)


@dataclass(frozen=True, slots=True)
class PartDifference:
    """One field of two revisions: the lines that differ, with what went and what came."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the audit in words."""

    event: AuditEvent
    words: str


@require_GET
@text_view
def history(request: HttpRequest, text: EditorialText, by: User) -> HttpResponse:
    """Show revisions and acts; with `left` and `right` two revisions side by side."""
    if text.pk is None:
        raise Http404("Nobody has written about this trial yet.")
    form = CompareForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    kept = list(text.revisions.select_related("saved_by")[:_REVISIONS_SHOWN])
    left, right = (_chosen(text, asked.get(side)) for side in ("left", "right"))
    page = Paginator(audit.history(trial=text.trial), _EVENTS_A_PAGE).get_page(asked.get("page"))
    context = admin.site.each_context(request) | {
        "title": f"History of {text.trial.nct_id}",
        "text": text,
        "revisions": kept,
        "left": left,
        "right": right,
        "differences": between(left, right) if left and right else (),
        "page": page,
        "acts": [Act(event, told(event)) for event in page],
        "can_restore": can(revisions.check_save, text, by),
    }
    return TemplateResponse(request, "desk/history.html", context)


def _chosen(text: EditorialText, number: int | None) -> Revision | None:
    if number is None:
        return None
    revision = text.revisions.select_related("saved_by").filter(number=number).first()
    if revision is None:
        raise Http404("There is no such revision.")
    return revision


def between(left: Revision, right: Revision) -> tuple[PartDifference, ...]:
    """Return the fields that differ between two revisions."""
    return tuple(
        PartDifference(
            part.label,
            compare_text(shown(left, part).splitlines(), shown(right, part).splitlines()),
        )
        for part in Part
        if shown(left, part) != shown(right, part)
    )


def shown(revision: Revision, part: Part) -> str:
    """Return a field as the form shows it: a list with a line each."""
    words = getattr(revision, part.value)
    return "\n".join(words) if part.is_list else str(words)


def told(event: AuditEvent) -> str:
    """Say what somebody did, as a sentence after their name."""
    if event.verb in set(Verb):
        return EVENTS[Verb(event.verb)]
    said = _OTHER_EVENTS.get(event.verb, f"did “{event.verb}”")
    return said.format(**{"assigned_to": "no one"} | _filled(event.after))


def _filled(after: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in after.items() if value}


_OTHER_EVENTS = {
    "assign": "assigned the text to {assigned_to}",
    "break lock": "broke the writer’s lock",
    "close report": "closed a reader’s report: {outcome}",
    "hide": "hid the trial’s page",
    "load": "published the text from a file",
    "look again": "held the page against the record again: its words still hold",
    "note": "left a note",
    "re-queue": "asked for another look",
    "restore": "restored an older revision",
    "schedule": "changed the day on which the text goes live",
    "schedule refused": "was to publish on schedule, but it was refused",
    "show": "showed the trial’s page again",
}
