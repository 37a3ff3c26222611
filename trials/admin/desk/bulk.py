"""Many texts at once: assign, ask for another look, export a queue as CSV."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from trials.admin.desk.access import desk_member
from trials.admin.desk.queue import QueueForm, Row, read_rows
from trials.editorial import assignments
from trials.editorial.errors import NotAllowedError
from trials.editorial.queue import Queue
from trials.editorial.texts import text_of
from trials.models import Trial
from trials.terms import cells

_AT_MOST = 100
_EXPORTED_AT_MOST = 10_000
_AT_ONCE = 500
_COLUMNS = ("trial", "title", "state", "what changed", "urgency", "waiting since", "assigned to")


class BulkForm(forms.Form):
    """Which trials, what to do with them, and for whom."""

    act = forms.ChoiceField(choices=[("assign", "Assign"), ("requeue", "Ask for another look")])
    person = forms.ModelChoiceField(User.objects.filter(is_active=True), required=False)
    reason = forms.CharField(required=False, max_length=2_000)
    trials = forms.ModelMultipleChoiceField(
        Trial.everything.all(),
        error_messages={"required": "Tick at least one trial first."},
    )

    def clean_trials(self) -> list[Trial]:
        """Bound what is done at once."""
        chosen = list(self.cleaned_data["trials"])
        if len(chosen) > _AT_MOST:
            raise forms.ValidationError(f"Tick at most {_AT_MOST} trials at once.")
        return chosen


@require_POST
@desk_member
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing with all ticked trials; each says for itself why it can't be done."""
    form = BulkForm(request.POST)
    if form.is_valid():
        done = sum(_one(request, trial, form) for trial in form.cleaned_data["trials"])
        if done:
            noun = "1 trial" if done == 1 else f"{done} trials"
            messages.success(request, f"Done for {noun}.")
    else:
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("admin:index")
    return HttpResponseRedirect(back)


def _one(request: HttpRequest, trial: Trial, form: BulkForm) -> bool:
    by: User = request.user  # type: ignore[assignment]  # staff alone come here
    data = form.cleaned_data
    try:
        if data["act"] == "assign":
            assignments.assign(text=text_of(trial), to=data["person"], by=by)
        else:
            assignments.requeue(text=text_of(trial), reason=data["reason"], by=by)
    except NotAllowedError as error:
        messages.error(request, f"{trial.nct_id}: {error}")
        return False
    return True


@desk_member
def export(request: HttpRequest) -> StreamingHttpResponse:
    """Stream a queue as CSV, in its order, up to a bound that the file names."""
    form = QueueForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    here = Queue(asked.get("queue") or Queue.CHANGED)
    by: User = request.user  # type: ignore[assignment]  # staff alone come here
    lines = cells.lines(_rows(here, by, asked.get("who") or ""))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"queue-{here.value}-{timezone.now():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _rows(here: Queue, by: User, who: str) -> Iterator[tuple[str, ...]]:
    yield _COLUMNS
    for start in range(0, _EXPORTED_AT_MOST, _AT_ONCE):
        rows = read_rows(here, by, who, start=start, amount=_AT_ONCE)
        yield from map(_values, rows)
        if len(rows) < _AT_ONCE:
            return
    yield (f"Cut after {_EXPORTED_AT_MOST:,} rows",)


def _values(row: Row) -> tuple[str, ...]:
    since = row.since.date().isoformat() if row.since else ""
    return (row.nct_id, row.title, row.state, row.what, row.urgency, since, row.assigned)
