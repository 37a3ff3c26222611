"""Finding a condition by its letters and by its other names."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.rows import add_condition, add_synonym, add_trial, add_trials
from trials.models import Condition, Synonym
from trials.search import conditions
from trials.terms.values import condition_slug

pytestmark = pytest.mark.django_db


def add(name: str, trials: int = 1, **values: str) -> Condition:
    return add_condition(add_trials(trials, **values), name, condition_slug(name))


def names(found: list[Condition]) -> list[str]:
    return [condition.name for condition in found]


def test_letters_are_those_that_conditions_start_with() -> None:
    for name in ("asthma", "Zoster", "22q11 deletion", "肺癌"):
        add(name)

    assert conditions.letters() == {"a", "z", conditions.OTHER}


def test_letters_of_closed_trials_are_known_where_asked_for() -> None:
    add("asthma")
    add("gout", overall_status="COMPLETED")

    assert conditions.letters() == {"a"}
    assert conditions.letters(with_closed=True) == {"a", "g"}


def test_what_no_letter_starts_is_listed_together() -> None:
    for name in ("zoster", "α-thalassemia", "3-MCC deficiency", "éclampsia"):
        add(name)

    found = names(list(conditions.of_letter(conditions.OTHER)))

    assert found == ["3-MCC deficiency", "éclampsia", "α-thalassemia"]


def test_letter_lists_its_conditions_in_the_order_of_their_signs() -> None:
    for name in ("Bad cold", "B-cell lymphoma", "Burns", "asthma", "colic", "B12 deficiency"):
        add(name)

    found = names(list(conditions.of_letter("b")))

    assert found == ["B-cell lymphoma", "B12 deficiency", "Bad cold", "Burns"]


def test_starts_count_two_signs_in_the_order_of_the_list() -> None:
    for name in ("Burns", "Bad cold", "Back pain", "B-cell lymphoma"):
        add(name)

    assert conditions.starts(conditions.of_letter("b")) == [("b-", 1), ("ba", 2), ("bu", 1)]


def test_stretch_is_the_same_part_of_the_list_wherever_reading_begins() -> None:
    for name in ("Burns", "Bad cold", "Back pain", "B-cell lymphoma", "B12", "ßeta", "Bx", "Bo"):
        add(name)
    listed = conditions.of_letter("b")
    starts, everything = conditions.starts(listed), list(listed)

    for first in range(len(everything) + 2):
        for last in range(first, len(everything) + 2):
            assert conditions.stretch(listed, starts, first, last) == everything[first:last]


def test_every_condition_is_under_one_letter() -> None:
    for name in ("asthma", "Zoster", "22q11", "肺癌", "éclampsia", "B-cell", "ß-thalassemia"):
        add(name)

    under = [row.name for letter in conditions.LETTERS for row in conditions.of_letter(letter)]

    assert sorted(under) == sorted(names(list(conditions.listed())))


def test_finder_puts_the_very_name_first_then_the_most_open_trials() -> None:
    for name, trials in (("lupus nephritis", 3), ("Lupus", 1), ("lupus of the skin", 5)):
        add(name, trials)
    add("discoid lupus", 9)

    found = names(conditions.starting_with("LUPUS", 10))

    assert found == ["Lupus", "lupus of the skin", "lupus nephritis", "discoid lupus"]
    assert names(conditions.starting_with("lupus", 2)) == found[:2]
    assert names(conditions.starting_with("nephr", 2)) == ["lupus nephritis"]


def test_finder_finds_names_whose_trials_are_closed() -> None:
    add("gout", overall_status="COMPLETED")

    assert names(conditions.starting_with("gou", 5)) == ["gout"]


def test_misspelled_names_are_found_most_alike_first() -> None:
    for name in ("Breast Cancer", "Breast Cancer Stage IV", "Brain Cancer"):
        add(name)

    assert names(conditions.spelled_like("brest cancer", 2))[0] == "Breast Cancer"
    assert names(conditions.spelled_like("barin cancer", 1)) == ["Brain Cancer"]
    assert conditions.spelled_like("brzzzzzz", 5) == []


def test_another_name_leads_to_the_condition_both_ways() -> None:
    infarction = add("Myocardial Infarction")
    add_synonym("heart attack", "myocardial infarction")
    add_synonym("Myocardial Infarction", "cardiac infarction")

    assert conditions.same_as("Heart Attack") == infarction
    assert conditions.same_as("cardiac infarction") == infarction
    assert conditions.other_names(infarction) == ["heart attack", "cardiac infarction"]


@pytest.mark.parametrize(
    "values", [{"one_way": True}, {"origin": Synonym.Origin.CONDITION, "trials": 9}]
)
def test_broader_and_learned_wordings_are_near_but_not_the_same(values: dict[str, object]) -> None:
    leukemia = add("Leukemia")
    add_synonym("childhood leukemia", "leukemia", **values)

    assert conditions.same_as("childhood leukemia") is None
    assert conditions.meant_by("childhood leukemia") == [leukemia]
    assert conditions.other_names(leukemia) == []


def test_struck_pairs_lead_nowhere(ada: User) -> None:
    infarction = add("Myocardial Infarction")
    add_synonym("heart attack", "myocardial infarction", struck_at=timezone.now(), struck_by=ada)

    assert conditions.same_as("heart attack") is None
    assert conditions.meant_by("heart attack") == []
    assert conditions.other_names(infarction) == []


def test_other_name_leads_to_the_condition_with_the_most_open_trials() -> None:
    add("Cardiac Infarction")
    add("Myocardial Infarction", 3)
    add_synonym("heart attack", "cardiac infarction")
    add_synonym("heart attack", "myocardial infarction")

    same = conditions.same_as("heart attack")

    assert same is not None
    assert same.name == "Myocardial Infarction"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=300))
def test_anything_may_be_typed(typed: str) -> None:
    found = (
        conditions.starting_with(typed, 5)
        + conditions.spelled_like(typed, 5)
        + conditions.meant_by(typed)
    )

    assert found == []
    assert conditions.same_as(typed) is None


def test_trials_hidden_since_do_not_make_a_letter(ada: User) -> None:
    add_condition([add_trial(hidden_at=timezone.now(), hidden_by=ada)], "asthma", "asthma")

    assert conditions.letters(with_closed=True) == frozenset()
