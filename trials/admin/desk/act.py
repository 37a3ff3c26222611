"""One verb on one text: what the buttons send. Every answer leads back to the text's page."""

from collections.abc import Callable
from datetime import datetime

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from trials.admin.desk.access import text_view
from trials.coordinators import actions as contacts
from trials.coordinators.errors import RefusedError
from trials.editorial import actions, assignments, locks, reports, revisions
from trials.editorial.errors import NotAllowedError
from trials.editorial.texts import text_of
from trials.models import Confirmation, EditorialText, ReaderReport
from trials.terms.reports import CHOSEN_OUTCOMES, Outcome


class ActForm(forms.Form):
    """What a button sends beside its verb; each verb reads what it needs."""

    reason = forms.CharField(required=False, max_length=2_000, strip=True)
    person = forms.ModelChoiceField(User.objects.filter(is_active=True), required=False)
    moment = forms.DateTimeField(required=False)
    number = forms.IntegerField(required=False, min_value=1)
    reports = forms.ModelMultipleChoiceField(ReaderReport.objects.all(), required=False)
    corrections = forms.ModelMultipleChoiceField(Confirmation.objects.all(), required=False)
    outcome = forms.ChoiceField(
        choices=[(each, each.label) for each in CHOSEN_OUTCOMES], required=False
    )

    @property
    def reason_given(self) -> str:
        """The reason, empty without one."""
        return str(self.cleaned_data["reason"])

    @property
    def moment_given(self) -> datetime | None:
        """The moment, None without one."""
        moment: datetime | None = self.cleaned_data["moment"]
        return moment


@require_POST
@text_view
def act(request: HttpRequest, text: EditorialText, by: User) -> HttpResponse:
    """Do what a button asks for, or say why it can't be done."""
    form = ActForm(request.POST)
    verb = request.POST.get("verb", "")
    if verb not in _VERBS:
        messages.error(request, "There is no such button: load the page again.")
    elif not form.is_valid():
        messages.error(request, f"Not done: {_first_error(form)}")
    else:
        _do(request, verb, text, form, by)
    return redirect("admin:desk-text", text.trial.nct_id)


def _do(request: HttpRequest, verb: str, text: EditorialText, form: ActForm, by: User) -> None:
    if text.pk is None:
        text = text_of(text.trial)
    try:
        said = _VERBS[verb](text, form, by)
    except NotAllowedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


def _first_error(form: forms.Form) -> str:
    name, errors = next(iter(form.errors.items()))
    return f"{name}: {errors[0]}"


def _start(text: EditorialText, form: ActForm, by: User) -> str:
    actions.start(text=text, by=by)
    return "You are writing now. Others see that; what patients see stays as it is."


def _submit(text: EditorialText, form: ActForm, by: User) -> str:
    actions.submit(text=text, note=form.reason_given, by=by)
    return "Submitted. A reviewer will read it."


def _return(text: EditorialText, form: ActForm, by: User) -> str:
    actions.return_(text=text, reason=form.reason_given, by=by)
    return "Returned to the writer."


def _approve(text: EditorialText, form: ActForm, by: User) -> str:
    seen: int | None = form.cleaned_data["number"]
    actions.approve(text=text, note=form.reason_given, seen=seen or 0, by=by)
    return "Approved. A publisher can publish it now."


def _publish(text: EditorialText, form: ActForm, by: User) -> str:
    actions.publish(text=text, by=by)
    return "Published. Patients see these words now."


def _unpublish(text: EditorialText, form: ActForm, by: User) -> str:
    actions.unpublish(text=text, reason=form.reason_given, by=by)
    return "Unpublished. Patients see the registry’s facts and the study team’s own words."


def _look_again(text: EditorialText, form: ActForm, by: User) -> str:
    actions.look_again(text=text, by=by)
    return "Noted: the words still hold. The page counts as reviewed today."


def _break_lock(text: EditorialText, form: ActForm, by: User) -> str:
    locks.break_lock(text=text, reason=form.reason_given, by=by)
    return "The lock is broken. The other writer sees what changed before they can save."


def _assign(text: EditorialText, form: ActForm, by: User) -> str:
    person: User | None = form.cleaned_data["person"]
    assignments.assign(text=text, to=person, by=by)
    return f"Assigned to {locks.name(person)}." if person else "Assigned to no one."


def _requeue(text: EditorialText, form: ActForm, by: User) -> str:
    assignments.requeue(text=text, reason=form.reason_given, by=by)
    return "The page waits for another look."


def _note(text: EditorialText, form: ActForm, by: User) -> str:
    assignments.note(text=text, words=form.reason_given, by=by)
    return "Your note is in the history."


def _schedule(text: EditorialText, form: ActForm, by: User) -> str:
    if form.moment_given is None:
        raise NotAllowedError("Choose a day and a time first.")
    assignments.schedule(text=text, at=form.moment_given, by=by)
    return f"It goes live on {form.moment_given:%d %B %Y at %H:%M} UTC."


def _unschedule(text: EditorialText, form: ActForm, by: User) -> str:
    assignments.schedule(text=text, at=None, by=by)
    return "It no longer goes live by itself."


def _restore(text: EditorialText, form: ActForm, by: User) -> str:
    number: int | None = form.cleaned_data["number"]
    if number is None or not text.revisions.filter(number=number).exists():
        raise NotAllowedError("There is no such revision.")
    revision = revisions.restore(text=text, number=number, by=by)
    return f"Revision {number} is back, as revision {revision.number}."


def _close_reports(text: EditorialText, form: ActForm, by: User) -> str:
    ticked = [report for report in form.cleaned_data["reports"] if report.trial_id == text.trial_id]
    if not ticked or not form.cleaned_data["outcome"]:
        raise NotAllowedError("Tick at least one report, and say what became of it.")
    outcome = Outcome(form.cleaned_data["outcome"])
    with transaction.atomic():
        for report in ticked:
            reports.close(report=report, outcome=outcome, note=form.reason_given, by=by)
    return "1 report is closed." if len(ticked) == 1 else f"{len(ticked)} reports are closed."


def _settle_corrections(text: EditorialText, form: ActForm, by: User) -> str:
    ticked = [told for told in form.cleaned_data["corrections"] if told.trial_id == text.trial_id]
    if not ticked or not form.cleaned_data["outcome"]:
        raise NotAllowedError("Tick at least one answer, and say what became of it.")
    outcome = Outcome(form.cleaned_data["outcome"])
    try:
        with transaction.atomic():
            for told in ticked:
                contacts.settle(confirmation=told, outcome=outcome, note=form.reason_given, by=by)
    except RefusedError as error:
        raise NotAllowedError(str(error)) from None
    return "1 answer is settled." if len(ticked) == 1 else f"{len(ticked)} answers are settled."


_VERBS: dict[str, Callable[[EditorialText, ActForm, User], str]] = {
    "start": _start,
    "submit": _submit,
    "return": _return,
    "approve": _approve,
    "publish": _publish,
    "unpublish": _unpublish,
    "look-again": _look_again,
    "break-lock": _break_lock,
    "assign": _assign,
    "requeue": _requeue,
    "note": _note,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "restore": _restore,
    "close-reports": _close_reports,
    "settle-corrections": _settle_corrections,
}
