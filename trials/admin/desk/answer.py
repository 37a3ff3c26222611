"""One answer of a study team on the desk: each of its corrections beside what the registry says.

An answer without corrections is settled as a whole. A link to copy is shown in one answer alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trials.admin.desk.access import desk_member
from trials.coordinators import actions, asking, corrections, letters
from trials.coordinators.accepted import AcceptedValue, accepted_at
from trials.coordinators.errors import RefusedError
from trials.coordinators.present import contact_of, registry_value
from trials.coordinators.registry_says import fate_now
from trials.coordinators.retracted import retracted
from trials.coordinators.standings import standings_at
from trials.coordinators.values import LONGEST_NOTE, agree, flags, folded
from trials.editorial import reports
from trials.models import Confirmation, Correction, Settlement, Site
from trials.terms import plain as words
from trials.terms.contacts import CORRECTIONS
from trials.terms.corrections import NO_LONGER_SHOWN, UNDER_WAY, Fate, Field
from trials.terms.plain.contacts import ContactWords, contact_state
from trials.terms.reports import CHOSEN_OUTCOMES, Outcome

_MOST_LATER = 5  # answers
_NO_BUTTON = "There is no such button: load the page again."


class AnswerForm(forms.Form):
    """Which button, and what it needs."""

    verb = forms.CharField()
    correction = forms.ModelChoiceField(Correction.objects.none(), required=False)
    words = forms.CharField(required=False, max_length=LONGEST_NOTE)
    outcome = forms.ChoiceField(
        choices=[(each, each.label) for each in CHOSEN_OUTCOMES], required=False
    )

    def __init__(self, told: Confirmation, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # as Django passes them
        self.told = told
        # A field of choices has rows, which its base class does not say.
        self.fields["correction"].queryset = told.corrections.all()  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Row:
    """One correction; `registry_now` is what the registry says today, `before` tells what it said
    since the study team wrote, where that differs, and `shown_now` what readers see today.
    """

    row: Correction
    field: str
    shown: str
    shown_now: str
    registry_now: str
    before: str
    team: str
    flags: Sequence[str]
    fate: str
    is_open: bool
    is_shown: bool
    is_moved: bool
    can_accept: bool


@dataclass(frozen=True, slots=True)
class Later:
    """What the study team has answered since: a line for each correction. `has_page` tells whether
    it can be looked at here.
    """

    told: Confirmation
    lines: Sequence[str]
    has_page: bool


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The page; `made` is a new link, with whom it is for. `since` is of the newest answers."""

    told: Confirmation
    site: Site | None
    state: ContactWords | None
    rows: Sequence[Row]
    since: Sequence[Later]
    is_open: bool
    settlement: Settlement | None
    can_settle: bool
    can_accept_all: bool
    outcomes: Sequence[tuple[str, str]]
    made: str
    addresses: Sequence[str]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_member
def answer(request: HttpRequest, answer: int) -> HttpResponse:
    """Show an answer with its corrections; decide on one, or on all."""
    rows = Confirmation.objects.select_related(
        "trial", "coordinator", "settlement__settled_by", "link"
    )
    told = rows.filter(pk=answer, answer__in=CORRECTIONS).first()
    if told is None:
        raise Http404("No study team asked for such a change.")
    made = ""
    if request.method == "POST":
        try:
            made = _act(request, told)
        except RefusedError as error:
            messages.error(request, str(error))
        if not made:
            return redirect("admin:desk-answer", told.pk)
    context = admin.site.each_context(request) | {
        "title": f"What the study team says at {told.site_label}",
        "page": _page(told, made),
    }
    return TemplateResponse(request, "desk/answer.html", context)


def _act(request: HttpRequest, told: Confirmation) -> str:
    """Do what a button asks for; return a new link, which is shown in this answer alone."""
    by: User = request.user  # type: ignore[assignment]  # staff alone come here
    form = AnswerForm(told, request.POST)
    if not form.is_valid():
        raise RefusedError(_first_error(form))
    verb = form.cleaned_data["verb"]
    if verb not in _VERBS:
        raise RefusedError(_NO_BUTTON)
    said, made = _VERBS[verb](form, by)
    if not made:
        messages.success(request, said)
    return made


def _first_error(form: forms.Form) -> str:
    if "words" in form.errors:
        return f"Not done: {form.errors['words'][0]}"
    return _NO_BUTTON


def _one(form: AnswerForm) -> Correction:
    row: Correction | None = form.cleaned_data["correction"]
    if row is None:
        raise RefusedError(_NO_BUTTON)
    return row


def _accept(form: AnswerForm, by: User) -> tuple[str, str]:
    corrections.accept(correction=_one(form), by=by)
    return "Accepted.", ""


def _accept_all(form: AnswerForm, by: User) -> tuple[str, str]:
    waiting = form.told.corrections.filter(fate=Fate.WAITING)
    with transaction.atomic():
        number = 0
        for row in waiting:
            corrections.accept(correction=row, by=by)
            number += 1
    if not number:
        raise RefusedError("Nothing of this answer waits for you any more.")
    return "1 correction is accepted." if number == 1 else f"{number} corrections are accepted.", ""


def _decline(form: AnswerForm, by: User) -> tuple[str, str]:
    corrections.decline(correction=_one(form), reason=form.cleaned_data["words"], by=by)
    return "Declined. A coordinator reads the reason in their area.", ""


def _retract(form: AnswerForm, by: User) -> tuple[str, str]:
    corrections.retract(correction=_one(form), reason=form.cleaned_data["words"], by=by)
    return "Readers no longer see it. A coordinator reads the reason in their area.", ""


def _ask(form: AnswerForm, by: User) -> tuple[str, str]:
    asked = asking.ask(correction=_one(form), question=form.cleaned_data["words"], by=by)
    for letter in asked.letters:
        letters.soon(letter)
    if number := len(asked.letters):
        going = "1 letter goes" if number == 1 else f"{number} letters go"
        return f"Asked: {going} out to the study team now.", ""
    return "Asked. The coordinator reads it in their area; no letter could be sent.", asked.link


def _settle(form: AnswerForm, by: User) -> tuple[str, str]:
    if not form.cleaned_data["outcome"]:
        raise RefusedError("Say what became of it.")
    outcome = Outcome(form.cleaned_data["outcome"])
    actions.settle(confirmation=form.told, outcome=outcome, note=form.cleaned_data["words"], by=by)
    return "The answer is settled.", ""


_VERBS: dict[str, Callable[[AnswerForm, User], tuple[str, str]]] = {
    "accept": _accept,
    "accept-all": _accept_all,
    "decline": _decline,
    "retract": _retract,
    "ask": _ask,
    "settle": _settle,
}


def _page(told: Confirmation, made: str) -> AnswerPage:
    sites = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    site = sites.filter(pk=told.site_id or 0).first()
    accepted = accepted_at([site]).get(site.pk, []) if site else []
    found = list(told.corrections.select_related("decided_by"))
    stopped = retracted(found)
    rows = [_row(row, site, accepted, is_stopped=row.pk in stopped) for row in found]
    settlement: Settlement | None = getattr(told, "settlement", None)
    return AnswerPage(
        told=told,
        site=site,
        state=_state(site, accepted) if site else None,
        rows=rows,
        since=list(_since(told, site)) if site else (),
        is_open=any(row.is_open for row in rows) or (settlement is None and not rows),
        settlement=settlement,
        can_settle=settlement is None and not rows,
        can_accept_all=sum(row.row.fate == Fate.WAITING for row in rows) > 1
        and all(row.can_accept for row in rows if row.row.fate == Fate.WAITING),
        outcomes=[(each.value, each.label) for each in CHOSEN_OUTCOMES],
        made=made,
        addresses=[
            f"{contact.name or 'Contact'}, {contact.email}"
            for contact in (site.contacts.all() if site else ())
            if contact.email.strip()
        ],
    )


def _state(site: Site, accepted: Sequence[AcceptedValue]) -> ContactWords:
    difficulty = reports.difficulty(site.trial)
    standings = standings_at([site], reported=difficulty, accepted={site.pk: accepted})
    return contact_state(standings[site.pk])


def _since(told: Confirmation, site: Site) -> Iterator[Later]:
    """Yield what the study team has answered for the site after an answer, the newest first."""
    rows = Confirmation.objects.filter(site=site, confirmed_at__gt=told.confirmed_at)
    rows = rows.select_related("settlement").prefetch_related("corrections")
    for later in rows.order_by("-confirmed_at", "-pk")[:_MOST_LATER]:
        lines = [_line(row, site) for row in later.corrections.all()]
        yield Later(later, lines, later.answer in CORRECTIONS)


def _line(row: Correction, site: Site) -> str:
    field = Field(row.field)
    what = f"{field.label} of {row.contact_name}" if row.contact_name else field.label
    value = row.note if field == Field.OTHER else _value(field, row.new_value)
    return f"{what}: {value} ({fate_now(row, site).label.lower()})"


def _shown_now(row: Correction, site: Site, accepted: Sequence[AcceptedValue]) -> str:
    """Return what readers see today of what a correction is about."""
    contact, field = contact_of(site, row), Field(row.field)
    name = folded(contact.name) if contact else ""
    beside = {value.field: value.value for value in accepted if folded(value.contact_name) == name}
    if field in beside:
        return _value(field, beside[field])
    if field == Field.PHONE_EXT and Field.PHONE in beside:  # the registry's is of the old number
        return _value(field, "")
    return _value(field, registry_value(site, row) or "")


def _row(
    row: Correction, site: Site | None, accepted: Sequence[AcceptedValue], *, is_stopped: bool
) -> Row:
    field, country = Field(row.field), site.facility.country if site else ""
    now = registry_value(site, row) if site else None
    # As the registry stands at this moment, whenever the table was followed.
    fate = fate_now(row, site)
    is_moved = fate == Fate.MOVED
    is_same = now is not None and agree(field, row.registry_value, now, country=country)
    return Row(
        row=row,
        field=field.label,
        shown=_value(field, row.shown_value),
        shown_now=_shown_now(row, site, accepted) if site else "",
        registry_now=_value(field, now) if now is not None else "Not listed any more",
        before=_before(row, country) if is_moved and not is_same else "",
        team=_value(field, row.new_value) if field != Field.OTHER else "See the note",
        flags=[*flags(field, row.new_value, country=country), *_dropped_extension(row, site)],
        fate=NO_LONGER_SHOWN if is_stopped else fate.label,
        is_open=row.fate in UNDER_WAY,
        is_shown=fate == Fate.ACCEPTED and field != Field.OTHER,
        is_moved=row.fate == Fate.MOVED,
        can_accept=now is not None or field == Field.OTHER,
    )


def _before(row: Correction, country: str) -> str:
    """Say what the registry said before it moved on from a correction."""
    field = Field(row.field)
    if agree(field, row.new_value, row.registry_value, country=country):
        return "It agreed with the study team before."
    return f"When it was accepted: {_value(field, row.registry_value)}"


def _dropped_extension(row: Correction, site: Site | None) -> Iterator[str]:
    """Say that readers get a new number without the extension of the old one."""
    contact = contact_of(site, row) if site and row.field == Field.PHONE else None
    if contact is not None and contact.phone_ext:
        yield f"The registry’s extension, {contact.phone_ext}, is not shown behind it."


def _value(field: Field, value: str) -> str:
    if field == Field.OTHER:
        return ""
    if field == Field.STATUS:
        return words.status(value).words
    return value or "Nothing"
