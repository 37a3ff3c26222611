"""The conditions around a condition, read from the headings of trials."""

import pytest

from tests.pages.rows import add_condition, add_headings, add_trial, add_trials
from trials.models import Condition, Trial
from trials.search.relatives import Relatives, relatives

pytestmark = pytest.mark.django_db
_LUPUS = "Lupus Erythematosus, Systemic"
_ABOVE = ["Connective Tissue Diseases", "Autoimmune Diseases", "Immune System Diseases"]


def name(*names: str, status: str = "RECRUITING") -> None:
    """Let a trial apart name each condition, so that each is one."""
    for one in names:
        slug = one.lower().replace(",", "").replace(" ", "-")
        add_condition([add_trial(overall_status=status)], one, slug)


def around(condition: Condition, trials: list[Trial]) -> Relatives:
    return relatives(condition, [trial.pk for trial in trials])


def names(conditions: list[Condition]) -> list[str]:
    return [condition.name for condition in conditions]


def test_broader_conditions_come_nearest_first() -> None:
    trials = add_trials(3)
    lupus = add_condition(trials)
    add_headings(trials, [_LUPUS], _ABOVE)
    name("Immune System Diseases", "Connective Tissue Diseases", "Autoimmune Diseases")

    assert names(around(lupus, trials).broader) == _ABOVE


def test_heading_above_few_of_the_trials_is_not_broader() -> None:
    trials = add_trials(5)
    lupus = add_condition(trials)
    add_headings(trials, [_LUPUS], _ABOVE)
    add_headings(trials[:2], [], ["Kidney Diseases"])
    name("Kidney Diseases", "Autoimmune Diseases")

    assert names(around(lupus, trials).broader) == ["Autoimmune Diseases"]


def test_narrower_conditions_are_the_only_heading_of_trials_below() -> None:
    trials = add_trials(3)
    lupus = add_condition(trials)
    add_headings(trials, [_LUPUS])
    add_headings(add_trials(2), ["Lupus Nephritis"], [_LUPUS])
    add_headings(add_trials(2), ["Lupus Vasculitis", "Anemia"], [_LUPUS])
    name("Lupus Nephritis", "Lupus Vasculitis", "Anemia")

    assert names(around(lupus, trials).narrower) == ["Lupus Nephritis"]


def test_narrower_conditions_come_with_the_most_open_trials_first() -> None:
    trials = add_trials(3)
    lupus = add_condition(trials)
    add_headings(trials, [_LUPUS])
    add_headings(add_trials(5), ["Skin Lupus"], [_LUPUS])
    add_headings(add_trials(1), ["Lupus Nephritis"], [_LUPUS])
    add_condition(add_trials(4), "Lupus Nephritis", "lupus-nephritis")
    add_condition(add_trials(2), "Skin Lupus", "skin-lupus")

    assert names(around(lupus, trials).narrower) == ["Lupus Nephritis", "Skin Lupus"]


def test_related_conditions_are_the_other_headings_most_frequent_first() -> None:
    trials = add_trials(6)
    lupus = add_condition(trials)
    add_headings(trials, [_LUPUS])
    add_headings(trials[:2], ["Fatigue"])
    add_headings(trials[:3], ["Anemia"])
    add_headings(trials[:1], ["Measles"])
    name("Fatigue", "Anemia", "Measles")

    assert names(around(lupus, trials).related) == ["Anemia", "Fatigue"]


def test_heading_of_the_condition_itself_leads_to_its_other_name() -> None:
    trials = add_trials(3)
    lupus = add_condition(trials)
    add_headings(trials, [_LUPUS])
    name("Systemic Lupus Erythematosus")

    assert names(around(lupus, trials).related) == ["Systemic Lupus Erythematosus"]


@pytest.mark.parametrize("known", ["Breast Neoplasms", "Breast Cancer"])
def test_headings_are_found_under_everyday_names(known: str) -> None:
    trials = add_trials(3)
    condition = add_condition(trials, "BRCA1 mutation", "brca1-mutation")
    add_headings(trials, ["Hereditary Syndromes"], ["Breast Neoplasms"])
    name(known)

    assert names(around(condition, trials).broader) == [known]


def test_conditions_without_open_trials_are_left_out() -> None:
    trials = add_trials(3)
    lupus = add_condition(trials)
    add_headings(trials, [_LUPUS, "Anemia"], _ABOVE)
    name("Anemia", "Autoimmune Diseases", status="COMPLETED")

    assert around(lupus, trials) == Relatives()


def test_condition_is_not_its_own_relative_nor_another_twice() -> None:
    trials = add_trials(3)
    lupus = add_condition(trials)
    add_headings(trials, ["Lupus", "Lupus, Skin"], ["Skin Lupus"])
    name("Skin Lupus")

    found = around(lupus, trials)

    assert names([*found.broader, *found.narrower, *found.related]) == ["Skin Lupus"]


def test_headings_of_treatments_do_not_count() -> None:
    trials = add_trials(3)
    lupus = add_condition(trials)
    add_headings(trials, ["Aspirin"], ["Salicylates"], about="INTERVENTION")
    name("Aspirin", "Salicylates")

    assert around(lupus, trials) == Relatives()


def test_shelves_of_the_tree_are_no_conditions() -> None:
    trials = add_trials(3)
    lupus = add_condition(trials)
    add_headings(trials, [_LUPUS, "Syndrome"], ["Pathologic Processes"])
    name("Syndrome", "Pathologic Processes")

    assert around(lupus, trials) == Relatives()


def test_trials_without_headings_tell_nothing() -> None:
    trials = add_trials(3)

    assert around(add_condition(trials), trials) == Relatives()
