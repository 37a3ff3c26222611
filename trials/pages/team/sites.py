"""A coordinator's sites, what needs an answer first, and confirming one or many of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from trials.coordinators import actions, teams
from trials.coordinators.errors import RefusedError
from trials.models import Coordinator, SiteCoordinator, Trial
from trials.pages.paging import NoSuchPage, asked_page
from trials.pages.team import access
from trials.pages.team.words import due_first, team_sites
from trials.terms import plain as words
from trials.terms.contacts import Answer

SITES_A_PAGE = 25
_SEPARATOR = "-"
_NOTHING_TICKED = "Tick the sites that you want to confirm."
_NOT_YOURS = "A site that you ticked is no longer among yours. We did not confirm that one."


@dataclass(frozen=True, slots=True)
class OwnTrial:
    """A trial of one's sites, to narrow a long list by."""

    nct_id: str
    title: str
    is_asked: bool


@require_http_methods(["GET", "HEAD", "POST"])
@access.team_page
def sites(request: HttpRequest, coordinator: Coordinator) -> HttpResponse:
    """List the sites, or confirm those whose button was pressed or that were ticked."""
    rows, asked = teams.sites_of(coordinator), request.GET.get("trial", "")
    if request.method == "POST":
        pressed = request.POST.getlist("one") or request.POST.getlist("ticked")
        _confirm(request, coordinator, rows, pressed[:SITES_A_PAGE])
        return HttpResponseRedirect(_address(asked), status=303)
    found = due_first([row for row in rows if not asked or _trial(row).nct_id == asked])
    try:
        page = Paginator(found, SITES_A_PAGE).page(asked_page(request) or 1)
    except (NoSuchPage, InvalidPage):
        raise Http404("The list is not that long.") from None
    if asked and not found:
        raise Http404("No site of this trial is among yours.")
    shown = team_sites([row for _, row in page])
    context = {
        "coordinator": coordinator,
        "page": page,
        "sites": shown,
        "gone": teams.gone_from(coordinator),
        "can_confirm": sum(site.can_confirm for site in shown),
        "said": access.said(request),
        "lead": _lead(sum(turn.needs_answer for turn, _ in found), len(found)),
        "trials": _trials(rows, asked) if len(rows) > SITES_A_PAGE else (),
        "narrowed": asked,
        "address": _address(asked),
    }
    return render(request, "team/sites.html", context)


def _address(asked: str) -> str:
    query = QueryDict(mutable=True)
    query["trial"] = asked
    return reverse("team-sites") + (f"?{query.urlencode()}" if asked else "")


def _trials(rows: Sequence[SiteCoordinator], asked: str) -> list[OwnTrial]:
    """Return the trials of all sites by title; empty where all are of one."""
    found = {trial.nct_id: trial for trial in map(_trial, rows)}
    own = [
        OwnTrial(nct_id, trial.brief_title or nct_id, nct_id == asked)
        for nct_id, trial in found.items()
    ]
    return sorted(own, key=lambda trial: trial.title.casefold()) if len(own) > 1 else []


def _trial(row: SiteCoordinator) -> Trial:
    site = row.site
    assert site is not None  # noqa: S101  (a coordinator's sites are there)
    return site.trial


def _confirm(
    request: HttpRequest,
    coordinator: Coordinator,
    rows: Sequence[SiteCoordinator],
    pressed: Sequence[str],
) -> None:
    """Confirm sites one by one: one that can't be is no reason to lose the others.

    Nobody learns of a site that is not among their own if it is there at all.
    """
    mine = {str(row.site_id): row for row in rows}
    ticked = [(mine.get(number), seen) for number, _, seen in map(_parted, pressed)]
    if ticked and not any(row for row, _ in ticked):
        raise Http404("This site is not among yours.")
    confirmed, problems = [], [] if ticked else [_NOTHING_TICKED]
    for row, seen in ticked:
        if row is None or row.site is None:
            problems.append(_NOT_YOURS)
            continue
        try:
            actions.confirm_as(
                coordinator=coordinator, site=row.site, answer=Answer.RIGHT, seen=seen
            )
        except RefusedError as error:
            problems.append(f"{row.site_label}: {error}")
        else:
            confirmed.append(row.site_label)
    for problem in dict.fromkeys(problems):
        access.say(request, problem, is_problem=True)
    if confirmed:
        access.say(request, _thanks(confirmed))


def _parted(pressed: str) -> tuple[str, str, str]:
    return pressed.partition(_SEPARATOR)


def _thanks(places: Sequence[str]) -> str:
    what = places[0] if len(places) == 1 else words.count(len(places), "site")
    return f"Thank you. You confirmed {what} today. Readers see the day."


def _lead(to_answer: int, total: int) -> str:
    if not to_answer:
        return "Nothing needs an answer from you today."
    verb = "needs" if to_answer == 1 else "need"
    rest = f" of your {words.number(total)} sites" if total > 1 else " site"
    return f"{words.number(to_answer)}{rest} {verb} an answer from you. It takes a minute each."
