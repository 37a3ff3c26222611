"""One site of a coordinator: answer, correct, add facts, hand over, leave.

Each button has a verb. A verb does one thing and returns what to say, or raises with a sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from trials.coordinators import actions, corrections, facts, letters, teams
from trials.coordinators.accepted import accepted_at
from trials.coordinators.details import place_of
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters import gate
from trials.coordinators.registry_sheet import sheet_of
from trials.models import Coordinator, Correction, Site, SiteCoordinator
from trials.pages.correction_form import CorrectionForm
from trials.pages.presenters.links import Link
from trials.pages.team import access
from trials.pages.team.forms import FactsForm, HandOverForm
from trials.pages.team.words import team_sites
from trials.terms.contacts import Answer
from trials.terms.letters import LetterKind, LetterState
from trials.terms.plain.registry_sheet import DUTY


@dataclass(slots=True)
class _Press:
    """A button that was pressed at a site; forms that are wrong are shown once more."""

    request: HttpRequest
    coordinator: Coordinator
    row: SiteCoordinator
    site: Site
    forms: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Link, ...] = ()

    @property
    def seen(self) -> str:
        """The digest of the details that were shown."""
        return self.request.POST.get("seen", "")


@require_http_methods(["GET", "HEAD", "POST"])
@access.team_page
def site(request: HttpRequest, coordinator: Coordinator, site: int) -> HttpResponse:
    """Show a site of one's own, or do what one of its buttons says."""
    row, own = _own(coordinator, site)
    press = _Press(request, coordinator, row, own)
    if request.method != "POST":
        return _page(press)
    verb = _VERBS.get(request.POST.get("verb", ""))
    if "more" in request.POST:  # another row for a correction
        verb = _correct
    if verb is None:
        press.problems = (Link("There is no such button. Please load the page again.", "#top"),)
        return _page(press)
    try:
        said = verb(press)
    except (RefusedError, ValueError) as error:
        press.problems = (Link(str(error), "#details"),)
        return _page(press)
    if not said:
        return _page(press)
    access.say(request, said)
    is_mine = teams.current(coordinator).filter(site=own).exists()
    there = reverse("team-site", args=[own.pk]) if is_mine else reverse("team-sites")
    # A form’s own fragment would lead past the words of thanks.
    return HttpResponseRedirect(f"{there}#top", status=303)


@require_safe
@access.team_page
def registry_sheet(request: HttpRequest, coordinator: Coordinator, site: int) -> HttpResponse:
    """Show what to correct in the registry for a site of one's own."""
    _, own = _own(coordinator, site)
    context = {"site": own, "sheet": sheet_of(own), "duty": DUTY, "place": actions.label_of(own)}
    return render(request, "team/registry_sheet.html", context)


def _own(coordinator: Coordinator, number: int) -> tuple[SiteCoordinator, Site]:
    """Return a coordinator's place at a site; a stranger's site is not there."""
    row = teams.place_at(coordinator, number)
    if row is None or row.site is None:
        raise Http404("This site is not among yours.")
    return row, row.site


def _page(press: _Press) -> HttpResponse:
    (worded,) = team_sites([press.row])
    of_place, former = facts.facts_and_former_at([press.site])
    known = former.get(press.site.pk, {}) | of_place.get(press.site.pk, {})
    values = accepted_at([press.site]).get(press.site.pk, [])
    context = {
        "site": worded,
        "corrections": CorrectionForm(press.site, None, values),
        "facts": FactsForm(initial=FactsForm.initial_of(known)),
        "fact_place": place_of(press.site),
        "hand_over": HandOverForm(),
        "offers": teams.offers_of(press.row),
        "problems": press.problems,
        "said": access.said(press.request),
        **press.forms,
    }
    status = 400 if press.problems else 200
    return render(press.request, "team/site.html", context, status=status)


def _confirm(press: _Press) -> str:
    actions.confirm_as(
        coordinator=press.coordinator, site=press.site, answer=Answer.RIGHT, seen=press.seen
    )
    return "Thank you. The details are confirmed. Readers see today’s date."


def _takes_nobody(press: _Press) -> str:
    actions.confirm_as(
        coordinator=press.coordinator,
        site=press.site,
        answer=Answer.NOT_RECRUITING,
        seen=press.seen,
    )
    return "Thank you. Readers see your answer, and an editor will look at the page."


def _correct(press: _Press) -> str:
    values = accepted_at([press.site]).get(press.site.pk, [])
    form = CorrectionForm(press.site, press.request.POST, values)
    # Shown once more with what was typed, unless it can be written down.
    press.forms |= {"corrections": form, "is_correcting": True}
    if not form.is_valid():
        press.problems = form.problems
        return ""
    with transaction.atomic():
        told = actions.confirm_as(
            coordinator=press.coordinator, site=press.site, answer=Answer.CHANGE, seen=press.seen
        )
        corrections.propose(confirmation=told, proposed=form.proposed)
    return "Thank you. An editor will check your correction. You see here what becomes of it."


def _say_facts(press: _Press) -> str:
    form = FactsForm(press.request.POST)
    # Shown once more with what was typed, unless it can be written down.
    press.forms["facts"] = form
    if not form.is_valid():
        press.problems = tuple(
            Link(str(errors[0]), f"#id_{name}") for name, errors in form.errors.items()
        )
        return ""
    place = press.request.POST.get("place", "")
    facts.say(coordinator=press.coordinator, site=press.site, said=form.said, place=place)
    return "Thank you. Readers see what you added, with today’s date."


def _hand_over(press: _Press) -> str:
    form = HandOverForm(press.request.POST)
    try:
        if form.is_valid():
            data = form.cleaned_data
            row = teams.hand_over(row=press.row, address=data["address"], name=data["name"])
            return _asked(row)
        problem = next(iter(form.errors.values()))[0]
    except (RefusedError, ValueError) as error:
        problem = str(error)
    press.forms["hand_over"] = form
    press.problems = (Link(str(problem), "#id_address"),)
    return ""


def _asked(row: SiteCoordinator) -> str:
    """Write to a colleague, and say if that could be done."""
    letter = letters.hand_over(row=row)
    if letter.state == LetterState.DROPPED:
        return _unasked(row.coordinator.address)
    letters.soon(letter)
    return "We write to your colleague. Until they take the site on, it stays with you."


def _unasked(address: str) -> str:
    """Say what helps where a colleague gets no letter: to sign in, if they get a link for that."""
    stays = "Until your colleague takes the site on, it stays with you."
    if not gate.problems([address], LetterKind.SIGN_IN):
        return (
            "We may not write to your colleague by ourselves. Please tell them to sign in here "
            f"with that address: the site waits for them. {stays}"
        )
    return (
        "We may not write to that address, not even a link to sign in. Please hand the site over "
        f"to another address of your colleague, or write to us at {settings.HELP_EMAIL}: an editor "
        f"can make a link by which they answer for the site. {stays}"
    )


def _take_back_offer(press: _Press) -> str:
    number = press.request.POST.get("offer", "")
    offer = next((each for each in teams.offers_of(press.row) if str(each.pk) == number), None)
    if offer is None:
        raise RefusedError("Your colleague has this site by now, or said no.")
    teams.take_back(offer=offer, giver=press.coordinator)
    return "Your colleague can no longer take this site on."


def _take_on(press: _Press) -> str:
    teams.take_on(row=press.row)
    return "Thank you. The site is yours now. Please check its details."


def _leave(press: _Press) -> str:
    teams.leave(row=press.row)
    return f"You no longer look after {press.row.site_label}."


def _take_back(press: _Press) -> str:
    corrections.withdraw(correction=_correction(press), coordinator=press.coordinator)
    return "The correction is taken back."


def _reply(press: _Press) -> str:
    correction, text = _correction(press), press.request.POST.get("reply", "")
    press.forms["typed_reply"] = {"pk": correction.pk, "text": text}
    corrections.reply(correction=correction, coordinator=press.coordinator, text=text)
    return "Thank you. An editor reads your answer."


def _correction(press: _Press) -> Correction:
    number = press.request.POST.get("correction", "")
    is_number = number.isascii() and number.isdigit() and len(number) <= 18
    found = press.site.corrections.filter(pk=number).first() if is_number else None
    if found is None:
        raise RefusedError("There is no such correction. Please load the page again.")
    return found


_VERBS: Mapping[str, Callable[[_Press], str]] = {
    "confirm": _confirm,
    "not-recruiting": _takes_nobody,
    "correct": _correct,
    "facts": _say_facts,
    "hand-over": _hand_over,
    "take-back-offer": _take_back_offer,
    "take-on": _take_on,
    "leave": _leave,
    "take-back": _take_back,
    "reply": _reply,
}
