"""Mail that came back: reports of mail servers, and what looks like them."""

import io
import mailbox
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
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
    returns: str = "",
    action: str = "failed",
    original: str = "",
    answer: str = "550 no such user",
    part: str = "text/rfc822-headers",
) -> bytes:
    """Return a report as a mail server writes it; `returns` is the name of the returned letter."""
    asked = f"Original-Recipient: rfc822; {original}\r\n" if original else ""
    name = f"Message-ID: {returns}\r\n" if returns else ""
    return (
        f"From: Mail Delivery <mailer-daemon@mx.example>\r\nTo: noreply@findatrial.example\r\n"
        f"Date: {formatdate()}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour letter came back.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"{asked}Final-Recipient: rfc822; {address}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {answer}\r\n\r\n"
        f"--b\r\nContent-Type: {part}\r\n\r\n{name}Subject: Is this contact right?\r\n\r\n"
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


@pytest.fixture
def name(postbox: Postbox, letter: Letter) -> str:
    """The Message-ID under which it went out."""
    return str(postbox.only()["Message-ID"])


def note(*contents: bytes) -> bounces.Noted:
    return bounces.note((f"message {number}", each) for number, each in enumerate(contents, 1))


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["text/rfc822-headers", "message/rfc822"])
def test_report_marks_the_letter_and_suppresses_the_address(
    letter: Letter, name: str, part: str
) -> None:
    assert note(report("Ruth@TEAM.example", returns=name, part=part)).bounced == 1
    letter.refresh_from_db()
    assert (letter.state, letter.problem) == (LetterState.BOUNCED, "It came back: 5.1.1")
    row = SuppressedAddress.objects.get()
    assert (row.why, row.domain) == (SuppressedFor.BOUNCED, "team.example")


@pytest.mark.django_db
def test_report_counts_once_however_often_a_mailbox_is_read(
    letter: Letter, name: str, ada: User
) -> None:
    old = report(returns=name)
    assert note(old, old).bounced == 1
    suppression.lift(row=SuppressedAddress.objects.get(), by=ada)
    assert note(old).nothing_new == 1
    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_report_that_returns_no_letter_of_ours_changes_nothing(letter: Letter, name: str) -> None:
    """Anybody can write one, and lock a coordinator out."""
    number, chance, mark = name.strip("<>").partition("@")[0].split(".")
    other = "0" * 20 if mark != "0" * 20 else "1" * 20
    forged = [
        "",
        "<17@mx.example>",
        name.replace(mark, other),
        name.replace(f"<{number}.", f"<{int(number) + 1}."),
        name.replace(chance, "00000000"),
        f"{name} {name}",
        f"<{'9' * 40}.{chance}.{mark}@mx.example>",
    ]
    noted = note(*(report(returns=each) for each in forged))
    assert (noted.bounced, noted.not_ours) == (0, len(forged))
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_report_is_about_the_address_alone_that_the_letter_went_to(
    letter: Letter, name: str
) -> None:
    make_coordinator(make_open_site(), address="lea@team.example")
    assert note(report("lea@team.example", returns=name)).not_ours == 1
    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_mail_that_only_looks_like_a_report_is_passed_over(letter: Letter, name: str) -> None:
    odd = EmailMessage()
    odd["X-Failed-Recipients"] = RUTH
    odd.set_content(f"This message was undeliverable: {name}")
    assert note(odd.as_bytes()).no_reports == 1
    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_report_of_a_forwarded_letter_is_about_the_address_that_we_wrote_to(
    letter: Letter, name: str
) -> None:
    assert note(report("box17@host.example", original=RUTH, returns=name)).bounced == 1
    assert SuppressedAddress.objects.get().domain == "team.example"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("5.7.1", "550 5.7.1 Looks like spam"),
        ("5.7.26", "550 DMARC"),
        ("5.2.2", "552 Mailbox full"),
        ("5.0.0", "550 relay not permitted"),
    ],
)
def test_report_that_is_not_surely_about_the_mailbox_suppresses_nobody(
    letter: Letter, name: str, ada: User, status: str, answer: str
) -> None:
    assert note(report(status=status, answer=answer, returns=name)).refused == 1
    assert not SuppressedAddress.objects.exists()
    letter.refresh_from_db()
    assert (letter.state, letter.problem) == (LetterState.REFUSED, f"It came back: {status}")
    assert list(letters.left_to_the_desk()) == [letter]
    letters.send_again(letter=letter, by=ada)


@pytest.mark.django_db
def test_answer_tells_what_an_empty_status_does_not(letter: Letter, name: str) -> None:
    assert note(report(status="5.0.0", answer="550-Unknown user", returns=name)).bounced == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "action"), [("4.2.2", "delayed"), ("2.0.0", "delivered"), ("", "failed")]
)
def test_report_of_what_may_still_arrive_changes_nothing(
    letter: Letter, name: str, status: str, action: str
) -> None:
    noted = note(report(status=status, action=action, returns=name))
    assert (noted.bounced, noted.nothing_new, noted.no_reports) == (0, 1, 0)
    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_garbage_is_passed_over_and_the_others_are_read(letter: Letter, name: str) -> None:
    away = EmailMessage()
    away["Subject"] = "I am away"
    away.set_content("Back on Monday")
    huge = b"x" * (delivery_reports.LONGEST_MESSAGE + 1)
    noted = note(b"\xff\x00 nothing", away.as_bytes(), huge, report(returns=name))
    assert (noted.no_reports, noted.bounced) == (3, 1)


@given(st.binary(max_size=400), st.integers(0, 700), st.integers(0, 60))
def test_whatever_a_message_holds_it_is_read_or_refused(junk: bytes, at: int, cut: int) -> None:
    content = report()
    for each in (junk, content[:at] + junk + content[at + cut :]):
        found = []
        with suppress(UnreadableError):
            found = failures_in(each)
        assert all(failure.status.startswith("5.") for failure in found)


# --- The command ------------------------------------------------------------------------------

CAME_BACK = "1 letter came back from an address that takes no mail.\n"
NOTHING = "0 letters came back from an address that takes no mail.\n"


def run(*paths: Path, **options: object) -> str:
    out = io.StringIO()
    call_command("note_bounces", *map(str, paths), stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_mailboxes_folders_and_files_are_read(letter: Letter, name: str, tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "mbox")
    for each in (report("joy@clinic.example"), report(status="4.2.2"), b"Subject: Away\n\nHello"):
        box.add(each)
    box.close()
    folder = mailbox.Maildir(tmp_path / "maildir")
    folder.add(report(returns=name))
    folder.close()
    (tmp_path / "one.eml").write_bytes(report(returns=name))
    out = run(tmp_path / "mbox", tmp_path / "maildir", tmp_path / "one.eml")
    assert out == (
        f"{CAME_BACK}2 reports said nothing new.\n"
        "1 report returned no letter of ours to the address it names, and changed nothing.\n"
        "1 message passed over: no delivery report.\n"
    )


@pytest.mark.django_db
def test_standard_input_is_read(letter: Letter, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sys.stdin", SimpleNamespace(buffer=io.BytesIO(report(status="5.7.1", returns=name)))
    )
    assert run() == f"{NOTHING}1 letter came back for another reason: see the desk.\n"


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"Subject: I am away\n\nBack on Monday", b"\x00\xff"])
def test_empty_or_unrelated_mail_is_no_failure(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mail server would send it back to whoever wrote it."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    assert run().startswith(NOTHING)
    (tmp_path / "mbox").write_bytes(content)
    assert run(tmp_path / "mbox").startswith(NOTHING)
    assert run(tmp_path / "mbox", verbosity=0) == ""
    (tmp_path / "maildir" / "new").mkdir(parents=True)
    assert run(tmp_path / "maildir") == NOTHING


@pytest.mark.django_db
def test_what_is_not_there_is_named_and_the_others_are_read(
    letter: Letter, name: str, tmp_path: Path
) -> None:
    (tmp_path / "one.eml").write_bytes(report(returns=name))
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError) as raised:
        run(tmp_path / "nothing", tmp_path / "folder", tmp_path / "one.eml")
    assert "nothing: No such file" in str(raised.value)
    assert "folder: this folder is no Maildir." in str(raised.value)
    letter.refresh_from_db()
    assert letter.state == LetterState.BOUNCED


def test_interrupted_command_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bounces, "note", stop)
    with pytest.raises(CommandError, match="Stopped") as error:
        run(tmp_path)
    assert error.value.returncode == 130
