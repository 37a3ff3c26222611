"""The way out of an empty page: searches near the one that found nothing, which find something."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from django.db import connection

from trials.models import TrialMeshTerm
from trials.search.answers import Results
from trials.search.query import ALL, TrialSearch, Unit
from trials.search.results import count, some_ids
from trials.search.why import AGE, PLACE, WORDS, filters_of, without
from trials.terms.sphere import KM_PER_MILE

_RADII = (50, 100, 200, 500, 1_000, 2_000, 5_000)
# Trials whose MeSH headings say what is broader; a few tell as much as all.
_LOOKED_AT = 200
# Of fewer trials what they share may be anything.
_FEWEST_LOOKED_AT = 8
_MOST_STEPS, _ENOUGH_STEPS = 6, 2


class Kind(StrEnum):
    """What a step changes."""

    WIDER = "wider"
    ANYWHERE = "anywhere"
    ANY_AGE = "any_age"
    ANY_STATUS = "any_status"
    WITHOUT_FACET = "without_facet"
    NO_FILTERS = "no_filters"
    BROADER = "broader"


@dataclass(frozen=True, slots=True)
class Step:
    """A search that finds `total` trials, at least one; `facet` names the filter it lifts."""

    kind: Kind
    search: TrialSearch
    total: int
    facet: str = ""


def steps(results: Results) -> tuple[Step, ...]:
    """Return the steps out of a search that found nothing, nearest to it first, each with its
    true number of trials. Empty where not even the words alone find anything.
    """
    search = results.search.with_(page=1)
    return tuple(islice(_steps(search, results), _MOST_STEPS))


def _steps(search: TrialSearch, results: Results) -> Iterator[Step]:
    tried: set[TrialSearch] = {search}
    found = 0
    for step in (_worth(tried, results, *change) for change in _single_changes(search, results)):
        if step:
            found += 1
            yield step
    # To find what is broader costs more than all before it.
    broader = _broader(search, results) if search.q and found < _ENOUGH_STEPS else []
    for heading in broader:
        other = search.with_(q=heading, exact=False)
        if step := _worth(tried, results, Kind.BROADER, other, ""):
            found += 1
            yield step
    for other in (without(search, *_but_words_and_status(search)), _words_alone(search)):
        if not found and (step := _worth(tried, results, Kind.NO_FILTERS, other, "")):
            found += 1
            yield step


def _worth(
    tried: set[TrialSearch], results: Results, kind: Kind, search: TrialSearch, facet: str
) -> Step | None:
    """Return a search as a step, None where it was tried or finds nothing."""
    if search in tried:
        return None
    tried.add(search)
    total = count(search, results)
    return Step(kind, search, total, facet) if total else None


def _single_changes(
    search: TrialSearch, results: Results
) -> Iterator[tuple[Kind, TrialSearch, str]]:
    if results.locality is not None:
        if wider := _wider(search, results):
            yield Kind.WIDER, wider, ""
        yield Kind.ANYWHERE, without(search, PLACE), ""
    if search.age is not None:
        yield Kind.ANY_AGE, without(search, AGE), ""
    for name in filters_of(search):
        if name not in (WORDS, PLACE, AGE, "status"):
            yield Kind.WITHOUT_FACET, without(search, name), name
    if search.status != (ALL,):
        yield Kind.ANY_STATUS, without(search, "status"), ""


def _wider(search: TrialSearch, results: Results) -> TrialSearch | None:
    """Return the search with the smallest round radius that finds something, if any does."""
    if not search.radius_km:
        return None
    present = search.radius_km / (KM_PER_MILE if search.unit is Unit.MI else 1)
    wider = (search.with_(radius=radius) for radius in _RADII if radius > present)
    return next((other for other in wider if count(other, results)), None)


def _but_words_and_status(search: TrialSearch) -> list[str]:
    return [name for name in filters_of(search) if name not in (WORDS, "status")]


def _words_alone(search: TrialSearch) -> TrialSearch:
    return without(search, *(name for name in filters_of(search) if name != WORDS))


def _broader(search: TrialSearch, results: Results) -> list[str]:
    """Return the MeSH heading right above what the words find anywhere, if there is one."""
    looked_at = some_ids(_words_alone(search), _LOOKED_AT, results)
    if len(looked_at) < _FEWEST_LOOKED_AT:
        return []
    with connection.cursor() as cursor:
        about = TrialMeshTerm.About.CONDITION
        cursor.execute(_ANCESTORS, [looked_at, about, len(looked_at)])
        return [term for (term,) in cursor.fetchall()]


# Of the headings above at least half of the trials, those that the fewest trials have are the
# nearest. Past some thousands a heading is far enough up, and is not counted further.
_ANCESTORS = """
    SELECT term FROM (
        SELECT m.id, m.term FROM trials_trialmeshterm tm
        JOIN trials_meshterm m ON m.id = tm.mesh_term_id
        WHERE tm.trial_id = ANY(%s) AND tm.about = %s AND tm.is_ancestor
        GROUP BY m.id, m.term HAVING count(DISTINCT tm.trial_id) * 2 >= %s
    ) shared
    ORDER BY (
        SELECT count(*) FROM (
            SELECT FROM trials_trialmeshterm x WHERE x.mesh_term_id = shared.id LIMIT 5000
        ) had
    ), term
    LIMIT 1
"""
