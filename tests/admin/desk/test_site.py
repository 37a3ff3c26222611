"""The contact of a site on the desk: the link is shown once, and corrections are settled."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.admin.desk.test_reports import make_report
from tests.coordinators.correcting import JOY, NEW_PHONE, make_correction
from tests.coordinators.rows import invited, key_of, make_answer, make_open_site
from tests.factories import make_site, make_site_contact, make_trial
from trials.coordinators import corrections
from trials.models import AuditEvent, ConfirmationLink, EditorialText, Settlement, Site
from trials.terms.contacts import Answer

pytestmark = pytest.mark.django_db

QUERIES = 16


@pytest.fixture
def site() -> Site:
    return make_open_site()


def address(site: Site) -> str:
    return reverse("admin:desk-site", args=[site.pk])


def test_site_page_works(ada_client: Client, site: Site) -> None:
    html = ada_client.get(address(site)).content.decode()
    assert "Contact at Lighthouse Clinic, Kisumu, Kenya" in html
    assert "Not confirmed by the study team." in html
    assert "<b>Joy Achieng, joy@clinic.example</b>" in html
    assert "Nothing yet." in html
    assert not ConfirmationLink.objects.exists()


def test_link_is_shown_once_with_whom_it_is_for(
    ada_client: Client, pat: Client, site: Site
) -> None:
    response = ada_client.post(address(site), {"verb": "invite"})
    html = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert html.index("nobody but:") < html.index("<li><b>Joy Achieng, joy@clinic.example</b></li>")
    (made,) = re.findall(r'value="(http[^"]*)"', html)
    assert pat.get("/confirm/", {"key": key_of(made)}).status_code == 200
    again = ada_client.get(address(site)).content.decode()
    assert key_of(made) not in again
    assert "Open: made by ada" in again


def test_link_can_be_ended(ada_client: Client, ada: User, pat: Client, site: Site) -> None:
    key = invited(site, ada)
    link = ConfirmationLink.objects.get()
    html = ada_client.post(
        address(site), {"verb": "revoke", "link": link.pk}, follow=True
    ).content.decode()
    assert "The link is ended." in html
    assert pat.get("/confirm/", {"key": key}).status_code == 410
    html = ada_client.post(
        address(site), {"verb": "revoke", "link": link.pk}, follow=True
    ).content.decode()
    assert "over already" in html


def test_link_of_another_site_is_not_ended_here(ada_client: Client, ada: User, site: Site) -> None:
    invited(make_open_site(), ada)
    link = ConfirmationLink.objects.get()
    for sent in ({"verb": "revoke", "link": link.pk}, {"verb": "revoke"}, {"verb": "burn"}, {}):
        response = ada_client.post(address(site), sent, follow=True)
        assert "no such" in response.content.decode()
    link.refresh_from_db()
    assert link.revoked_at is None


def test_site_without_an_address_says_why_there_is_no_link(ada_client: Client) -> None:
    site = make_site(make_trial())
    make_site_contact(site, phone="+254 20 2724000")
    html = ada_client.get(address(site)).content.decode()
    assert "lists no email address" in html
    assert "Make a link" not in html
    response = ada_client.post(address(site), {"verb": "invite"}, follow=True)
    assert "lists no email address" in response.content.decode()
    assert not ConfirmationLink.objects.exists()


def test_site_page_is_the_desks_alone(
    uma_client: Client, pat: Client, ada_client: Client, site: Site
) -> None:
    for client, status in ((uma_client, 404), (pat, 302), (ada_client, 200)):
        assert client.get(address(site)).status_code == status
        if client is not ada_client:
            assert client.post(address(site), {"verb": "invite"}).status_code == status
    assert ada_client.put(address(site)).status_code == 405
    assert ada_client.get("/admin/desk/sites/0/").status_code == 404
    assert not ConfirmationLink.objects.exists()


def test_admin_page_of_a_site_leads_to_its_contact(ada_client: Client, site: Site) -> None:
    page = ada_client.get(reverse("admin:trials_site_change", args=[site.pk]))
    assert f'<a href="{address(site)}">Confirm it by a link</a>' in page.content.decode()


def test_reports_of_the_site_are_shown_where_its_study_team_can_be_asked(
    ada_client: Client, site: Site
) -> None:
    assert "What readers report" not in ada_client.get(address(site)).content.decode()
    make_report(site.trial, "NOT_TAKING", site=site)
    make_report(site.trial, "NO_CONTACT", site=site, days=4)
    make_report(site.trial, "HARD_WORDS")
    html = ada_client.get(address(site)).content.decode()
    shown = html.index("The contact did not work"), html.index("They say they are not taking")
    assert shown == tuple(sorted(shown))
    assert "Hard to understand" not in html
    page = ada_client.get(reverse("admin:desk-text", args=[site.trial.nct_id])).content.decode()
    assert page.count("Ask the study team by a link") == 2
    assert page.count(f'<a href="{address(site)}">') == 2


@pytest.mark.parametrize("amount", [1, 15])
def test_query_count_does_not_grow(
    ada_client: Client, site: Site, amount: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(amount):
        make_answer(site, days_ago=number)
        make_report(site.trial, site=site)
        make_site_contact(site, name=f"Nurse {number}", email="nurse@clinic.example")
    with django_assert_num_queries(QUERIES):
        ada_client.get(address(site))


# --- Corrections ------------------------------------------------------------------------------


def test_queue_lists_corrections_the_oldest_first(
    ada_client: Client, draft: EditorialText, site: Site
) -> None:
    make_answer(site, Answer.NOT_RECRUITING, days_ago=1)
    make_answer(make_open_site(draft.trial, name="Zenith Ward"), Answer.CHANGE, days_ago=4)
    make_answer(make_open_site(), Answer.RIGHT, days_ago=9)
    response = ada_client.get("/admin/", {"queue": "corrections"})
    rows = response.context["rows"]
    assert [(row.nct_id, row.what, row.days, row.state) for row in rows] == [
        (
            draft.trial.nct_id,
            "Zenith Ward, Kisumu, Kenya: something must change",
            "4 days",
            "Draft",
        ),
        (
            site.trial.nct_id,
            "Lighthouse Clinic, Kisumu, Kenya: not taking people",
            "1 day",
            "Not started",
        ),
    ]
    html = response.content.decode()
    assert 'Corrections waiting <span class="desk-count">2</span>' in html
    assert "What the study team says" in html
    table = ada_client.get("/admin/desk/export.csv", {"queue": "corrections"})
    assert b"Zenith Ward" in b"".join(table.streaming_content)


def test_corrections_are_settled_beside_the_text(ada_client: Client, site: Site) -> None:
    told = make_answer(site, Answer.CHANGE)
    other = make_answer(make_open_site(), Answer.CHANGE)
    page = reverse("admin:desk-text", args=[site.trial.nct_id])
    html = ada_client.get(page).content.decode()
    assert "What study teams say is wrong" in html
    assert address(site) in html
    sent = {
        "verb": "settle-corrections",
        "corrections": [told.pk, other.pk],
        "outcome": "CORRECTED",
        "reason": "New number",
    }
    act = reverse("admin:desk-act", args=[site.trial.nct_id])
    html = ada_client.post(act, sent, follow=True).content.decode()
    assert "1 answer is settled." in html
    assert "What study teams say is wrong" not in html
    assert "settled what the study team says at Lighthouse Clinic" in html
    assert list(Settlement.objects.values_list("confirmation", "note")) == [(told.pk, "New number")]
    assert (
        "somebody has settled" in ada_client.post(act, sent, follow=True).content.decode().lower()
    )
    shown = ada_client.get(address(site)).content.decode()
    assert "Settled by ada" in shown
    assert AuditEvent.objects.filter(verb="settle").count() == 1


@pytest.mark.parametrize("sent", [{}, {"outcome": "CORRECTED"}, {"outcome": "LOST"}])
def test_settling_needs_a_tick_and_an_outcome(
    ada_client: Client, site: Site, sent: dict[str, str]
) -> None:
    told = make_answer(site, Answer.CHANGE)
    act = reverse("admin:desk-act", args=[site.trial.nct_id])
    ticked = (
        {} if "outcome" in sent and sent["outcome"] == "CORRECTED" else {"corrections": told.pk}
    )
    ada_client.post(act, {"verb": "settle-corrections"} | ticked | sent)
    assert not Settlement.objects.exists()


def test_site_page_shows_accepted_values_beside_the_registrys(
    ada_client: Client, site: Site, ada: User
) -> None:
    corrections.accept(correction=make_correction(site), by=ada)
    html = ada_client.get(address(site)).content.decode()
    assert f"Phone number, {JOY}: {NEW_PHONE} (from the study team" in html
    assert "Beside it, as the registry says it:" in html
