"""Trial numbers, however they are written."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests import factories as make
from tests.search.words.rows import make_trials
from trials.models import IdRedirect, SecondaryId, Trial
from trials.search.words import understand
from trials.search.words.ids import trial_of

pytestmark = pytest.mark.django_db


def make_number(trial: Trial, value: str) -> None:
    SecondaryId.objects.create(trial=trial, value=value, position=trial.secondary_ids.count())


@pytest.mark.parametrize(
    "q",
    [
        "NCT00001234",
        "nct00001234",
        " NCT 0000 1234 ",
        "NCT-00001234",
        "nct1234",
        "trial NCT00001234",
        "https://clinicaltrials.gov/study/NCT00001234",
        "NCT00001234.",
    ],
)
def test_nct_number_is_found_in_any_writing(q: str) -> None:
    make.make_trial(nct_id="NCT00001234")
    assert trial_of(q) == "NCT00001234"


def test_former_number_leads_to_the_trial_of_today() -> None:
    trial = make.make_trial(nct_id="NCT00001234")
    IdRedirect.objects.create(nct_id="NCT00009999", trial=trial)
    assert trial_of("NCT00009999") == "NCT00001234"


@pytest.mark.parametrize(
    ("value", "q"),
    [
        ("2019-001234-56", "EudraCT 2019-001234-56"),
        ("2019-001234-56", "2019 001234 56"),
        ("2022-500123-12-00", "CTIS: 2022-500123-12-00"),
        ("MK-3475-02C", "mk 3475 02c"),
        ("04-I-0176", "04-i-0176"),
        ("H6D-MC-LVFL", "H6D-MC-LVFL"),
        ("R01HL075504", "r01hl075504"),
    ],
)
def test_other_number_is_found_without_its_punctuation(value: str, q: str) -> None:
    trial = make.make_trial()
    make_number(trial, value)
    assert trial_of(q) == trial.nct_id


def test_number_of_several_trials_finds_exactly_these() -> None:
    trials = [make.make_trial() for _ in range(3)]
    for trial in trials[:2]:
        make_number(trial, "P50CA123456")
    assert trial_of("P50CA123456") == ""
    (plan,) = understand("P50CA123456").plans
    assert set(plan.trial_ids) == {trial.pk for trial in trials[:2]}


def test_several_nct_numbers_find_exactly_these() -> None:
    first, second = make.make_trial(nct_id="NCT00000001"), make.make_trial(nct_id="NCT00000002")
    (plan,) = understand("NCT00000001, NCT00000002").plans
    assert plan.trial_ids == (first.pk, second.pk)


def test_hidden_trial_is_not_told_of(sam: User) -> None:
    trial = make.make_trial(nct_id="NCT00001234", hidden_at=timezone.now(), hidden_by=sam)
    make_number(trial, "ABC-12345")
    assert trial_of("NCT00001234") == ""
    assert trial_of("ABC-12345") == ""


def test_unknown_nct_number_is_said_to_be_unknown() -> None:
    make.make_trial()
    understood = understand("NCT00001234")
    assert "NCT00001234" in understood.problem
    assert understood.plans[0].match == "'nct00001234'"


def test_word_that_looks_like_a_number_is_a_word() -> None:
    trials = make_trials("COVID-19", "COVID-19", "COVID-19")
    make_number(trials[0], "COVID-19")
    assert trial_of("covid-19") == ""
    assert understand("COVID-19").plans[0].trial_ids == ()


@pytest.mark.parametrize("q", ["lupus", "type 2 diabetes", "NCT", "nct 0", "", "\x00", "9" * 500])
def test_words_are_no_numbers(q: str) -> None:
    make_number(make.make_trial(), "type-2-diabetes")
    assert trial_of(q) == ""
