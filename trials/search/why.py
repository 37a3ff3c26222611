"""Why a trial is not in the results: which of a search's filters leave it out.

Each filter is put to the trial alone, with the very conditions that made the results.
"""

from dataclasses import dataclass, replace

from django.db import connection

from trials.models import SearchRow, Trial
from trials.search import nearby
from trials.search.query import ALL, ANY_DISTANCE, TrialSearch
from trials.search.question import Question, Sql
from trials.search.results import holds, question_of
from trials.search.words.plan import Plan
from trials.terms.facets import NAMES

WORDS, PLACE, AGE = "q", "place", "age"

# How each filter is taken off a search; facets are, by their own names.
_OFF: dict[str, dict[str, object]] = {
    WORDS: {"q": "", "exact": False},
    PLACE: {"place": "", "radius": None},
    AGE: {"age": None},
    "status": {"status": (ALL,)},
}


@dataclass(frozen=True, slots=True)
class Reason:
    """A filter that leaves the trial out, by its parameter; `search` is the same without it.

    For a place: `km` to the trial's nearest site that counts, None where it has none with a point.
    """

    name: str
    search: TrialSearch
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether a trial is in the results, and if not why.

    `is_known` is false for a trial that we have no public page for. `way_in` is a search that
    finds the trial, as near to the present one as lifting what leaves it out allows.
    """

    nct_id: str
    is_known: bool = True
    is_included: bool = False
    reasons: tuple[Reason, ...] = ()
    way_in: TrialSearch | None = None


def explain(search: TrialSearch, nct_id: str) -> Explanation:
    """Return why the trial with a canonical NCT id is not in the results of a search."""
    trial = Trial.public.filter(nct_id=nct_id).values_list("pk", flat=True).first()
    if trial is None or not SearchRow.objects.filter(pk=trial).exists():
        return Explanation(nct_id, is_known=False)
    question = question_of(search)
    if holds(question, trial):
        return Explanation(nct_id, is_included=True)
    reasons = tuple(
        Reason(name, without(search, name), _far(question, trial) if name == PLACE else None)
        for name in filters_of(search)
        if not holds(_only(question, name), trial)
    )
    way_in = without(search, *(reason.name for reason in reasons))
    return Explanation(nct_id, reasons=reasons, way_in=way_in)


def filters_of(search: TrialSearch) -> list[str]:
    """Return the parameters that narrow a search; `status` does unless it is every one."""
    named = {WORDS: search.q, PLACE: search.place, AGE: search.age is not None}
    facets = [name for name in NAMES if search.values(name)]
    return [name for name, is_on in named.items() if is_on] + facets


def without(search: TrialSearch, *names: str) -> TrialSearch:
    """Return a search with filters taken off."""
    changes: dict[str, object] = {}
    for name in names:
        changes |= _OFF.get(name, {name: ()})
    return search.with_(**changes)


def _only(question: Question, name: str) -> Question:
    """Return the question with one filter alone, its words taken as the results took them."""
    others = [other for other in filters_of(question.search) if other != name]
    return replace(
        question,
        search=without(question.search, *others),
        plan=question.plan if name == WORDS else Plan(""),
        locality=question.locality if name == PLACE else None,
    )


def _far(question: Question, trial: int) -> float | None:
    """Return how far the trial's nearest place is; only a point has distances."""
    if not question.is_point:
        return None
    anywhere = replace(question, search=question.search.with_(radius=ANY_DISTANCE))
    near = nearby.of_places(anywhere, is_open=False)
    asked = Sql("SELECT km FROM (") + near.then(") near WHERE trial_id = %s", trial)
    with connection.cursor() as cursor:
        cursor.execute(asked.text, asked.values)
        row = cursor.fetchone()
    return row[0] if row else None
