"""Words explained: the glossary from A to Z, and a page for each of its terms."""

from collections.abc import Iterator
from itertools import groupby
from string import ascii_uppercase
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trials.editorial.live_terms import kept_glossary
from trials.models import Trial
from trials.pages.presenters.card import cards
from trials.pages.responses import public_page
from trials.search.query import TrialSearch
from trials.terms.glossary import Term

TRIALS_AT_MOST = 20
_OTHER = "0–9"


class Letter(NamedTuple):
    """The terms that start with a letter, or with a number (`sign` is “0–9” then)."""

    sign: str
    terms: list[Term]

    @property
    def anchor(self) -> str:
        """The letter's place on the page."""
        return "other" if self.sign == _OTHER else self.sign.lower()


@public_page
def glossary(request: HttpRequest) -> HttpResponse:
    """List every word that pages explain with its meaning, A to Z."""
    return render(request, "pages/glossary.html", {"letters": list(_letters())})


@public_page
def glossary_term(request: HttpRequest, term: str) -> HttpResponse:
    """Show a word's meaning and the reviewed trials whose words use it, newest review first.

    A word that pages do not explain, or no longer, is not found.
    """
    known = kept_glossary().terms.get(term)
    if known is None:
        raise Http404(term)
    using = Trial.public.reviewed().filter(editorial__term_uses__term__slug=known.slug)
    keys = using.newest_review_first().values_list("pk", flat=True)
    shown = cards(keys[: TRIALS_AT_MOST + 1])
    return render(
        request,
        "pages/glossary_term.html",
        {
            "term": known,
            "cards": shown[:TRIALS_AT_MOST],
            "has_more": len(shown) > TRIALS_AT_MOST,
            "most": TRIALS_AT_MOST,
            "search_url": f"{reverse('trial-list')}?{TrialSearch(q=known.name).query()}",
        },
    )


def _letters() -> Iterator[Letter]:
    """Yield all letters, those without a term too."""
    terms = sorted(kept_glossary().terms.values(), key=lambda term: (_sign(term), _sorted(term)))
    listed = {sign: list(group) for sign, group in groupby(terms, _sign)}
    for sign in (*ascii_uppercase, _OTHER):
        yield Letter(sign, listed.get(sign, []))


def _sign(term: Term) -> str:
    first = term.name[:1].upper()
    return first if first in ascii_uppercase else _OTHER


def _sorted(term: Term) -> str:
    return term.name.casefold()
