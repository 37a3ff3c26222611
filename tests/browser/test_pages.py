"""Every public page in every look: accessible, quiet, to itself, never wider than the window."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, LOOKS, MANY_SITES, Look, Visit
from tests.browser.watch import axe_complaints, scrolls_sideways
from tests.project.production import REPOSITORY

TRIAL = "NCT07193667"
FIXTURES = sorted(path.stem for path in (REPOSITORY / "fixtures" / "studies").iterdir())
STAFF_ONLY = {"admin/", "account/"}  # tests of their own look at these
# What stands in for each parameter of an address; a new parameter fails the suite until it is here.
EXAMPLES = {
    "nct": TRIAL,
    "slug": "breast-cancer",
    "term": "placebo",
    "answer": "right",
    "site": "1",
}
# No pages: machines' answers, a table, a form's target, and the admin, which has tests of its own.
NOT_PAGES = {
    "choose-theme",
    "favicon",
    "freshness-json",
    "healthz",
    "readyz",
    "robots",
    "team-sign-out",
    "trial-download",
    "trial-preview",
    "trial-site-table",
}
MORE = (
    f"/trials/{MANY_SITES}/",
    f"/trials/{MANY_SITES}/sites/",
    "/trials/?q=lupus&place=Beijing&radius=any&age=34&sex=female",
    "/trials/?q=lupus&age=old&phase=PHASE9&place=Qxzzy",
    "/trials/?q=qxzzy&place=Paris&why=NCT1",
    "/find/?number=NCT1",
    "/find/?number=NCT00000001",
)


def _public(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if str(pattern.pattern) not in STAFF_ONLY:
                yield from _public(pattern.url_patterns, route)
        elif pattern.name not in NOT_PAGES:
            for name, converter in pattern.pattern.converters.items():
                part = route[route.index("<") : route.index(">") + 1]
                assert name in part, converter
                route = route.replace(part, EXAMPLES[name])
            yield "/" + route


PAGES = [*_public(get_resolver().url_patterns), *MORE]


def assert_good(page: Page, look: Look = DESKTOP) -> None:
    assert axe_complaints(page, forced_colors=look.forced_colors == "active") == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_quiet_and_fits(visit: Visit, path: str, look: Look) -> None:
    page = visit(path, look)
    assert page.locator("h1").count() == 1
    assert_good(page, look)


@pytest.mark.parametrize("nct_id", FIXTURES)
def test_trial_is_accessible_and_fits_a_narrow_window(visit: Visit, nct_id: str) -> None:
    assert_good(visit(f"/trials/{nct_id}/", LOOKS[-1]))


@pytest.mark.parametrize("path", PAGES)
def test_page_without_script_says_the_same(visit: Visit, path: str) -> None:
    with_script = visit(path, DESKTOP)
    without = visit(path, Look("no-script", script=False))
    assert _said(without) == _said(with_script)


def test_missing_page_is_accessible(visit: Visit) -> None:
    page = visit("/no-such-page/")
    assert_good(page)


def _said(page: Page) -> list[str]:
    """Return the words of the page without those of controls that only script can work."""
    texts = page.locator(
        "body :not([data-js]):not(script):not(noscript):not([role=status])"
    ).evaluate_all(
        """all => all.flatMap(e => e.closest("[data-js], noscript") ? [] :
             [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()))"""
    )
    return [text for text in texts if text]
