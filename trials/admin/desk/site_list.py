"""A list of coordinators as a file: a preview of what matches and why not, then one press."""

from dataclasses import astuple

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from trials.admin.desk.access import desk_member
from trials.coordinators.errors import RefusedError
from trials.coordinators.site_list.give import ListChangedError, give_all
from trials.coordinators.site_list.match import MatchedList, Verdict, match
from trials.coordinators.site_list.read import (
    MOST_BYTES,
    ListLine,
    UnreadableListError,
    read,
)

_SALT = "trials.admin.desk.site_list"
_HOURS_OPEN = 12
_AGAIN = "The preview is too old, or it was cut short: upload the file again."


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        error_messages={
            "required": "Choose a file first.",
            "empty": "The file is empty.",
            "invalid": "Choose a file first.",
        },
    )


@never_cache
@require_POST
@desk_member
def site_list(request: HttpRequest) -> HttpResponse:
    """Show what a file means, which writes nothing, or write down what was shown."""
    try:
        if "list" in request.POST:
            return _write(request)
        lines = read(_uploaded(request))
    except UnreadableListError as error:
        messages.error(request, str(error))
        return redirect("admin:desk-coordinators")
    return _preview(request, lines, match(lines))


def _uploaded(request: HttpRequest) -> bytes:
    """Return the file's bytes, no more than one beyond the bound."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        raise UnreadableListError(str(next(iter(form.errors.values()))[0]))
    file: UploadedFile = form.cleaned_data["file"]
    data: bytes = file.read(MOST_BYTES + 1)
    return data


def _write(request: HttpRequest) -> HttpResponse:
    by: User = request.user  # type: ignore[assignment]  # staff alone come here
    lines = _signed_lines(request.POST["list"])
    try:
        given = give_all(lines=lines, seen=request.POST.get("seen", ""), by=by)
    except ListChangedError as changed:
        messages.warning(request, "Something has changed since. Nothing was written: look again.")
        return _preview(request, lines, changed.found)
    except RefusedError as error:
        messages.error(request, str(error))
        return _preview(request, lines, match(lines))
    noun = "1 line is" if given == 1 else f"{given:,} lines are"
    messages.success(request, f"{noun} written down. No letter was sent.")
    return redirect("admin:desk-coordinators")


def _preview(request: HttpRequest, lines: list[ListLine], found: MatchedList) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": "What the list means",
        "found": found,
        "give": len(found.to_give),
        "counts": [(verdict, found.count(verdict)) for verdict in Verdict],
        "list": signing.dumps([astuple(line) for line in lines], salt=_SALT, compress=True),
    }
    return TemplateResponse(request, "desk/site_list.html", context)


def _signed_lines(sent: str) -> list[ListLine]:
    """Return the lines that a preview showed; raise UnreadableListError for any other."""
    try:
        kept = signing.loads(sent, salt=_SALT, max_age=_HOURS_OPEN * 3600)
    except (signing.BadSignature, ValueError):
        raise UnreadableListError(_AGAIN) from None
    return [ListLine(*each) for each in kept]
