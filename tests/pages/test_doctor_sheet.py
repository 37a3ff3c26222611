"""The doctor's sheet: two sides at most, whatever the record holds."""

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from trials.models import Criterion, Trial

pytestmark = pytest.mark.django_db

QUERIES = 22


def sheet_of(client: Client, trial: Trial) -> str:
    response = client.get(f"/trials/{trial.nct_id}/doctor/")
    assert response.status_code == 200
    return response.content.decode()


def make_endless_trial() -> Trial:
    """Write a trial whose every text is far too long for two sides."""
    long = "A very long name of something " * 20
    trial = make.make_trial(brief_title=long, sponsor=long, why_stopped=long * 5)
    make.make_published_text(trial, plain_title=long)
    for number in range(50):
        make.make_condition(trial, f"{number} {long}")
        make.make_intervention(trial, f"{number} {long}")
        make.make_site(trial, name=f"{number} {long}", city=long[:200])
        make.make_central_contact(trial, name=f"{number} {long}")
    for section in (Criterion.Section.INCLUSION, Criterion.Section.EXCLUSION):
        for number in range(60):
            make.make_criterion(trial, f"{section} {number}: {long}"[:300], section=section)
    return trial


def test_doctor_sheet_works(pat: Client) -> None:
    trial = make.make_trial()
    make.make_criterion(trial, "Sleeps badly", marker="1.")
    make.make_criterion(trial, "Lives on a boat", section=Criterion.Section.EXCLUSION)
    make.make_central_contact(trial, phone="+47 22 85 50 50")

    html = sheet_of(pat, trial)

    assert '<span class="box"></span>1.&nbsp;</span>Sleeps badly' in html
    assert '<span class="box"></span></span>Lives on a boat' in html
    assert f"{settings.PUBLIC_BASE_URL}/trials/{trial.nct_id}/" in html
    assert "+47 22 85 50 50" in html
    assert "NOT COMPLETE" not in html


def test_doctor_sheet_says_at_its_top_and_at_each_end_what_is_left_out(pat: Client) -> None:
    trial = make_endless_trial()

    html = sheet_of(pat, trial)

    stops = re.findall(r"This list stops here: (\d+) of 60 (\w+) criteria are not on", html)
    left = [int(number) for number, _ in stops]
    address = f"{settings.PUBLIC_BASE_URL}/trials/{trial.nct_id}/#eligibility"
    notice = f"NOT COMPLETE: {sum(left)} of 120 criteria are not on this sheet.</b> Read all of"
    assert [noun for _, noun in stops] == ["inclusion", "exclusion"]
    assert abs(left[0] - left[1]) <= 1
    assert html.index(notice) < html.index(address) < html.index("<h1>")


def test_doctor_sheet_sets_long_criteria_in_smaller_type(pat: Client) -> None:
    short, long = make.make_trial(), make.make_trial()
    make.make_criterion(short, "Sleeps badly")
    for number in range(70):
        make.make_criterion(long, f"{number} " + "Sleeps badly and often " * 7)

    assert 'class="doc type-1"' in sheet_of(pat, short)
    assert "one side of paper" in sheet_of(pat, short)
    html = sheet_of(pat, long)
    assert re.search('class="doc type-[234]"', html)
    assert "two sides of paper" in html
    assert "NOT COMPLETE" not in html


def test_doctor_sheet_has_a_box_for_every_criterion_and_none_for_a_heading(pat: Client) -> None:
    trial = make.make_trial()
    heading = make.make_criterion(trial, "Group A", role=Criterion.Role.HEADING)
    outer = make.make_criterion(trial, "Any of these", parent=heading)
    make.make_criterion(trial, "Sleeps badly", parent=outer, marker="a.")

    html = sheet_of(pat, trial)

    assert html.count('<span class="box">') == 2
    assert '<span class="box"></span>a.&nbsp;</span>Sleeps badly' in html


def test_doctor_sheet_says_what_a_tick_means(pat: Client) -> None:
    trial = make.make_trial()
    make.make_criterion(trial, "Sleeps badly")
    make.make_criterion(trial, "Lives on a boat", section=Criterion.Section.EXCLUSION)

    html = sheet_of(pat, trial)

    assert html.index("Tick what is true.") < html.index("Sleeps badly")
    tick = html.index("Tick what applies: each one is a reason not to join.")
    assert html.index("Sleeps badly") < tick < html.index("Lives on a boat")


@pytest.mark.parametrize(
    ("start", "precision", "is_late"),
    [
        (date(2020, 5, 1), "day", True),
        (date(2020, 5, 1), "month", True),
        (date(2020, 1, 1), "year", True),
        (date(2999, 5, 1), "day", False),
    ],
)
def test_doctor_sheet_says_that_a_start_has_passed(
    pat: Client, start: date, precision: str, is_late: bool
) -> None:
    trial = make.make_trial(
        overall_status="NOT_YET_RECRUITING", start_date=start, start_date_precision=precision
    )

    assert ("Ask before you plan." in sheet_of(pat, trial)) == is_late


def test_doctor_sheet_says_which_of_the_sites_it_shows(pat: Client) -> None:
    trial = make.make_trial()
    make.make_site(trial, country="Albania", recruitment_status="COMPLETED")
    for number in range(4):
        make.make_site(trial, name=f"Clinic {number}", country="Norway")

    html = sheet_of(pat, trial)

    assert "Clinic 2" in html
    assert "Albania" not in html
    assert "3 of 4 open sites, in the order of country and city; 5 sites in all." in html
    assert f"{settings.PUBLIC_BASE_URL}/trials/{trial.nct_id}/#where" in html


def test_doctor_sheet_says_that_no_site_is_open(pat: Client) -> None:
    trial = make.make_trial()
    for number in range(4):
        make.make_site(trial, name=f"Clinic {number}", recruitment_status="COMPLETED")

    assert "3 of 4 sites, in the order of country and city. None is listed as open now." in (
        sheet_of(pat, trial)
    )


def test_doctor_sheet_prints_the_address_of_the_record(pat: Client) -> None:
    trial = make.make_trial()

    assert f">https://clinicaltrials.gov/study/{trial.nct_id}</a>" in sheet_of(pat, trial)


def test_doctor_sheet_of_criteria_without_a_tree(pat: Client) -> None:
    trial = make.make_trial(eligibility={"criteria_text": "Adults.\n\n* who sleep badly"})

    html = sheet_of(pat, trial)

    assert "Adults." in html
    assert "who sleep badly" in html


def test_doctor_sheet_of_a_silent_record(pat: Client) -> None:
    trial = Trial.everything.create(nct_id="NCT30000002", imported_at=make.NOW)

    html = sheet_of(pat, trial)

    assert "Not stated in the record. Ask the study team who can join." in html
    assert "The record does not list a contact. Ask through the sponsor." in html
    assert "No sites listed yet." in html


def test_doctor_sheet_shows_site_contacts_where_there_are_no_central_ones(pat: Client) -> None:
    trial = make.make_trial()
    make.make_site_contact(make.make_site(trial, country="France"), phone="04 72 11 73 11")

    html = sheet_of(pat, trial)

    assert "Joy Achieng" in html
    assert "tel:+33472117311" in html


@pytest.mark.parametrize("sites", [1, 1000])
def test_query_count_does_not_grow_with_sites(
    pat: Client, django_assert_num_queries: DjangoAssertNumQueries, sites: int
) -> None:
    trial = make.make_trial()
    make.make_criterion(trial, "Sleeps badly")
    make.make_condition(trial)
    make.make_arm(trial)
    make.make_sites(trial, sites)

    with django_assert_num_queries(QUERIES):
        sheet_of(pat, trial)


@pytest.mark.browser
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_doctor_sheet_prints_on_two_sides_that_name_the_trial(
    pat: Client, tmp_path: Path, paper: str
) -> None:
    trial = make_endless_trial()

    pages = PdfReader(print_to_pdf(sheet_of(pat, trial), paper, tmp_path)).pages

    assert len(pages) == 2
    assert all(trial.nct_id in page.extract_text() for page in pages)
    assert "This sheet is for education" in pages[1].extract_text()


def print_to_pdf(html: str, paper: str, folder: Path) -> Path:
    """Print a page as Chromium does, with the portal's own style sheet and fonts."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("no Chromium was found; install chromium or set CHROMIUM to its path")
    static = settings.BASE_DIR / "static"
    css = (static / "site.css").read_text().replace("url(fonts/", f"url({static.as_uri()}/fonts/")
    page, pdf = folder / "sheet.html", folder / "sheet.pdf"
    page.write_text(html.replace("</head>", f"<style>{css} @page{{size:{paper}}}</style></head>"))
    flags = ["--headless", "--disable-gpu", "--no-pdf-header-footer"]
    flags += ["--no-sandbox"] if os.geteuid() == 0 else []
    subprocess.run(
        [chromium, *flags, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}", page],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return pdf
