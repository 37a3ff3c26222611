"""A coordinator sees whether letters go to them, stops them, and takes that back."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.pages.team.conftest import JOY, signed_in
from trials.coordinators.letters import suppression
from trials.models import Coordinator, SuppressedAddress
from trials.terms.letters import LetterKind, SuppressedFor

pytestmark = pytest.mark.django_db

PAGE = "/coordinators/account/"


def press(client: Client, verb: str) -> str:
    response = client.post(PAGE, {"verb": verb}, follow=True)
    assert response.redirect_chain == [(PAGE, 303)]
    return response.content.decode()


def test_coordinator_stops_letters_and_takes_that_back(joy_client: Client) -> None:
    assert "We write to you when" in joy_client.get(PAGE).content.decode()
    html = press(joy_client, "stop")
    assert "You stopped our emails on" in html
    assert "You still get a link to sign in" in html
    assert suppression.is_suppressed(JOY, LetterKind.REMINDER)
    assert not suppression.is_suppressed(JOY, LetterKind.SIGN_IN)
    assert "We write to you when" in press(joy_client, "undo")
    assert not SuppressedAddress.objects.exists()


def test_who_unsubscribed_by_a_letter_takes_that_back_here(joy_client: Client) -> None:
    suppression.suppress(address=JOY, why=SuppressedFor.UNSUBSCRIBED)
    assert "We write to you when" in press(joy_client, "undo")


@pytest.mark.parametrize(
    ("why", "words"),
    [(SuppressedFor.BOUNCED, "mail to your address came back"), (SuppressedFor.DESK, "editors")],
)
def test_what_others_decided_is_said_and_stays(
    joy_client: Client, why: SuppressedFor, words: str
) -> None:
    suppression.suppress(address=JOY, why=why)
    html = press(joy_client, "undo")
    assert words in html
    assert "no link to sign in" in html
    assert SuppressedAddress.objects.get().why == why


def test_wish_is_kept_beside_what_the_desk_decided(joy_client: Client, ada: User) -> None:
    suppression.add(address=JOY, reason="", by=ada)
    assert "You stopped our emails, too." in press(joy_client, "stop")
    assert not suppression.lift(row=SuppressedAddress.objects.get(), by=ada)
    assert "You stopped our emails on" in joy_client.get(PAGE).content.decode()


def test_forms_need_their_token_and_a_session(joy: Coordinator) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(joy).cookies
    assert client.post(PAGE, {"verb": "stop"}).status_code == 403
    assert Client().post(PAGE, {"verb": "stop"}).url == "/coordinators/"
    assert not SuppressedAddress.objects.exists()


def test_stopping_does_not_leave(joy_client: Client, joy: Coordinator) -> None:
    press(joy_client, "stop")
    joy.refresh_from_db()
    assert joy.left_on is None
    assert joy_client.post(PAGE, {"verb": "nonsense"}).status_code == 400
