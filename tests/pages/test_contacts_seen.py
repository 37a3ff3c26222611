"""What readers see of study teams' corrections and facts: on the page, in lists, on the sheet."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.coordinators.correcting import JOY, make_corrections, phone
from tests.coordinators.rows import make_answer, make_open_site, move
from tests.factories import make_central_contact, make_sites, make_trial
from trials.coordinators import corrections, teams
from trials.coordinators.corrections import Proposed
from trials.coordinators.facts import say
from trials.models import Correction, Site, Trial
from trials.terms.contacts import Answer
from trials.terms.corrections import Fate, Field
from trials.terms.plain import day_words
from trials.terms.plain.contacts import NOT_CONFIRMED, UNDIALABLE_NUMBER
from trials.terms.site_facts import SiteFactKind

pytestmark = pytest.mark.django_db
SILENT = (
    "Languages, interpreter, help with travel, visits by phone or video, parking: not stated – ask"
)


@pytest.fixture
def site() -> Site:
    return make_open_site()


def page(pat: Client, trial: Trial, part: str = "") -> str:
    response = pat.get(f"/trials/{trial.nct_id}/{part}")
    assert response.status_code == 200
    return response.content.decode()


def accept(site: Site, by: User, *proposed: Proposed) -> str:
    """Let editors have accepted corrections, and return the day on which they were sent."""
    for row in make_corrections(site, *proposed):
        corrections.accept(correction=row, by=by)
    return day_words(row.confirmation.confirmed_at.date())


def add_facts(site: Site, by: User, **said: list[str]) -> None:
    row = teams.give(site=site, address="joy@clinic.example", by=by)
    say(
        coordinator=row.coordinator,
        site=site,
        said={SiteFactKind(kind): codes for kind, codes in said.items()},
    )


@pytest.mark.parametrize("part", ["", "sites/", "doctor/"])
def test_accepted_number_stands_first_everywhere(
    pat: Client, site: Site, ada: User, part: str
) -> None:
    on = accept(site, ada, phone("+254 20 2724999"))

    html = page(pat, site.trial, part)

    assert 'href="tel:+254202724999"' in html
    assert "tel:+254202724000" not in html
    assert f"From the study team, {on}. The registry says: +254 20 2724000" in html
    assert f"Confirmed by the study team on {on}." in html


@pytest.mark.parametrize("part", ["", "sites/", "doctor/"])
def test_accepted_status_stands_beside_the_registrys(
    pat: Client, site: Site, ada: User, part: str
) -> None:
    on = accept(site, ada, Proposed(Field.STATUS, "", "COMPLETED", ""))

    html = page(pat, site.trial, part)

    assert f"From the study team, {on}. The registry says: Open to new participants" in html
    assert "Finished" in html


@pytest.mark.parametrize("part", ["", "sites/", "doctor/"])
def test_what_study_teams_write_is_escaped(pat: Client, site: Site, ada: User, part: str) -> None:
    accept(site, ada, phone("+254 20 2724999"), Proposed(Field.NAME, JOY, "Omar", ""))
    Correction.objects.filter(field=Field.NAME).update(new_value="<script>alert(1)</script>")
    site.contacts.update(phone='1"><img src=x onerror=alert(1)>')
    Correction.objects.filter(field=Field.PHONE).update(
        registry_value='1"><img src=x onerror=alert(1)>'
    )

    html = page(pat, site.trial, part)

    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_correction_that_the_registry_moved_on_from_is_not_shown(
    pat: Client, site: Site, ada: User
) -> None:
    accept(site, ada, phone("+254 20 2724999"))
    site.contacts.update(phone="+254 20 2724001")

    html = page(pat, site.trial)

    assert "+254 20 2724999" not in html
    assert 'href="tel:+254202724001"' in html
    assert Correction.objects.get().fate == Fate.ACCEPTED


def test_number_that_can_not_be_dialled_is_kept_and_flagged(pat: Client, site: Site) -> None:
    site.contacts.update(phone="ask at the desk")

    for part in ("", "sites/", "doctor/"):
        assert f"ask at the desk ({UNDIALABLE_NUMBER})" in page(pat, site.trial, part)


def test_main_contact_is_never_confirmed(pat: Client, site: Site, ada: User) -> None:
    make_central_contact(site.trial, phone="+254 20 2724000")
    accept(site, ada, phone("+254 20 2724999"))

    html = page(pat, site.trial)

    assert html.count(NOT_CONFIRMED) == 1
    assert NOT_CONFIRMED in page(pat, site.trial, "doctor/")


def test_number_of_the_main_contact_is_dialled_on_the_sheet_too(pat: Client, site: Site) -> None:
    make_central_contact(site.trial, phone="020 2724000")

    for part in ("", "doctor/"):
        assert 'href="tel:+254202724000"' in page(pat, site.trial, part)


def test_facts_have_their_source_and_what_is_not_stated_says_so(
    pat: Client, site: Site, ada: User
) -> None:
    add_facts(site, ada, LANGUAGES=["en", "sw"], PARKING=["FREE"])

    html = page(pat, site.trial)

    assert "Languages spoken: <b>English and Swahili</b> (From the study team, " in html
    assert "<dt>Parking</dt><dd>Yes, free<small>From the study team, " in html
    assert html.count("Interpreter, help with travel, visits by phone or video: not stated – ask.")
    assert "Languages spoken: <b>English and Swahili</b>" in page(pat, site.trial, "sites/")


@pytest.mark.parametrize("part", ["", "sites/", "doctor/", "sites.csv"])
def test_facts_of_a_former_place_show_nowhere(
    pat: Client, site: Site, ada: User, part: str
) -> None:
    add_facts(site, ada, LANGUAGES=["en", "sw"], PARKING=["FREE"])
    address = f"/trials/{site.trial.nct_id}/{part}"
    assert b"Yes, free" in pat.get(address).getvalue() or part == "doctor/"

    move(site, city="Evanston")

    assert b"Yes, free" not in pat.get(address).getvalue()
    assert b"Swahili" not in pat.get(address).getvalue()


def test_site_without_facts_says_so_in_one_line(pat: Client, site: Site) -> None:
    html = page(pat, site.trial)

    assert f"{SILENT}.</p>" in html
    assert f"{SILENT}, unless a site says so below.</p>" in html
    assert "What the study team says about this site" not in html


def test_long_list_without_facts_says_so_once(pat: Client) -> None:
    trial = make_trial()
    make_sites(trial, 120)

    assert page(pat, trial, "sites/").count("not stated – ask") == 1


@pytest.mark.parametrize("part", ["", "sites/", "doctor/"])
def test_corrections_and_facts_cost_the_same_for_any_amount(
    pat: Client, site: Site, ada: User, part: str
) -> None:
    costs = []
    page(pat, site.trial, part)  # what a process learns once
    for amount in (1, 12):
        for number in range(amount):
            row = make_open_site(site.trial, name=f"Ward {amount} {number}")
            accept(row, ada, phone("+254 20 2724999"))
            add_facts(row, ada, PARKING=["FREE"])
        with CaptureQueriesContext(connection) as queries:
            page(pat, site.trial, part)
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.parametrize("part", ["", "sites/", "doctor/"])
def test_new_number_does_not_get_the_extension_of_the_old_one(
    pat: Client, site: Site, ada: User, part: str
) -> None:
    site.contacts.update(phone_ext="12")
    accept(site, ada, phone("+254 20 2724999"))

    html = page(pat, site.trial, part)

    assert 'href="tel:+254202724999"' in html
    assert "2724999 ext. 12" not in html
    assert "+254 20 2724000 ext. 12" in html


@pytest.mark.parametrize("part", ["", "sites/", "doctor/"])
def test_site_that_takes_nobody_is_not_shown_as_open(pat: Client, site: Site, part: str) -> None:
    told = make_answer(site, Answer.NOT_RECRUITING)
    on = day_words(told.confirmed_at.date())

    html = page(pat, site.trial, part)

    assert "Running, not taking new people" in html
    assert f"From the study team, {on}. The registry says: Open to new participants" in html
    if not part:
        assert "The study team gives another status for 1 site." in html


def test_site_that_takes_nobody_does_not_count_and_stands_last(pat: Client, site: Site) -> None:
    make_open_site(site.trial, name="Zuri Hospital", country=site.facility.country)
    make_answer(site, Answer.NOT_RECRUITING)

    html = page(pat, site.trial)
    table = pat.get(f"/trials/{site.trial.nct_id}/sites.csv").getvalue().decode().splitlines()

    assert "1 of 2 sites is open now." in html
    assert "The study team gives another status than the registry for 1 site." in html
    assert "1 of them is open now and listed first." in html
    assert "Zuri Hospital" in table[1]


def test_trial_without_a_site_that_takes_people_says_so(pat: Client, site: Site) -> None:
    make_answer(site, Answer.NOT_RECRUITING)

    html = page(pat, site.trial)

    assert "But no site is listed as open now. Ask before you travel." in html
    assert "No site is listed as open now." in html


def test_site_that_its_study_team_opened_counts_as_open(pat: Client, site: Site, ada: User) -> None:
    Site.everything.update(recruitment_status="NOT_YET_RECRUITING")
    accept(site, ada, Proposed(Field.STATUS, "", "RECRUITING", ""))

    assert "It is open now." in page(pat, site.trial)


def test_answer_that_nobody_is_taken_ends_when_the_registry_says_so(
    pat: Client, site: Site
) -> None:
    make_answer(site, Answer.NOT_RECRUITING)
    Site.everything.update(recruitment_status="COMPLETED")
    assert "From the study team" not in page(pat, site.trial)
