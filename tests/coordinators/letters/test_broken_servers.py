"""A mail server that hangs, hangs up or can't be spoken to: what surely did not go out, and why."""

import io
import socket
import ssl
from smtplib import SMTPAuthenticationError, SMTPNotSupportedError

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests.coordinators.letters.rows import age, make_coordinator, remind
from tests.coordinators.letters.server import (
    HANGS,
    HANGS_UP,
    Postbox,
    no_mail_server,
    scripted_server,
)
from tests.coordinators.rows import make_open_site
from trials.coordinators import letters
from trials.coordinators.letters import connecting, posting
from trials.models import Letter
from trials.terms.letters import LetterState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "_PATIENCE_SECONDS", 1.0)


@pytest.fixture
def waiting(db: None) -> list[Letter]:
    """Letters to four coordinators."""
    for name in "abcd":
        make_coordinator(make_open_site(), address=f"{name}@team.example")
    return remind()


@pytest.mark.parametrize("answer", [HANGS, HANGS_UP, "421 4.3.2 Shutting down"])
@pytest.mark.parametrize("verb", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
def test_letter_surely_did_not_go_out_before_the_server_asked_for_it(
    waiting: list[Letter], verb: str, answer: str
) -> None:
    script = {verb: answer, "HELO": answer} if verb == "EHLO" else {verb: answer}
    with scripted_server(script) as server:
        sent = letters.send_waiting()
    assert sent.must_stop
    assert sent.is_unreachable
    assert sent.states == {LetterState.WAITING: 1}, "the rest is not tried"
    assert server.connections == 1
    assert Letter.objects.filter(state=LetterState.WAITING).count() == 4


@pytest.mark.parametrize("answer", [HANGS, HANGS_UP])
def test_letter_may_have_arrived_once_it_was_handed_over(
    waiting: list[Letter], answer: str
) -> None:
    with scripted_server({"BODY": answer}):
        sent = letters.send_waiting()
    assert sent.states == {LetterState.SENDING: 3}, "three in a row are enough"
    assert sent.must_stop


@pytest.mark.parametrize("answer", ["554 5.6.0 Looks like spam", "421 Full"])
def test_letter_that_the_server_refused_did_not_go_out(waiting: list[Letter], answer: str) -> None:
    with scripted_server({"BODY": answer}):
        assert letters.deliver(waiting[0].pk) == LetterState.WAITING


# --- Why it could not be reached, in words ----------------------------------------------------


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ConnectionRefusedError(), "nobody listens at its port"),
        (socket.gaierror(-2, "x"), "its name was not found"),
        (TimeoutError(), "it did not answer in time"),
        (ssl.SSLCertVerificationError("x"), "its certificate is not trusted"),
        (ssl.SSLError("x"), "it speaks no TLS at this port"),
        (SMTPNotSupportedError("STARTTLS extension not supported by server."), "no STARTTLS"),
        (SMTPNotSupportedError("SMTP AUTH extension not supported by server."), "no login"),
        (SMTPAuthenticationError(535, b"5.7.8 for a@b.example"), "the login: 535 5.7.8 for …"),
        (UnicodeError("label too long"), "no name of a host"),
        (OSError(), "OSError"),
    ],
)
def test_causes_have_words(error: Exception, words: str) -> None:
    assert words in connecting.cause(error)


def test_missing_starttls_and_login_are_named(waiting: list[Letter], postbox: Postbox) -> None:
    with override_settings(EMAIL_USE_TLS=True):
        assert "no STARTTLS" in letters.attempt(waiting[0].pk).problem
    with override_settings(EMAIL_HOST_USER="ann", EMAIL_HOST_PASSWORD="secret"):
        assert "no login" in letters.attempt(waiting[1].pk).problem
    with override_settings(EMAIL_USE_SSL=True):
        assert "no TLS" in letters.attempt(waiting[2].pk).problem


# --- The commands -----------------------------------------------------------------------------


def run(command: str = "send_letters", **options: object) -> str:
    out = io.StringIO()
    call_command(command, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_command_says_nothing_where_nothing_was_to_do() -> None:
    assert run() == ""
    assert run(verbosity=2) == "0 letters sent.\n"


def test_letter_that_waits_for_tomorrow_is_nothing_to_do(
    waiting: list[Letter], postbox: Postbox
) -> None:
    with override_settings(LETTERS_A_DAY=0):
        assert run() == ""
    assert postbox.letters == []


@pytest.mark.parametrize("command", ["send_letters", "send_reminders"])
def test_command_ends_with_the_cause(command: str) -> None:
    make_coordinator(make_open_site())
    if command == "send_letters":
        remind()
    with no_mail_server(), pytest.raises(CommandError, match="nobody listens at its port") as error:
        run(command)
    assert error.value.returncode == 1


@pytest.mark.parametrize("command", ["send_letters", "send_reminders"])
def test_command_ends_where_three_in_a_row_were_refused(command: str, postbox: Postbox) -> None:
    postbox.at_mail = "550 5.7.1 We know you not"
    for name in "abcd":
        make_coordinator(make_open_site(), address=f"{name}@team.example")
    if command == "send_letters":
        remind()
    with pytest.raises(CommandError) as error:
        run(command)
    assert "3 letters in a row" in str(error.value)
    assert "550 5.7.1 We know you not" in str(error.value)


def test_reminders_leave_out_an_address_that_refused_us_lately(
    waiting: list[Letter], postbox: Postbox
) -> None:
    Letter.objects.filter(pk=waiting[0].pk).update(tries=4)
    age(waiting[0], days=1)
    postbox.at_rcpt["a@team.example"] = "550 5.7.1 Blocked"
    run("send_letters")
    out = run("send_reminders")
    assert "0 letters sent." in out
    age(waiting[0], days=8)
    postbox.at_rcpt.clear()
    assert "1 letter sent." in run("send_reminders")


def test_command_names_letters_that_wait_for_the_desk(
    waiting: list[Letter], postbox: Postbox, ada: User
) -> None:
    Letter.objects.filter(pk=waiting[0].pk).update(state=LetterState.SENDING)
    age(waiting[0], hours=1)
    said = "1 letter was cut off and waits at the desk, under “Mail to study teams”.\n"
    assert run() == f"3 letters sent.\n{said}"
    assert run() == "", "it was said"
    assert run(verbosity=2) == f"0 letters sent.\n{said}"
    assert said in run("send_reminders")


def test_command_of_a_copy_ends_with_what_to_do(waiting: list[Letter], postbox: Postbox) -> None:
    Letter.objects.update(installation="another")
    with pytest.raises(CommandError, match="another installation"):
        run()
    assert postbox.letters == []


@pytest.mark.parametrize("command", ["send_letters", "send_reminders"])
def test_interrupted_command_ends_with_a_sentence(
    waiting: list[Letter], command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    make_coordinator(make_open_site(), address="e@team.example")
    monkeypatch.setattr("trials.coordinators.letters.posting.post", stop)
    with pytest.raises(CommandError, match="Stopped") as error:
        run(command)
    assert error.value.returncode == 130
