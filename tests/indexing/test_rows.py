"""The search row: which words weigh what, and which facets a trial has."""

from datetime import date
from typing import Any

import pytest

from tests.factories import (
    NOW,
    make_condition,
    make_intervention,
    make_outcome,
    make_published_text,
    make_site,
    make_sponsor,
    make_trial,
    make_user,
)
from tests.indexing.trials import facets, make_mesh, matches, text_weights, weights
from trials.indexing import refresh
from trials.models import EditorialText, SearchRow, Synonym
from trials.terms.words import phrase_key

pytestmark = pytest.mark.django_db


def test_words_weigh_by_where_they_stand() -> None:
    trial = make_trial(
        brief_title="Milk at Bedtime",
        official_title="A Randomized Trial",
        acronym="MILKY",
        keywords=["slumber"],
        sponsor="Dairy Council",
    )
    make_sponsor(trial, "Cowshed Limited", role="COLLABORATOR")
    make_condition(trial, "Restless Sleep")
    make_intervention(trial, "Oat drink", other_names=["Avena"])
    make_mesh(trial, "Sleep Initiation", is_ancestor=True)

    refresh([trial.pk])

    found = weights(trial)
    expected = {
        "A": ("milk", "bedtim", "milki", "restless", "sleep", "=restless_sleep", "=milki"),
        "B": ("oat", "drink", "avena", "slumber"),
        "C": ("random", "trial", "dairi", "council", "cowsh", "limit"),
        "D": ("initi",),
    }
    assert found == {stem: weight for weight, stems in expected.items() for stem in stems}


def test_published_text_weighs_as_much_as_the_title_and_a_draft_nothing() -> None:
    published, draft = make_trial(), make_trial()
    make_published_text(published, plain_title="Walks by the harbour", plain_summary="Gulls cry.")
    make_published_text(draft, plain_title="Walks", state=EditorialText.State.DRAFT, is_live=False)

    refresh([published.pk, draft.pk])

    assert {weights(published)[stem] for stem in ("walk", "harbor", "gull", "cry")} == {"A"}
    assert "walk" not in weights(draft)
    assert facets(published)["reviewed"] == {"yes"}
    assert "reviewed" not in facets(draft)


def test_longer_text_has_the_words_of_the_row_and_of_the_descriptions() -> None:
    trial = make_trial(
        brief_title="Milk",
        brief_summary="Does it calm?",
        detailed_description="cup " * 500 + "beyond",
    )
    make_outcome(trial, measure="Yawns an hour")

    refresh([trial.pk])

    assert {"milk", "calm", "cup", "yawn", "hour"} <= text_weights(trial).keys()
    assert "beyond" not in text_weights(trial)
    assert not {"calm", "cup", "yawn"} & weights(trial).keys()


def test_phrase_does_not_reach_from_one_text_into_the_next() -> None:
    trial = make_trial(brief_title="Ends with lung")
    make_condition(trial, "Skin cancer")
    make_intervention(trial, "cancer pills")

    refresh([trial.pk])

    assert matches(trial, "'skin' <-> 'cancer'")
    assert not matches(trial, "'lung' <-> 'cancer'")


def test_heading_that_the_record_speaks_for_weighs_more_than_an_absurd_one() -> None:
    trial = make_trial(brief_title="Breast Cancer in PE Teachers")
    make_mesh(trial, "Breast Neoplasms")
    make_mesh(trial, "Pulmonary Embolism")

    refresh([trial.pk])

    found = weights(trial)
    assert found["neoplasm"] == "C"
    assert (found["pulmonari"], found["embol"]) == ("D", "D")


def test_heading_that_other_trials_speak_for_weighs_as_much() -> None:
    trial = make_trial(brief_title="Hearts")
    make_condition(trial, "Heart attack")
    make_mesh(trial, "Myocardial Infarction")
    words, also = "Heart attack", "Myocardial Infarction"
    pair = Synonym.objects.filter(words_key=phrase_key(words), also_key=phrase_key(also))
    pair.delete()
    refresh([trial.pk])
    alone = weights(trial)["infarct"]

    pair.create(words=words, also=also, words_key=phrase_key(words), also_key=phrase_key(also))
    refresh([trial.pk])
    supported = weights(trial)["infarct"]
    pair.update(struck_at=NOW, struck_by=make_user())
    refresh([trial.pk])

    assert (alone, supported, weights(trial)["infarct"]) == ("D", "C", "D")


@pytest.mark.parametrize(
    "text",
    ["O'Neill's \\ “quoted” 'syntax':1A & | ! <-> *", "x" * 5000, "é" * 3000, "a:b " * 20_000, "'"],
)
def test_any_text_makes_a_vector(text: str) -> None:
    trial = make_trial(brief_title=text, official_title=text, brief_summary=text, acronym=text)
    make_condition(trial, text)

    refresh([trial.pk])

    assert SearchRow.objects.filter(pk=trial.pk).exists()


def test_word_that_occurs_a_thousand_times_is_found_once() -> None:
    trial = make_trial(brief_title="milk " * 1000, official_title="A" * 50)

    refresh([trial.pk])

    assert matches(trial, "'milk':A")


def test_silent_record_is_open_to_everybody() -> None:
    trial = make_trial(
        overall_status="", study_type="", phases=[], eligibility=None, sponsor="", brief_title=""
    )

    refresh([trial.pk])

    row = SearchRow.objects.get(pk=trial.pk)
    assert facets(trial) == {
        "sex": {"FEMALE", "MALE"},
        "age_group": {"CHILD", "ADULT", "OLDER_ADULT"},
    }
    assert (row.minimum_age_months, row.maximum_age_months) == (0, float("inf"))
    assert (row.is_open, row.posted_on) == (False, None)
    assert row.country_set.codes == []


@pytest.mark.parametrize(
    ("limits", "groups"),
    [
        ((None, 215), {"CHILD"}),
        ((216, None), {"ADULT", "OLDER_ADULT"}),
        ((0, 216), {"CHILD", "ADULT"}),
        ((780, 900), {"OLDER_ADULT"}),
        ((600, 780), {"ADULT", "OLDER_ADULT"}),
    ],
)
def test_age_groups_come_from_the_limits_where_the_record_names_none(
    limits: tuple[float | None, float | None], groups: set[str]
) -> None:
    least, most = limits
    eligibility = {
        "standard_ages": [],
        "minimum_age_months": least,
        "maximum_age_months": most,
    }
    trial = make_trial(eligibility=eligibility)

    refresh([trial.pk])

    assert facets(trial)["age_group"] == groups


@pytest.mark.parametrize(
    ("said", "sexes"),
    [("ALL", {"FEMALE", "MALE"}), ("", {"FEMALE", "MALE"}), ("FEMALE", {"FEMALE"})],
)
def test_trial_for_all_sexes_has_both(said: str, sexes: set[str]) -> None:
    trial = make_trial(eligibility={"sex": said})

    refresh([trial.pk])

    assert facets(trial)["sex"] == sexes


@pytest.mark.parametrize(("said", "values"), [(True, {"yes"}), (False, None), (None, None)])
def test_healthy_volunteers_only_where_the_record_says_yes(
    said: bool | None, values: set[str] | None
) -> None:
    trial = make_trial(eligibility={"healthy_volunteers": said})

    refresh([trial.pk])

    assert facets(trial).get("healthy_volunteers") == values


def test_signature_holds_every_facet() -> None:
    trial = make_trial(
        overall_status="COMPLETED", phases=["PHASE1", "PHASE2"], has_results=True, sponsor=""
    )
    make_sponsor(trial, "Harbour Industries", "INDUSTRY")
    make_sponsor(trial, "The State", "FED", role="COLLABORATOR")
    make_intervention(trial, type="DRUG")
    make_intervention(trial, type="DEVICE")

    refresh([trial.pk])

    assert facets(trial) == {
        "status": {"COMPLETED"},
        "phase": {"PHASE1", "PHASE2"},
        "study_type": {"INTERVENTIONAL"},
        "intervention_type": {"DRUG", "DEVICE"},
        "age_group": {"ADULT", "OLDER_ADULT"},
        "sex": {"FEMALE", "MALE"},
        "sponsor_class": {"INDUSTRY"},
        "has_results": {"yes"},
    }


@pytest.mark.parametrize(
    ("status", "is_open"),
    [("RECRUITING", True), ("NOT_YET_RECRUITING", True), ("ENROLLING_BY_INVITATION", False)],
)
def test_row_says_whether_the_trial_is_open_now_or_soon(status: str, is_open: bool) -> None:
    values: dict[str, Any] = {"first_posted_date": date(2026, 1, 2)}
    trial = make_trial(overall_status=status, **values)

    refresh([trial.pk])

    row = SearchRow.objects.get(pk=trial.pk)
    assert row.is_open is is_open
    assert (row.posted_on, row.changed_on) == (date(2026, 1, 2), date(2026, 5, 20))


def test_countries_are_those_of_sites_that_count() -> None:
    trial = make_trial()
    make_site(trial, country="Kenya")
    make_site(trial, country="Atlantis")
    make_site(trial, country="France", recruitment_status="COMPLETED")

    refresh([trial.pk])

    assert SearchRow.objects.get(pk=trial.pk).country_set.codes == ["Atlantis", "KE"]
