"""The way into the area: nobody learns who is known, looking changes nothing, a key works once."""

import time

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils.html import escape

from tests.pages.team.conftest import JOY, signed_in
from trials.coordinators import sign_in, teams
from trials.models import Coordinator, Letter, SignInKey
from trials.pages.team import asking
from trials.terms.letters import LetterKind

pytestmark = pytest.mark.django_db
ASK, ENTER, SITES = "/coordinators/", "/coordinators/enter/", "/coordinators/sites/"


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    cache.clear()


def test_answer_is_the_same_whoever_asks(joy: Coordinator) -> None:
    stranger = "bob@team.example"
    assert len(stranger) == len(JOY)
    known = Client().post(ASK, {"address": f" {JOY} "})
    unknown = Client().post(ASK, {"address": f" {stranger} "})
    for answer in (known, unknown):
        assert answer.status_code == 200
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]
    assert known.headers == unknown.headers
    said = known.content.decode()
    assert "on its way" in said
    assert said.replace(JOY, stranger) == unknown.content.decode()
    letter = Letter.objects.get()
    assert (letter.kind, letter.coordinator) == (LetterKind.SIGN_IN, joy)


@pytest.mark.parametrize(
    "typed", ["Jo@Team.example", "o'hara&sons@team.example", "a@bücher.example"]
)
def test_answer_repeats_the_address_as_it_was_typed(typed: str) -> None:
    said = Client().post(ASK, {"address": f" {typed} "}).content.decode()
    assert f"<b>{escape(typed)}</b>" in said
    assert "&" not in typed or typed not in said


@pytest.mark.parametrize("typed", ["", "joy", "a@b.example\r\nBcc: c@d.example", "<b>@x.example"])
def test_wrong_address_is_asked_for_again(joy: Coordinator, typed: str) -> None:
    answer = Client().post(ASK, {"address": typed})
    assert answer.status_code == 400
    assert "There is a problem" in answer.content.decode()
    assert "<b>" not in answer.content.decode().split("<h1>")[0]
    assert not Letter.objects.exists()


def test_form_of_another_page_asks_for_nothing(joy: Coordinator) -> None:
    answer = Client().post(ASK, {"address": JOY}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not Letter.objects.exists()


def test_asking_is_bounded_for_each_address_of_the_network(
    joy: Coordinator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "ASKED_AN_HOUR", 2)
    answers = [Client().post(ASK, {"address": "no@team.example"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    elsewhere = Client().post(ASK, {"address": JOY}, REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 200


def test_link_is_looked_at_without_effect_and_used_once(joy: Coordinator) -> None:
    key = sign_in.new_key(joy)
    for method in ("get", "head", "get"):
        looked = getattr(Client(), method)(ENTER, {"key": key})
        assert looked.status_code == 200
        assert looked["Referrer-Policy"] == "no-referrer"
        assert "no-store" in looked["Cache-Control"]
        assert not looked.cookies
    client = Client()
    assert client.post(ENTER, {"key": key}).status_code == 303
    assert client.get(SITES).status_code == 200
    for again in (Client().get(ENTER, {"key": key}), Client().post(ENTER, {"key": key})):
        assert again.status_code == 410
        assert "used already" in again.content.decode()


@pytest.mark.parametrize("key", ["", "cut", "\0", "x" * 5_000])
def test_wrong_link_says_what_to_do(joy: Coordinator, key: str) -> None:
    for answer in (Client().get(ENTER, {"key": key}), Client().post(ENTER, {"key": key})):
        assert answer.status_code == 404
        assert "Ask for a new link" in answer.content.decode()


def test_old_link_says_what_to_do(joy: Coordinator) -> None:
    key = sign_in.new_key(joy)
    row = SignInKey.objects.get()
    SignInKey.objects.update(expires_at=row.expires_at.replace(year=2020))
    assert Client().post(ENTER, {"key": key}).status_code == 410


def test_link_pressed_on_another_page_signs_nobody_in(joy: Coordinator) -> None:
    key = sign_in.new_key(joy)
    client = Client()
    answer = client.post(ENTER, {"key": key}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert client.get(SITES).status_code == 302


def test_session_gets_a_key_of_its_own(joy: Coordinator) -> None:
    client = Client()
    client.session.save()
    before = client.session.session_key
    client.cookies["sessionid"] = before or ""
    client.post(ENTER, {"key": sign_in.new_key(joy)})
    assert client.cookies["sessionid"].value != before


def test_session_ends_by_the_clock(joy_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 29 * 60)
    assert joy_client.get(SITES).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 58 * 60)
    assert joy_client.get(SITES).status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 89 * 60)
    assert joy_client.get(SITES).status_code == 302
    monkeypatch.setattr(time, "time", lambda: now + 58 * 60)
    assert joy_client.get(SITES).status_code == 302


@override_settings(SESSION_HOURS=1, SESSION_COOKIE_AGE=90 * 60)
def test_session_ends_after_its_hours(joy_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 61 * 60)
    assert joy_client.get(SITES).status_code == 302


def test_signing_out_ends_it(joy_client: Client) -> None:
    assert joy_client.get("/coordinators/sign-out/").status_code == 405
    assert joy_client.post("/coordinators/sign-out/").status_code == 302
    assert joy_client.get(SITES).status_code == 302


def test_whoever_was_signed_in_is_told_so(
    joy_client: Client, ada_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Client().get(SITES).url == ada_client.get(SITES).url == ASK
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 31 * 60)
    answer = joy_client.post(SITES, {"one": "1-x"}, follow=True)
    assert answer.redirect_chain == [(f"{ASK}?over=1", 302)]
    assert "You are signed out by now." in answer.content.decode()


def test_leaving_ends_every_session(joy: Coordinator, joy_client: Client) -> None:
    other = signed_in(joy)
    unsure = joy_client.post("/coordinators/account/")
    assert unsure.status_code == 400
    assert other.get(SITES).status_code == 200
    answer = joy_client.post("/coordinators/account/", {"sure": "yes"}, follow=True)
    assert "You have left" in answer.content.decode()
    for client in (joy_client, other):
        assert client.get(SITES).status_code == 302


def test_coordinator_is_no_staff_and_staff_no_coordinator(
    joy: Coordinator, joy_client: Client, ada: User, ada_client: Client
) -> None:
    assert "/account/login/" in joy_client.get("/admin/").url
    assert ada_client.get(SITES).url == "/coordinators/"
    both = signed_in(joy)
    both.force_login(ada)
    assert both.get("/admin/").status_code == 200
    both.post(ENTER, {"key": sign_in.new_key(joy)})
    assert both.get(SITES).status_code == 200
    both.post("/coordinators/sign-out/")
    assert both.get("/admin/").status_code == 200
    assert both.get(SITES).status_code == 302


def test_row_of_sites_is_not_needed_to_sign_in(joy: Coordinator) -> None:
    for row in teams.sites_of(joy):
        teams.leave(row=row)
    assert "No site is in your hands" in signed_in(joy).get(SITES).content.decode()
