"""Writing a text: the form with the record beside it, what the checks say, the buttons."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trials.admin.desk import forms, sheet
from trials.admin.desk.access import text_view
from trials.admin.desk.unsaved import keep, kept_words
from trials.editorial import actions, revisions
from trials.editorial.actions import can
from trials.editorial.errors import NotAllowedError
from trials.editorial.readiness import words_of
from trials.editorial.revisions import ConflictError
from trials.editorial.texts import text_of
from trials.models import EditorialText
from trials.terms.desk import Part


@require_http_methods(["GET", "HEAD", "POST"])
@text_view
def write(request: HttpRequest, text: EditorialText, by: User) -> HttpResponse:
    """Show a text with everything about it, or save what its writer sent."""
    if request.method == "POST":
        return _save(request, text, by)
    kept = kept_words(text, by)
    form = forms.WordsForm(initial=forms.initial(text, text.head) | kept)
    return _page(request, text, by, form, status=200, kept=bool(kept))


def _save(request: HttpRequest, text: EditorialText, by: User) -> HttpResponse:
    """Save, and submit where the button said so; the words stay, whatever goes wrong."""
    if text.pk is None:
        text = text_of(text.trial)
    form = forms.WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, text, by, form, status=400)
    before = text.head.answers if text.head else {}
    edit = form.edit(
        forms.covers_of(request.POST, by.get_username()),
        forms.answers_of(request.POST, before, by.get_username()),
    )
    try:
        revision = revisions.save(text=text, edit=edit, by=by)
    except ConflictError as conflict:
        return _page(request, text, by, form, status=409, conflict=conflict)
    except NotAllowedError as error:
        keep(text=text, words=request.POST, by=by)
        messages.error(request, f"{error} What you wrote is kept for you.")
        return _page(request, text, by, form, status=409)
    for remark in form.remarks:
        messages.warning(request, remark)
    messages.success(request, f"Saved as revision {revision.number}, {timezone.now():%H:%M} UTC.")
    if request.POST.get("then") == "submit":
        _submit(request, text, by, edit.note)
    return redirect("admin:desk-text", text.trial.nct_id)


def _submit(request: HttpRequest, text: EditorialText, by: User, note: str) -> None:
    try:
        actions.submit(text=text, note=note, by=by)
    except NotAllowedError as error:
        messages.error(request, f"Saved, but not submitted. {error}")
    else:
        messages.success(request, "Submitted. A reviewer will read it.")


def _merged(post: QueryDict, conflict: ConflictError) -> QueryDict:
    """Return what was sent; a field that its writer left alone has the other person’s words."""
    sent = post.copy()
    sent["head_number"] = str(conflict.theirs.number)
    if conflict.base is None:
        return sent
    for part in Part:
        words = "\n".join(sent.get(part.value, "").splitlines()).strip()
        theirs = words_of(conflict.theirs, part)
        if words == words_of(conflict.base, part).strip() != theirs.strip():
            sent[part.value] = theirs
            sent.pop(f"sign-{part.value}", None)
    return sent


def _page(
    request: HttpRequest,
    text: EditorialText,
    by: User,
    form: forms.WordsForm,
    *,
    status: int,
    kept: bool = False,
    conflict: ConflictError | None = None,
) -> HttpResponse:
    can_write = can(revisions.check_save, text, by)
    if conflict is not None:
        form.data = _merged(request.POST, conflict)
    context: dict[str, Any] = admin.site.each_context(request) | {
        "title": f"{text.plain_title or text.trial.brief_title or text.trial.nct_id}",
        "text": text,
        "trial": text.trial,
        "form": form,
        "can_write": can_write,
        "kept": kept,
        "sheet": sheet.sheet(text, form, by, can_write=can_write),
        "conflict": sheet.conflict(conflict) if conflict else None,
    }
    return TemplateResponse(request, "desk/text.html", context, status=status)
