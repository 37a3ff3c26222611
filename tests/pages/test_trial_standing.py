"""What a leaflet says to a patient of a trial that isn't simply open, and of an odd record."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.pages.test_trial_page import page_of, words_of
from trials.models import Trial

pytestmark = pytest.mark.django_db

OVER = ["COMPLETED", "TERMINATED", "WITHDRAWN", "NO_LONGER_AVAILABLE", "APPROVED_FOR_MARKETING"]
ASK = [
    "ACTIVE_NOT_RECRUITING",
    "ENROLLING_BY_INVITATION",
    "SUSPENDED",
    "TEMPORARILY_NOT_AVAILABLE",
]
NO_LIMITS: dict[str, Any] = {
    "minimum_age": "",
    "maximum_age": "",
    "minimum_age_months": None,
    "maximum_age_months": None,
    "standard_ages": [],
    "sex": "",
    "healthy_volunteers": None,
}


def words_on(client: Client, trial: Trial) -> str:
    return words_of(page_of(client, trial))


# --- Who can join -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sleeps badly.", "Not a fit The record’s limits are in section 5."),
        ("", "Not a fit The record gives no such limits."),
    ],
)
def test_record_without_limits_in_fields_points_to_its_criteria(
    pat: Client, text: str, words: str
) -> None:
    trial = make.make_trial(eligibility=NO_LIMITS | {"criteria_text": text})

    assert words in words_on(pat, trial)


@pytest.mark.parametrize("is_reviewed", [True, False])
def test_fit_lines_are_said_to_be_a_part_of_the_rules(pat: Client, is_reviewed: bool) -> None:
    trial = make.make_trial()
    if is_reviewed:
        make.make_published_text(trial)

    words = words_on(pat, trial)
    assert "a part of the rules. Section 5 has all of them." in words.split("Why it matters")[1]
    assert "a part of the rules. Section 5 has all of them." in words.split("Good fit")[0]


def test_conditions_are_what_a_trial_is_about_and_never_to_tick(pat: Client) -> None:
    trial = make.make_trial()
    make.make_condition(trial, "Insomnia")
    make.make_condition(trial, "Snoring")

    words = words_on(pat, trial)

    assert "This trial is about: Insomnia; Snoring." in words
    assert "our condition is" not in words
    assert "I can travel" not in words


@pytest.mark.parametrize("status", OVER)
@pytest.mark.parametrize("is_reviewed", [True, False])
def test_nobody_is_invited_to_a_trial_that_is_over(
    pat: Client, status: str, is_reviewed: bool
) -> None:
    trial = make.make_trial(overall_status=status)
    if is_reviewed:
        make.make_published_text(trial)

    html = page_of(pat, trial)
    words = words_of(html)

    assert "Nobody can join this trial now. It was meant for people like you if:" in words
    assert "may suit you if" not in words
    assert 'class="fit' not in html
    assert 'type="checkbox"' not in html
    assert "Look for another trial" in words
    assert "pre-screening" not in words.split("How to participate")[-1]


@pytest.mark.parametrize("status", ASK)
def test_closed_trial_says_so_first_and_keeps_its_lists(pat: Client, status: str) -> None:
    trial = make.make_trial(overall_status=status)
    make.make_central_contact(trial)

    html = page_of(pat, trial)
    words = words_of(html)

    assert "may suit you if" not in words
    assert "You can contact the study team to ask about the trial." in words
    assert "I am aged 18 to 65 years" in words
    assert "pre-screening" not in words.split("How to participate")[-1]


def test_study_for_babies_speaks_to_a_parent(pat: Client) -> None:
    trial = make.make_trial(
        eligibility={
            "minimum_age": "0 Minutes",
            "maximum_age": "10 Minutes",
            "minimum_age_months": 0,
            "maximum_age_months": 0.0002,
        }
    )

    words = words_on(pat, trial)

    assert "My child is aged 0 to 10 minutes" in words
    assert "your child is older than 10 minutes" in words
    assert "younger than 0" not in words
    assert "I am aged" not in words
    assert "pregnant" not in words
    assert "Can I stay with my child?" in words


def test_limit_in_months_without_an_upper_one_names_the_person(pat: Client) -> None:
    trial = make.make_trial(
        eligibility={"minimum_age": "6 Months", "minimum_age_months": 6}
        | {"maximum_age": "", "maximum_age_months": None}
    )

    assert "The person who would join is aged 6 months and over" in words_on(pat, trial)


@pytest.mark.parametrize(
    ("limits", "is_said"),
    [({}, False), (NO_LIMITS | {"standard_ages": ["ADULT"], "sex": "ALL"}, True)],
)
def test_age_groups_are_named_where_no_age_is(
    pat: Client, limits: dict[str, Any], is_said: bool
) -> None:
    trial = make.make_trial(eligibility=limits)

    assert ("Age groups: adults" in words_on(pat, trial)) == is_said


@pytest.mark.parametrize(
    ("limits", "words"),
    [(NO_LIMITS, "Ages Not stated in the record"), (NO_LIMITS | {"sex": "ALL"}, "Ages Any age")],
)
def test_silence_about_everybody_is_not_any_age(
    pat: Client, limits: dict[str, Any], words: str
) -> None:
    assert words in words_on(pat, make.make_trial(eligibility=limits))


def test_criteria_on_neither_side_are_said_to_be(pat: Client) -> None:
    trial = make.make_trial()
    make.make_criterion(trial, "Sleeps badly")
    make.make_criterion(trial, "Bring a pillow", section="other")

    assert "does not say on which side these stand" in words_on(pat, trial)


# --- Odd records ------------------------------------------------------------------------------


def test_withheld_record_says_so_and_repeats_no_mark(pat: Client) -> None:
    trial = make.make_trial(
        overall_status="WITHHELD", brief_summary="[Withheld]", eligibility=NO_LIMITS
    )
    make.make_condition(trial, "[Withheld]")
    make.make_intervention(trial, "[Withheld]")

    words = words_on(pat, trial)

    assert "The sponsor has not released the details yet." in words
    assert "[Withheld]" not in words
    assert "Held back by the registry" in words


def test_expanded_access_is_asked_for_by_a_doctor(pat: Client) -> None:
    trial = make.make_trial(study_type="EXPANDED_ACCESS", overall_status="AVAILABLE", phases=[])
    make.make_central_contact(trial)

    words = words_on(pat, trial)

    assert "See who can get it" in words
    assert "Your doctor asks the sponsor" in words
    assert "This is not a trial." in words
    assert "question that is still open" not in words
    assert "pre-screening" not in words
    assert "What the team measures" not in words


def test_record_in_another_language_says_so_and_builds_no_sentence(pat: Client) -> None:
    trial = make.make_trial(
        brief_title="慢性失眠的海风治疗", brief_summary="本研究观察海风对睡眠的影响。"
    )
    make.make_condition(trial, "慢性失眠")

    words = words_on(pat, trial)

    assert "The study team wrote this record in Chinese." in words
    assert "is about" not in words.split("Quick facts")[0].replace("what this trial is about", "")


def test_names_that_end_with_a_stop_get_no_second_one(pat: Client) -> None:
    trial = make.make_trial(sponsor="Ida Strand, M.D.")
    make.make_intervention(trial, "Sea air etc.")

    words = words_on(pat, trial)

    assert ".." not in words


def test_facts_that_the_record_lacks_are_one_sentence(pat: Client) -> None:
    words = words_on(pat, make.make_trial())

    assert "The record does not state: what it is for; how people are put into groups;" in words


@pytest.mark.parametrize("sponsor", ["Ida Strand, M.D.", ""])
def test_record_without_contacts_says_what_to_do(pat: Client, sponsor: str) -> None:
    trial = make.make_trial(sponsor=sponsor)

    words = words_on(pat, trial)

    assert "The record lists no one to call about this trial." in words
    assert "Ask through the sponsor" in words
    assert "Contact the study coordinator" not in words


# --- Stale records ----------------------------------------------------------------------------

LONG_AGO = date(2020, 7, 1)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"overall_status": "NOT_YET_RECRUITING", "start_date": LONG_AGO}
            | {"last_update_posted_date": date(2020, 1, 1)},
            "gives 1 July 2020 as its start, and has not been changed since. Ask before you plan.",
        ),
        (
            {"overall_status": "NOT_YET_RECRUITING", "start_date": LONG_AGO},
            "gives 1 July 2020 as its start, and that has passed.",
        ),
        ({"completion_date": LONG_AGO}, "gives 1 July 2020 as its end, and that has passed."),
        ({"primary_completion_date": LONG_AGO}, "main results, and that has passed."),
        ({"status_verified_date": LONG_AGO}, "has not verified this for more than 2 years."),
        ({"completion_date": date(2099, 1, 1)}, ""),
        ({"overall_status": "COMPLETED", "completion_date": LONG_AGO}, ""),
    ],
)
def test_open_record_with_old_dates_warns(pat: Client, values: dict[str, Any], words: str) -> None:
    shown = words_on(pat, make.make_trial(**values))

    assert words in shown
    assert ("and that has passed" in shown or bool(words)) == bool(words)


# --- Sites ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["SUSPENDED", "UNKNOWN", "COMPLETED"])
def test_open_sites_of_a_closed_trial_are_said_to_be_listed(pat: Client, status: str) -> None:
    trial = make.make_trial(overall_status=status)
    make.make_site(trial)
    make.make_site(trial, name="Pier")

    words = words_on(pat, trial)

    assert "2 of them are listed as open, although the whole study’s status is" in words
    assert "no site is listed as open" not in words


def test_long_list_of_sites_leads_to_each_country(pat: Client) -> None:
    trial = make.make_trial()
    make.make_sites(trial, 20)
    make.make_site(trial, country="Kenya", recruitment_status="COMPLETED")

    html = page_of(pat, trial)

    assert '<a href="#country-1">France</a> (20 sites, 20 open now)' in html
    assert '<a href="#more-1">Kenya</a> (1 site)' in html
    assert 'id="country-1"' in html
    assert 'id="more-1"' in html
    assert "1 site is not on the map." in html


def test_closed_trial_leads_to_the_treatment_outside_it(pat: Client) -> None:
    trial = make.make_trial(
        overall_status="ACTIVE_NOT_RECRUITING",
        expanded_access_nct_id="NCT99900028",
        expanded_access_status="AVAILABLE",
    )

    html = page_of(pat, trial)

    assert 'href="/trials/NCT99900028/">A way to get this treatment outside a trial' in html
