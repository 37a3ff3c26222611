"""How long a session lasts, and what ends it."""

import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.accounts.steps import PASSWORD, is_in, log_in

NEW = "seven lanterns beside the quiet mill"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    """Return a function that moves the clock of the sessions on, by minutes."""
    started, passed = time.time(), [0.0]
    monkeypatch.setattr("findatrial.accounts.sessions.time.time", lambda: started + passed[0])
    monkeypatch.setattr(
        "django.utils.timezone.now",
        lambda: timezone.datetime.fromtimestamp(
            started + passed[0], timezone.get_fixed_timezone(0)
        ),
    )

    def move(minutes: float) -> None:
        passed[0] += minutes * 60

    return move


def test_session_ends_when_it_is_not_used(vera_client: Client, clock, settings) -> None:
    clock(29)
    assert is_in(vera_client)
    clock(29)
    assert is_in(vera_client)
    clock(31)
    assert not is_in(vera_client)


def test_session_ends_after_its_hours_however_much_it_is_used(vera_client: Client, clock) -> None:
    for _ in range(12 * 60 // 20 - 1):
        clock(20)
        assert is_in(vera_client)
    clock(20)
    assert not is_in(vera_client)
    assert vera_client.get("/account/password/").url.startswith("/account/login/")


def test_session_length_is_a_setting(vera_client: Client, clock, settings) -> None:
    settings.SESSION_HOURS = 1
    settings.SESSION_COOKIE_AGE = 90 * 60
    clock(61)
    assert not is_in(vera_client)


def test_session_is_written_once_a_minute_at_most(
    vera_client: Client, clock, django_assert_num_queries
) -> None:
    clock(2)
    vera_client.get("/account/logout/")
    with django_assert_num_queries(2):  # the session and the person
        vera_client.get("/account/logout/")


def test_cookie_ends_with_the_browser(vera_client: Client) -> None:
    cookie = vera_client.cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_session_in_the_database_lasts_as_long_as_its_idle_time(vera_client: Client) -> None:
    session = Session.objects.get()
    left = session.expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)


def test_changing_the_password_ends_the_other_sessions(vera: User, vera_client: Client) -> None:
    other = Client()
    log_in(other, "vera")
    answer = _change(vera_client, NEW)
    assert answer.status_code == 302
    assert is_in(vera_client)
    assert not is_in(other)
    assert log_in(Client(), "vera", NEW).url == "/admin/"


def test_changing_the_password_needs_the_old_one(vera_client: Client) -> None:
    assert "not your current password" in _change(vera_client, NEW, old="x").content.decode()


@pytest.mark.parametrize(
    ("weak", "said"),
    [
        ("short one", "at least 15 characters"),
        ("vera@findatrial.example", "too similar to the email address"),
        ("1q2w3e4r5t6y7u8i9o0p", "too common"),
        ("passwordpassword", "repeats too few characters"),
    ],
)
def test_weak_password_is_refused_with_the_reason(
    vera_client: Client, weak: str, said: str
) -> None:
    assert said in _change(vera_client, weak).content.decode()


def test_password_form_shows_the_rules(vera_client: Client) -> None:
    page = vera_client.get("/account/password/").content.decode()
    assert "<li>Your password must contain at least 15 characters.</li>" in page


def _change(client: Client, new: str, old: str = PASSWORD):
    form = {"oldpassword": old, "password1": new, "password2": new}
    return client.post("/account/password/", form)
