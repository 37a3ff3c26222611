"""A reader reports what is wrong with a trial's page or a contact: chosen, never written.

The page needs neither script nor cookie, and so has no CSRF token. A form that another site's page
sends is told by the browser's own headers and refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trials.coordinators.accepted import accepted_at, shown_details
from trials.editorial import reports
from trials.models import Site, Trial
from trials.pages.presenters.links import Link
from trials.pages.presenters.sites import MOST_ON_PAGE, place_of
from trials.pages.responses import address_of, is_from_our_page, public_page
from trials.pages.trial import no_public_trial, not_found
from trials.terms import plain as words
from trials.terms.contacts import reach_digest
from trials.terms.plain.reports import NO_PLACE, UNNAMED_PLACE, report_kind
from trials.terms.reports import ABOUT_A_CONTACT, ABOUT_THE_PAGE, ReportKind
from trials.terms.values import canonical_nct_id

_FORGED = "We could not check that this came from our own page. Please press the button once more."
_NOTHING_CHOSEN = "Choose what you want to tell us."
_NO_SUCH_PLACE = "This study no longer lists that place. Choose again."
_GROUPS = (("About this page", ABOUT_THE_PAGE), ("About a contact", ABOUT_A_CONTACT))


class ReportForm(forms.Form):
    """What a reader chose. `website` is out of people's sight: only programs fill it in."""

    kind = forms.TypedChoiceField(
        choices=ReportKind.choices,
        coerce=ReportKind,
        error_messages={"required": _NOTHING_CHOSEN, "invalid_choice": _NOTHING_CHOSEN},
    )
    site = forms.IntegerField(required=False, error_messages={"invalid": _NO_SUCH_PLACE})
    website = forms.CharField(required=False)

    def __init__(self, trial: Trial, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sites = {site.pk: site for site in trial.sites.all()}

    def clean_site(self) -> Site | None:
        """Return the site, None for the whole study."""
        chosen: int | None = self.cleaned_data["site"]
        if chosen is None:
            return None
        if chosen not in self.sites:
            raise forms.ValidationError(_NO_SUCH_PLACE)
        return self.sites[chosen]


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Options:
    """Things to choose from, under a heading."""

    heading: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The page: what is wrong with what was sent, what can be chosen, and `all_sites` where the
    study has too many for one list.
    """

    nct_id: str
    noun: str
    problems: tuple[Link, ...]
    kinds: tuple[Options, ...]
    no_place: str
    places: tuple[Options, ...]
    all_sites: Link | None


def _tried(site: Site) -> str:
    """Return the digest of the numbers and addresses that the page shows at a site."""
    shown = shown_details(site, accepted_at([site]).get(site.pk, ()))
    return reach_digest(shown.contacts)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def trial_report(request: HttpRequest, nct: str) -> HttpResponse:
    """Show what can be reported about a trial, or take a report and lead to the thanks."""
    return _send(request, nct) if request.method == "POST" else _form(request, nct)


@public_page
def trial_report_sent(request: HttpRequest, nct: str) -> HttpResponse:
    """Thank for a report."""
    trial = _trial(request, nct, "trial-report-sent")
    if not isinstance(trial, Trial):
        return trial
    return render(request, "pages/report_sent.html", {"trial": trial})


@public_page
def _form(request: HttpRequest, nct: str) -> HttpResponse:
    trial = _trial(request, nct, "trial-report")
    if not isinstance(trial, Trial):
        return trial
    form = ReportForm(trial, {"site": request.GET.get("site", "")})
    form.full_clean()
    page = _page(trial, "", form.cleaned_data.get("site"), ())
    return render(request, "pages/report.html", {"page": page})


def _send(request: HttpRequest, nct: str) -> HttpResponse:
    trial = _trial(request, nct, "trial-report")
    if not isinstance(trial, Trial):
        return trial
    form = ReportForm(trial, request.POST)
    is_ours, is_valid = is_from_our_page(request), form.is_valid()
    site: Site | None = form.cleaned_data.get("site")
    if not (is_ours and is_valid):
        problems = _problems(form) if is_ours else (Link(_FORGED, "#send"),)
        page = _page(trial, form.cleaned_data.get("kind", ""), site, problems)
        status = 400 if is_ours else 403
        return render(request, "pages/report.html", {"page": page}, status=status)
    if not form.cleaned_data["website"]:
        reports.send(
            trial=trial,
            kind=form.cleaned_data["kind"],
            site=site,
            place=_words(site) if site else "",
            address=address_of(request),
            about=_tried(site) if site else "",
        )
    thanks = reverse("trial-report-sent", args=[trial.nct_id])
    response = HttpResponseRedirect(thanks, status=303)
    add_never_cache_headers(response)
    return response


def _trial(request: HttpRequest, nct: str, url_name: str) -> Trial | HttpResponse:
    """Return a public trial with its sites, or what to answer instead."""
    try:
        nct_id = canonical_nct_id(nct)
    except ValueError:
        return not_found(request, "")
    sites = Prefetch("sites", Site.everything.select_related("facility"))
    trial = Trial.public.filter(nct_id=nct_id).prefetch_related(sites).first()
    if trial is None:
        return no_public_trial(request, nct_id, url_name)
    return trial if nct == nct_id else redirect(url_name, nct_id, permanent=True)


def _problems(form: ReportForm) -> tuple[Link, ...]:
    targets = {"kind": f"#{ReportKind.HARD_WORDS}", "site": "#site"}
    return tuple(Link(str(errors[0]), targets[name]) for name, errors in form.errors.items())


def _page(trial: Trial, kind: str, site: Site | None, problems: Sequence[Link]) -> ReportPage:
    everywhere = list(trial.sites.all())
    has_too_many = len(everywhere) > MOST_ON_PAGE
    offered = everywhere if not has_too_many else [site] if site else []
    link = Link("the list of places", reverse("trial-sites", args=[trial.nct_id]))
    return ReportPage(
        nct_id=trial.nct_id,
        noun=words.noun(trial.study_type),
        problems=tuple(problems),
        kinds=tuple(
            Options(heading, tuple(Option(each, report_kind(each), each == kind) for each in group))
            for heading, group in _GROUPS
        ),
        no_place=NO_PLACE,
        places=_places(offered, site),
        all_sites=link if has_too_many else None,
    )


def _places(offered: Sequence[Site], chosen: Site | None) -> tuple[Options, ...]:
    """Return the sites by country, in the order of the alphabet."""
    countries: dict[str, list[Option]] = {}
    for site in sorted(offered, key=lambda site: (site.facility.country, _words(site))):
        option = Option(str(site.pk), _words(site), site == chosen)
        countries.setdefault(site.facility.country, []).append(option)
    return tuple(Options(name, tuple(options)) for name, options in countries.items())


def _words(site: Site) -> str:
    parts = (site.facility.name, words.place(place_of(site)))
    return ", ".join(part for part in parts if part) or UNNAMED_PLACE
