"""The color scheme: a cookie only once somebody asks for one."""

import re

import pytest
from django.test import Client

_NEXT = re.compile(r'name="next" value="([^"]*)"')


def test_theme_works(pat: Client) -> None:
    response = pat.post("/theme/", {"theme": "dark", "next": "/about/?x=1"})

    assert (response.status_code, response["Location"]) == (302, "/about/?x=1")
    assert '<html lang="en" dir="ltr" data-theme="dark">' in pat.get("/about/").content.decode()


def test_theme_cookie_cannot_be_read_by_scripts_and_lasts_a_year(pat: Client) -> None:
    cookie = pat.post("/theme/", {"theme": "light"}).cookies["theme"]

    assert cookie.value == "light"
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 31_536_000)


def test_theme_of_the_device_deletes_the_cookie(pat: Client) -> None:
    pat.post("/theme/", {"theme": "dark"})
    pat.post("/theme/", {"theme": "system"})

    assert "data-theme" not in pat.get("/about/").content.decode()


@pytest.mark.parametrize("value", ["", "purple", '"><script>', "dark light"])
def test_theme_ignores_a_cookie_that_it_never_set(pat: Client, value: str) -> None:
    pat.cookies["theme"] = value

    assert "data-theme" not in pat.get("/about/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "\\\\evil"]
)
def test_theme_never_leads_away(pat: Client, back: str) -> None:
    assert pat.post("/theme/", {"theme": "dark", "next": back})["Location"] == "/"


def test_theme_needs_no_token(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/theme/", {"theme": "dark"}).status_code == 302


def test_theme_refuses_get(pat: Client) -> None:
    assert pat.get("/theme/").status_code == 405


def test_page_offers_to_come_back_to_itself_with_its_query(pat: Client) -> None:
    page = pat.get("/about/?a=1&b=%22").content.decode()

    assert _NEXT.findall(page) == ["/about/?a=1&amp;b=%22"]


@pytest.mark.parametrize(
    ("chosen", "label"), [("", "Same as"), ("light", "Light"), ("dark", "Dark")]
)
def test_page_marks_the_scheme_in_use(pat: Client, chosen: str, label: str) -> None:
    if chosen:
        pat.cookies["theme"] = chosen

    page = pat.get("/about/").content.decode()

    assert page.count('aria-pressed="true"') == 1
    assert re.search(rf'aria-pressed="true"><svg.*?</svg>{label}', page)


def test_page_of_a_chosen_scheme_stays_out_of_shared_caches(pat: Client) -> None:
    plain = pat.get("/about/")
    pat.cookies["theme"] = "dark"
    chosen = pat.get("/about/")

    assert plain["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert chosen["Cache-Control"] == "private, no-cache"
    assert "Cookie" in plain["Vary"]
    assert "Cookie" in chosen["Vary"]


def test_theme_never_leads_from_https_to_http(pat: Client) -> None:
    response = pat.post(
        "/theme/", {"theme": "dark", "next": "http://testserver/about/"}, secure=True
    )
    assert response["Location"] == "/"


def test_error_page_is_kept_by_no_cache(pat: Client) -> None:
    assert pat.get("/nowhere/")["Cache-Control"] == "no-store"
