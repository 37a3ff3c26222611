"""A list of coordinators as a file: a preview of what matches and why not, then one press.

Lines that could not be given are shown once more behind it, and come as a file to put right.
"""

from dataclasses import astuple

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trials.admin.desk.access import desk_member
from trials.coordinators.errors import RefusedError
from trials.coordinators.site_list.give import ListChangedError, give_all
from trials.coordinators.site_list.match import MatchedLine, MatchedList, Verdict, match
from trials.coordinators.site_list.read import (
    COLUMNS,
    MOST_BYTES,
    ListLine,
    UnreadableListError,
    read,
)
from trials.terms import cells

_SALT = "trials.admin.desk.site_list"
_HOURS_OPEN = 12
_COORDINATORS = "admin:desk-coordinators"
_HEAD = (*COLUMNS, "line", "what is wrong")  # a list that comes back leaves the last two alone
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
@require_http_methods(["GET", "HEAD", "POST"])
@desk_member
def site_list(request: HttpRequest) -> HttpResponse:
    """Show what a file means, which writes nothing, or write down what was shown."""
    if request.method != "POST":  # who logged in on the way, or loads a preview again
        messages.warning(request, "Choose the file again. Nothing was written.")
        return redirect(_COORDINATORS)
    try:
        if "list" in request.POST:
            return _write(request)
        lines = read(_uploaded(request))
    except UnreadableListError as error:
        messages.error(request, str(error))
        return redirect(_COORDINATORS)
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
        found = give_all(lines=lines, seen=request.POST.get("seen", ""), by=by)
    except ListChangedError as changed:
        messages.warning(request, "Something has changed since. Nothing was written: look again.")
        return _preview(request, lines, changed.found)
    except RefusedError as error:
        messages.error(request, str(error))
        return _preview(request, lines, match(lines))
    given = len(found.to_give)
    noun = "1 line is" if given == 1 else f"{given:,} lines are"
    messages.success(request, f"{noun} written down. No letter was sent.")
    return _rest(request, found.not_given) if found.not_given else redirect(_COORDINATORS)


def _rest(request: HttpRequest, rest: list[MatchedLine]) -> HttpResponse:
    """Show what could not be given: it is kept nowhere else."""
    context = admin.site.each_context(request) | {
        "title": "What could not be given",
        "lines": rest,
        "list": _signed([each.line for each in rest]),
    }
    return TemplateResponse(request, "desk/not_given.html", context)


@never_cache
@require_POST
@desk_member
def not_given(request: HttpRequest) -> HttpResponse:
    """Return the lines that could not be given as a file, each with what is wrong with it now."""
    try:
        lines = _signed_lines(request.POST.get("list", ""))
    except UnreadableListError as error:
        messages.error(request, str(error))
        return redirect(_COORDINATORS)
    table = [_HEAD, *map(_row, match(lines).lines)]
    body = cells.BYTE_ORDER_MARK + "".join(cells.lines(table))
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    name = f"not-given-{timezone.now():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _row(each: MatchedLine) -> tuple[str, ...]:
    line = each.line
    possible = "; ".join(f"{place.pk}: {place.label}" for place in each.possible)
    why = " ".join(filter(None, (each.why, possible)))
    return (line.trial, line.site, line.name, line.email, str(line.number), why)


def _preview(request: HttpRequest, lines: list[ListLine], found: MatchedList) -> HttpResponse:
    context = admin.site.each_context(request) | {
        "title": "What the list means",
        "found": found,
        "give": len(found.to_give),
        "counts": [(verdict, found.count(verdict)) for verdict in Verdict],
        "list": _signed(lines),
    }
    return TemplateResponse(request, "desk/site_list.html", context)


def _signed(lines: list[ListLine]) -> str:
    return signing.dumps([astuple(line) for line in lines], salt=_SALT, compress=True)


def _signed_lines(sent: str) -> list[ListLine]:
    """Return the lines that a preview showed; raise UnreadableListError for any other."""
    try:
        kept = signing.loads(sent, salt=_SALT, max_age=_HOURS_OPEN * 3600)
    except (signing.BadSignature, ValueError):
        raise UnreadableListError(_AGAIN) from None
    return [ListLine(*each) for each in kept]
