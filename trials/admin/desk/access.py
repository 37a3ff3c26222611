"""Fetching a text for somebody at the desk: strangers and unknown numbers get 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from trials.editorial.permissions import allows
from trials.models import EditorialText, Trial
from trials.terms.desk import Role
from trials.terms.values import canonical_nct_id

TextView = Callable[[HttpRequest, EditorialText, User], HttpResponse]


def roles_of(user: Any) -> tuple[Role, ...]:
    """Return the roles in which a person may act."""
    return tuple(role for role in Role if allows(user, role))


def desk_member(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let only people with a role in; to other staff the page does not exist."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        if not roles_of(request.user):
            raise Http404("This page is for writers, reviewers and publishers.")
        return view(request, *args, **options)

    return answer


def text_view(view: TextView) -> Callable[..., HttpResponseBase]:
    """Hand a view the text of the trial in its address, and who asks.

    A trial without a place on the desk comes with an unsaved one: looking changes nothing.
    """

    @desk_member
    @wraps(view)
    def answer(request: HttpRequest, nct: str) -> HttpResponse:
        try:
            nct_id = canonical_nct_id(nct)
        except ValueError:
            raise Http404("That is no trial number.") from None
        if nct != nct_id:
            return redirect("admin:desk-text", nct_id)
        return view(request, _text(nct_id), request.user)  # type: ignore[arg-type]  # staff alone come here

    return answer


def _text(nct_id: str) -> EditorialText:
    rows = EditorialText.objects.select_related(
        "trial", "head__saved_by", "live", "assigned_to", "locked_by", "scheduled_by"
    )
    text = rows.filter(trial__nct_id=nct_id).first()
    if text is not None:
        return text
    trial = Trial.everything.filter(nct_id=nct_id).first()
    if trial is None:
        raise Http404("There is no trial with this number here.")
    return EditorialText(trial=trial)
