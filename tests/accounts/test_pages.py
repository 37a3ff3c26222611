"""The account pages as pages: policy, caches, cookies, HTML, and what public pages don't pay."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from html5lib.html5parser import HTMLParser

from tests.accounts.steps import log_in, set_up_app

PUBLIC = ("/", "/about/", "/trials/", "/find/", "/nothing/")
OPEN = ("login/", "password/choose/")
OWN = (
    "logout/",
    "reauthenticate/",
    "password/",
    "second-step/",
    "second-step/again/",
    "second-step/app/remove/",
    "second-step/codes/",
    "second-step/codes/new/",
    "second-step/passkeys/",
    "second-step/passkeys/add/",
)


@pytest.fixture
def pages(vera_client: Client) -> dict[str, str]:
    """Return the account pages by address: before an app was set up, and after."""
    first = vera_client.get("/account/second-step/app/").content.decode()
    set_up_app(vera_client)
    phone = Client()
    log_in(phone, "vera")
    found = {
        "second-step/app/": first,
        "second-step/show/": phone.get("/account/second-step/show/").content.decode(),
    }
    found |= {path: Client().get(f"/account/{path}").content.decode() for path in OPEN}
    return found | {path: vera_client.get(f"/account/{path}").content.decode() for path in OWN}


def test_account_pages_are_valid_html_with_labelled_fields(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        parser = HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(page)
        assert not parser.errors, (path, parser.errors)
        labels = {label.get("for") for label in tree.iter("label")}
        fields = {field.get("id") for field in tree.iter("input") if field.get("type") != "hidden"}
        assert fields <= labels, path
        ids = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), path


def test_account_pages_hold_nothing_that_the_policy_forbids(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        assert "<h1>" in page, path
        scripts = re.findall(r"<script([^>]*)>", page)
        assert all(' src="/static/' in one or 'type="application/json"' in one for one in scripts)
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page), path
        assert not re.search(r"placeholder=", page), path


def test_passkey_pages_load_our_own_files_and_name_a_way_without_script(
    pages: dict[str, str],
) -> None:
    for path in ("second-step/show/", "second-step/passkeys/add/"):
        files = re.findall(r'<script src="/static/([^"]+)"', pages[path])
        assert {"mfa/js/webauthn-json.js", "mfa/js/webauthn.js", "passkey.js"} <= set(files)
        assert all(finders.find(file) for file in files)
        assert "Passkeys need JavaScript." in pages[path]
        assert "data-passkey=" in pages[path]


def test_account_pages_stay_out_of_caches_and_carry_the_policy(vera_client: Client) -> None:
    for path in ("/account/login/", "/account/second-step/", "/account/password/", "/admin/"):
        headers = vera_client.get(path).headers
        assert "no-store" in headers["Cache-Control"], path
        assert "default-src 'none'" in headers["Content-Security-Policy"], path


def test_passkey_page_of_a_person_with_one_works(vera: User, vera_client: Client) -> None:
    key = Authenticator.objects.create(
        user=vera, type="webauthn", data={"name": "Blue key", "credential": {}}
    )
    for path in ("passkeys/", f"passkeys/{key.pk}/remove/", f"passkeys/{key.pk}/edit/"):
        page = vera_client.get(f"/account/second-step/{path}").content.decode()
        assert "Blue key" in page, path
    vera_client.post(f"/account/second-step/passkeys/{key.pk}/edit/", {"name": "Red key"})
    assert str(Authenticator.objects.get()) == "Red key"
    vera_client.post(f"/account/second-step/passkeys/{key.pk}/remove/")
    assert not Authenticator.objects.exists()


def test_false_passkey_is_refused(vera: User, vera_client: Client) -> None:
    vera_client.get("/account/second-step/passkeys/add/")
    for credential in ("", "{}", '{"id": "x"}', "[1]", "nonsense"):
        form = {"name": "Key", "credential": credential}
        answer = vera_client.post("/account/second-step/passkeys/add/", form)
        assert answer.status_code == 200, credential
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_sets_no_cookie_and_asks_for_no_session(
    db: None, path: str, client: Client
) -> None:
    response = client.get(path)
    assert not response.cookies
    assert not response.wsgi_request.session.accessed


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_costs_a_signed_in_person_no_query_more(
    vera_client: Client, path: str, django_assert_num_queries
) -> None:
    Client().get(path)
    with CaptureQueriesContext(connection) as anonymous:
        Client().get(path)
    with django_assert_num_queries(len(anonymous)):
        vera_client.get(path)


@pytest.mark.parametrize(
    "path",
    ["/admin/auth/user/?q=%00", "/admin/auth/user/?%00=1", "/account/login/?next=%00"],
)
def test_nul_character_in_a_query_is_a_bad_request(vera_client: Client, path: str) -> None:
    assert vera_client.get(path).status_code == 400


def test_nul_character_in_a_path_or_form_is_no_failure(vera_client: Client) -> None:
    assert vera_client.get("/admin/auth/user/%00/change/").status_code == 302
    form = {"login": "ve\0ra", "password": "x"}
    assert Client().post("/account/login/", form).status_code == 200
