"""The second factor: set up, shown, lost, and demanded where the setting says so."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.accounts.steps import code_of, is_in, log_in, set_up_app

pytestmark = pytest.mark.usefixtures("_second_factor")


def test_desk_stays_shut_until_a_second_factor_is_set_up(vera_client: Client) -> None:
    assert vera_client.get("/admin/").url == "/account/second-step/"
    assert "Set one up here" in vera_client.get("/account/second-step/").content.decode()
    set_up_app(vera_client)
    assert is_in(vera_client)


def test_every_desk_page_asks_for_the_second_factor(vera_client: Client) -> None:
    for path in ("/admin/", "/admin/auth/user/1/change/", "/admin/jsi18n/", "/admin/none/such/"):
        assert vera_client.get(path).url == "/account/second-step/", path


def test_desk_opens_without_a_second_factor_where_none_is_demanded(
    vera_client: Client, settings
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    assert is_in(vera_client)


def test_login_asks_for_the_code_of_the_app(vera: User, vera_client: Client) -> None:
    secret = set_up_app(vera_client)
    phone = Client()
    assert log_in(phone, "vera", back="/admin/auth/user/").url == "/account/second-step/show/"
    assert not is_in(phone)
    assert "not right" in _show(phone, "000000").content.decode()
    assert _show(phone, code_of(secret)).url == "/admin/auth/user/"
    assert is_in(phone)


def test_code_works_once(vera: User, vera_client: Client) -> None:
    code = code_of(set_up_app(vera_client))
    first, second = Client(), Client()
    log_in(first, "vera")
    log_in(second, "vera")
    assert _show(first, code).status_code == 302
    assert _show(second, code).status_code == 200
    assert not is_in(second)


def test_recovery_code_works_once(vera: User, vera_client: Client) -> None:
    set_up_app(vera_client)
    page = vera_client.get("/account/second-step/codes/")
    code = page.context["unused_codes"][0]
    assert len(page.context["unused_codes"]) == 10
    for opens in (True, False):
        cache.clear()
        client = Client()
        log_in(client, "vera")
        _show(client, code)
        assert is_in(client) == opens


def test_recovery_codes_can_be_downloaded_and_renewed(vera_client: Client) -> None:
    set_up_app(vera_client)
    old = vera_client.get("/account/second-step/codes/download/").content.decode().split()
    assert len(old) == 10
    assert vera_client.get("/account/second-step/codes/new/").status_code == 200
    assert vera_client.post("/account/second-step/codes/new/").status_code == 302
    new = vera_client.get("/account/second-step/codes/download/").content.decode().split()
    assert not set(old) & set(new)


def test_secrets_are_encrypted_in_the_database(vera_client: Client, settings) -> None:
    secret = set_up_app(vera_client)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key" * 9
    app = Authenticator.objects.get(type="totp").wrap()
    assert app.validate_code(code_of(secret))


def test_code_fits_nothing_after_the_key_was_changed(vera_client: Client, settings) -> None:
    secret = set_up_app(vera_client)
    settings.SECRET_KEY = "another key" * 9
    assert not Authenticator.objects.get(type="totp").wrap().validate_code(code_of(secret))


def test_session_from_before_the_setting_has_to_show_the_factor(
    vera: User, vera_client: Client, client: Client
) -> None:
    secret = set_up_app(vera_client)
    client.force_login(vera)
    assert client.get("/admin/").url == "/account/second-step/again/?next=%2Fadmin%2F"
    client.post("/account/second-step/again/", {"code": code_of(secret), "next": "/admin/"})
    assert is_in(client)


def test_adding_a_factor_ends_the_other_sessions(vera: User, vera_client: Client) -> None:
    stolen = Client()
    log_in(stolen, "vera")
    set_up_app(vera_client)
    assert stolen.get("/account/second-step/").status_code == 302
    assert is_in(vera_client)


def test_last_factor_stays_where_one_is_demanded(vera_client: Client, settings) -> None:
    set_up_app(vera_client)
    address = "/account/second-step/app/remove/"
    assert vera_client.post(address).url == "/account/second-step/"
    assert "only second step" in vera_client.get("/account/second-step/").content.decode()
    assert Authenticator.objects.filter(type="totp").exists()

    settings.STAFF_SECOND_FACTOR = False
    assert vera_client.get(address).status_code == 200
    assert vera_client.post(address).status_code == 302
    assert not Authenticator.objects.exists()


def test_removing_a_factor_ends_the_other_sessions(
    vera: User, vera_client: Client, settings
) -> None:
    settings.STAFF_SECOND_FACTOR = False
    secret = set_up_app(vera_client)
    other = Client()
    log_in(other, "vera")
    _show(other, code_of(secret))
    assert is_in(other)
    vera_client.post("/account/second-step/app/remove/")
    assert not is_in(other)
    assert is_in(vera_client)


def test_factors_are_changed_only_after_the_password_was_given_again(
    vera: User, client: Client
) -> None:
    client.force_login(vera)  # a session that no login of the last minutes opened
    for path in ("app/", "passkeys/add/"):
        answer = client.get(f"/account/second-step/{path}")
        assert answer.url.startswith("/account/reauthenticate/"), path


def test_admin_shows_no_secrets_of_factors(vera_client: Client) -> None:
    set_up_app(vera_client)
    assert vera_client.get("/admin/mfa/authenticator/").status_code == 404
    assert vera_client.get("/admin/account/emailaddress/").status_code == 404


def test_wrong_codes_are_counted(vera: User, vera_client: Client) -> None:
    set_up_app(vera_client)
    client = Client()
    log_in(client, "vera")
    said = [_show(client, "000000").content.decode() for _ in range(6)]
    assert "not right" in said[4]
    assert "Too many wrong tries" in said[5]


def _show(client: Client, code: str):
    return client.post("/account/second-step/show/", {"code": code})
