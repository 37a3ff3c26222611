"""The forms around a list of results: what their fields hold, and what each carries along."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from trials.search.filters import Reading
from trials.search.query import ANY_DISTANCE, DEFAULT_RADIUS, AgeUnit, Sort, TrialSearch, Unit
from trials.terms import plain
from trials.terms.facets import NAMES

_FIELDS = ("q", "place", "radius", "unit", "age", "age_unit", "sex")
_RADII = {Unit.KM: (10, 25, 50, 100, 200, 500, 1_000), Unit.MI: (10, 25, 60, 100, 250, 500)}
_SORTS: dict[str, str] = {
    Sort.BEST: "Best match",
    Sort.NEAREST: "Nearest first",
    Sort.NEWEST: "Newest first",
    Sort.UPDATED: "Recently updated",
}

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """An entry of a list to choose from."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A field: what it holds, what is wrong with that, and what can be chosen instead."""

    value: str
    problem: str
    options: tuple[Option, ...] = ()


def fields(reading: Reading, problems: Mapping[str, str]) -> dict[str, Asked]:
    """Return the fields of the search form by name; a value with a problem stays as typed."""
    search = reading.search
    values = {
        "q": search.q,
        "place": search.place,
        "age": "" if search.age is None else str(search.age),
    }
    options = {
        "radius": _radii(search),
        "unit": _options({Unit.KM: "km", Unit.MI: "miles"}, search.unit),
        "age_unit": _options({unit: unit.value for unit in AgeUnit}, search.age_unit),
        "sex": _sexes(search),
    }
    return {
        name: Asked(
            reading.typed[name] if name in reading.problems else values.get(name, ""),
            problems.get(name, ""),
            options.get(name, ()),
        )
        for name in _FIELDS
    }


def sorts(search: TrialSearch, *, by_distance: bool) -> tuple[Option, ...]:
    """Return the orders; by distance only where there is a point to measure from.

    Without words there is no best match: the usual order goes by its other name.
    """
    offered = dict(_SORTS)
    if not by_distance:
        del offered[Sort.NEAREST]
    usual = Sort.BEST
    if not search.q:
        usual = Sort.NEAREST if by_distance else Sort.NEWEST
        offered[Sort.BEST] = offered.pop(usual)
    return _options(offered, Sort.BEST if search.sort == usual else search.sort)


def sort_words(sort: Sort) -> str:
    """Return an order's name."""
    return _SORTS[sort]


def kept(search: TrialSearch, *, without: Collection[str]) -> Pairs:
    """Return the parameters that a form carries along, besides those that it asks for itself."""
    return tuple(
        (name, value) for name, value in parse_qsl(search.query(page=1)) if name not in without
    )


def kept_by_form(search: TrialSearch) -> Pairs:
    """Return what the search form carries; new words are read anew, not exactly."""
    return kept(search, without={*_FIELDS, "exact"})


def kept_by_facets(search: TrialSearch) -> Pairs:
    """Return what the form of the facets carries."""
    return kept(search, without=NAMES)


def _options(words: Mapping[str, str], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, text, value == chosen) for value, text in words.items())


def _radii(search: TrialSearch) -> tuple[Option, ...]:
    """Return distances as bare numbers, so that they hold for either unit.

    The usual distance has an empty value: another unit then has its own.
    """
    usual = DEFAULT_RADIUS[search.unit]
    chosen = usual if search.radius is None else search.radius
    offered: Sequence[int] = _RADII[search.unit]
    if chosen not in (*offered, ANY_DISTANCE):
        offered = sorted((*offered, chosen))
    numbers = tuple(
        Option("" if far == usual else str(far), plain.number(far), far == chosen)
        for far in offered
    )
    return (*numbers, Option("any", "Any distance", chosen == ANY_DISTANCE))


def _sexes(search: TrialSearch) -> tuple[Option, ...]:
    words = {"": "Any", "female": "Female", "male": "Male"}
    chosen = search.sex[0].lower() if len(search.sex) == 1 else ""
    return _options(words, chosen)
