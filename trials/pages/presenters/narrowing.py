"""What narrows a list of results: the facets to tick, and the filters that are on, to take off."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from trials.geo.places import Kind
from trials.search.answers import Results
from trials.search.query import (
    ALL,
    ANY_DISTANCE,
    DEFAULT_RADIUS,
    AgeUnit,
    TrialSearch,
    canonical_status,
)
from trials.terms import plain
from trials.terms.facets import COUNTRY, FACETS
from trials.terms.registry import InterventionType, Phase

_MOST_COUNTRIES = 12
# In the order of the page; the first ones stand open.
_ORDER = (
    "status",
    "phase",
    "intervention_type",
    "age_group",
    "sex",
    COUNTRY,
    "study_type",
    "healthy_volunteers",
    "sponsor_class",
    "has_results",
    "reviewed",
)
_OPEN = frozenset({"status", "phase", "intervention_type"})
# The commonest kind first, what says least last; the others as the registry has them.
_FIRST = {"intervention_type": InterventionType.DRUG}
_LAST = {"intervention_type": InterventionType.OTHER, "phase": Phase.NA}
_EVERY_STATUS = "Every status, finished ones too"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to tick: its words, how many trials it has, whether it is on, or leads nowhere.

    `trials` is None where they are too many to be counted for a page that may not show them.
    """

    value: str
    words: str
    trials: int | None
    chosen: bool

    @property
    def trials_words(self) -> str:
        """The number of trials with commas; empty where it is not known."""
        return "" if self.trials is None else plain.number(self.trials)

    @property
    def leads_nowhere(self) -> bool:
        """Whether ticking it would find nothing; what is ticked can always be taken off."""
        return self.trials == 0 and not self.chosen


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet: its name in addresses, its heading, its values, and what was wrong with one."""

    name: str
    words: str
    choices: tuple[Choice, ...]
    is_open: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the query string of the search without it."""

    words: str
    query: str


def facets(results: Results, problems: Mapping[str, str]) -> tuple[Facet, ...]:
    """Return the facets with their counts, each as if it were not narrowed itself."""
    made = (_facet(name, results, problems.get(name, "")) for name in _ORDER)
    return tuple(facet for facet in made if facet.choices)


def _facet(name: str, results: Results, problem: str) -> Facet:
    chosen = results.search.values(name)
    counts = results.facets.get(name, {})
    unknown = None if name == "status" else 0
    choices = [
        Choice(value, plain.facet_value(name, value), counts.get(value, unknown), value in chosen)
        for value in _shown(name, counts, chosen)
    ]
    if name == "status":
        every = ALL in results.search.status
        is_known = all(choice.trials is not None for choice in choices)
        total = sum(counts.values()) if is_known else None
        choices.append(Choice(ALL, _EVERY_STATUS, total, every))
    is_open = name in _OPEN or bool(problem) or any(getattr(results.search, name))
    return Facet(name, plain.facet(name), tuple(choices), is_open, problem)


def _shown(name: str, counts: Mapping[str, int], chosen: tuple[str, ...]) -> list[str]:
    """Return the values to show: all but rare ones, and the countries with the most trials."""
    if name == COUNTRY:
        most = sorted(counts, key=lambda code: -counts[code])[:_MOST_COUNTRIES]
        return [*most, *(code for code in chosen if code not in most)]
    ordered = sorted(
        FACETS[name].values, key=lambda value: (value == _LAST.get(name), value != _FIRST.get(name))
    )
    return [
        value
        for value in ordered
        if counts.get(value) or value in chosen or not plain.is_rare(value)
    ]


def chips(results: Results) -> tuple[Chip, ...]:
    """Return the filters that are on, in the order of the page."""
    search = results.search
    return (*_person(search), *_place(results), *_chosen(search))


def cleared(results: Results) -> str:
    """Return the query string of the search without any of its chips."""
    search = results.search
    kept = TrialSearch(q=search.q, exact=search.exact, unit=search.unit, sort=search.sort)
    if _is_point(results):
        kept = kept.with_(place=search.place, radius=ANY_DISTANCE)
    return kept.query()


def _person(search: TrialSearch) -> Iterator[Chip]:
    if search.age is not None:
        person = plain.aged(search.age, search.age_unit)
        yield Chip(f"Takes {person}", search.query(age=None, age_unit=AgeUnit.YEARS))


def _place(results: Results) -> Iterator[Chip]:
    search = results.search
    if _is_point(results) and search.radius != ANY_DISTANCE:
        far = plain.radius(search.radius or DEFAULT_RADIUS[search.unit], search.unit)
        yield Chip(f"Within {far}", search.query(radius=ANY_DISTANCE))
    elif results.locality is not None and not _is_point(results):
        yield Chip(
            f"In {plain.with_article(results.locality.label)}", search.query(place="", radius=None)
        )


def _is_point(results: Results) -> bool:
    return results.locality is not None and results.locality.kind is Kind.POINT


def _chosen(search: TrialSearch) -> Iterator[Chip]:
    for name in _ORDER:
        values = getattr(search, name)
        for value in values:
            words = _EVERY_STATUS if value == ALL else plain.facet_value(name, value)
            rest = tuple(other for other in values if other != value)
            if name == "status":
                rest = canonical_status(rest)
            yield Chip(words, search.query(**{name: rest}))
