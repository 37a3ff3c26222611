"""Words that could not be saved: kept for their writer until the next save.

A form that comes in after its session ended is kept as well, where the ticket in it shows that we
handed it to this very person.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from trials.admin.desk import forms
from trials.models import EditorialText, UnsavedWords
from trials.terms.desk import Part

_SALT = "desk.words"
_TICKET_SECONDS = 7 * 24 * 3600
TICKET = "ticket"


def ticket(text: EditorialText, by: User) -> str:
    """Return what a form carries to show whose it is."""
    return signing.dumps([text.trial_id, by.pk], salt=_SALT)


def keep(*, text: EditorialText, words: QueryDict, by: User) -> None:
    """Keep the fields of a form that could not be saved."""
    sent = {part.value: forms.storable(words.get(part.value, "")) for part in Part}
    fields = {name: said[: forms.LONGEST] for name, said in sent.items()}
    UnsavedWords.objects.update_or_create(
        text=text, kept_by=by, defaults={"words": fields, "kept_at": timezone.now()}
    )


def kept_words(text: EditorialText, by: User) -> dict[str, Any]:
    """Return the fields that were kept for somebody; empty where none were."""
    if text.pk is None:
        return {}
    row = text.unsaved_words.filter(kept_by=by).first()
    return dict(row.words) if row else {}


def keep_from_lost_session(request: HttpRequest) -> bool:
    """Keep the words of a form whose session ended; tell whether there were any to keep."""
    found = _whose(request.POST.get(TICKET, ""))
    if found is None:
        return False
    text, by = found
    keep(text=text, words=request.POST, by=by)
    return True


class KeepWordsMiddleware:
    """Keeps a form of the desk that was sent on to log in, or to show a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; the view itself only ever redirects to its own address."""
        response = self.get_response(request)
        match = request.resolver_match
        if request.method == "POST" and match and match.view_name == "admin:desk-text":
            is_sent_on = response.status_code == 302 and response["Location"] != request.path
            if is_sent_on:
                keep_from_lost_session(request)
        return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is of another session; what a writer wrote in it is kept."""
    kept = request.method == "POST" and keep_from_lost_session(request)
    return render(request, "403_csrf.html", {"kept": kept}, status=403)


def _whose(said: str) -> tuple[EditorialText, User] | None:
    try:
        trial_id, user_id = signing.loads(said, salt=_SALT, max_age=_TICKET_SECONDS)
    except signing.BadSignature:
        return None
    text = EditorialText.objects.filter(trial_id=trial_id).first()
    user = User.objects.filter(pk=user_id, is_active=True, is_staff=True).first()
    return (text, user) if text and user else None
