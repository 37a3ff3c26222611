"""Mail to study teams on the desk: the switch, the letters, and who gets nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from trials.admin.acts import Act, acts_on
from trials.admin.desk import mail_files
from trials.admin.desk.access import desk_member
from trials.admin.desk.mail_files import MailFile
from trials.coordinators import addresses, letters
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters import suppression, switch
from trials.models import Letter, LetterTopic, MailSwitch, SuppressedAddress
from trials.terms.letters import LetterState

_SHOWN = 50
# Letters of late: so many of the newest are counted by where they stand.
_COUNTED = 1_000


class MailForm(forms.Form):
    """What a button asks for; each verb needs some of the fields."""

    verb = forms.CharField()
    reason = forms.CharField(required=False, strip=True, max_length=2_000)
    address = forms.CharField(required=False, max_length=300)
    letter = forms.ModelChoiceField(Letter.objects.all(), required=False)
    row = forms.ModelChoiceField(SuppressedAddress.objects.all(), required=False)


class LateForm(forms.Form):
    """Which letters to list."""

    state = forms.ChoiceField(choices=LetterState.choices, required=False)


@dataclass(frozen=True, slots=True)
class Tab:
    """Letters of one state; an empty state stands for all of them."""

    state: str
    label: str
    number: int
    is_here: bool


@dataclass(frozen=True, slots=True)
class MailPage:
    """The page. `suppressed` is what the list has, about one address where it was looked for."""

    said: MailSwitch | None
    is_on: bool
    writes_here: bool
    may_set: bool
    tabs: Sequence[Tab]
    letters: Sequence[Letter]
    cut_off: Sequence[Letter]
    refused: Sequence[Letter]
    suppressed: Sequence[SuppressedAddress]
    looked_for: bool
    acts: Sequence[Act]
    has_files: bool
    files: Sequence[MailFile]


@sensitive_post_parameters("address")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_member
def mail(request: HttpRequest) -> HttpResponse:
    """Show the mail to study teams, or do what a button asks for."""
    suppressed: Sequence[SuppressedAddress] | None = None
    if request.method == "POST":
        if request.POST.get("verb") != "find":
            _act(request)
            return redirect("admin:desk-mail")
        suppressed = _found(request)
    context = admin.site.each_context(request) | {
        "title": "Mail to study teams",
        "page": _page(request, suppressed),
    }
    return TemplateResponse(request, "desk/mail.html", context)


def _act(request: HttpRequest) -> None:
    by: User = request.user  # type: ignore[assignment]  # staff alone come here
    form = MailForm(request.POST)
    verb = _VERBS.get(form.cleaned_data["verb"]) if form.is_valid() else None
    if verb is None:
        messages.error(request, "There is no such button, or somebody was faster: look again.")
        return
    try:
        messages.success(request, verb(form.cleaned_data, by))
    except (RefusedError, ValueError) as error:
        messages.error(request, str(error))


def _turn_on(data: dict[str, Any], by: User) -> str:
    switch.set(is_on=True, reason=data["reason"], by=by)
    return "Letters may now go to addresses that the registry lists."


def _turn_off(data: dict[str, Any], by: User) -> str:
    switch.set(is_on=False, reason=data["reason"], by=by)
    return "No letter goes to an address that the registry lists any more."


def _write_from_here(data: dict[str, Any], by: User) -> str:
    switch.write_from_here(reason=data["reason"], by=by)
    return "Letters go out from here again."


def _again(data: dict[str, Any], by: User) -> str:
    if data["letter"] is None:
        raise RefusedError("There is no such letter.")
    letters.send_again(letter=data["letter"], by=by)
    return "The letter waits to be sent again."


def _lift(data: dict[str, Any], by: User) -> str:
    if data["row"] is None:
        raise RefusedError("This address is no longer on the list.")
    if suppression.lift(row=data["row"], by=by):
        return f"Letters may go to that address at {data['row'].domain} again."
    return "The reader unsubscribed besides: the address stays on the list for that."


def _suppress(data: dict[str, Any], by: User) -> str:
    suppression.add(address=data["address"], reason=data["reason"], by=by)
    return "Nothing more goes to that address."


_VERBS: dict[str, Callable[[dict[str, Any], User], str]] = {
    "on": _turn_on,
    "off": _turn_off,
    "here": _write_from_here,
    "again": _again,
    "lift": _lift,
    "suppress": _suppress,
}


def _found(request: HttpRequest) -> list[SuppressedAddress]:
    """Return what the list has about an address: it is known by its digest alone."""
    try:
        address = addresses.normal(request.POST.get("address", ""))
    except ValueError as error:
        messages.error(request, str(error))
        return []
    digest = addresses.digest_of(address)
    return list(SuppressedAddress.objects.filter(address_digest=digest))


def _page(request: HttpRequest, suppressed: Sequence[SuppressedAddress] | None) -> MailPage:
    form = LateForm(request.GET)
    here = form.cleaned_data["state"] if form.is_valid() else ""
    standing = switch.standing()
    left = list(letters.left_to_the_desk().select_related("coordinator")[:_SHOWN])
    return MailPage(
        said=standing.said,
        is_on=standing.is_on,
        writes_here=standing.writes_here,
        may_set=switch.may_set(request.user),  # type: ignore[arg-type]  # staff alone come here
        tabs=_tabs(here),
        letters=_letters(here),
        cut_off=[letter for letter in left if letter.state == LetterState.SENDING],
        refused=[letter for letter in left if letter.state == LetterState.REFUSED],
        suppressed=list(SuppressedAddress.objects.all()[:_SHOWN])
        if suppressed is None
        else suppressed,
        looked_for=suppressed is not None,
        acts=acts_on(switch.SUBJECT),
        has_files=mail_files.are_written(),
        files=mail_files.newest(),
    )


def _tabs(here: str) -> list[Tab]:
    of_late = Letter.objects.filter(pk__in=Letter.objects.values("pk")[:_COUNTED])
    rows = of_late.order_by().values_list("state").annotate(number=Count("pk"))
    numbers: dict[str, int] = dict(rows)
    every = Tab("", "All", sum(numbers.values()), not here)
    return [
        every,
        *(Tab(each, each.label, numbers.get(each, 0), each == here) for each in LetterState),
    ]


def _letters(state: str) -> list[Letter]:
    topics = LetterTopic.objects.filter(letter=OuterRef("pk")).order_by("pk")
    number = topics.order_by().values("letter").annotate(number=Count("pk")).values("number")
    rows = Letter.objects.filter(state=state) if state else Letter.objects.all()
    return list(
        rows.select_related("coordinator", "asked_by").annotate(
            first_place=Subquery(topics.values("site_label")[:1]),
            places=Subquery(number),
        )[:_SHOWN]
    )
