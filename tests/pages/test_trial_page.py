"""A trial's leaflet: what it shows, in which voice, and how it answers without a trial."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from trials.models import EditorialText, IdRedirect, Link, Reference, SecondaryId, Trial
from trials.terms.registry import OverallStatus

pytestmark = pytest.mark.django_db

ANCHORS = ["facts", "studies", "who", "why", "eligibility", "where", "contacts", "how"]
HOSTILE = "<script>alert(1)</script>"
NEVER = (
    "breakthrough",
    "promising",
    "cutting-edge",
    "guarantee",
    "you qualify",
    "you are eligible",
)
QUERIES = 24


def page_of(client: Client, trial: Trial) -> str:
    response = client.get(f"/trials/{trial.nct_id}/")
    assert response.status_code == 200
    return response.content.decode()


def words_of(html: str) -> str:
    """Return a page's words without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def make_full_trial(**values: Any) -> Trial:
    """Write a trial with a row of every kind."""
    trial = make.make_trial(acronym="SEABREEZE", **values)
    make.make_sponsor(trial, "Quiet Nights Trust", "NETWORK", role="COLLABORATOR")
    make.make_condition(trial, "Insomnia")
    air = make.make_intervention(
        trial, "Sea air", type="DRUG", other_names=["Salt breeze"], description="Given *outdoors*."
    )
    make.make_arm(trial, air, label="Walkers", description="Walk a mile.")
    make.make_outcome(trial)
    make.make_outcome(trial, kind="SECONDARY", measure="Mood at noon", time_frame="4 weeks")
    make.make_criterion(trial, "Sleeps badly")
    site = make.make_site(trial, near=(-0.1, 34.7), zip="40100")
    make.make_site_contact(site, phone="+254 20 2724000", email="joy@example.org")
    site.investigators.create(name="Dr Otieno", role="PRINCIPAL_INVESTIGATOR", position=0)
    make.make_central_contact(trial, phone="+47 22 85 50 50", email="desk@example.org")
    make.make_official(trial)
    Reference.objects.create(trial=trial, position=0, pmid="123", type="RESULT", citation="Air 1.")
    Link.objects.create(trial=trial, position=0, label="Our page", url="https://example.org/air")
    SecondaryId.objects.create(trial=trial, position=0, value="HI-7", type="ORG_STUDY_ID")
    return trial


def test_trial_page_works(pat: Client) -> None:
    trial = make_full_trial()
    make.make_published_text(trial)

    html = page_of(pat, trial)

    assert "Sea air for people who sleep badly" in html
    assert trial.brief_title in html
    assert "Last reviewed" in html
    assert "15 June 2026" in html


@pytest.mark.parametrize("is_reviewed", [True, False])
def test_sections_keep_their_order_and_anchors(pat: Client, is_reviewed: bool) -> None:
    trial = make.make_trial(eligibility=None, sponsor="")
    if is_reviewed:
        make.make_published_text(trial)

    html = page_of(pat, trial)

    assert re.findall(r'<section class="sec num stack" id="(\w+)"', html) == ANCHORS
    assert re.findall(r'<li><a href="#(\w+)">', html)[: len(ANCHORS)] == ANCHORS


@pytest.mark.parametrize("is_reviewed", [True, False])
def test_every_fact_of_the_record_is_on_the_page(pat: Client, is_reviewed: bool) -> None:
    trial = make_full_trial(
        why_stopped="The tide \\> the pier.",
        detailed_description="More about the air.",
        start_date=date(2026, 1, 5),
        start_date_type="ACTUAL",
        completion_date=date(2027, 3, 1),
        completion_date_precision="month",
        completion_date_type="ESTIMATED",
        allocation="RANDOMIZED",
        intervention_model="PARALLEL",
        masking="SINGLE",
        who_masked=["OUTCOMES_ASSESSOR"],
        primary_purpose="PREVENTION",
        eligibility={"gender_based": True, "gender_description": "Anyone who snores."},
    )
    IdRedirect.objects.create(nct_id="NCT00000042", trial=trial)
    if is_reviewed:
        make.make_published_text(trial)

    html = page_of(pat, trial)

    facts = (
        "SEABREEZE", trial.official_title, "HI-7", "NCT00000042", "Quiet Nights Trust",
        "Harbour Institute", "The tide &gt; the pier.", "More about the air.", "5 January 2026",
        "March 2027", "Your group is chosen by chance", "Two or more groups, at the same time",
        "The people who check the results are not told which treatment you get",
        "To prevent a condition", "120 people (estimated)", "18 to 65 years", "Anyone who snores.",
        "Salt breeze", "Given outdoors.", "Walk a mile.", "Hours of sleep", "12 weeks",
        "Mood at noon", "Sleeps badly", "Lighthouse Clinic", "40100", "Joy Achieng", "Dr Otieno",
        "joy@example.org", "Study desk", "tel:+4722855050", "Prof. Ida Strand", "Air 1.",
        "https://pubmed.ncbi.nlm.nih.gov/123/", "https://example.org/air", "Insomnia",
        "This study looks at sea air and sleep.", "20 May 2026",
        f"https://clinicaltrials.gov/study/{trial.nct_id}",
    )  # fmt: skip
    assert [fact for fact in facts if fact not in html] == []


# --- Two voices -------------------------------------------------------------------------------


def test_unreviewed_page_says_so_and_speaks_for_the_record(pat: Client) -> None:
    trial = make.make_trial()
    make.make_condition(trial, "Insomnia")

    words = words_of(page_of(pat, trial))

    assert "No editor has reviewed this page yet" in words
    assert "In the study team’s own words This study looks at sea air and sleep." in words
    assert "This trial is about: Insomnia." in words
    assert "The plan for this trial is 120 people." in words
    assert "you are younger than 18 years" in words
    assert "I am aged 18 to 65 years" in words
    assert "Last reviewed" not in words


def test_unpublished_text_is_treated_as_none(pat: Client) -> None:
    trial = make.make_trial()
    make.make_published_text(
        trial,
        state=EditorialText.State.DRAFT,
        is_live=False,
        published_at=None,
        published_by=None,
        plain_title="Not ready",
    )

    html = page_of(pat, trial)

    assert "Not ready" not in html
    assert "No editor has reviewed this page yet" in html


def test_reviewed_page_shows_the_editors_words(pat: Client) -> None:
    trial = make.make_trial()
    make.make_published_text(trial)

    html = page_of(pat, trial)
    words = words_of(html)

    assert "This trial may suit you if: you are 18 to 65 years old" in words
    assert "This trial is not likely to suit you if: you live on a boat" in words
    assert "You live on a boat" in words
    assert "This part is about other studies, not about this trial." in words
    assert '<svg class="folk' in html
    assert "No editor has reviewed this page yet" not in words


def test_part_that_an_editor_left_empty_speaks_for_the_record(pat: Client) -> None:
    trial = make.make_trial()
    make.make_published_text(
        trial, what_it_studies="", good_fit=[], not_a_fit=[], potential_benefit=""
    )

    words = words_of(page_of(pat, trial))

    assert "In the study team’s own words" in words
    assert "you are aged 18 to 65 years" in words
    assert "Our editors have not written this part yet." in words


@pytest.mark.parametrize("is_reviewed", [True, False])
def test_page_promises_nothing(pat: Client, is_reviewed: bool) -> None:
    trial = make_full_trial()
    if is_reviewed:
        make.make_published_text(trial)

    words = words_of(page_of(pat, trial)).casefold()

    assert [never for never in NEVER if never in words] == []


def test_silent_record_is_said_to_be_silent(pat: Client) -> None:
    trial = Trial.everything.create(nct_id="NCT30000001", imported_at=make.NOW)

    words = words_of(page_of(pat, trial))

    assert "Status not stated" in words
    assert "Ages Not stated in the record" in words
    assert "Enrollment Not stated in the record" in words
    assert "No sites are listed yet." in words
    assert "no one to call about this study. Your doctor can help you ask." in words
    assert "Not stated in the record. Ask the study team who can join." in words
    assert "Conditions Not stated in the record." in words


@pytest.mark.parametrize(
    ("study_type", "noun"),
    [("INTERVENTIONAL", "trial"), ("OBSERVATIONAL", "study"), ("EXPANDED_ACCESS", "program")],
)
def test_page_calls_the_record_by_its_kind(pat: Client, study_type: str, noun: str) -> None:
    trial = make.make_trial(study_type=study_type)

    assert f"Who should consider this {noun}" in page_of(pat, trial)


def test_observational_study_says_who_is_studied_and_how_they_are_picked(pat: Client) -> None:
    trial = make.make_trial(
        study_type="OBSERVATIONAL",
        phases=[],
        observational_model="COHORT",
        time_perspective="PROSPECTIVE",
        target_duration="5 Years",
        eligibility={
            "study_population": "People of one *village*.",
            "sampling_method": "PROBABILITY_SAMPLE",
        },
    )

    words = words_of(page_of(pat, trial))

    assert "People of one village." in words
    assert "People are picked by chance from a larger group" in words
    assert "Follows one or more groups of people" in words
    assert "5 years" in words
    assert "Phase not applicable" in words


# --- Status ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", OverallStatus)
def test_every_status_has_a_cover(pat: Client, status: str) -> None:
    trial = make.make_trial(overall_status=status)

    html = page_of(pat, trial)

    cover = html[html.index('<header class="sheet cover') : html.index("</header>\n\n<div")]
    assert "Recruitment status: " in cover
    assert 'class="btn"' in cover


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        (["COMPLETED", "WITHDRAWN"], "But no site is listed as open now."),
        (["RECRUITING", "COMPLETED"], "1 of 2 sites is open now."),
    ],
)
def test_cover_says_where_sites_differ_from_an_open_trial(
    pat: Client, statuses: list[str], words: str
) -> None:
    trial = make.make_trial()
    for status in statuses:
        make.make_site(trial, recruitment_status=status)

    assert words in page_of(pat, trial)


def test_cover_says_that_a_site_of_a_closed_trial_is_listed_as_open(pat: Client) -> None:
    trial = make.make_trial(overall_status="ACTIVE_NOT_RECRUITING")
    make.make_site(trial, recruitment_status="RECRUITING")

    assert "But 1 of 1 site is listed as open. Ask first." in page_of(pat, trial)


def test_unknown_status_names_the_last_known_one(pat: Client) -> None:
    trial = make.make_trial(overall_status="UNKNOWN", last_known_status="RECRUITING")

    assert "Its last known status: Open to new participants." in page_of(pat, trial)


# --- Registry text is somebody else's ---------------------------------------------------------


def test_hostile_text_is_shown_and_never_run(pat: Client) -> None:
    trial = make_full_trial(
        brief_title=HOSTILE, official_title=HOSTILE, brief_summary=HOSTILE,
        detailed_description=f"* {HOSTILE}", why_stopped=HOSTILE, sponsor=HOSTILE,
        eligibility={"gender_description": HOSTILE, "study_population": HOSTILE},
    )  # fmt: skip
    make.make_condition(trial, HOSTILE)
    make.make_arm(trial, label=HOSTILE, description=HOSTILE)
    make.make_intervention(trial, HOSTILE, other_names=[HOSTILE])
    make.make_outcome(trial, measure=HOSTILE, time_frame=HOSTILE)
    make.make_criterion(trial, HOSTILE, marker=HOSTILE)
    make.make_site(trial, name=HOSTILE, city=HOSTILE, country=HOSTILE, near=(1, 1))
    make.make_central_contact(trial, name=HOSTILE, phone=HOSTILE, email=HOSTILE)
    make.make_official(trial, name=HOSTILE, affiliation=HOSTILE)

    html = page_of(pat, trial)

    assert HOSTILE not in html
    assert html.count(escape(HOSTILE)) > 15


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_hostile_addresses_are_text(pat: Client, address: str) -> None:
    trial = make.make_trial(detailed_description=f"[click]({address})")
    Link.objects.create(trial=trial, position=0, label="Click", url=address)
    make.make_central_contact(trial, phone=address, email=address)

    html = page_of(pat, trial)

    assert address in html
    assert f'href="{address}' not in html


def test_text_in_another_language_is_marked(pat: Client) -> None:
    trial = make.make_trial()
    make.make_site(trial, name="北京协和医院")

    assert '<span lang="zh">北京协和医院</span>' in page_of(pat, trial)


# --- Size -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sites", [1, 1000])
def test_query_count_does_not_grow_with_sites(
    pat: Client, django_assert_num_queries: DjangoAssertNumQueries, sites: int
) -> None:
    trial = make_full_trial()
    make.make_sites(trial, sites)

    with django_assert_num_queries(QUERIES):
        page_of(pat, trial)


def test_sites_past_five_hundred_have_pages_of_their_own(pat: Client) -> None:
    trial = make.make_trial()
    make.make_sites(trial, 501)

    html = page_of(pat, trial)

    assert f'href="/trials/{trial.nct_id}/sites/">See all 501 sites</a>' in html
    assert "Ward 499" in html or html.count("Ward desk") == 503


def test_sites_page_lists_a_hundred_and_leads_on(pat: Client) -> None:
    trial = make.make_trial()
    make.make_sites(trial, 101)

    first = pat.get(f"/trials/{trial.nct_id}/sites/").content.decode()
    last = pat.get(f"/trials/{trial.nct_id}/sites/?page=2").content.decode()

    assert first.count("Ward desk") == 100
    assert 'href="?page=2" rel="next"' in first
    assert last.count("Ward desk") == 1


@pytest.mark.parametrize("page", ["0", "3", "x", "-1", "9" * 30])
def test_sites_page_that_is_not_there_is_404(pat: Client, page: str) -> None:
    trial = make.make_trial()
    make.make_sites(trial, 101)

    assert pat.get(f"/trials/{trial.nct_id}/sites/?page={page}").status_code == 404
