"""“Why isn't NCT… in my results?” agrees with the results, for every pair that is tried."""

import pytest

from tests.search.worlds import make_indexed, make_mixed_world
from trials.search import results
from trials.search.filters import search_of
from trials.search.why import explain, filters_of

pytestmark = pytest.mark.django_db

QUERIES = [
    "",
    "q=lupus",
    "q=lupus&status=all&sex=female",
    "place=Leeds&radius=300",
    "place=London&radius=100&age=10&phase=PHASE1&phase=PHASE2",
    "status=COMPLETED&country=GB&has_results=yes",
    "place=United+Kingdom&age=70&healthy_volunteers=yes&q=asthma",
]


@pytest.mark.parametrize("query", QUERIES)
def test_answer_agrees_with_the_results_for_every_trial(query: str) -> None:
    trials = make_mixed_world(40)
    search = search_of(query)
    inside = set(results.trial_ids(search, 1000))
    for trial in trials:
        answer = explain(search, trial.nct_id)
        assert answer.is_known
        assert answer.is_included == (trial.pk in inside)
        if not answer.is_included:
            assert answer.reasons
            assert {reason.name for reason in answer.reasons} <= set(filters_of(search))
            assert answer.way_in is not None
            assert results.holds(results.question_of(answer.way_in), trial.pk)


@pytest.mark.parametrize("query", QUERIES)
def test_a_single_reason_lifted_lets_the_trial_in(query: str) -> None:
    for trial in make_mixed_world(40):
        answer = explain(search_of(query), trial.nct_id)
        if len(answer.reasons) == 1:
            assert results.holds(results.question_of(answer.reasons[0].search), trial.pk)


def test_place_says_how_far_the_nearest_site_is() -> None:
    trial = make_indexed("Lupus", city="London")
    (reason,) = explain(search_of("place=Leeds&radius=50"), trial.nct_id).reasons
    assert reason.name == "place"
    assert reason.km == pytest.approx(273, abs=3)


def test_trial_without_a_public_page_is_not_known() -> None:
    assert not explain(search_of(""), "NCT00000001").is_known
