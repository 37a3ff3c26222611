"""The table of a trial's sites and contacts: whole, safe to open, each contact with its state."""

import csv
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.coordinators.correcting import make_correction, phone
from tests.coordinators.rows import make_answer, make_open_site
from tests.factories import make_site, make_site_contact, make_sites, make_trial
from tests.pages.rows import hide, leave
from trials.coordinators import corrections, teams
from trials.coordinators.facts import say
from trials.models import Site, SiteContact, Trial
from trials.pages import site_table
from trials.pages.presenters.site_rows import HEADER
from trials.terms.contacts import Answer
from trials.terms.site_facts import SiteFactKind

pytestmark = pytest.mark.django_db


def rows(pat: Client, trial: Trial) -> list[dict[str, str]]:
    response = pat.get(f"/trials/{trial.nct_id}/sites.csv")
    assert response.status_code == 200
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    header, *others = csv.reader(StringIO(text.removeprefix("\ufeff")))
    assert tuple(header) == HEADER
    return [dict(zip(HEADER, row, strict=True)) for row in others]


def test_site_table_works(pat: Client) -> None:
    site = make_open_site(state="Nyanza")
    told = make_answer(site)

    (row,) = rows(pat, site.trial)

    assert row | {"Contact state in words": ""} == dict.fromkeys(HEADER, "") | {
        "Trial number": site.trial.nct_id,
        "Site number": str(site.pk),
        "Facility": "Lighthouse Clinic",
        "City": "Kisumu",
        "State": "Nyanza",
        "Country": "Kenya",
        "Status code": "RECRUITING",
        "Contact": "Joy Achieng",
        "Role": "CONTACT",
        "Phone": "'+254 20 2724000",
        "Phone as E.164": "'+254202724000",
        "Email": "joy@clinic.example",
        "Contact state": "CONFIRMED",
        "Confirmed on": told.confirmed_at.date().isoformat(),
    }
    assert row["Contact state in words"].startswith("Confirmed by the study team on")


def test_each_contact_of_each_site_has_a_row_with_its_state(pat: Client) -> None:
    site = make_open_site()
    make_site_contact(site, name="Omar Diallo", phone="ask at the desk")
    make_site(site.trial, name="Silent Ward")

    first, second, third = rows(pat, site.trial)

    assert (first["Contact"], second["Contact"]) == ("Joy Achieng", "Omar Diallo")
    assert (second["Phone"], second["Phone as E.164"]) == ("ask at the desk", "")
    assert (third["Facility"], third["Contact"]) == ("Silent Ward", "")
    states = [row["Contact state"] for row in (first, second, third)]
    assert states == ["NOT_CONFIRMED", "NOT_CONFIRMED", ""]


def test_import_that_changes_the_phone_drops_confirmed_at_once(pat: Client) -> None:
    make_answer(site := make_open_site())
    SiteContact.objects.update(phone="+254 20 2724009")

    (row,) = rows(pat, site.trial)

    assert (row["Contact state"], row["Confirmed on"]) == ("NOT_CONFIRMED", "")
    assert "the phone number has changed in the registry" in row["Contact state in words"]


@pytest.mark.parametrize("answer", [Answer.CHANGE, Answer.NOT_RECRUITING, Answer.NOT_MY_SITE])
def test_objection_is_no_confirmation(pat: Client, answer: Answer) -> None:
    make_answer(site := make_open_site(), answer)

    (row,) = rows(pat, site.trial)

    assert (row["Contact state"], row["Confirmed on"]) == ("REPORTED_WRONG", "")


def test_accepted_corrections_and_facts_have_columns_of_their_own(pat: Client, ada: User) -> None:
    site = make_open_site()
    correction = make_correction(site, phone("+254 20 2724999"))
    corrections.accept(correction=correction, by=ada)
    coordinator = teams.give(site=site, address="joy@clinic.example", by=ada).coordinator
    say(coordinator=coordinator, site=site, said={SiteFactKind.LANGUAGES: ["sw", "en"]})
    today = correction.confirmation.confirmed_at.date().isoformat()

    (row,) = rows(pat, site.trial)

    assert (row["Phone"], row["Phone from the study team"]) == (
        "'+254 20 2724000",
        "'+254 20 2724999",
    )
    assert row["Phone from the study team as E.164"] == "'+254202724999"
    assert row["From the study team on"] == today
    assert row["Languages spoken"] == f"English and Swahili ({today})"
    assert row["Parking"] == ""


def test_texts_that_are_formulas_are_texts(pat: Client) -> None:
    site = make_site(make_trial(), name='=HYPERLINK("https://example.org")')
    make_site_contact(site, name="@Joy", email="-2+3")

    (row,) = rows(pat, site.trial)

    assert row["Facility"].startswith("'=HYPERLINK")
    assert (row["Contact"], row["Email"]) == ("'@Joy", "'-2+3")


def test_site_table_is_a_file_that_crawlers_leave_out(pat: Client) -> None:
    trial = make_trial()
    response = pat.get(f"/trials/{trial.nct_id}/sites.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{trial.nct_id}-sites.csv"'
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert rows(pat, trial) == []
    assert pat.head(f"/trials/{trial.nct_id}/sites.csv").getvalue() == b""
    assert pat.post(f"/trials/{trial.nct_id}/sites.csv").status_code == 405


def test_pages_lead_to_the_site_table(pat: Client) -> None:
    trial = make_open_site().trial

    for page in (trial.get_absolute_url(), f"/trials/{trial.nct_id}/sites/"):
        assert f'href="/trials/{trial.nct_id}/sites.csv"' in pat.get(page).content.decode()


def test_hidden_and_left_trials_have_no_site_table(pat: Client, ada: User) -> None:
    hidden, left = hide(make_open_site().trial, ada), leave(make_open_site().trial)

    assert pat.get(f"/trials/{hidden.nct_id}/sites.csv").status_code == 403
    assert pat.get(f"/trials/{left.nct_id}/sites.csv").status_code == 410
    assert pat.get("/trials/NCT01234567/sites.csv").status_code == 404
    moved = pat.get(f"/trials/{left.nct_id.lower()}/sites.csv")
    assert moved.status_code in {301, 410}


def test_site_that_takes_nobody_says_so_by_its_code(pat: Client) -> None:
    told = make_answer(site := make_open_site(), Answer.NOT_RECRUITING)
    (row,) = rows(pat, site.trial)
    assert row["Status code"] == "RECRUITING"
    assert row["Status code from the study team"] == "ACTIVE_NOT_RECRUITING"
    assert row["From the study team on"] == told.confirmed_at.date().isoformat()


def test_site_without_a_contact_has_no_state_of_one(pat: Client) -> None:
    make_answer(site := make_open_site())
    site.contacts.all().delete()
    (row,) = rows(pat, site.trial)
    columns = ("Contact", "Contact state", "Contact state in words", "Confirmed on")
    assert {row[column] for column in columns} == {""}


def test_site_table_costs_the_same_for_each_chunk(
    pat: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = make_trial()
    make_sites(trial, 12)
    costs = {}
    for chunk in (12, 6, 4):
        monkeypatch.setattr(site_table, "_CHUNK", chunk)
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(pat, trial)) == 12
        costs[chunk] = len(queries)

    assert costs == {12: 8, 6: 12, 4: 16}
    assert Site.everything.filter(trial=trial).count() == 12
