"""Mail that came back: reports of mail servers, and what looks like them."""

import io
import mailbox
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.coordinators.letters.rows import make_coordinator
from tests.coordinators.letters.server import Postbox
from tests.coordinators.rows import make_open_site
from trials.coordinators import letters
from trials.coordinators.letters import bounces, delivery_reports, suppression
from trials.coordinators.letters.delivery_reports import UnreadableError, failures_in
from trials.models import Letter, SuppressedAddress
from trials.terms.letters import LetterState, SuppressedFor

RUTH = "ruth@team.example"


def report(
    address: str = RUTH,
    status: str = "5.1.1",
    *,
    action: str = "failed",
    original: str = "",
    days_ago: int = 0,
) -> bytes:
    """Return a report as a mail server writes it."""
    date = format_datetime(timezone.now() - timedelta(days=days_ago))
    asked = f"Original-Recipient: rfc822; {original}\r\n" if original else ""
    return (
        f"From: Mail Delivery <mailer-daemon@mx.example>\r\nTo: noreply@findatrial.example\r\n"
        f"Date: {date}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour letter came back.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"{asked}Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 no such user\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: Is this contact right?\r\n\r\n"
        "--b--\r\n"
    ).encode()


@pytest.fixture
def letter(postbox: Postbox, ada: User) -> Letter:
    """A letter that went out."""
    site = make_open_site()
    make_coordinator(site)
    (letter,) = letters.invite(site=site, by=ada)
    letters.deliver(letter.pk)
    letter.refresh_from_db()
    return letter


def note(*contents: bytes) -> bounces.Noted:
    return bounces.note((f"message {number}", each) for number, each in enumerate(contents, 1))


@pytest.mark.django_db
def test_report_marks_the_letter_and_suppresses_the_address(letter: Letter) -> None:
    assert note(report("Ruth@TEAM.example")).bounced == 1
    letter.refresh_from_db()
    assert (letter.state, letter.problem) == (LetterState.BOUNCED, "It came back: 5.1.1")
    row = SuppressedAddress.objects.get()
    assert (row.why, row.domain) == (SuppressedFor.BOUNCED, "team.example")


@pytest.mark.django_db
def test_report_counts_once_however_often_a_mailbox_is_read(letter: Letter, ada: User) -> None:
    old = report(days_ago=0)
    assert note(old, old).bounced == 1
    suppression.lift(row=SuppressedAddress.objects.get(), by=ada)
    assert note(old).nothing_new == 1
    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_report_is_not_about_a_letter_that_went_out_later(letter: Letter) -> None:
    assert note(report(days_ago=1)).bounced == 0
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT


@pytest.mark.django_db
def test_report_about_a_stranger_suppresses_nobody(letter: Letter) -> None:
    """Anybody can write one."""
    assert note(report("joy@clinic.example")).bounced == 0
    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_report_of_a_forwarded_letter_is_about_the_address_that_we_wrote_to(
    letter: Letter,
) -> None:
    assert note(report("box17@host.example", original=RUTH)).bounced == 1
    assert SuppressedAddress.objects.get().domain == "team.example"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "action"), [("4.2.2", "delayed"), ("2.0.0", "delivered"), ("", "failed")]
)
def test_report_of_what_may_still_arrive_changes_nothing(
    letter: Letter, status: str, action: str
) -> None:
    noted = note(report(status=status, action=action))
    assert (noted.bounced, noted.nothing_new, noted.problems) == (0, 1, [])
    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_garbage_gets_a_sentence_and_the_others_are_read(letter: Letter) -> None:
    away = EmailMessage()
    away["Subject"] = "I am away"
    away.set_content("Back on Monday")
    huge = b"x" * (delivery_reports.LONGEST_MESSAGE + 1)
    noted = note(b"\xff\x00 nothing", away.as_bytes(), huge, report())
    assert noted.problems == [
        "message 1: this is no delivery report.",
        "message 2: this is no delivery report.",
        "message 3: it is too long.",
    ]
    assert noted.bounced == 1


@given(st.binary(max_size=400), st.integers(0, 700), st.integers(0, 60))
def test_whatever_a_message_holds_it_is_read_or_refused(junk: bytes, at: int, cut: int) -> None:
    content = report()
    for each in (junk, content[:at] + junk + content[at + cut :]):
        found = []
        with suppress(UnreadableError):
            found = failures_in(each)
        assert all(failure.status.startswith("5.") for failure in found)


# --- The command ------------------------------------------------------------------------------


def run(*paths: Path) -> str:
    out = io.StringIO()
    call_command("note_bounces", *map(str, paths), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_mailboxes_folders_and_files_are_read(letter: Letter, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "mbox")
    for each in (report("joy@clinic.example"), report(status="4.2.2")):
        box.add(each)
    box.close()
    folder = mailbox.Maildir(tmp_path / "maildir")
    folder.add(report())
    folder.close()
    (tmp_path / "one.eml").write_bytes(report())
    out = run(tmp_path / "mbox", tmp_path / "maildir", tmp_path / "one.eml")
    assert out == "1 letter came back.\n3 reports said nothing new.\n"


@pytest.mark.django_db
def test_standard_input_is_read(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(report())))
    assert run() == "1 letter came back.\n"


@pytest.mark.django_db
def test_what_is_not_there_is_named_and_the_others_are_read(letter: Letter, tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(report())
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError) as raised:
        run(tmp_path / "nothing", tmp_path / "folder", tmp_path / "one.eml")
    assert "nothing: No such file" in str(raised.value)
    assert "folder: this folder is no Maildir." in str(raised.value)
    letter.refresh_from_db()
    assert letter.state == LetterState.BOUNCED
