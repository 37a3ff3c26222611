"""No dead end: each step out of an empty page finds exactly what it promises, and never nothing."""

import pytest

from tests import factories as make
from tests.search.worlds import index, make_indexed, make_mixed_world
from trials.models import MeshTerm, TrialMeshTerm
from trials.search import results
from trials.search.filters import search_of
from trials.search.ladder import Kind, steps
from trials.search.query import ALL

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "q=lupus&place=Suva&radius=5&age=1",
        "q=asthma&phase=PHASE4&sponsor_class=FED&sex=male",
        "place=Longyearbyen&radius=1&status=WITHDRAWN&has_results=yes",
        "q=lupus&age=120&country=FJ&study_type=EXPANDED_ACCESS&reviewed=yes",
    ],
)
def test_each_step_finds_exactly_its_number_and_never_none(query: str) -> None:
    make_mixed_world(60)
    answer = results.find(search_of(query))
    assert answer.total == 0
    offered = steps(answer)
    assert offered
    for step in offered:
        assert step.total > 0
        assert results.find(step.search).total == step.total


def test_wider_radius_is_the_smallest_that_finds_something() -> None:
    make_indexed("Lupus", "Lupus", city="London")
    answer = results.find(search_of("q=lupus&place=Leeds&radius=50"))
    wider = next(step for step in steps(answer) if step.kind is Kind.WIDER)
    assert (wider.search.radius, wider.total) == (500, 1)


def test_closed_trials_are_a_step_of_their_own() -> None:
    make_indexed("Lupus", "Lupus", overall_status="COMPLETED")
    (step,) = steps(results.find(search_of("q=lupus")))
    assert step.kind is Kind.ANY_STATUS
    assert step.search.status == (ALL,)


def make_rare(amount: int) -> None:
    """Write closed trials of a rare condition, and an open one of what is broader."""
    rare = [
        make_indexed("Rare care", "Fibular flutter", overall_status="COMPLETED")
        for _ in range(amount)
    ]
    common = make_indexed("Leg care", "Leg Diseases")
    heading, _ = MeshTerm.objects.get_or_create(ui="D1", defaults={"term": "Leg Diseases"})
    for trial in (*rare, common):
        TrialMeshTerm.objects.create(
            trial=trial,
            mesh_term=heading,
            about=TrialMeshTerm.About.CONDITION,
            is_ancestor=trial != common,
        )
    index(*rare, common)


def test_broader_condition_comes_from_the_headings_above() -> None:
    make_rare(8)
    kinds = {step.kind: step for step in steps(results.find(search_of("q=fibular+flutter")))}
    assert kinds[Kind.BROADER].search.q == "Leg Diseases"
    assert kinds[Kind.BROADER].total == 1


def test_a_few_trials_do_not_tell_what_is_broader() -> None:
    make_rare(3)
    kinds = {step.kind for step in steps(results.find(search_of("q=fibular+flutter")))}
    assert Kind.BROADER not in kinds
    assert Kind.ANY_STATUS in kinds


def test_nothing_at_all_offers_nothing() -> None:
    make.make_trial()
    assert steps(results.find(search_of("q=qqqqqzzzzz"))) == ()
