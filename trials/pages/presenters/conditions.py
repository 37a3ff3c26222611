"""Conditions as links with their numbers of trials, and as searches for their trials."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from trials.models import Condition
from trials.search.query import TrialSearch
from trials.terms import plain
from trials.terms.countries import country_name

# A first word in small letters throughout: not “mCRPC”, nor “p53”.
_SMALL_START = re.compile(r"[a-z]+(?![\w])")
_QUOTES = re.compile('["“”]')


@dataclass(frozen=True, slots=True)
class Entry:
    """A condition in a list; `trials` are those open now or soon, `all_trials` all public ones."""

    name: str
    url: str
    trials: int
    all_trials: int
    anchor: str = ""

    @property
    def number(self) -> str:
        """The number of trials open now or soon, with commas."""
        return plain.number(self.trials)


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a search."""

    words: str
    url: str


def entries(conditions: Iterable[Condition]) -> list[Entry]:
    """Return conditions as a list shows them."""
    return [entry(condition) for condition in conditions]


def entry(condition: Condition, anchor: str = "") -> Entry:
    """Return a condition as a list shows it."""
    return Entry(
        heading(condition.name),
        condition.get_absolute_url(),
        condition.open_trials,
        condition.all_trials,
        anchor,
    )


def heading(name: str) -> str:
    """Return a condition's name as a line of a list starts: “lupus nephritis” with a capital."""
    return name[:1].upper() + name[1:] if _SMALL_START.match(name) else name


def words_of(condition: Condition) -> str:
    """Return what to type into a search for a condition."""
    return " ".join(_QUOTES.sub(" ", condition.name).split())


def trials_url(condition: Condition) -> str:
    """Return the address of a condition's open trials as a search."""
    return _url(TrialSearch(q=words_of(condition)))


def country_ways(condition: Condition, codes: Iterable[str]) -> list[Way]:
    """Return searches for a condition's open trials in countries (codes, or names without one)."""
    words = words_of(condition)
    return [Way(country_name(code), _url(TrialSearch(q=words, country=(code,)))) for code in codes]


def _url(search: TrialSearch) -> str:
    return f"{reverse('trial-list')}?{search.query()}"
