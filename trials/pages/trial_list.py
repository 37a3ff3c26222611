"""The plain list of every trial, newest change first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trials.models import Trial
from trials.pages.paging import NoSuchPage, asked_page, page_by_place
from trials.pages.presenters.card import cards
from trials.pages.responses import no_such_page, public_page


@public_page
def trial_list(request: HttpRequest) -> HttpResponse:
    """Show a page of the list; `page` names it as `paging.page_by_place` understands it."""
    try:
        page = page_by_place(Trial.public.all(), asked_page(request))
    except NoSuchPage:
        return no_such_page(request, "The list of trials")
    return render(
        request,
        "pages/trial_list.html",
        {"page": page, "cards": cards(page.pks), "is_first": not page.newer},
    )
