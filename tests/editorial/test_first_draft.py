"""The first draft says what the record holds, and nothing else."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import (
    make_arm,
    make_condition,
    make_criterion,
    make_intervention,
    make_outcome,
    make_site,
    make_trial,
)
from trials.editorial import first_draft
from trials.models import Criterion, Trial
from trials.terms.desk import Part

pytestmark = pytest.mark.django_db


def _sea_air(**values: Any) -> Trial:
    trial = make_trial(primary_purpose="TREATMENT", allocation="RANDOMIZED", **values)
    make_condition(trial, "Insomnia")
    make_arm(trial, make_intervention(trial), label="Walkers")
    make_arm(trial, label="Sleepers", type="NO_INTERVENTION")
    make_outcome(trial)
    make_site(trial)
    return Trial.everything.get(pk=trial.pk)


def test_draft_works() -> None:
    trial = _sea_air(brief_summary="We look at insomnia.")
    make_criterion(trial, "History of stroke", section=Criterion.Section.EXCLUSION)
    words = first_draft.draft(trial)
    assert list(words) == list(Part)
    assert words[Part.PLAIN_TITLE] == "Sea air for adults with insomnia"
    assert words[Part.PLAIN_SUMMARY] == (
        "This trial is for adults with insomnia, looks at Sea air, and measures “Hours of sleep”."
    )
    assert "- Hours of sleep (time frame: 12 weeks)" in words[Part.WHAT_IT_STUDIES]
    assert (
        "- Walkers: Gets the treatment being tested. In the record: Sea air"
        in (words[Part.WHAT_IT_STUDIES])
    )
    assert "Your group is chosen by chance." in words[Part.WHAT_IT_STUDIES]
    assert words[Part.GOOD_FIT] == ["you are aged 18 to 65 years"]
    assert words[Part.NOT_A_FIT][-1] == "you have had stroke"
    assert "It may not help you, and it can cause harm." in words[Part.POTENTIAL_BENEFIT]
    assert words[Part.SIMILAR_STUDIES] == ""
    assert "The record lists places in Kenya." in words[Part.TAKING_PART]


def test_draft_is_the_same_for_the_same_record() -> None:
    trial = _sea_air()
    again = Trial.everything.get(pk=trial.pk)
    assert first_draft.draft(trial) == first_draft.draft(again)


def test_draft_of_an_empty_record_has_no_empty_sentence() -> None:
    trial = make_trial(eligibility=None, enrollment_count=None, brief_summary="")
    words = first_draft.draft(trial)
    assert words[Part.PLAIN_TITLE] == trial.brief_title
    assert words[Part.PLAIN_SUMMARY] == "This trial is for people."
    assert words[Part.GOOD_FIT] == words[Part.NOT_A_FIT] == []


def test_draft_builds_no_sentence_on_foreign_names() -> None:
    trial = make_trial()
    make_condition(trial, "бессонница")
    make_intervention(trial, "морской воздух")
    words = first_draft.draft(trial)
    assert words[Part.PLAIN_TITLE] == trial.brief_title
    assert words[Part.PLAIN_SUMMARY] == "This trial is for adults."


def test_draft_gives_nobody_an_illness_where_healthy_people_join() -> None:
    trial = make_trial(primary_purpose="PREVENTION", eligibility={"healthy_volunteers": True})
    make_condition(trial, "Asthma")
    make_intervention(trial)
    words = first_draft.draft(trial)
    assert words[Part.PLAIN_TITLE] == trial.brief_title
    assert "is for adults and is about Asthma" in words[Part.PLAIN_SUMMARY]


def test_draft_of_a_withheld_record_says_so() -> None:
    trial = make_trial(overall_status="WITHHELD", brief_title="[withheld]")
    make_condition(trial, "[withheld]")
    words = first_draft.draft(trial)
    assert words[Part.PLAIN_SUMMARY] == "The sponsor has not released the details yet."


def test_draft_says_what_every_program_can_say() -> None:
    words = first_draft.draft(make_trial(study_type="EXPANDED_ACCESS"))
    assert words[Part.POTENTIAL_BENEFIT].startswith("This is a way to get a treatment")


def test_remarks_name_the_criteria_on_no_side() -> None:
    trial = make_trial()
    make_criterion(trial, "Prior surgery allowed", section=Criterion.Section.OTHER)
    assert first_draft.remarks(trial) == [
        "The record does not say on which side this stands: “Prior surgery allowed”"
    ]


def test_every_field_names_what_it_is_written_from() -> None:
    assert list(first_draft.SOURCES) == list(Part)
    assert all(first_draft.SOURCES.values())


@pytest.mark.parametrize("amount", [1, 12])
def test_draft_needs_a_fixed_number_of_queries(
    amount: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    trial = _sea_air()
    for number in range(amount):
        make_site(trial, city=f"City {number}")
        make_arm(trial, make_intervention(trial, f"Walk {number}"), label=f"Arm {number}")
        make_criterion(trial, f"Reason {number}")
    fresh = Trial.everything.get(pk=trial.pk)
    with django_assert_num_queries(9):
        first_draft.draft(fresh)
