"""The page on which a reader reports: without cookie or words; forged forms do nothing."""

import re

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from tests.coordinators.correcting import NEW_PHONE, make_correction
from tests.coordinators.rows import make_open_site
from trials.coordinators import corrections
from trials.models import IdRedirect, ReaderReport, Site, Trial
from trials.pages import report as page_module
from trials.terms.plain.reports import DIFFICULTY
from trials.terms.reports import ReportKind

pytestmark = pytest.mark.django_db
QUERIES = 2


@pytest.fixture
def trial() -> Trial:
    return make.make_trial()


@pytest.fixture
def site(trial: Trial) -> Site:
    return make.make_site(trial)


def address(trial: Trial) -> str:
    return f"/trials/{trial.nct_id}/report/"


def send(client: Client, trial: Trial, **data: object) -> HttpResponse:
    said = {"kind": "NO_CONTACT", "site": "", "website": ""} | data
    return client.post(address(trial), said)


def test_report_page_works(pat: Client, trial: Trial, site: Site) -> None:
    response = pat.get(address(trial))
    html = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r'name="kind" id="(\w+)"', html) == ReportKind.values
    assert f'<option value="{site.pk}">Lighthouse Clinic, Kisumu, Kenya</option>' in html
    assert '<meta name="robots" content="noindex">' in html


def test_report_is_written_and_thanked_for_without_a_cookie(
    pat: Client, trial: Trial, site: Site
) -> None:
    response = send(Client(enforce_csrf_checks=True), trial, site=site.pk)
    assert (response.status_code, response["Location"]) == (303, f"{address(trial)}sent/")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    row = ReaderReport.objects.get()
    assert (row.site, row.place, row.kind) == (
        site,
        "Lighthouse Clinic, Kisumu, Kenya",
        "NO_CONTACT",
    )
    thanks = pat.get(response["Location"])
    assert thanks.status_code == 200
    assert "Thank you" in thanks.content.decode()


def test_place_in_the_address_is_chosen_already(pat: Client, trial: Trial, site: Site) -> None:
    html = pat.get(address(trial), {"site": site.pk}).content.decode()
    assert f'<option value="{site.pk}" selected>' in html


@pytest.mark.parametrize("odd", ["0", "x", "9" * 40, "-1", "\0", "1 or 1=1"])
def test_odd_place_in_the_address_is_no_place(
    pat: Client, trial: Trial, site: Site, odd: str
) -> None:
    response = pat.get(address(trial), {"site": odd})
    assert response.status_code == 200
    assert " selected" not in response.content.decode()


@pytest.mark.parametrize("kind", ["", "x", "NO_CONTACT\0", "<script>"])
def test_report_of_nothing_is_refused_with_a_sentence(pat: Client, trial: Trial, kind: str) -> None:
    response = send(pat, trial, kind=kind)
    assert response.status_code == 400
    assert "Choose what you want to tell us." in response.content.decode()
    assert not ReaderReport.objects.exists()


def test_report_on_another_trials_place_is_refused_and_keeps_what_was_chosen(
    pat: Client, trial: Trial
) -> None:
    elsewhere = make.make_site(make.make_trial())
    response = send(pat, trial, site=elsewhere.pk)
    html = response.content.decode()
    assert response.status_code == 400
    assert "no longer lists that place" in html
    assert 'value="NO_CONTACT" required checked' in html
    assert not ReaderReport.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
    ids=str,
)
def test_form_of_another_site_changes_nothing(
    pat: Client, trial: Trial, headers: dict[str, str]
) -> None:
    response = pat.post(address(trial), {"kind": "NO_CONTACT"}, headers=headers)
    assert response.status_code == 403
    assert "press the button once more" in response.content.decode()
    assert not ReaderReport.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}],
    ids=str,
)
def test_form_of_our_own_page_is_taken(pat: Client, trial: Trial, headers: dict[str, str]) -> None:
    response = pat.post(address(trial), {"kind": "WRONG"}, headers=headers)
    assert response.status_code == 303
    assert ReaderReport.objects.count() == 1


def test_sender_cannot_tell_what_was_dropped(pat: Client, trial: Trial) -> None:
    """A program's, a second one and one too many are answered as the first was."""
    first = send(pat, trial)
    second = send(pat, trial)
    program = send(pat, trial, kind="WRONG", website="https://spam.example")
    with override_settings(REPORTS_A_DAY=1):
        beyond = send(pat, trial, kind="NO_ANSWER")
    answers = [
        (answer.status_code, answer.content, dict(answer.headers))
        for answer in (second, program, beyond)
    ]
    for status, content, headers in answers:
        assert (status, content) == (first.status_code, first.content)
        assert headers.keys() == first.headers.keys()
        assert headers["Location"] == first["Location"]
    assert ReaderReport.objects.count() == 1


def test_readers_behind_different_addresses_are_different(trial: Trial) -> None:
    for number in range(3):
        send(Client(REMOTE_ADDR=f"192.0.2.{number}"), trial)
    send(Client(REMOTE_ADDR=""), trial)
    assert ReaderReport.objects.count() == 4


def test_forwarded_address_is_believed_only_from_a_known_proxy(trial: Trial) -> None:
    for number in range(3):
        send(Client(headers={"X-Forwarded-For": f"192.0.2.{number}"}), trial)
    assert ReaderReport.objects.count() == 1


# --- Trials that are not there ----------------------------------------------------------------


@pytest.mark.parametrize("path", ["report/", "report/sent/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_hidden_and_left_trials_take_no_report(pat: Client, path: str, method: str) -> None:
    hidden, left = make.hide(make.make_trial()), make.leave_registry(make.make_trial())
    if (path, method) == ("report/sent/", "post"):
        expected = [405, 405, 405, 405]
    else:
        expected = [403, 410, 404, 404]
    numbers = [hidden.nct_id, left.nct_id, "NCT09999999", "lupus"]
    answers = [getattr(pat, method)(f"/trials/{number}/{path}") for number in numbers]
    assert [answer.status_code for answer in answers] == expected
    assert not ReaderReport.objects.exists()


@pytest.mark.parametrize("path", ["report/", "report/sent/"])
def test_other_spellings_and_former_numbers_lead_on(pat: Client, trial: Trial, path: str) -> None:
    IdRedirect.objects.create(nct_id="NCT00000042", trial=trial)
    for number in (trial.nct_id.lower(), "NCT00000042"):
        response = pat.get(f"/trials/{number}/{path}")
        assert (response.status_code, response["Location"]) == (
            301,
            f"/trials/{trial.nct_id}/{path}",
        )


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_report_page_refuses_other_methods(pat: Client, trial: Trial, method: str) -> None:
    assert getattr(pat, method)(address(trial)).status_code == 405


# --- Many places ------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", [1, 30])
def test_query_count_does_not_grow_with_sites(
    pat: Client, trial: Trial, amount: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make.make_sites(trial, amount)
    with django_assert_num_queries(QUERIES):
        pat.get(address(trial))


def test_study_with_too_many_places_leads_to_their_list(
    pat: Client, trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = make.make_sites(trial, 3)
    monkeypatch.setattr(page_module, "MOST_ON_PAGE", 2)
    html = pat.get(address(trial)).content.decode()
    assert "<option" not in html
    listed = pat.get(f"/trials/{trial.nct_id}/sites/").content.decode()
    for site in sites:
        assert f'href="{address(trial)}?site={site.pk}"' in listed
    chosen = pat.get(address(trial), {"site": sites[1].pk}).content.decode()
    assert f'<option value="{sites[1].pk}" selected>' in chosen
    assert send(pat, trial, site=sites[1].pk).status_code == 303
    assert ReaderReport.objects.get().site == sites[1]


def test_place_without_words_can_be_reported(pat: Client, trial: Trial) -> None:
    site = make.make_site(trial, name="", city="", country="")
    assert send(pat, trial, site=site.pk).status_code == 303
    assert ReaderReport.objects.get().place == "A place without a name"


def test_names_of_places_are_escaped(pat: Client, trial: Trial) -> None:
    make.make_site(trial, name="<script>alert(1)</script>")
    assert "<script>alert" not in pat.get(address(trial)).content.decode()


# --- What the trial's page then says ----------------------------------------------------------


def test_trial_page_leads_to_the_report(pat: Client, trial: Trial) -> None:
    assert f'href="{address(trial)}"' in pat.get(f"/trials/{trial.nct_id}/").content.decode()


@pytest.mark.parametrize(("readers", "told"), [(2, 0), (3, 2)])
def test_trial_page_tells_of_a_site_that_readers_could_not_reach(
    trial: Trial, readers: int, told: int
) -> None:
    """Beside the contact in both lists of contacts, and beside no other."""
    bad, good = make.make_site(trial), make.make_site(trial, name="Zenith Ward")
    for site in (bad, good):
        make.make_site_contact(site, phone="+254 20 2724000")
    make.make_central_contact(trial, phone="+47 22 85 50 50")
    for number in range(readers):
        send(Client(REMOTE_ADDR=f"192.0.2.{number}"), trial, site=bad.pk)
    html = Client().get(f"/trials/{trial.nct_id}/").content.decode()
    assert html.count(DIFFICULTY) == told
    contacts = html[html.index('id="contacts"') :]
    if told:
        assert contacts.index(DIFFICULTY) < contacts.index("Zenith Ward")
        listed = Client().get(f"/trials/{trial.nct_id}/sites/").content.decode()
        assert listed.count(DIFFICULTY) == 1


def test_trial_page_tells_of_a_main_contact_that_readers_could_not_reach(trial: Trial) -> None:
    make.make_central_contact(trial, phone="+47 22 85 50 50")
    make.make_site_contact(make.make_site(trial), phone="+254 20 2724000")
    for number in range(3):
        send(Client(REMOTE_ADDR=f"192.0.2.{number}"), trial, kind="NO_ANSWER")
    html = Client().get(f"/trials/{trial.nct_id}/").content.decode()
    assert html.count(DIFFICULTY) == 1
    assert html.index("+47 22 85 50 50") < html.index(DIFFICULTY) < html.rindex("+254 20 2724000")


@pytest.mark.parametrize("origin", ["http://[", "http://[::1"])
def test_report_with_an_origin_that_can_t_be_read_is_refused(
    pat: Client, trial: Trial, origin: str
) -> None:
    answer = pat.post(address(trial), {"kind": "NO_CONTACT"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert not ReaderReport.objects.exists()


def test_report_is_of_the_number_that_the_page_shows(pat: Client, ada: User) -> None:
    site = make_open_site()
    corrections.accept(correction=make_correction(site), by=ada)
    for reader in range(3):
        pat.post(
            f"/trials/{site.trial.nct_id}/report/",
            {"kind": "NO_CONTACT", "site": site.pk},
            REMOTE_ADDR=f"192.0.2.{reader}",
        )
    assert ReaderReport.objects.count() == 3
    page = f"/trials/{site.trial.nct_id}/"
    assert "Readers report difficulty" in pat.get(page).content.decode()
    # The registry takes it over: it is the number that they tried.
    site.contacts.update(phone=NEW_PHONE)
    assert "Readers report difficulty" in pat.get(page).content.decode()
    site.contacts.update(phone="+254 20 1")
    assert "Readers report difficulty" not in pat.get(page).content.decode()
