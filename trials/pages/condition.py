"""A condition: what it is, its trials, and the ways on from it."""

from collections.abc import Collection

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trials.models import Condition, Site, Trial
from trials.pages.paging import NoSuchPage, NumberedPage, asked_page, page_by_number
from trials.pages.presenters import prose
from trials.pages.presenters.card import cards
from trials.pages.presenters.conditions import (
    country_ways,
    entries,
    heading,
    trials_url,
    words_of,
)
from trials.pages.responses import no_such_page, public_page
from trials.search import conditions
from trials.search.query import PAGE_SIZE
from trials.search.relatives import SAMPLE, relatives
from trials.terms import plain
from trials.terms.countries import country_code
from trials.terms.facets import OPEN_OR_SOON

_COUNTRIES_AT_MOST = 8
_LIST = "The list of this condition’s trials"
_SUGGESTED_AT_MOST = 8


@public_page
def condition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a condition with its trials in pages, those a person can join first.

    A condition whose trials are all hidden or gone is not found: its name is such a trial's text.
    Another name of a condition leads to it.
    """
    known = conditions.listed(with_closed=True).select_related("introduction")
    condition = known.filter(slug=slug).first()
    if condition is None:
        return _elsewhere(request, slug)
    try:
        page = page_by_number(condition.all_trials, asked_page(request))
    except NoSuchPage:
        return no_such_page(request, _LIST)
    trials = Trial.public.filter(trial_conditions__condition=condition).open_first()
    shown = list(trials.values_list("pk", flat=True)[page.start : _read_to(page)])
    if not shown:  # since the trials were counted
        return no_such_page(request, _LIST) if page.start else _elsewhere(request, slug)
    introduction = getattr(condition, "introduction", None)
    context = {
        "condition": condition,
        "introduction": introduction,
        "reviewed_words": plain.day_words(introduction.reviewed_on) if introduction else "",
        "name": prose.plain(heading(condition.name)),
        "other_names": conditions.other_names(condition),
        "all_words": plain.count(condition.all_trials, "trial"),
        "open_words": plain.number(condition.open_trials),
        "page": page,
        "cards": cards(shown[:PAGE_SIZE]),
        "words": words_of(condition),
        "trials_url": trials_url(condition),
    }
    if page.number == 1:
        context |= _ways_on(condition, shown)
    return render(request, "pages/condition.html", context)


def _read_to(page: NumberedPage) -> int:
    """Return where to stop reading: the first page also looks at what the trials are about."""
    return SAMPLE if page.number == 1 else page.stop


def _ways_on(condition: Condition, trial_ids: list[int]) -> dict[str, object]:
    """Return what the first page offers beside the list, read from the condition's first trials."""
    around = relatives(condition, trial_ids)
    codes = _countries(trial_ids[: condition.open_trials])
    return {
        "narrower": entries(around.narrower),
        "broader": entries(around.broader),
        "related": entries(around.related),
        "countries": country_ways(condition, codes),
    }


def _countries(trial_ids: Collection[int]) -> list[str]:
    """Return the codes (or names) of countries where open trials take people, most trials first."""
    takes = Q(recruitment_status__in=(*OPEN_OR_SOON, ""))
    named = Site.everything.filter(takes, trial__in=trial_ids).exclude(facility__country="")
    counted = named.values("facility__country").annotate(trials=Count("trial", distinct=True))
    names = counted.order_by("-trials", "facility__country").values_list("facility__country")
    codes = [country_code(name) or name for (name,) in names[:_COUNTRIES_AT_MOST]]
    return list(dict.fromkeys(codes))


def _elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from another name to its condition, or show conditions with names close to it.

    A redirect for now and not for good: editors strike pairs, and a name becomes a condition of
    its own as soon as a trial uses it.
    """
    words = slug.replace("-", " ")
    if same := conditions.same_as(words):
        return redirect(same)
    near = conditions.meant_by(words) or conditions.starting_with(words, _SUGGESTED_AT_MOST)
    suggested = near or conditions.spelled_like(words, _SUGGESTED_AT_MOST)
    return render(
        request,
        "pages/no_such_condition.html",
        {"words": words, "suggested": entries(row for row in suggested if row.slug != slug)},
        status=404,
    )
