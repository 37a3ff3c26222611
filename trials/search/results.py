"""Asking the database: the results of a search, its number, its trials in order."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db import connection

from trials.geo import places
from trials.geo.places import Found
from trials.search import closed, facets, statement
from trials.search.answers import Hit, Results
from trials.search.kept import is_bare, kept
from trials.search.query import ALL, PAGE_SIZE, TrialSearch, Unit
from trials.search.question import Question, Sql
from trials.search.words import understand
from trials.search.words.plan import Plan, Understanding
from trials.terms.facets import COUNTRY

_CHUNK = 500
# A word that so many readings of records had is in a record.
_SURELY_FOUND = 1_000
# Kilometers to look around first where any distance will do
_ENOUGH_NEARBY = (100, 1_000)


class Heard(NamedTuple):
    """What a search's words and place were taken to mean; results say the same of themselves."""

    search: TrialSearch
    words: Understanding
    plan: Plan
    found: Found | None


# Reading words and looking places up costs as much as asking: searches that differ in filters
# alone, as the ladder's do, pass on what the first of them heard.
Before = Heard | Results | None


def find(search: TrialSearch, before: Before = None) -> Results:
    """Return the results of a search, as far as its page shows them."""
    heard = hear(search, before)
    return _results(_answer(_question(heard)), heard)


def count(search: TrialSearch, before: Before = None) -> int:
    """Return how many trials a search finds: exactly the total of its results."""
    return _number(question_of(search, before))


def question_of(search: TrialSearch, before: Before = None) -> Question:
    """Return a search as its results ask it: the place looked up, the words as they are taken."""
    return _question(hear(search, before))


def holds(question: Question, trial_id: int) -> bool:
    """Tell whether a trial is among a question's hits."""
    return _number(question, Sql("AND h.trial_id = %s", (trial_id,))) > 0


def hear(search: TrialSearch, before: Before = None) -> Heard:
    """Return what a search's words and place mean, as `before` has it where they are the same."""
    same_place = before and before.search.place == search.place
    found = before.found if before and same_place else _found(search)
    if before and (before.search.q, before.search.exact) == (search.q, search.exact):
        return Heard(search, before.words, before.plan, found)
    words = understand(search.q, exact=search.exact)
    return Heard(search, words, _plan(words), found)


def _found(search: TrialSearch) -> Found | None:
    return places.find(search.place) if search.place else None


def _plan(words: Understanding) -> Plan:
    """Return the strictest way to take the words that finds enough, or that which finds most.

    The words alone decide, among all trials: a filter taken off never makes trials vanish because
    the words were then taken more strictly.
    """
    strict, *looser = words.plans
    if not looser or (strict.enough == 1 and strict.estimate >= _SURELY_FOUND):
        return strict
    best, most = strict, -1
    for plan in words.plans:
        found = _number(Question(TrialSearch(status=(ALL,)), plan, None))
        if found > most:
            best, most = plan, found
        if found >= plan.enough:
            break
    return best


def _question(heard: Heard) -> Question:
    return Question(heard.search, heard.plan, heard.found.best if heard.found else None)


def _number(question: Question, also: Sql | None = None) -> int:
    """Return how many trials a question finds, without facets and order."""
    is_open = True if question.search.is_open_only else None
    asked = Sql("SELECT count(*) FROM (") + statement.counted(question, is_open=is_open)
    asked = asked.then(") h WHERE") + statement.passing(question, "h")
    if also is not None:
        asked += also
    with connection.cursor() as cursor:
        cursor.execute(asked.text, asked.values)
        (number,) = cursor.fetchone()
    return int(number)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one plan answered."""

    question: Question
    facets: list[facets.Row]
    countries: list[tuple[str, int]]
    page: list[tuple[int, float | None]]

    @property
    def total(self) -> int:
        """The number of trials on all pages."""
        return facets.total(self.facets)


def _answer(question: Question) -> _Answer:
    if question.is_anywhere:
        anywhere = question.search.with_(place="", radius=None, unit=Unit.KM)
        groups, countries = _counted(replace(question, search=anywhere, locality=None))
        return _Answer(question, groups, countries, _page_by_distance(question))
    if is_bare(question.search):
        return _Answer(question, *_counted(question), *_fetched(_page(question), question))
    return _Answer(question, *_fetched(_counts(question).then(",") + _page(question), question))


def _counted(question: Question) -> list[Any]:
    if is_bare(question.search):
        return kept(question.search, lambda: _fetched(_counts(question), question))
    return _fetched(_counts(question), question)


def _page_by_distance(question: Question) -> Any:
    """Return the page where any distance will do: from nearby, where that has enough for it."""
    radii = _ENOUGH_NEARBY if statement.is_nearest_first(question) else ()
    for radius in radii:
        within = question.search.with_(radius=radius, unit=Unit.KM, page=question.search.page)
        nearby = replace(question, search=within)
        (page,) = _fetched(_page(nearby), nearby)
        if len(page) == PAGE_SIZE:
            return page
    (page,) = _fetched(_page(question), question)
    return page


def _fetched(lists: Sql, question: Question) -> list[Any]:
    """Return what a selection of lists holds, of the hits of a question."""
    is_open = True if question.search.is_open_only else None
    found = statement.hits(question, is_open=is_open, scored=statement.is_scored(question))
    # Without words and place an index has all that is counted, and the page is its first entries.
    once = "MATERIALIZED" if question.plan.match or question.locality else "NOT MATERIALIZED"
    asked = (Sql(f"WITH hits AS {once} (") + found).then(") SELECT") + lists
    with connection.cursor() as cursor:
        cursor.execute(asked.text, asked.values)
        return [_loaded(rows) for rows in cursor.fetchone()]


def _loaded(rows: Any) -> Any:
    return json.loads(rows) if isinstance(rows, str) else rows or []


def _counts(question: Question) -> Sql:
    """Return two lists, of the rows of facets and of countries."""
    asked = Sql("(SELECT json_agg(json_build_array(fails, chunk, bits, n)) FROM (")
    asked = (asked + facets.rows(question)).then(") f),")
    asked = asked.then("(SELECT json_agg(json_build_array(code, trials)) FROM (")
    return (asked + facets.by_country(question)).then(") c)")


def _page(question: Question) -> Sql:
    """Return the list of the page's trials with their distances."""
    page = Sql("(SELECT json_agg(json_build_array(trial_id, km)) FROM (")
    page = page.then("SELECT h.trial_id, h.km FROM hits h WHERE") + statement.passing(question, "h")
    first = (question.search.page - 1) * PAGE_SIZE
    order = statement.order(question)
    return page.then(f"ORDER BY {order} LIMIT %s OFFSET %s) p)", PAGE_SIZE, first)


def _results(answer: _Answer, heard: Heard) -> Results:
    question = answer.question
    counted = facets.counts(question, answer.facets)
    if question.search.is_open_only:
        counted["status"] = closed.with_closed(question, counted["status"])
    counted[COUNTRY] = dict(answer.countries)
    hits = tuple(Hit(trial_id, km) for trial_id, km in answer.page)
    return Results(
        search=question.search,
        words=heard.words,
        plan=question.plan,
        found=heard.found,
        locality=question.locality,
        total=answer.total,
        hits=hits,
        facets=counted,
    )


def some_ids(search: TrialSearch, limit: int, before: Before = None) -> list[int]:
    """Return any trials of a search, `limit` at most: enough to learn what they have in common."""
    question = question_of(search, before)
    is_open = True if search.is_open_only else None
    some = Sql("SELECT h.trial_id FROM (") + statement.counted(question, is_open=is_open)
    some = some.then(") h WHERE") + statement.passing(question, "h").then("LIMIT %s", limit)
    with connection.cursor() as cursor:
        cursor.execute(some.text, some.values)
        return [trial_id for (trial_id,) in cursor.fetchall()]


def trial_ids(search: TrialSearch, limit: int, before: Before = None) -> Iterator[int]:
    """Yield the trials of a search in order, `limit` at most, read in chunks."""
    question = question_of(search, before)
    is_open = True if search.is_open_only else None
    ordered = Sql("SELECT h.trial_id FROM (") + statement.hits(
        question, is_open=is_open, scored=statement.is_scored(question)
    )
    ordered = ordered.then(") h WHERE") + statement.passing(question, "h")
    ordered = ordered.then(f"ORDER BY {statement.order(question)} LIMIT %s", limit)
    with connection.cursor() as cursor:
        cursor.execute(ordered.text, ordered.values)
        while rows := cursor.fetchmany(_CHUNK):
            yield from (row[0] for row in rows)
