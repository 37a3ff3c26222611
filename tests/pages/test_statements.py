"""Pages of fixed text. What they promise is checked where a program can."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from findatrial import theme

PATHS = {
    "/about/": "About Find a Trial",
    "/how-we-work/": "How we work",
    "/privacy/": "Privacy",
    "/accessibility/": "Accessibility statement",
}
_TAG = re.compile(r"<[^>]+>")
_VOWELS = re.compile(r"[aeiouy]+")
_HARDEST_GRADE = 8


@pytest.mark.parametrize(("path", "heading"), PATHS.items())
def test_statement_works(pat: Client, path: str, heading: str) -> None:
    response = pat.get(path)

    assert response.status_code == 200
    assert heading in response.content.decode()
    assert settings.HELP_EMAIL in response.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_statement_needs_no_database(pat: Client, path: str) -> None:
    """This test has no access to the database: a query would fail it."""
    assert pat.get(path).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", PATHS)
def test_statement_refuses_other_methods(pat: Client, path: str, method: str) -> None:
    assert getattr(pat, method)(path).status_code == 405


@pytest.mark.parametrize("path", PATHS)
def test_statement_reads_at_grade_8_or_below(pat: Client, path: str) -> None:
    main = pat.get(path).content.decode().split("<main", 1)[1].split("</main>")[0]
    paragraphs = re.findall(r"<(?:p|li|small)\b[^>]*>(.*?)</(?:p|li|small)>", main, re.DOTALL)
    text = " ".join(_TAG.sub("", paragraph) for paragraph in paragraphs if ". " in paragraph + " ")

    assert _grade(text) <= _HARDEST_GRADE


@pytest.mark.parametrize(("production", "told"), [(True, False), (False, True)])
def test_only_a_demonstration_says_that_it_is_one(
    pat: Client, production: bool, told: bool
) -> None:
    with override_settings(PRODUCTION=production):
        page = pat.get("/about/").content.decode()

    assert ("Demonstration:" in page) is told


def test_privacy_names_the_only_cookie_of_readers(pat: Client) -> None:
    assert f"named “{theme.COOKIE}”" in pat.get("/privacy/").content.decode()


def test_privacy_promise_of_no_third_party_holds_in_the_security_policy() -> None:
    sources = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    allowed = {source for directive in sources.values() for source in directive}

    assert allowed == {"'none'", "'self'", "data:"}


def test_privacy_promise_of_ticks_on_the_device_holds_in_the_script() -> None:
    script = Path(settings.BASE_DIR, "static/site.js").read_text()

    assert "localStorage" in script
    assert not re.search(r"fetch\(|XMLHttpRequest|sendBeacon|WebSocket|document\.cookie", script)


def test_privacy_promise_about_the_log_holds_in_the_server_settings() -> None:
    """Gunicorn's codes: h is the address, r, q and f hold the query, the rest are headers."""
    server = Path(settings.BASE_DIR, "findatrial/gunicorn_conf.py").read_text()

    line = re.search(r'access_log_format = "(.*)"', server)
    assert line
    assert set(re.findall(r"%\(([^)]+)\)s", line[1])) == {"t", "m", "U", "s", "B", "L"}


def test_privacy_promise_about_the_way_out_holds_in_the_headers(pat: Client) -> None:
    assert pat.get("/privacy/")["Referrer-Policy"] == "same-origin"


def test_robots_may_walk_the_lists_but_not_the_form(pat: Client) -> None:
    response = pat.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /find/",
        "Disallow: /trials/download.csv",
    ]


def test_favicon_is_found_at_its_old_address(pat: Client) -> None:
    assert pat.get("/favicon.ico")["Location"] == "/static/favicon.svg"


def _grade(text: str) -> float:
    """Return the Flesch-Kincaid grade; syllables are counted as groups of vowels."""
    words = re.findall(r"[A-Za-z’]+", text)
    sentences = max(1, len(re.findall(r"[.!?:](?:\s|$)", text)))
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    silent = word.endswith("e") and not word.endswith("le")
    return max(1, len(_VOWELS.findall(word)) - silent)
