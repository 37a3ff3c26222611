"""Places whose names are nearly what was typed.

Border: which names are near; who bears them is for `candidates`. The names are kept in memory, some
70,000 of them in 8 MB, from the first misspelt place on.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from trials.geo.candidates import Candidate, of_each
from trials.geo.localities import Kind
from trials.geo.readings import Asked, Reading
from trials.terms.areas import all_areas
from trials.terms.countries import CODES, country_name
from trials.terms.words import folded

_SHORTEST, _LONGEST = 4, 60
# A second slip is forgiven in words of this many letters.
_LONG = 8
_MOST = 20
_MOST_READINGS = 3
_DIGIT = re.compile(r"\d")
# How many tenfold populations make up for a slip.
_TENFOLDS_A_SLIP = 4
_AS_LARGE = 10_000_000
_AGAIN_AFTER = 1000


def nearly(asked: Asked) -> list[Candidate]:
    """Return who bears a name that is nearly the one typed, the likeliest first.

    A slip is a letter too many, too few, wrong, or swapped with its neighbour; a city many times
    larger makes up for a second one.
    """
    near = list(_near_readings(asked))
    likely = [
        (slips - _weight(one), one.locality.label, one)
        for (slips, _), found in zip(near, of_each([reading for _, reading in near]), strict=True)
        for one in found
        if one.is_own_name
    ]
    return [one for _, _, one in sorted(likely, key=lambda each: each[:2])]


def _weight(one: Candidate) -> float:
    """Return how many slips a place's size makes up for; regions and countries are large."""
    is_town = one.locality.kind is Kind.POINT
    return math.log10(one.population + 10 if is_town else _AS_LARGE) / _TENFOLDS_A_SLIP


def _near_readings(asked: Asked) -> Iterator[tuple[int, Reading]]:
    """Yield readings with another name than the one typed, and in how many slips they differ.

    The name is all of the text, or what stands before a region or country that is known.
    """
    names = None
    for reading in [reading for reading in asked.readings() if reading.is_clear][:_MOST_READINGS]:
        if _SHORTEST <= len(reading.name) <= _LONGEST and not _DIGIT.search(reading.name):
            names = names or _names(_news())
            for name, slips in _nearest(reading.name, names):
                yield slips, replace(reading, name=name)


def _nearest(text: str, names: tuple[str, ...]) -> list[tuple[str, int]]:
    most = 2 if len(text) >= _LONG else 1
    found = process.extract(text, names, scorer=OSA.distance, score_cutoff=most, limit=_MOST)
    return [(name, slips) for name, slips, _ in found]


def _news() -> int:
    """Return a number that changes when a thousand places have come."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM trials_place")
        (last,) = cursor.fetchone()
    return (last or 0) // _AGAIN_AFTER


@lru_cache(maxsize=1)
def _names(_of: int) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT city FROM trials_place")
        cities = [city for (city,) in cursor.fetchall()]
    names = (*cities, *map(country_name, CODES), *(area.name for area in all_areas()))
    return tuple({folded(name) for name in names})
