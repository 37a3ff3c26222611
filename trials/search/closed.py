"""How many trials have each of the statuses that a search for open trials leaves out.

The status facet is counted with its own filter lifted, so that the search would have to be asked
among all trials, of which five in six are closed. Where very many may match, their statuses are
listed without a number; following one counts it.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db import connection

from trials.search import statement
from trials.search.kept import is_bare, kept
from trials.search.query import TrialSearch
from trials.search.question import Question, Sql
from trials.search.words.plan import Plan
from trials.terms.facets import FACETS

# So many hits of the words cost some 10 ms; a registry of no more closed trials is always counted.
_MOST_HITS, _SMALL_REGISTRY = 15_000, 40_000
_STATUS = FACETS["status"]


def with_closed(question: Question, open_ones: Mapping[str, int]) -> dict[str, int]:
    """Return the counts of the statuses, without those closed ones that are not counted."""
    whole = kept(TrialSearch(), _of_registry, "closed")
    lifted = replace(question, lifted=frozenset({"status"}))
    if is_bare(question.search):
        return {**open_ones, **whole}
    if sum(whole.values()) <= _SMALL_REGISTRY or _few(question.plan):
        return {**open_ones, **_counted(lifted)}
    closed = {value for value in _STATUS.values if value not in question.search.statuses}
    return {value: n for value, n in open_ones.items() if value not in closed}


def _few(plan: Plan) -> bool:
    return bool(plan.trial_ids) or (bool(plan.match) and 0 < plan.estimate <= _MOST_HITS)


def _of_registry() -> dict[str, int]:
    return _counted(Question(TrialSearch(), Plan(""), None, lifted=frozenset({"status"})))


def _counted(lifted: Question) -> dict[str, int]:
    asked = Sql("SELECT h.signature & %s, count(*) FROM (", (_STATUS.mask,))
    asked += statement.counted(lifted, is_open=False)
    asked = asked.then(") h WHERE") + statement.passing(lifted, "h").then("GROUP BY 1")
    with connection.cursor() as cursor:
        cursor.execute(asked.text, asked.values)
        by_bit = dict(cursor.fetchall())
    return {value: n for value in _STATUS.values if (n := by_bit.get(_STATUS.bit(value)))}
