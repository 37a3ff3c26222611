"""Sites and contacts as CSV: whole, safe to open, in chunks, and readable as a list again."""

import csv
import io
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.coordinators.rows import make_answer, make_open_site
from tests.factories import make_site_contact, make_trial
from trials.admin.desk import contacts
from trials.coordinators.site_list.match import Verdict, match
from trials.coordinators.site_list.read import read
from trials.models import Coordinator, Site, SiteCoordinator, Trial
from trials.terms.contacts import Answer
from trials.terms.reports import ENOUGH, ReportKind

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/desk/contacts.csv"
QUERIES_A_CHUNK = 8


def content(client: Client, **asked: str) -> bytes:
    response = client.get(ADDRESS, asked)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows(client: Client, **asked: str) -> list[dict[str, str]]:
    text = content(client, **asked).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def give(site: Site, by: User, address: str, **values: object) -> SiteCoordinator:
    person, _ = Coordinator.objects.get_or_create(address=address, defaults={"name": "Ida"})
    row = {"trial": site.trial, "site": site, "site_label": "Ward", "given_by": by}
    days = {"given_on": date(2026, 5, 1), "taken_on": date(2026, 5, 1)}
    return SiteCoordinator.objects.create(**(row | days | values), coordinator=person)


def test_contacts_export_works(ada_client: Client, ada: User) -> None:
    site = make_open_site()
    make_answer(site, days_ago=2)
    give(site, ada, "ida@c.example")
    make_open_site(site.trial, name="Silent Ward")
    (row,) = rows(ada_client)
    assert row | {"told on": "", "what readers see": ""} == {
        "trial": site.trial.nct_id,
        "site": str(site.pk),
        "facility": "Lighthouse Clinic",
        "city": "Kisumu",
        "province": "",
        "country": "Kenya",
        "status": "RECRUITING",
        "contact state": "confirmed",
        "told on": "",
        "what readers see": "",
        "from the study team": "",
        "registry contact": "Joy Achieng",
        "registry phone": "'+254 20 2724000",
        "registry extension": "",
        "registry email": "joy@clinic.example",
        "name": "Ida",
        "email": "ida@c.example",
    }
    assert row["told on"]
    assert row["what readers see"].startswith("Confirmed by the study team on")


def test_contacts_export_of_nothing_is_a_head(ada_client: Client) -> None:
    make_open_site()
    assert rows(ada_client) == []
    assert content(ada_client).startswith("\ufefftrial,site,".encode())


def test_contacts_and_coordinators_stand_side_by_side(ada_client: Client, ada: User) -> None:
    site = make_open_site()
    make_site_contact(site, name="Bo", position=1)
    for address in ("a@c.example", "b@c.example", "c@c.example"):
        give(site, ada, address)
    give(site, ada, "gone@c.example", ended_on=date(2026, 6, 1))
    give(site, ada, "asked@c.example", taken_on=None)
    found = [(row["site"], row["registry contact"], row["email"]) for row in rows(ada_client)]
    number = str(site.pk)
    assert found == [
        (number, "Joy Achieng", "a@c.example"),
        (number, "Bo", "b@c.example"),
        (number, "", "c@c.example"),
    ]


def test_export_of_a_trial_has_all_its_sites(ada_client: Client) -> None:
    trial = make_trial()
    sites = [make_open_site(trial, name=f"Ward {number}") for number in range(3)]
    make_open_site()
    found = rows(ada_client, trial=trial.nct_id.lower())
    assert [row["site"] for row in found] == [str(site.pk) for site in sites]
    assert {row["contact state"] for row in found} == {"not confirmed"}


def test_export_of_a_state_has_its_sites_alone(ada_client: Client) -> None:
    trial = make_trial()
    right, wrong, hard = (make_open_site(trial, name=f"Ward {number}") for number in range(3))
    make_answer(right)
    make_answer(wrong, Answer.NOT_MY_SITE)
    make_answer(hard)
    for number in range(ENOUGH):
        trial.reader_reports.create(
            site=hard,
            place="Ward",
            kind=ReportKind.NO_CONTACT,
            reported_on=timezone.now().date(),
            reporter=str(number),
        )

    def sites(state: str) -> list[str]:
        return [row["site"] for row in rows(ada_client, state=state)]

    assert sites("confirmed") == [str(right.pk)]
    assert sites("reported wrong") == [str(wrong.pk), str(hard.pk)]
    assert sites("overdue") == []


def test_hidden_and_left_trials_are_not_exported(ada_client: Client, ada: User) -> None:
    site = make_open_site()
    make_answer(site)
    Trial.everything.update(hidden_at=timezone.now(), hidden_by=ada, hidden_reason="Twice")
    assert rows(ada_client) == []
    response = ada_client.get(ADDRESS, {"trial": site.trial.nct_id})
    assert response.status_code == 302


@pytest.mark.parametrize("asked", [{"trial": "x"}, {"trial": "NCT20999999"}, {"state": "bad"}])
def test_wrong_filter_gives_no_file(ada_client: Client, asked: dict[str, str]) -> None:
    response = ada_client.get(ADDRESS, asked)
    assert (response.status_code, response["Location"]) == (302, "/admin/desk/coordinators/")


def test_text_that_is_a_formula_is_text(ada_client: Client, ada: User) -> None:
    site = make_open_site(name='=HYPERLINK("https://example.org")')
    make_site_contact(site, name="@SUM(A1)", phone="-1", email="=x@c.example", position=1)
    give(site, ada, "=1@c.example")
    for row in rows(ada_client):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


@pytest.mark.parametrize("amount", [1, 5])
def test_export_reads_in_chunks_of_a_fixed_number_of_queries(
    ada_client: Client, ada: User, monkeypatch: pytest.MonkeyPatch, amount: int
) -> None:
    monkeypatch.setattr(contacts, "_AT_ONCE", 2)
    sites = [make_open_site(name=f"Ward {number}") for number in range(amount)]
    for site in sites:
        make_answer(site)
        give(site, ada, "ida@c.example")
    content(ada_client)
    with CaptureQueriesContext(connection) as queries:
        found = rows(ada_client)
    assert [row["site"] for row in found] == [str(site.pk) for site in sites]
    chunks = (amount + 1) // 2
    signed_in = 4
    assert len(queries) <= chunks * QUERIES_A_CHUNK + signed_in


def test_export_with_addresses_filled_in_comes_back_as_a_list(
    ada_client: Client, ada: User
) -> None:
    trial = make_trial()
    sites = [make_open_site(trial, name="+Ward, East") for _ in range(3)]
    give(sites[0], ada, "ida@c.example")
    table = rows(ada_client, trial=trial.nct_id)
    for row in table[1:]:
        row["name"], row["email"] = "New One", f"{row['site']}@c.example"
    file = io.StringIO()
    writer = csv.DictWriter(file, table[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(table)
    found = match(read(file.getvalue().encode("utf-16")))
    assert [each.place.pk for each in found.lines if each.place] == [site.pk for site in sites]
    assert [each.verdict for each in found.lines] == [Verdict.THEIRS, Verdict.GIVE, Verdict.GIVE]


def test_contacts_export_is_the_desks_alone(uma_client: Client, pat: Client) -> None:
    assert uma_client.get(ADDRESS).status_code == 404
    assert pat.get(ADDRESS).status_code == 302
    assert uma_client.post(ADDRESS).status_code == 405
