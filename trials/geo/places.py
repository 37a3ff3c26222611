"""A place as people type it → a point, a region or a country to search in.

"Leeds", "Paris, Texas", "Boston MA", "10001", "SW1A 1AA", "Liaoning", "Holland". Border: which
of the places of a name is meant; who bears the name is for `candidates`.
"""

from collections.abc import Sequence

from trials.geo.candidates import Candidate, candidates
from trials.geo.counts import counted
from trials.geo.localities import Found, Kind, Locality
from trials.geo.misspelt import nearly
from trials.geo.readings import Asked, read
from trials.terms.words import folded

__all__ = ["Found", "Kind", "Locality", "find"]

_MOST_COUNTED = 30
_MOST_SUGGESTED = 5


def find(text: str) -> Found:
    """Return what a text means as a place; for what can be none (empty, too long) an empty one.

    Of several places of the name the one whose label was typed is best, else the one with most
    trials that are open now or soon, then the most people. A town stands before the region of the
    same name that it lies in. Statements: at most four, six for a misspelt one.
    """
    asked = read(text)
    if asked is None:
        return Found()
    found = candidates(asked)
    if not found.fitting:
        return Found(suggestions=_suggestions(asked, found.namesakes))
    best, *others = _ordered(found.fitting, asked)
    return Found(best, tuple(others))


def _suggestions(asked: Asked, namesakes: list[Candidate]) -> tuple[Locality, ...]:
    """Return places of nearly that name, then those of its beginning, each once."""
    near = [*nearly(asked), *sorted(namesakes, key=_before_counting)]
    once = list({one.locality.label: one for one in near}.values())
    return tuple(one.locality for one in counted(once[:_MOST_SUGGESTED]))


def _ordered(found: Sequence[Candidate], asked: Asked) -> list[Locality]:
    """Return the likeliest first, counted where there is more than one."""
    likely = sorted(found, key=_before_counting)[:_MOST_COUNTED]
    if len(likely) > 1:
        likely = sorted(counted(likely), key=lambda one: _likeliness(one, asked))
    return [one.locality for one in _towns_before_their_regions(likely, asked)]


def _before_counting(one: Candidate) -> tuple[bool, bool, int]:
    """Sort regions and countries first, then towns with sites, then by people."""
    is_town = one.locality.kind is Kind.POINT
    return is_town, not one.site_places, -one.population


def _likeliness(one: Candidate, asked: Asked) -> tuple[bool, int, bool, int]:
    is_town = one.locality.kind is Kind.POINT
    return not _is_typed(one, asked), -one.locality.trials, is_town, -one.population


def _towns_before_their_regions(likely: list[Candidate], asked: Asked) -> list[Candidate]:
    """Move the town of a region's own name before it: New York is the city first."""
    if not likely or _is_typed(likely[0], asked):
        return likely
    region = likely[0].locality
    towns = [one for one in likely if one.is_own_name and _is_in(one.locality, region)]
    return [*towns, *(one for one in likely if one not in towns)]


def _is_in(town: Locality, region: Locality) -> bool:
    kinds = (town.kind, region.kind)
    here, there = ((where.country_code, where.state_key) for where in (town, region))
    return kinds == (Kind.POINT, Kind.REGION) and here == there


def _is_typed(one: Candidate, asked: Asked) -> bool:
    return folded(one.locality.label) == asked.key
