"""Sentences made from a trial's rows are true of the record, and silent where it is."""

import pytest

from tests.factories import make_condition, make_trial
from trials.wording import sentences
from trials.wording.withheld import released

pytestmark = pytest.mark.django_db


def test_about_names_the_conditions() -> None:
    trial = make_trial()
    for name in ("Insomnia", "Snoring"):
        make_condition(trial, name)
    assert sentences.about(trial) == "This trial is about: Insomnia; Snoring."


def test_about_is_silent_where_a_name_is_foreign() -> None:
    trial = make_trial()
    make_condition(trial, "бессонница")
    assert sentences.about(trial) == ""


@pytest.mark.parametrize(
    ("study_type", "said"),
    [
        ("INTERVENTIONAL", "A trial asks a question that is still open."),
        ("OBSERVATIONAL", "Taking part may not help you."),
        ("EXPANDED_ACCESS", "This is a way to get a treatment outside a trial."),
    ],
)
def test_benefit_promises_nothing(study_type: str, said: str) -> None:
    told = sentences.benefit(make_trial(study_type=study_type))
    assert said in told
    assert "may not help you" in told


def test_released_is_empty_for_what_is_held_back() -> None:
    assert released(" [Withheld]") == ""
    assert released("Sea air") == "Sea air"
