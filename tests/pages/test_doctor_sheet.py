"""The doctor's sheet: two sides at most, whatever the record holds."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from trials.models import Criterion, Trial

pytestmark = pytest.mark.django_db

QUERIES = 18


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
    assert "more criteria" not in html


def test_doctor_sheet_says_how_many_criteria_are_left_out(pat: Client) -> None:
    trial = make_endless_trial()

    html = sheet_of(pat, trial)

    kept = html.count("inclusion ") - html.count("inclusion 60")
    assert f"{60 - kept} more criteria are on the trial’s page." in html
    assert f"/trials/{trial.nct_id}/#eligibility" in html


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
def test_doctor_sheet_prints_on_two_sides(pat: Client, tmp_path: Path, paper: str) -> None:
    html = sheet_of(pat, make_endless_trial())

    assert len(PdfReader(print_to_pdf(html, paper, tmp_path)).pages) == 2


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
