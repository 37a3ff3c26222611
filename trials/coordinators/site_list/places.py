"""A site as somebody wrote it → one of a trial's sites; in doubt none. Pure.

Whoever is given a site may speak for it, so another hospital must never be taken for the one that
was meant: words may be misspelt or in another order, but none may be missing or different, and
numbers have to be the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from trials.terms.words import folded

# How alike two names have to be, and how much less alike the second best.
_ALIKE = 88
_MARGIN = 8
# How alike two words have to be to be one word, misspelt; short words are other words.
_TYPO = 85
_SHORTEST_TYPO = 5
# Alike enough to be offered, and how many.
_OFFERED = 55
_MOST_OFFERED = 5
# Wordings of at least two sites are among so many, whatever a site is written as.
_LOOKED_AT = 30
_LONGEST = 300


class Place(NamedTuple):
    """A site of a trial, by its number here, with the words of its place."""

    pk: int
    trial: int
    name: str
    city: str
    state: str
    country: str

    @property
    def label(self) -> str:
        """The place in words."""
        return ", ".join(filter(None, (self.name, self.city, self.state, self.country)))


@dataclass(frozen=True, slots=True)
class Found:
    """The site that was meant, or those that may have been; `is_exact` where no word differs."""

    place: Place | None
    is_exact: bool = False
    possible: tuple[Place, ...] = ()


class PlaceIndex:
    """The sites of one trial, ready to be found by many lines."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._exact: dict[str, list[Place]] = {}
        self._alike: dict[str, list[Place]] = {}
        for place in places:
            for words in _short_wordings(place):
                self._alike.setdefault(_sorted(words), []).append(place)
            for words in _wordings(place):
                self._exact.setdefault(words, []).append(place)
        self._choices = list(self._alike)
        self._full = [(folded(f"{place.name} {place.city}"), place) for place in places]

    def find(self, typed: str) -> Found:
        """Return which site somebody wrote, by its name, its city or both."""
        words = folded(typed[:_LONGEST])
        if not words:
            return Found(None)
        if exact := self._exact.get(words):
            return Found(exact[0], is_exact=True) if len(exact) == 1 else _unclear(exact)
        likeness = self._likeness(_sorted(words))
        best = list(likeness)
        if not best:
            return _unclear(self._with_part(words))
        second = likeness[best[1]] if len(best) > 1 else 0
        is_clear = likeness[best[0]] >= _ALIKE and likeness[best[0]] - second >= _MARGIN
        if is_clear and any(_is_respelled(words, each) for each in _short_wordings(best[0])):
            return Found(best[0])
        return _unclear([*self._with_part(words), *best])

    def _with_part(self, words: str) -> list[Place]:
        """Return the sites whose name and city hold what was typed, those that begin so first."""
        part = f" {words}"
        having = [(full, place) for full, place in self._full if part in f" {full}"]
        having.sort(key=lambda each: (not each[0].startswith(words), len(each[0])))
        return [place for _, place in having]

    def _likeness(self, words: str) -> dict[Place, float]:
        """Return the sites that are alike enough to be offered, the most alike first."""
        found = process.extract(
            words, self._choices, scorer=fuzz.ratio, score_cutoff=_OFFERED, limit=_LOOKED_AT
        )
        likeness: dict[Place, float] = {}
        for wording, score, _ in found:
            for place in self._alike[wording]:
                likeness.setdefault(place, score)
        return likeness


def _unclear(places: Sequence[Place]) -> Found:
    return Found(None, possible=tuple(dict.fromkeys(places))[:_MOST_OFFERED])


def _short_wordings(place: Place) -> set[str]:
    """Return a place's name, alone and with its city."""
    names = (place.name, f"{place.name} {place.city}") if place.name else (place.city,)
    return {folded(name) for name in names}


def _wordings(place: Place) -> set[str]:
    """Return what a place may be written as: also with its state and country, or by its city."""
    name_and_city = f"{place.name} {place.city}"
    longer = (
        f"{name_and_city} {place.state}",
        f"{name_and_city} {place.country}",
        place.label,
        place.city,
    )
    return _short_wordings(place) | {folded(each) for each in longer}


def _sorted(words: str) -> str:
    return " ".join(sorted(words.split()))


def _is_respelled(one: str, other: str) -> bool:
    """Tell whether two names differ by the order of their words and by misspelt words only."""
    ours, theirs = Counter(one.split()), Counter(other.split())
    left, right = sorted((ours - theirs).elements()), sorted((theirs - ours).elements())
    return len(left) == len(right) and all(map(_is_one_word, left, right))


def _is_one_word(one: str, other: str) -> bool:
    is_long = min(len(one), len(other)) >= _SHORTEST_TYPO
    has_number = any(sign.isdigit() for sign in one + other)
    return is_long and not has_number and fuzz.ratio(one, other) >= _TYPO
