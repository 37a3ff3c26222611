"""An answer of a study team on the desk: corrections beside the registry's values, decided here."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.correcting import (
    JOY,
    NEW_PHONE,
    fate,
    make_correction,
    make_corrections,
    now,
    phone,
    shown,
)
from tests.coordinators.rows import key_of, make_answer, make_open_site, remove
from tests.factories import make_site_contact
from trials.coordinators import corrections
from trials.coordinators.corrections import Proposed
from trials.coordinators.registry_says import follow_registry
from trials.models import Confirmation, Correction, Settlement, Site
from trials.terms.contacts import Answer
from trials.terms.corrections import Fate, Field

pytestmark = pytest.mark.django_db

# session, person, roles; the answer, its corrections, the site with its contacts; reports, state
# and what was answered since
QUERIES = 12


@pytest.fixture
def site() -> Site:
    return make_open_site()


def address(told: Confirmation) -> str:
    return reverse("admin:desk-answer", args=[told.pk])


def post(client: Client, row: Correction, verb: str, words: str = "") -> str:
    sent = {"verb": verb, "correction": row.pk, "words": words}
    response = client.post(address(row.confirmation), sent, follow=True)
    return response.content.decode()


def test_answer_page_shows_what_everybody_says(ada_client: Client, site: Site) -> None:
    row = make_correction(site, phone("272 49", note="5 < 6 & so on"), days_ago=2)
    site.contacts.update(phone="+254 20 1")
    html = ada_client.get(address(row.confirmation)).content.decode()
    for said in (
        "What the study team says at Lighthouse Clinic, Kisumu, Kenya",
        "Something must change",
        "by a link",
        "<td>Joy Achieng</td><td>+254 20 2724000</td>",
        "<td>+254 20 1</td>",
        "<b>272 49</b>",
        "No phone number that can be dialed in Kenya",
        "5 &lt; 6 &amp; so on",
        "Waits for an editor",
    ):
        assert said in html
    assert "Accept all" not in html
    assert fate(row) == Fate.WAITING


def test_correction_is_accepted_declined_and_accepted_with_all(
    ada_client: Client, site: Site
) -> None:
    first, second, third, fourth = make_corrections(
        site,
        phone(),
        Proposed(Field.EMAIL, JOY, "new@clinic.example"),
        Proposed(Field.STATUS, "", "SUSPENDED"),
        Proposed(Field.OTHER, "", "", "The door is on the other side"),
    )
    assert "Accepted." in post(ada_client, first, "accept")
    assert "Give a reason" in post(ada_client, second, "decline", "  ")
    assert "Declined." in post(ada_client, second, "decline", "It bounces")
    html = post(ada_client, third, "accept-all")
    assert "2 corrections are accepted." in html
    assert [fate(row) for row in (first, second, third, fourth)] == [
        "ACCEPTED",
        "DECLINED",
        "ACCEPTED",
        "ACCEPTED",
    ]
    assert sorted(shown(site)) == [("PHONE", NEW_PHONE), ("STATUS", "SUSPENDED")]
    assert "Settled: Corrected" in html
    assert "It bounces" in html
    assert "Paused" in html
    assert 'value="accept' not in html
    assert "decided already" in post(ada_client, first, "decline", "No")
    assert "waits for you any more" in post(ada_client, first, "accept-all")


def test_value_accepted_by_mistake_is_taken_off_the_page(ada_client: Client, site: Site) -> None:
    (row,) = make_corrections(site, phone())
    accepted = post(ada_client, row, "accept")
    assert "Confirmed by the study team on" in accepted
    assert 'value="retract"' in accepted
    assert "Give a reason" in post(ada_client, row, "retract", " ")

    html = post(ada_client, row, "retract", "It is a fax")

    assert "Readers no longer see it." in html
    assert '<span class="desk-tag">No longer shown</span>' in html
    assert "Readers see today: <b>Not confirmed by the study team.</b>" in html
    assert 'value="retract"' not in html
    assert shown(site) == []


def test_accepting_all_is_all_or_nothing(ada_client: Client, site: Site) -> None:
    rows = make_corrections(site, phone(), Proposed(Field.STATUS, "", "SUSPENDED"))
    site.contacts.all().delete()
    html = post(ada_client, rows[0], "accept-all")
    assert "no longer lists this contact" in html
    assert {fate(row) for row in rows} == {"WAITING"}
    assert "it can only be declined" in html
    assert "Accept all" not in html


def test_question_makes_a_link_to_copy_where_no_letter_may_go(
    ada_client: Client, pat: Client, site: Site
) -> None:
    row = make_correction(site)
    assert "Write what you want to ask" in post(ada_client, row, "ask")
    sent = {"verb": "ask", "correction": row.pk, "words": "Day or <night>?"}
    response = ada_client.post(address(row.confirmation), sent)
    html = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "<li><b>Joy Achieng, joy@clinic.example</b></li>" in html
    (made,) = re.findall(r'value="(http[^"]*)"', html)
    assert (fate(row), now(row).question) == (Fate.ASKED, "Day or <night>?")
    asked = pat.get("/confirm/", {"key": key_of(made)}).content.decode()
    assert "Day or &lt;night&gt;?" in asked
    again = ada_client.get(address(row.confirmation)).content.decode()
    assert key_of(made) not in again
    assert "We asked:" in again
    assert not Confirmation.objects.waiting().exists()


def test_question_that_can_reach_nobody_is_not_written_down(ada_client: Client, site: Site) -> None:
    row = make_correction(site)
    site.contacts.update(email="")
    assert "lists no email address here" in post(ada_client, row, "ask", "Sure?")
    assert (fate(row), now(row).question) == (Fate.WAITING, "")
    remove(site)
    assert "nobody can be asked" in post(ada_client, now(row), "ask", "Sure?")


def test_value_that_the_registry_moved_on_from_is_accepted_anew_or_declined(
    ada_client: Client, site: Site, ada: User
) -> None:
    row = make_correction(site)
    corrections.accept(correction=row, by=ada)
    site.contacts.update(phone="+254 20 1")
    follow_registry()
    html = ada_client.get(address(row.confirmation)).content.decode()
    assert "The registry says something else" in html
    assert "When it was accepted: +254 20 2724000" in html
    assert "Accept anew" in html
    assert 'value="ask"' not in html
    assert "accept it anew, or decline it" in post(ada_client, row, "ask", "Sure?")
    post(ada_client, row, "accept")
    assert (fate(row), now(row).registry_value) == ("ACCEPTED", "+254 20 1")


@pytest.mark.parametrize("answer", [Answer.CHANGE, Answer.NOT_RECRUITING, Answer.NOT_MY_SITE])
def test_answer_without_corrections_is_settled_here(
    ada_client: Client, site: Site, answer: Answer
) -> None:
    told = make_answer(site, answer)
    assert "What became of it?" in ada_client.get(address(told)).content.decode()
    settle = {"verb": "settle", "words": "Called them"}
    html = ada_client.post(address(told), settle, follow=True).content.decode()
    assert "Say what became of it." in html
    sent = settle | {"outcome": "PASSED_ON"}
    html = ada_client.post(address(told), sent, follow=True).content.decode()
    assert "Settled: Passed to the study team" in html
    assert "Called them" in html
    assert Settlement.objects.get().note == "Called them"


def test_buttons_of_other_pages_do_nothing(ada_client: Client, site: Site) -> None:
    row, other = make_correction(site), make_correction(make_open_site())
    for sent in (
        {"verb": "accept", "correction": other.pk},
        {"verb": "accept"},
        {"verb": "burn", "correction": row.pk},
        {"verb": "settle", "outcome": "ANSWERED"},
        {},
    ):
        html = ada_client.post(address(row.confirmation), sent, follow=True).content.decode()
        assert "no such button" in html
    long = {"verb": "decline", "correction": row.pk, "words": "x" * 2_001}
    html = ada_client.post(address(row.confirmation), long, follow=True).content.decode()
    assert "Not done: " in html
    assert (fate(row), fate(other)) == ("WAITING", "WAITING")


def test_answer_page_is_the_desks_alone(
    uma_client: Client, pat: Client, ada_client: Client, site: Site
) -> None:
    row = make_correction(site)
    sent = {"verb": "accept", "correction": row.pk}
    for client, status in ((uma_client, 404), (pat, 302)):
        assert client.get(address(row.confirmation)).status_code == status
        assert client.post(address(row.confirmation), sent).status_code == status
    assert ada_client.put(address(row.confirmation)).status_code == 405
    assert ada_client.get(address(make_answer(site))).status_code == 404
    assert fate(row) == "WAITING"


@pytest.mark.parametrize("amount", [1, 12])
def test_query_count_does_not_grow(
    ada_client: Client, site: Site, amount: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(amount):
        make_site_contact(site, name=f"Nurse {number}", phone="1")
    rows = make_corrections(
        site, *(phone(contact_name=f"Nurse {number}") for number in range(amount))
    )
    with django_assert_num_queries(QUERIES):
        ada_client.get(address(rows[0].confirmation))


# --- The queue, the text's page, the site's page ----------------------------------------------


def test_queue_leads_to_the_answer_with_old_and_new(ada_client: Client, site: Site) -> None:
    bare = make_answer(make_open_site(), Answer.NOT_MY_SITE, days_ago=5)
    rows = make_corrections(
        site,
        phone(),
        Proposed(Field.STATUS, "", "SUSPENDED"),
        Proposed(Field.PHONE_EXT, JOY, "12"),
        Proposed(Field.OTHER, "", "", "x"),
    )
    response = ada_client.get("/admin/", {"queue": "corrections"})
    found = response.context["rows"]
    assert [(row.address, row.what) for row in found] == [
        (address(bare), "Lighthouse Clinic, Kisumu, Kenya: not their site"),
        (
            address(rows[0].confirmation),
            f"Lighthouse Clinic, Kisumu, Kenya: Phone number: +254 20 2724000 → {NEW_PHONE}; "
            "Status of the site: Open to new participants → Paused; Extension: nothing → 12; "
            "Something else",
        ),
    ]
    assert f'href="{address(bare)}"' in response.content.decode()


@pytest.mark.parametrize("amount", [1, 8])
def test_queue_asks_no_more_for_more_corrections(
    ada_client: Client, site: Site, amount: int, django_assert_max_num_queries: object
) -> None:
    for number in range(amount):
        make_corrections(make_open_site(), phone(f"+254 20 27241{number:02}"))
    with django_assert_max_num_queries(27):  # type: ignore[operator]  # the fixture has no type of its own
        ada_client.get("/admin/", {"queue": "corrections"})


def test_text_and_site_lead_to_the_answer(ada_client: Client, site: Site, ada: User) -> None:
    row = make_correction(site)
    text = ada_client.get(reverse("admin:desk-text", args=[site.trial.nct_id])).content.decode()
    assert f'href="{address(row.confirmation)}"' in text
    assert 'name="corrections"' not in text
    corrections.accept(correction=row, by=ada)
    text = ada_client.get(reverse("admin:desk-text", args=[site.trial.nct_id])).content.decode()
    assert address(row.confirmation) not in text
    assert "accepted a correction at Lighthouse Clinic, Kisumu, Kenya: Phone number" in text
    page = ada_client.get(reverse("admin:desk-site", args=[site.pk])).content.decode()
    assert f'href="{address(row.confirmation)}"' in page


def test_answer_that_ended_by_itself_is_said_to_have(ada_client: Client, site: Site) -> None:
    row = make_correction(site)
    site.contacts.update(phone=NEW_PHONE)
    follow_registry()
    html = ada_client.get(address(row.confirmation)).content.decode()
    assert "By itself: the registry agreed" in html
    page = ada_client.get(reverse("admin:desk-site", args=[site.pk])).content.decode()
    assert "Ended by itself: Corrected" in page


def test_new_number_without_the_old_extension_is_pointed_out(
    ada_client: Client, site: Site
) -> None:
    site.contacts.update(phone_ext="12")
    row = make_correction(site)
    html = ada_client.get(address(row.confirmation)).content.decode()
    assert "The registry’s extension, 12, is not shown behind it" in html
    site.contacts.update(phone_ext="")
    html = ada_client.get(address(row.confirmation)).content.decode()
    assert "not shown behind it" not in html


# --- The study team has answered since ---------------------------------------------------------


def test_later_answer_with_another_value_is_told_beside_what_readers_see(
    ada_client: Client, site: Site, ada: User
) -> None:
    first, late = (make_answer(site, Answer.CHANGE, days_ago=days) for days in (3, 1))
    newer, note = corrections.propose(
        confirmation=late,
        proposed=[phone("+254 20 2724777"), Proposed(Field.OTHER, "", "", "Ring & wait")],
    )
    corrections.accept(correction=newer, by=ada)
    # Its form was open for two hours.
    (older,) = corrections.propose(confirmation=first, proposed=[phone("+254 20 2724199")])
    html = ada_client.get(address(first)).content.decode()
    assert f'<a href="{address(late)}">something must change</a>' in html
    assert "<li>Phone number of Joy Achieng: +254 20 2724777 (accepted)</li>" in html
    assert "<li>Something else: Ring &amp; wait (waits for an editor)</li>" in html
    assert "<b>Now: +254 20 2724777</b>" in html
    assert "which readers see: decline this one" in post(ada_client, older, "accept")
    assert (fate(older), fate(note)) == ("WAITING", "WAITING")
    assert "has answered since" not in ada_client.get(address(late)).content.decode()


def test_number_without_the_registrys_extension_is_what_readers_see_now(
    ada_client: Client, site: Site, ada: User
) -> None:
    site.contacts.update(phone_ext="7")
    number, extension = make_corrections(
        site, phone(), Proposed(Field.PHONE_EXT, JOY, "12"), days_ago=3
    )
    corrections.accept(correction=number, by=ada)
    make_answer(site)
    html = ada_client.get(address(extension.confirmation)).content.decode()
    assert "<td>7<br><b>Now: Nothing</b></td>" in html


def test_registry_that_agreed_and_went_back_leads_to_the_answer(
    ada_client: Client, site: Site, ada: User
) -> None:
    row = make_correction(site)
    corrections.accept(correction=row, by=ada)
    for value in (NEW_PHONE, "+254 20 2724000"):
        site.contacts.update(phone=value)
        follow_registry()
    html = ada_client.get("/admin/", {"queue": "corrections"}).content.decode()
    assert f'href="{address(row.confirmation)}"' in html
    html = ada_client.get(address(row.confirmation)).content.decode()
    assert "It agreed with the study team before." in html
    assert "Accept anew" in html


def test_later_confirmation_is_told_and_the_old_correction_can_be_accepted(
    ada_client: Client, site: Site
) -> None:
    row = make_correction(site, Proposed(Field.STATUS, "", "SUSPENDED"), days_ago=4)
    assert "has answered since" not in ada_client.get(address(row.confirmation)).content.decode()
    later = make_answer(site, Answer.RIGHT, days_ago=1)
    html = ada_client.get(address(row.confirmation)).content.decode()
    day = f"{later.confirmed_at:%-d %B %Y}"
    assert f"has answered since, on {day}:</b> these details are right." in html
    assert "<b>Now: Open to new participants</b>" in html
    assert "Accepted." in post(ada_client, row, "accept")
