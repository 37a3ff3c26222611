"""A search as SQL: which trials, in which order, and the counts of every facet, in one statement.

Measured at 600,000 trials (docs/performance.md). The table of trials is never touched: a search
reads narrow rows only.
"""

from collections.abc import Iterable
from dataclasses import replace

from trials.geo.places import Kind
from trials.search import nearby
from trials.search.query import Sort
from trials.search.question import Question, Sql, joined
from trials.search.words.plan import Plan
from trials.terms.facets import COUNTRY, FACETS
from trials.terms.registry import OPEN_NOW

_THOUSANDTHS = 1_000
# A score looks at the vector of every hit: a fifth of a microsecond where it stands within its
# row, as those of open trials do, ten times that where it stands apart (decision 0016). Among very
# many hits the lower scores never decide the pages that anybody reads: only the first are asked.
_LOOKS_WITHIN, _LOOKS_APART, _LEAST_SCORES = 120_000, 40_000, 2
# So many trials are asked for their places one by one; more are joined with all that are near.
_FEW = 1_000
# Within a wider reach most trials are near: those that matched are asked for their places.
_WIDE_KM = 500
_OPEN_SHARE = 0.15
_OPEN_NOW_BITS = FACETS["status"].bits(OPEN_NOW)


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
            # The longer text has the row's words as well.
            Sql("r.trial_id IN (SELECT trial_id FROM trials_searchtext")
            + Sql("WHERE vector @@ %s::tsquery)", (plan.match,))
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
    how = "LEFT JOIN" if question.is_anywhere else "JOIN"
    if _has_few(question.plan):
        found = Sql(f"{columns} near.km FROM (") + matched
        return found.then(f") m {how} LATERAL (") + nearby.of_one(question).then(") near ON true")
    found = _with_near(question, matched, is_open=is_open, far=True)
    return found.then(f"{columns} near.km FROM m {how} near ON near.trial_id = m.trial_id")


def counted(question: Question, *, is_open: bool | None) -> Sql:
    """Return the hits for counting them: without their distances and scores."""
    if question.is_anywhere:
        question = replace(question, locality=None)
    place = question.locality
    if place is None or place.kind is Kind.COUNTRY or _has_few(question.plan):
        return hits(question, is_open=is_open)
    matched = _matched(question, is_open=is_open, scored=False)
    found = _with_near(question, matched, is_open=is_open, far=False)
    found = found.then("SELECT m.trial_id, m.signature, m.country_set_id FROM m")
    return found.then("WHERE m.trial_id IN (SELECT trial_id FROM near)")


def _has_few(plan: Plan) -> bool:
    """Whether the words are known to have so few trials that each can be asked by itself."""
    return bool(plan.trial_ids) or (bool(plan.match) and 0 < plan.estimate <= _FEW)


def _with_near(question: Question, matched: Sql, *, is_open: bool | None, far: bool) -> Sql:
    """Return the tables `m`, what the words match, and `near`, what of it is at the place.

    Kept apart, or the planner, which cannot know how many trials are near, asks for the words
    trial by trial.
    """
    kept = "MATERIALIZED" if question.plan.match else "NOT MATERIALIZED"
    found = Sql(f"WITH m AS {kept} (") + matched
    reach = question.search.radius_km
    if question.plan.match and (reach is None or reach > _WIDE_KM):
        found = found.then("), d AS MATERIALIZED (") + nearby.places(question)
        found = found.then("), near AS MATERIALIZED (") + nearby.of_matched(question, far=far)
    else:
        found = found.then(f"), near AS {kept} (")
        found += nearby.of_places(question, is_open=is_open is True, far=far)
    return found.then(")")


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


def is_nearest_first(question: Question) -> bool:
    """Whether distance decides the order before anything else."""
    return question.is_point and order(question).startswith("h.km")


def is_scored(question: Question) -> bool:
    """Whether the order needs scores."""
    asked = question.search.sort in (Sort.BEST, Sort.NEAREST)
    return asked and bool(question.plan.scores)
