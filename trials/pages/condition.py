"""A condition's trials."""

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from trials.models import Condition, Trial
from trials.pages.paging import NoSuchPage, asked_page, page_by_number
from trials.pages.presenters import prose
from trials.pages.presenters.card import cards
from trials.pages.responses import no_such_page, public_page
from trials.terms import plain
from trials.terms.registry import OPEN_NOW


@public_page
def condition_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page of the trials of a condition, those open to new participants first.

    A condition whose trials are all hidden or gone is not found: its name is such a trial's text.
    """
    condition = get_object_or_404(Condition, slug=slug)
    trials = Trial.public.filter(trial_conditions__condition=condition)
    counts = trials.aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(overall_status__in=OPEN_NOW))
    )
    if not counts["all"]:
        raise Http404
    try:
        page = page_by_number(counts["all"], asked_page(request))
    except NoSuchPage:
        return no_such_page(request, f"The list of trials for {condition.name}")
    shown = trials.open_first().values_list("pk", flat=True)[page.start : page.stop]
    return render(
        request,
        "pages/condition.html",
        {
            "condition": condition,
            "name": prose.plain(condition.name),
            "all_words": plain.count(counts["all"], "trial"),
            "open_words": plain.number(counts["open"]),
            "counts": counts,
            "page": page,
            "cards": cards(shown),
        },
    )
