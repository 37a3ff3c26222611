"""The results of a search: the page that people find trials on."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trials.pages.find import is_known, read_number
from trials.pages.presenters.results import present
from trials.pages.presenters.way_out import Why, explained
from trials.pages.responses import public_page
from trials.search import filters, results
from trials.search.answers import Results
from trials.search.words import ids

_BARE_NUMBER = re.compile(r"[0-9]{8}")
_SHOWN_AT_MOST = 40


@public_page
def trial_list(request: HttpRequest) -> HttpResponse:
    """Show a page of the trials that the address asks for; a trial's number leads to its page.

    Whatever is typed is answered with a page: what could not be used is said beside its field.
    `why` asks for what keeps one trial out of the results.
    """
    reading = filters.read(request.GET)
    if nct_id := _named(reading.search.q):
        return redirect("trial-detail", nct_id)
    found = results.find(reading.search)
    page = present(reading, found, _why(found, request.GET.get("why", "")))
    return render(request, "pages/results.html", {"page": page})


def _named(q: str) -> str:
    """Return the id of the one trial that the words are a number of, be it gone or bare digits."""
    digits = "".join(q.split())
    if _BARE_NUMBER.fullmatch(digits):
        q = f"NCT{digits}"
    named = ids.named_by(q)
    one = named.nct_ids[0] if len(named.nct_ids) == 1 else named.unknown
    return one if named.is_all and one and is_known(one) else ""


def _why(found: Results, typed: str) -> Why:
    typed = " ".join(typed.split())
    if not typed:
        return Why()
    try:
        return explained(found, read_number(typed))
    except ValueError as wrong:
        return Why(typed[:_SHOWN_AT_MOST], problem=str(wrong))
