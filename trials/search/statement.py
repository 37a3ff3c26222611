"""A search as SQL: which trials, in which order, and the counts of every facet, in one statement.

Measured at 600,000 trials (docs/performance.md). The table of trials is never touched: a search
reads narrow rows only. Values travel as parameters; the text is made of the constants here alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from trials.geo.places import Kind, Locality
from trials.search.query import Sort, TrialSearch
from trials.search.words.plan import Plan
from trials.terms.facets import COUNTRY, FACETS
from trials.terms.registry import OPEN_NOW
from trials.terms.sphere import EARTH_KM, cells_around

# More squares than this are no help: the places of half a continent are read without them.
_MOST_RANGES = 60
_THOUSANDTHS = 1_000
# A score looks at the vector of every hit: a fifth of a microsecond where it stands within its
# row, as those of open trials do, ten times that where it stands apart (decision 0016). Among very
# many hits the lower scores never decide the pages that anybody reads: only the first are asked.
_LOOKS_WITHIN, _LOOKS_APART, _LEAST_SCORES = 120_000, 40_000, 2
# So many trials are asked for their places one by one; more are joined with all that are near.
_FEW = 1_000
_OPEN_SHARE = 0.15
_OPEN_NOW_BITS = FACETS["status"].bits(OPEN_NOW)


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its parameters."""

    text: str
    values: tuple[Any, ...] = ()

    def then(self, text: str, *values: Any) -> Self:
        """Return this piece with more text after it."""
        return replace(self, text=f"{self.text} {text}", values=(*self.values, *values))

    def __add__(self, other: "Sql") -> Self:
        return self.then(other.text, *other.values)


def joined(pieces: Iterable[Sql], by: str) -> Sql:
    """Return pieces joined by a word."""
    pieces = list(pieces)
    values = tuple(value for piece in pieces for value in piece.values)
    return Sql(f" {by} ".join(piece.text for piece in pieces), values)


@dataclass(frozen=True, slots=True)
class Question:
    """A search with its words and its place read; `locality` is None for everywhere."""

    search: TrialSearch
    plan: Plan
    locality: Locality | None
    lifted: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_point(self) -> bool:
        """Whether distances can be told."""
        return self.locality is not None and self.locality.kind is Kind.POINT

    @property
    def masks(self) -> dict[str, int]:
        """The bits that a trial must have one of, for each facet that is narrowed."""
        chosen = {name: facet.bits(self.search.values(name)) for name, facet in FACETS.items()}
        return {name: bits for name, bits in chosen.items() if bits and name not in self.lifted}

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that a trial must have one of; empty for any."""
        return () if COUNTRY in self.lifted else self.search.country


def kilometers(latitude: float, longitude: float, of: str) -> Sql:
    """Return the great-circle distance from a point to the row `of`, as terms.sphere has it."""
    return Sql(
        f"{2 * EARTH_KM} * asin(sqrt(least(1, "
        f"power(sin(radians({of}.latitude - %s) / 2), 2) + "
        f"cos(radians(%s)) * cos(radians({of}.latitude)) * "
        f"power(sin(radians({of}.longitude - %s) / 2), 2))))",
        (latitude, latitude, longitude),
    )


def near(question: Question, *, is_open: bool, far: bool = True) -> Sql:
    """Return (trial_id, km) of the trials at the place, a point or a region.

    Without `far` the trials alone, some more than once: all that counting needs.
    """
    place, reach = question.locality, question.search.radius_km
    assert place is not None  # noqa: S101  (who asks has looked)
    if place.kind is Kind.REGION:
        places = Sql("SELECT id, NULL::float AS km FROM trials_place p WHERE NOT is_packaged AND")
        places += _in_region(place)
    else:
        places = _places_around(place.latitude, place.longitude, reach)
    trials = Sql("SELECT tp.trial_id, min(d.km) AS km FROM (" if far else _TRIALS_ALONE) + places
    trials = trials.then(") d JOIN trials_trialplace tp ON tp.place_id = d.id")
    if is_open:
        trials = trials.then("AND tp.is_open")
    if question.is_point and reach is not None:
        trials = trials.then("WHERE d.km <= %s", reach)
    return trials.then("GROUP BY tp.trial_id") if far else trials


_TRIALS_ALONE = "SELECT tp.trial_id FROM ("


def _in_region(place: Locality) -> Sql:
    return Sql("p.country_code = %s AND p.state_key = %s", (place.country_code, place.state_key))


def _near_itself(question: Question) -> Sql:
    """Return the km of trial `m` at the place, no row where it is not there."""
    place, reach = question.locality, question.search.radius_km
    assert place is not None  # noqa: S101
    far = Sql("NULL::float")
    where = Sql("tp.trial_id = m.trial_id")
    having = Sql("count(*) > 0")
    if place.kind is Kind.REGION:
        where = where.then("AND") + _in_region(place)
    else:
        far = Sql("min(") + kilometers(place.latitude, place.longitude, "p").then(")")
        if reach is not None:
            having = far.then("<= %s", reach)
    found = Sql("SELECT") + far.then("AS km FROM trials_trialplace tp")
    found = found.then("JOIN trials_place p ON p.id = tp.place_id WHERE") + where
    return found.then("HAVING") + having


def _places_around(latitude: float, longitude: float, reach: float | None) -> Sql:
    far = kilometers(latitude, longitude, "p")
    places = Sql("SELECT id,") + far
    places = places.then("AS km FROM trials_place p WHERE NOT is_packaged AND cell IS NOT NULL")
    squares = cells_around(latitude, longitude, reach) if reach is not None else []
    if squares and len(squares) <= _MOST_RANGES:
        ranges = joined((Sql("cell BETWEEN %s AND %s", square) for square in squares), "OR")
        places = places.then("AND (") + ranges.then(")")
    return places


def matching(question: Question, *, is_open: bool | None) -> list[Sql]:
    """Return the conditions on a search row `r`, facets and country aside.

    `is_open` keeps to the open trials or to the others, None to neither.
    """
    search, plan, found = question.search, question.plan, []
    if is_open is not None:
        found.append(Sql("r.is_open" if is_open else "NOT r.is_open"))
    if plan.trial_ids:
        found.append(Sql("r.trial_id = ANY(%s)", (list(plan.trial_ids),)))
    elif plan.match and plan.in_texts:
        found.append(
            Sql(
                "r.trial_id IN (SELECT trial_id FROM trials_searchrow WHERE vector @@ %s::tsquery "
                "UNION SELECT trial_id FROM trials_searchtext WHERE vector @@ %s::tsquery)",
                (plan.match, plan.match),
            )
        )
    elif plan.match:
        found.append(Sql("r.vector @@ %s::tsquery", (plan.match,)))
    else:
        found.append(Sql("r.signature >= 0"))  # opens the indexes that are for no words
    if months := search.age_months:
        found.append(Sql("r.minimum_age_months < %s", (months[1],)))
        found.append(Sql("r.maximum_age_months >= %s", (months[0],)))
    if question.locality and question.locality.kind is Kind.COUNTRY:
        found.append(in_countries([question.locality.country_code]))
    return found


def passing(question: Question, row: str = "r", *, without: str = "") -> Sql:
    """Return the condition that every facet holds, `without` one of them."""
    found = [
        Sql(f"({row}.signature & %s) <> 0", (bits,))
        for name, bits in question.masks.items()
        if name != without
    ]
    if question.countries and without != COUNTRY:
        found.append(in_countries(question.countries, row))
    return joined(found, "AND") if found else Sql("true")


def in_countries(codes: Iterable[str], row: str = "r") -> Sql:
    """Return the condition that a trial has a site that counts in one of the countries."""
    sets = Sql("SELECT id FROM trials_countryset WHERE codes && %s::text[]", (list(codes),))
    return Sql(f"{row}.country_set_id IN (") + sets.then(")")


def hits(question: Question, *, is_open: bool | None, scored: bool = False) -> Sql:
    """Return the trials that words, age and place let through, with all that facets look at."""
    place, matched = question.locality, _matched(question, is_open=is_open, scored=scored)
    columns = (
        "SELECT m.trial_id, m.signature, m.country_set_id, m.posted_on, m.changed_on, m.score,"
    )
    if place is None or place.kind is Kind.COUNTRY:
        return Sql(f"{columns} NULL::float AS km FROM (") + matched.then(") m")
    # Any distance leaves trials in that no place is known of.
    how = "LEFT JOIN" if question.is_point and question.search.radius_km is None else "JOIN"
    plan = question.plan
    if plan.trial_ids or (plan.match and 0 < plan.estimate <= _FEW):
        found = Sql(f"{columns} near.km FROM (") + matched
        return found.then(f") m {how} LATERAL (") + _near_itself(question).then(") near ON true")
    # Kept apart, or the planner, which cannot know how many trials are near, asks for the words
    # trial by trial.
    kept = "MATERIALIZED" if plan.match else "NOT MATERIALIZED"
    found = Sql(f"WITH m AS {kept} (") + matched.then(f"), near AS {kept} (")
    found += near(question, is_open=is_open is True)
    return found.then(f") {columns} near.km FROM m {how} near ON near.trial_id = m.trial_id")


def counted(question: Question, *, is_open: bool | None) -> Sql:
    """Return the hits for counting them: without their distances and scores."""
    place, plan = question.locality, question.plan
    everywhere = question.is_point and question.search.radius_km is None
    few = bool(plan.trial_ids) or (bool(plan.match) and 0 < plan.estimate <= _FEW)
    if place is None or place.kind is Kind.COUNTRY or everywhere or few:
        alike = replace(question, locality=None) if everywhere else question
        return hits(alike, is_open=is_open)
    kept = "MATERIALIZED" if plan.match else "NOT MATERIALIZED"
    found = Sql(f"WITH m AS {kept} (") + _matched(question, is_open=is_open, scored=False)
    found = found.then(
        ") SELECT m.trial_id, m.signature, m.country_set_id FROM m WHERE m.trial_id IN ("
    )
    return (found + near(question, is_open=is_open is True, far=False)).then(")")


def _matched(question: Question, *, is_open: bool | None, scored: bool) -> Sql:
    """Return the search rows that words, age and country let through."""
    selected = Sql(
        "SELECT r.trial_id, r.signature, r.country_set_id, r.posted_on, r.changed_on,"
    ) + (_score(question) if scored else Sql("0")).then("AS score FROM trials_searchrow r WHERE")
    return selected + joined(matching(question, is_open=is_open), "AND")


def _score(question: Question) -> Sql:
    """Return a hit's points in thousandths: whole numbers, so that equal ones are equal."""
    is_open, scores = question.search.is_open_only, question.plan.scores
    likely = max(1.0, question.plan.estimate * (_OPEN_SHARE if is_open else 1))
    affordable = int((_LOOKS_WITHIN if is_open else _LOOKS_APART) / likely)
    if affordable < _LEAST_SCORES and not is_open:
        looks = [_found_by_index(query, points) for points, query in scores[:1]]
    else:
        kept = scores[: max(_LEAST_SCORES, affordable)]
        looks = [_look("r.vector @@ %s::tsquery", query, points) for points, query in kept]
    return joined(looks, "+") if looks else Sql("0")


def _found_by_index(query: str, points: float) -> Sql:
    vectors = "SELECT trial_id FROM trials_searchrow WHERE vector @@ %s::tsquery"
    return _look(f"r.trial_id IN ({vectors})", query, points)


def _look(condition: str, query: str, points: float) -> Sql:
    return Sql(f"CASE WHEN {condition} THEN %s ELSE 0 END", (query, round(points * _THOUSANDTHS)))


def order(question: Question) -> str:
    """Return the order of hits `h`: total, so that no trial is on two pages or on none."""
    open_now = f"(h.signature & {_OPEN_NOW_BITS}) <> 0 DESC"
    newest, updated = "h.posted_on DESC NULLS LAST", "h.changed_on DESC NULLS LAST"
    nearest = ["h.km NULLS LAST"] if question.is_point else []
    sort = question.search.sort
    if sort is Sort.NEWEST:
        parts = [newest]
    elif sort is Sort.UPDATED:
        parts = [updated]
    elif sort is Sort.NEAREST and nearest:
        parts = [*nearest, "h.score DESC", open_now, newest]
    elif question.plan.match or question.plan.trial_ids:
        parts = ["h.score DESC", open_now, *nearest, newest]
    else:
        parts = [*nearest, newest] if nearest else [newest]
    return ", ".join([*parts, "h.trial_id DESC"])


def is_scored(question: Question) -> bool:
    """Whether the order needs scores."""
    asked = question.search.sort in (Sort.BEST, Sort.NEAREST)
    return asked and bool(question.plan.scores)
