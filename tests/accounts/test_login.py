"""Logging in and out, and what wrong tries lead to."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.accounts.steps import ELSEWHERE, HOME, PASSWORD, is_in, log_in

WRONG = "wrong, wrong and wrong again"


def test_login_works(vera: User, client: Client) -> None:
    assert client.get("/account/login/").status_code == 200
    answer = log_in(client, "vera")
    assert answer.status_code == 302
    assert answer.url == "/admin/"
    assert is_in(client)


def test_login_leads_back_to_where_it_was_asked_for(vera: User, client: Client) -> None:
    sent = client.get("/admin/auth/user/?q=v")
    assert sent.url == "/account/login/?next=/admin/auth/user/%3Fq%3Dv"
    assert log_in(client, "vera", back="/admin/auth/user/?q=v").url == "/admin/auth/user/?q=v"


def test_login_leads_to_no_other_host(vera: User, client: Client) -> None:
    assert log_in(client, "vera", back="https://evil.example/").url == "/admin/"


@pytest.mark.parametrize(("name", "password"), [("vera", WRONG), ("nobody", PASSWORD)])
def test_wrong_login_does_not_tell_which_part_was_wrong(
    vera: User, client: Client, name: str, password: str
) -> None:
    answer = log_in(client, name, password)
    assert answer.status_code == 200
    assert "This name and password don’t belong together." in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"__all__"}


def test_inactive_account_reads_like_a_wrong_password(vera: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert "don’t belong together" in log_in(client, "vera").content.decode()


def test_logout_needs_a_post_and_leaves_no_cookie_but_the_token(vera_client: Client) -> None:
    assert vera_client.get("/account/logout/").status_code == 200
    assert is_in(vera_client)
    assert vera_client.post("/account/logout/").url == "/account/login/"
    assert not is_in(vera_client)
    left = {name for name, cookie in vera_client.cookies.items() if cookie.value}
    assert left <= {"csrftoken"}


def test_admin_has_no_login_of_its_own(vera: User, client: Client) -> None:
    form = {"username": "vera", "password": PASSWORD}
    assert client.post("/admin/login/?next=/admin/auth/", form).url == (
        "/account/login/?next=/admin/auth/"
    )
    assert not is_in(client)


def test_signed_in_person_cannot_try_passwords_at_the_admin(vera_client: Client) -> None:
    answer = vera_client.post("/admin/login/", {"username": "sam", "password": "x"})
    assert answer.url == "/account/login/"
    assert vera_client.get("/admin/password_change/").url == "/account/password/"


def test_person_who_is_not_staff_gets_no_desk(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("once-staff"))
    assert client.get("/admin/").status_code == 403


def test_thousand_wrong_tries_stop_nobody_at_another_address(vera: User) -> None:
    stranger, person = Client(), Client()
    answers = [log_in(stranger, "vera", WRONG, address=ELSEWHERE) for _ in range(1_000)]
    assert {answer.status_code for answer in answers} == {200, 429}
    told = [answer for answer in answers if answer.status_code == 200]
    assert sum("don’t belong together" in answer.content.decode() for answer in told) == 5

    assert log_in(stranger, "vera", address=ELSEWHERE).status_code == 429
    assert log_in(person, "vera", address=HOME).url == "/admin/"


def test_right_password_after_a_few_wrong_tries_works_at_the_same_address(
    vera: User, client: Client
) -> None:
    for _ in range(4):
        log_in(client, "vera", WRONG)
    assert log_in(client, "vera").url == "/admin/"


def test_fifth_wrong_try_closes_one_name_at_one_address(vera: User, client: Client) -> None:
    User.objects.create_superuser("walt", password=PASSWORD)
    for _ in range(5):
        log_in(client, "vera", WRONG)
    assert "Wait five minutes" in log_in(client, "vera").content.decode()
    assert log_in(client, "walt").url == "/admin/"


def test_wrong_tries_of_many_names_close_the_address(vera: User, client: Client) -> None:
    for number in range(20):
        log_in(client, f"guess{number}", WRONG)
    assert "Wait five minutes" in log_in(client, "vera").content.decode()
    assert log_in(client, "vera", address=ELSEWHERE).url == "/admin/"


def test_address_comes_from_a_proxy_only_where_one_is_trusted(
    vera: User, client: Client, settings
) -> None:
    for number in range(5):
        _behind_proxy(client, f"203.0.113.{number}", WRONG)
    assert "Wait five minutes" in _behind_proxy(client, "203.0.113.9")

    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(5):
        _behind_proxy(client, f"spoofed, 203.0.113.{number}", WRONG)
    assert _behind_proxy(client, "spoofed, 203.0.113.9") == ""


def _behind_proxy(client: Client, forwarded: str, password: str = PASSWORD) -> str:
    answer = client.post(
        "/account/login/",
        {"login": "vera", "password": password},
        headers={"X-Forwarded-For": forwarded},
    )
    return answer.content.decode()
