"""A trial's pages: the leaflet, the doctor's sheet, and the list of sites where it is very long.

An address that is not canonical (`/trials/nct7193667/`, a former number) leads on for good; one
that has no public trial says why, without a word of a hidden trial's content.
"""

from collections.abc import Callable
from functools import wraps

from django.core.paginator import InvalidPage, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from trials.editorial import reports
from trials.models import IdRedirect, Trial
from trials.models.querysets import TrialQuerySet
from trials.pages.paging import NoSuchPage, asked_page
from trials.pages.presenters import doctor, sites
from trials.pages.presenters.links import registry_record
from trials.pages.presenters.openness import openness_of
from trials.pages.presenters.rows import add_contacts, published_text, with_rows
from trials.pages.presenters.study_teams import heard, told
from trials.pages.presenters.trial import present
from trials.pages.responses import no_such_page, public_page
from trials.terms import plain as words
from trials.terms.values import canonical_nct_id

SITES_A_PAGE = 100

TrialView = Callable[[HttpRequest, Trial], HttpResponseBase]


def trial_view(
    url_name: str, rows: Callable[[TrialQuerySet], TrialQuerySet] = with_rows
) -> Callable[[TrialView], Callable[..., HttpResponseBase]]:
    """Let a view answer for one public trial, which it gets with all its rows, or with `rows`."""

    def decorate(view: TrialView) -> Callable[..., HttpResponseBase]:
        @public_page
        @wraps(view)
        def answer(request: HttpRequest, nct: str) -> HttpResponseBase:
            try:
                nct_id = canonical_nct_id(nct)
            except ValueError:
                return not_found(request, "")
            trial = rows(Trial.public.all()).filter(nct_id=nct_id).first()
            if trial is None:
                return no_public_trial(request, nct_id, url_name)
            if nct != nct_id:
                return HttpResponsePermanentRedirect(reverse(url_name, args=[nct_id]))
            return view(request, trial)

        return answer

    return decorate


@trial_view("trial-detail")
def trial_detail(request: HttpRequest, trial: Trial) -> HttpResponse:
    """Show a trial's leaflet."""
    return render(request, "trials/detail.html", {"page": present(trial)})


@trial_view("trial-doctor-sheet")
def doctor_sheet(request: HttpRequest, trial: Trial) -> HttpResponse:
    """Show the two sides to take to a doctor."""
    return render(request, "trials/doctor_sheet.html", {"sheet": doctor.present(trial)})


@trial_view("trial-sites")
def trial_sites(request: HttpRequest, trial: Trial) -> HttpResponse:
    """List a trial's sites, a hundred to a page, in the order of its leaflet."""
    openness = openness_of(trial)
    ordered = openness.in_order(trial)
    try:
        page = Paginator(ordered, SITES_A_PAGE).page(asked_page(request) or 1)
    except (NoSuchPage, InvalidPage):
        return no_such_page(request, "This list of sites")
    shown = ordered[page.start_index() - 1 : page.end_index()] if ordered else []
    add_contacts(shown)
    known = heard(shown, reported=reports.difficulty(trial))
    text = published_text(trial)
    return render(
        request,
        "trials/sites.html",
        {
            "trial": trial,
            "title": text.plain_title if text else trial.brief_title or trial.nct_id,
            "page": page,
            "summary": sites.summary(ordered, openness),
            "told": told(shown, known),
            "table": sites.table_link(trial),
            "countries": sites.plain_list(
                shown,
                openness,
                known,
                report=reverse("trial-report", args=[trial.nct_id]),
            ),
        },
    )


# --- Without a public trial -------------------------------------------------------------------


def no_public_trial(request: HttpRequest, nct_id: str, url_name: str) -> HttpResponse:
    """Answer for a canonical id without a public trial: former id, gone, hidden, or never seen."""
    former = IdRedirect.objects.filter(nct_id=nct_id).select_related("trial").first()
    if former:
        return HttpResponsePermanentRedirect(reverse(url_name, args=[former.trial.nct_id]))
    trial = Trial.everything.filter(nct_id=nct_id).first()
    if trial is None:
        return not_found(request, nct_id)
    if trial.hidden_at is not None:
        return render(request, "trials/hidden.html", {"nct_id": nct_id}, status=403)
    return gone(request, trial)


def not_found(request: HttpRequest, nct_id: str) -> HttpResponse:
    """Say that we have no such trial; a well-formed number may still be at the registry."""
    record = registry_record(nct_id) if nct_id else ""
    return render(
        request, "trials/not_found.html", {"nct_id": nct_id, "record": record}, status=404
    )


def gone(request: HttpRequest, trial: Trial) -> HttpResponse:
    """Say that the registry no longer lists the trial, and since when."""
    left = trial.left_registry_on
    return render(
        request,
        "trials/gone.html",
        {
            "trial": trial,
            "left": words.date_words(left, "day"),
            "status": words.LEFT_REGISTRY,
            "similar": _similar_public_trials(trial),
            "record": registry_record(trial.nct_id),
        },
        status=410,
    )


def _similar_public_trials(trial: Trial) -> str:
    """Return the address of a condition of the trial that others still have, or of all trials."""
    for row in trial.trial_conditions.select_related("condition"):
        if Trial.public.filter(trial_conditions__condition=row.condition).exists():
            return row.condition.get_absolute_url()
    return reverse("trial-list")
