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
from trials.admin.acts import acts
from trials.admin.desk.access import text_view
from trials.editorial import revisions
from trials.editorial.actions import can
from trials.editorial.readiness import words_of
from trials.models import EditorialText, Revision
from trials.terms.desk import Part
from trials.terms.difference import Line, compare_text

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
        "acts": acts(page),
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
            compare_text(words_of(left, part).splitlines(), words_of(right, part).splitlines()),
        )
        for part in Part
        if words_of(left, part) != words_of(right, part)
    )
