# ruff: noqa: S608  (SQL of our own constants and numbers, in a bench)
"""The same questions as bare SQL: the best plan we know, written by hand, without the portal.

What the portal has to find out first is given: the words as a tsquery, the place as a point. The
rest is asked whole: hits, the counts of all facets each with its own filter lifted, the page with
its titles, the nearest open site of each. No parameters, no templates, no checks.
"""

from dataclasses import dataclass

import psycopg

from trials.geo.places import Kind, Locality
from trials.search.answers import Results
from trials.search.query import PAGE_SIZE, Sort, TrialSearch
from trials.search.words.plan import Plan
from trials.terms.facets import FACETS, OPEN_OR_SOON
from trials.terms.registry import OPEN_NOW
from trials.terms.sphere import EARTH_KM, cells_around

_STATUS = FACETS["status"]
_OPEN_NOW = _STATUS.bits(OPEN_NOW)
_MOST_RANGES = 60
_READ_APART = 5_000
# The facets in three parts: each part has few combinations, all together have thousands.
_CHUNKS = [
    sum(FACETS[name].mask for name in names)
    for names in (
        ("status", "study_type", "phase"),
        ("intervention_type", "sponsor_class"),
        ("age_group", "sex", "healthy_volunteers", "has_results", "reviewed"),
    )
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the portal read it: its words as a plan, its place as a point."""

    search: TrialSearch
    plan: Plan
    locality: Locality | None
    counts_closed: bool

    @classmethod
    def of(cls, results: Results) -> "Asked":
        """Return what the portal asked for these results, and whether it counted closed trials."""
        counted = set(results.facets["status"]) - set(OPEN_OR_SOON)
        counts_closed = results.search.is_open_only and any(
            results.facets["status"][status] for status in counted
        )
        return cls(results.search, results.plan, results.locality, counts_closed)

    @property
    def is_anywhere(self) -> bool:
        """Whether a point orders the hits but narrows nothing."""
        place = self.locality
        is_point = place is not None and place.kind is Kind.POINT
        return is_point and self.search.radius_km is None

    @property
    def masks(self) -> dict[str, int]:
        """The bits of each facet that is narrowed."""
        chosen = {name: facet.bits(self.search.values(name)) for name, facet in FACETS.items()}
        return {name: bits for name, bits in chosen.items() if bits}


def ask(connection: "psycopg.Connection[tuple[object, ...]]", asked: Asked) -> None:
    """Ask everything that a page of results shows."""
    row = connection.execute(_page(asked)).fetchone()
    if asked.counts_closed:
        connection.execute(_closed(asked)).fetchall()
    page = [hit[0] for hit in (row[2] if row else None) or []]
    if page:
        connection.execute(_cards(page)).fetchall()
        if asked.locality and asked.locality.kind is Kind.POINT:
            connection.execute(_nearest(asked.locality, page)).fetchall()


def _page(asked: Asked) -> str:
    offset = (asked.search.page - 1) * PAGE_SIZE
    chunks = ", ".join(f"signature & {bits} AS c{bits}" for bits in _CHUNKS)
    sets = ", ".join(f"(fails, c{bits})" for bits in _CHUNKS)
    return f"""
    WITH h AS MATERIALIZED ({_hits(asked, "r.is_open" if asked.search.is_open_only else "true")})
    SELECT
      (SELECT json_agg(g) FROM (
        SELECT fails, {", ".join(f"c{bits}" for bits in _CHUNKS)}, count(*)
        FROM (SELECT {_fails(asked)} AS fails, {chunks} FROM h) s
        GROUP BY GROUPING SETS ({sets})) g),
      (SELECT json_object_agg(code, n) FROM (
        SELECT unnest(codes) AS code, sum(n) AS n FROM (
          SELECT country_set_id, count(*) AS n FROM h WHERE {_masked(asked)}
          GROUP BY 1) sets JOIN trials_countryset c ON c.id = country_set_id GROUP BY 1) countries),
      (SELECT json_agg(json_build_array(trial_id, km)) FROM (
        SELECT trial_id, km FROM h WHERE {_masked(asked)} AND here ORDER BY {_order(asked)}
        LIMIT {PAGE_SIZE} OFFSET {offset}) page)
    """


def _closed(asked: Asked) -> str:
    """Return the numbers of closed trials by status; a place is only asked whether it holds."""
    masks = [f"signature & {bits} <> 0" for name, bits in asked.masks.items() if name != "status"]
    where = " AND ".join(
        ["NOT r.is_open", *masks, *_conditions(asked), *_country(asked), *_is_near(asked)]
    )
    return (
        f"SELECT signature & {_STATUS.mask}, count(*) FROM trials_searchrow r "
        f"WHERE {where} GROUP BY 1"
    )


def _hits(asked: Asked, is_open: str) -> str:
    """Return the hits: by words first, then by place; a country is looked at once."""
    score = "0" if asked.search.sort is Sort.NEWEST else _score(asked)
    words = f"""
    SELECT r.trial_id, signature, country_set_id, posted_on, changed_on, {score} AS score,
      {" AND ".join(_country(asked)) or "true"} AS here
    FROM trials_searchrow r WHERE {" AND ".join([is_open, *_conditions(asked)])}"""
    near = _near(asked)
    if not near:
        return f"SELECT w.*, NULL::float AS km FROM ({words}) w"
    how = "LEFT JOIN" if asked.is_anywhere else "JOIN"
    return (
        f"WITH w AS MATERIALIZED ({words}), near AS MATERIALIZED ({near}) "
        f"SELECT w.*, km FROM w {how} near USING (trial_id)"
    )


def _conditions(asked: Asked) -> list[str]:
    search, plan, place, found = asked.search, asked.plan, asked.locality, []
    if plan.trial_ids:
        found.append(f"r.trial_id = ANY('{{{','.join(map(str, plan.trial_ids))}}}')")
    elif plan.match and plan.in_texts:
        found.append(
            f"r.trial_id IN (SELECT trial_id FROM trials_searchrow WHERE vector @@ {_q(plan.match)}"
            f" UNION SELECT trial_id FROM trials_searchtext WHERE vector @@ {_q(plan.match)})"
        )
    elif plan.match:
        found.append(f"r.vector @@ {_q(plan.match)}")
    if months := search.age_months:
        found.append(f"minimum_age_months < {months[1]} AND maximum_age_months >= {months[0]}")
    if place and place.kind is Kind.COUNTRY:
        found.append(_in_countries([place.country_code]))
    return found


def _score(asked: Asked) -> str:
    """Return the points; where closed trials are many, as the portal does, of the best alone.

    The vector of a closed trial stands apart from its row: reading it costs ten times the rest.
    """
    scores = asked.plan.scores
    if not asked.search.is_open_only and not 0 < asked.plan.estimate <= _READ_APART:
        found = "SELECT trial_id FROM trials_searchrow WHERE vector @@ "
        cases = [f"CASE WHEN r.trial_id IN ({found}{_q(q)}) THEN {n} END" for n, q in scores[:1]]
        return f"coalesce({cases[0]}, 0)" if cases else "0"
    return " + ".join(f"CASE WHEN vector @@ {_q(q)} THEN {n} ELSE 0 END" for n, q in scores) or "0"


def _near(asked: Asked) -> str:
    """Return (trial_id, km) of the trials at the place; empty where no place narrows or orders."""
    place, reach = asked.locality, asked.search.radius_km
    if place is None or place.kind is Kind.COUNTRY:
        return ""
    is_open = "AND tp.is_open" if asked.search.is_open_only else ""
    km = "NULL::float" if place.kind is Kind.REGION else f"min({_km(place, 'p')})"
    if asked.is_anywhere:
        return f"""
        SELECT w.trial_id, {km} AS km FROM w JOIN trials_trialplace tp USING (trial_id)
        JOIN trials_place p ON p.id = place_id WHERE cell IS NOT NULL GROUP BY 1"""
    within = f"HAVING {km} <= {reach}" if place.kind is Kind.POINT else ""
    return f"""
    SELECT trial_id, {km} AS km FROM trials_place p
    JOIN trials_trialplace tp ON place_id = p.id {is_open}
    WHERE {_around(asked)} GROUP BY 1 {within}"""


def _is_near(asked: Asked) -> list[str]:
    place = asked.locality
    if place is None or place.kind is Kind.COUNTRY or asked.is_anywhere:
        return []
    reach = f"AND {_km(place, 'p')} <= {asked.search.radius_km}"
    within = reach if place.kind is Kind.POINT else ""
    return [
        "r.trial_id IN (SELECT trial_id FROM trials_place p JOIN trials_trialplace tp "
        f"ON place_id = p.id AND NOT tp.is_open WHERE {_around(asked)} {within})"
    ]


def _around(asked: Asked) -> str:
    """Return the condition on a place `p` that it may be in reach."""
    place, reach = asked.locality, asked.search.radius_km
    assert place is not None  # noqa: S101  (the callers have looked)
    if place.kind is Kind.REGION:
        code, state = _q(place.country_code), _q(place.state_key)
        return f"NOT is_packaged AND country_code = {code} AND state_key = {state}"
    squares = cells_around(place.latitude, place.longitude, reach or 0)
    ranges = " OR ".join(f"cell BETWEEN {first} AND {last}" for first, last in squares)
    narrow = f"AND ({ranges})" if len(squares) <= _MOST_RANGES else ""
    return f"NOT is_packaged AND cell IS NOT NULL {narrow}"


def _km(place: Locality, of: str) -> str:
    return (
        f"{2 * EARTH_KM} * asin(sqrt(least(1, "
        f"power(sin(radians({of}.latitude - {place.latitude}) / 2), 2) + "
        f"cos(radians({place.latitude})) * cos(radians({of}.latitude)) * "
        f"power(sin(radians({of}.longitude - {place.longitude}) / 2), 2))))"
    )


def _masked(asked: Asked) -> str:
    return " AND ".join(["true", *(f"signature & {bits} <> 0" for bits in asked.masks.values())])


def _fails(asked: Asked) -> str:
    """Return which filters a hit fails: of those that fail one, that facet still counts."""
    failed = [
        f"CASE WHEN signature & {bits} = 0 THEN {1 << number} ELSE 0 END"
        for number, bits in enumerate(asked.masks.values(), 1)
    ]
    return " + ".join(["CASE WHEN here THEN 0 ELSE 1 END", *failed])


def _country(asked: Asked) -> list[str]:
    return [_in_countries(asked.search.country)] if asked.search.country else []


def _in_countries(codes: list[str] | tuple[str, ...]) -> str:
    array = "ARRAY[" + ", ".join(map(_q, codes)) + "]"
    return f"country_set_id IN (SELECT id FROM trials_countryset WHERE codes && {array})"


def _order(asked: Asked) -> str:
    newest, last = "posted_on DESC NULLS LAST", "trial_id DESC"
    by_words = f"score DESC, (signature & {_OPEN_NOW} <> 0) DESC, km, {newest}, {last}"
    by = {
        Sort.NEWEST: f"{newest}, {last}",
        Sort.UPDATED: f"changed_on DESC NULLS LAST, {last}",
        Sort.NEAREST: f"km, {by_words}",
    }
    without_words = f"km, {newest}, {last}"
    return by.get(asked.search.sort, by_words if asked.plan.match else without_words)


def _cards(page: list[int]) -> str:
    return (
        "SELECT id, nct_id, brief_title, overall_status FROM trials_trial "
        f"WHERE id = ANY('{{{','.join(map(str, page))}}}')"
    )


def _nearest(place: Locality, page: list[int]) -> str:
    return f"""
    SELECT DISTINCT ON (trial_id) trial_id, city, {_km(place, "s")} AS km
    FROM trials_site s JOIN trials_facility f ON f.id = facility_id
    WHERE trial_id = ANY('{{{",".join(map(str, page))}}}') AND s.latitude IS NOT NULL
      AND recruitment_status IN ('', 'RECRUITING', 'NOT_YET_RECRUITING')
    ORDER BY trial_id, km
    """


def _q(text: str) -> str:
    """Return a text as a literal."""
    return "'" + text.replace("'", "''") + "'"
