"""Mail to study teams on the desk: the switch, letters, who gets nothing, the demo's files."""

import os
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage as OurMessage
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.letters.rows import age, make_coordinator, states, turn_on
from tests.coordinators.rows import make_open_site
from trials.admin.desk import mail_files
from trials.coordinators import letters
from trials.coordinators.letters import suppression, switch
from trials.models import AuditEvent, ConfirmationLink, Letter, MailSwitch, SuppressedAddress
from trials.terms.letters import LetterState, SuppressedFor

pytestmark = pytest.mark.django_db

PAGE = "/admin/desk/mail/"
QUERIES = 10
FILES = "django.core.mail.backends.filebased.EmailBackend"


def post(client: Client, **sent: object) -> str:
    return client.post(PAGE, sent, follow=True).content.decode()


@pytest.fixture
def letter(ada: User) -> Letter:
    """An invitation that waits."""
    site = make_open_site(name="Ward <9>")
    make_coordinator(site)
    return letters.invite(site=site, by=ada)[0]


def test_mail_page_works(ada_client: Client, letter: Letter) -> None:
    html = ada_client.get(PAGE).content.decode()
    assert "Letters to addresses that the registry lists: off" in html
    assert "A publisher can change this." in html
    assert "Ward &lt;9&gt;, Kisumu, Kenya" in html
    assert "asked for by ada" in html
    assert 'Waiting <span class="desk-count">1</span>' in html
    assert "There is no such letter." in ada_client.get(PAGE, {"state": "SENT"}).content.decode()
    assert ada_client.get(PAGE, {"state": "LOST"}).status_code == 200


def test_publisher_sets_the_switch_with_a_reason(cleo_client: Client, ada_client: Client) -> None:
    html = post(cleo_client, verb="on", reason="All sponsors agreed")
    assert "Letters to addresses that the registry lists: on" in html
    assert "<b>cleo</b> allowed letters to addresses that the registry lists" in html
    assert "All sponsors agreed" in html
    assert switch.is_on()
    assert "Give a reason" in post(cleo_client, verb="off", reason=" ")
    assert "Only a publisher" in post(ada_client, verb="off", reason="No")
    assert switch.is_on()
    post(cleo_client, verb="off", reason="Enough")
    assert not switch.is_on()
    assert MailSwitch.objects.count() == 2


def test_switch_of_another_installation_is_off_and_the_page_says_why(
    cleo_client: Client, ada_client: Client
) -> None:
    post(cleo_client, verb="on", reason="All sponsors agreed")
    with override_settings(SECRET_KEY="another key of the same portal, or of a copy of it"):
        cleo_client.force_login(User.objects.get(username="cleo"))
        ada_client.force_login(User.objects.get(username="ada"))
        html = cleo_client.get(PAGE).content.decode()
        assert "No letter goes out from here" in html
        assert "It was switched on for another installation or before its key was changed" in html
        assert "Letters to addresses that the registry lists: off" in html
        assert "Allow these letters" not in html
        assert "A publisher can say so." in ada_client.get(PAGE).content.decode()
        assert "Only a publisher" in post(ada_client, verb="here", reason="New key")
        assert "first say that this installation" in post(cleo_client, verb="off", reason="No")
        html = post(cleo_client, verb="here", reason="The key is new")
        assert "Letters go out from here again." in html
        assert "No letter goes out from here" not in html
        assert "Letters to addresses that the registry lists: off" in html
        assert "Allow these letters" in html
        assert "The key is new" in html


def test_letter_that_was_cut_off_is_sent_again_by_a_button(
    ada_client: Client, letter: Letter
) -> None:
    Letter.objects.update(state=LetterState.SENDING, tries=1)
    age(letter, minutes=1)
    assert "Cut off while" not in ada_client.get(PAGE).content.decode()
    age(letter, minutes=20)
    assert "Cut off while" in ada_client.get(PAGE).content.decode()
    assert "waits to be sent again" in post(ada_client, verb="again", letter=letter.pk)
    assert states() == [LetterState.WAITING]
    assert "was not cut off" in post(ada_client, verb="again", letter=letter.pk)
    assert "There is no such letter." in post(ada_client, verb="again")
    assert AuditEvent.objects.filter(verb="send again").count() == 1


def test_list_is_kept_by_hand_and_found_by_address(ada_client: Client) -> None:
    assert "not an email address" in post(ada_client, verb="suppress", address="ruth")
    html = post(
        ada_client, verb="suppress", address="Ruth@team.example", reason="She <i>phoned</i>"
    )
    assert "…@team.example: Somebody at the desk decided so" in html
    assert "She &lt;i&gt;phoned" in html
    assert "Ruth" not in html
    assert "ruth@" not in html
    assert "Take it off the list" in post(ada_client, verb="find", address=" RUTH@team.example")
    assert "is not on the list" in post(ada_client, verb="find", address="joy@clinic.example")
    row = SuppressedAddress.objects.get()
    html = post(ada_client, verb="lift", row=row.pk)
    assert "Letters may go to that address at team.example again." in html
    assert not SuppressedAddress.objects.exists()
    assert "no such button" in post(ada_client, verb="lift", row=row.pk)
    assert "no longer on the list" in post(ada_client, verb="lift")


def test_page_is_the_desks_alone(uma_client: Client, pat: Client, ada_client: Client) -> None:
    for client, status in ((uma_client, 404), (pat, 302)):
        assert client.get(PAGE).status_code == status
        assert client.post(PAGE, {"verb": "on", "reason": "x"}).status_code == status
    assert ada_client.put(PAGE).status_code == 405
    assert "no such button" in post(ada_client, verb="burn")
    assert "no such button" in post(ada_client)
    assert not MailSwitch.objects.exists()


def test_queue_and_site_lead_to_the_page(ada_client: Client) -> None:
    link = f'href="{reverse("admin:desk-mail")}"'
    assert link in ada_client.get("/admin/").content.decode()
    page = reverse("admin:desk-site", args=[make_open_site().pk])
    assert link in ada_client.get(page).content.decode()


@pytest.mark.parametrize("amount", [1, 30])
def test_query_count_does_not_grow(
    ada_client: Client,
    letter: Letter,
    amount: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(amount):
        suppression.suppress(address=f"a{number}@b.example", why=SuppressedFor.DESK)
        turn_on()
        Letter.objects.create(
            kind="REMINDER",
            address_digest="d",
            coordinator=letter.coordinator,
            state=LetterState.SENDING,
            made_at=timezone.now(),
            sent_at=timezone.now() - timedelta(days=1),
        )
    with django_assert_num_queries(QUERIES):
        ada_client.get(PAGE)


# --- The page of a site -----------------------------------------------------------------------


def test_link_is_sent_from_the_page_of_a_site(ada_client: Client) -> None:
    site = make_open_site()
    make_coordinator(site)
    page = reverse("admin:desk-site", args=[site.pk])
    html = ada_client.get(page).content.decode()
    assert "goes to 1 address: whoever looks after this site" in html
    html = ada_client.post(page, {"verb": "send"}, follow=True).content.decode()
    assert "1 letter goes out now." in html
    assert Letter.objects.get().state == LetterState.WAITING
    assert not ConfirmationLink.objects.exists(), "its link is made as it is sent"
    history = reverse("admin:desk-text", args=[site.trial.nct_id])
    assert (
        "sent a letter to the study team at Lighthouse" in ada_client.get(history).content.decode()
    )


def test_link_can_not_be_sent_where_the_gate_forbids_it(ada_client: Client) -> None:
    page = reverse("admin:desk-site", args=[make_open_site().pk])
    html = ada_client.get(page).content.decode()
    assert "letters to addresses that the registry lists are switched off" in html
    assert 'value="send" aria-describedby="send-to" disabled' in html
    assert "switched off" in ada_client.post(page, {"verb": "send"}, follow=True).content.decode()
    assert not Letter.objects.exists()
    turn_on()
    assert "the contacts that the registry lists." in ada_client.get(page).content.decode()


# --- The demo's files -------------------------------------------------------------------------


def test_letters_of_the_demo_are_shown(ada_client: Client, letter: Letter, tmp_path: Path) -> None:
    with override_settings(EMAIL_BACKEND=FILES, EMAIL_FILE_PATH=tmp_path):
        assert letters.deliver(letter.pk) == LetterState.SENT
        (shown,) = mail_files.newest()
        html = ada_client.get(PAGE).content.decode()
    assert shown.to == "ruth@team.example"
    assert "/confirm/?key=" in shown.text
    assert dict(shown.headers)["Auto-Submitted"] == "auto-generated"
    assert "Is this contact right? Ward &lt;9&gt;, Kisumu, Kenya" in html
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in html


def test_page_shows_no_files_where_mail_is_sent(ada_client: Client, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(b"Subject: Old\n\nHello")
    with override_settings(EMAIL_FILE_PATH=tmp_path):
        assert mail_files.newest() == []
        assert "would have been sent" not in ada_client.get(PAGE).content.decode()
        with override_settings(EMAIL_BACKEND=FILES, PRODUCTION=True):
            assert mail_files.newest() == []


def test_newest_letters_come_first_and_reading_is_bounded(tmp_path: Path) -> None:
    with override_settings(EMAIL_BACKEND=FILES, EMAIL_FILE_PATH=tmp_path):
        OurMessage("First", "Hello", to=["a@b.example"]).send()
        for number in range(25):
            path = tmp_path / f"{number}.log"
            path.write_bytes(f"Subject: Letter {number}\n\nHello".encode())
            os.utime(path, (2_000_000_000 + number,) * 2)
        found = mail_files.newest()
        assert [each.subject for each in found] == [
            f"Letter {number}" for number in range(24, 4, -1)
        ]
        (tmp_path / "24.log").write_bytes(b"Subject: Long\n\n" + b"x" * 900_000)
        os.utime(tmp_path / "24.log", (2_100_000_000,) * 2)
        assert len(mail_files.newest()[0].text) == 20_000


def test_letters_of_one_file_are_told_apart(tmp_path: Path) -> None:
    with override_settings(EMAIL_BACKEND=FILES, EMAIL_FILE_PATH=tmp_path):
        from django.core.mail import get_connection

        get_connection().send_messages(
            [OurMessage(f"Letter {each}", "Hello", to=["a@b.example"]) for each in "ab"]
        )
        assert [each.subject for each in mail_files.newest()] == ["Letter b", "Letter a"]


def test_files_that_hold_anything_are_shown_as_text(ada_client: Client, tmp_path: Path) -> None:
    odd = EmailMessage()
    odd["Subject"] = "<script>alert(1)</script>"
    odd.set_content("<b>Hello</b>")
    (tmp_path / "a.log").write_bytes(odd.as_bytes())
    (tmp_path / "b.log").write_bytes(b"Content-Type: text/plain; charset=nonsense\n\n\xff\xfe")
    (tmp_path / "c.log").write_bytes(os.urandom(3_000))
    (tmp_path / "d").mkdir()
    (tmp_path / "e.log").symlink_to("/etc/hostname")
    with override_settings(EMAIL_BACKEND=FILES, EMAIL_FILE_PATH=tmp_path):
        html = ada_client.get(PAGE).content.decode()
        assert len(mail_files.newest()) >= 3
    assert "<script>alert" not in html
    assert "&lt;b&gt;Hello&lt;/b&gt;" in html
    with override_settings(EMAIL_BACKEND=FILES, EMAIL_FILE_PATH=tmp_path / "nothing"):
        assert mail_files.newest() == []
