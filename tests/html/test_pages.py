"""What holds for every public page: its HTML, its headers, its links."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.html.conftest import SECRET
from tests.html.site import NOT_PAGES, SAMPLES, Page, route_names, sample_paths

# The walk is shared; the mark has pytest-django set up the test database when these run alone.
pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FIELDS = ("input", "select", "textarea")
_WITHOUT_LABEL = {"hidden", "submit"}
Pages = dict[str, Page]


@pytest.fixture
def html(pages: Pages) -> list[Page]:
    """Return the answers that are pages."""
    return [page for page in pages.values() if page.kind == "text/html" and page.content]


def failures(found: dict[str, object]) -> dict[str, object]:
    """Return the pages with something found, for a readable assertion."""
    return {path: what for path, what in found.items() if what}


def test_every_route_has_a_sample() -> None:
    assert route_names() == SAMPLES.keys() | NOT_PAGES


def test_samples_answer_as_expected(pages: Pages) -> None:
    answers = {path: pages[path].response.status_code for path in sample_paths()}

    assert answers == sample_paths()


def test_links_lead_to_a_page(pages: Pages) -> None:
    expected = sample_paths()
    broken = {
        path: page.response.status_code
        for path, page in pages.items()
        if page.response.status_code not in {200, 301, 302} and path not in expected
    }

    assert len(pages) > 100
    assert not broken


def test_pages_are_valid_html(html: list[Page]) -> None:
    assert not failures({page.path: page.parsed[1] for page in html})


def test_pages_have_one_h1_and_no_skipped_level(html: list[Page]) -> None:
    def wrong(page: Page) -> list[int]:
        levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        main = [int(e.tag[1]) for m in page.all("main") for e in m.iter() if _is_heading(e.tag)]
        jumps = any(after > before + 1 for before, after in pairwise(levels))
        return levels if levels.count(1) != 1 or main[:1] != [1] or jumps else []

    assert not failures({page.path: wrong(page) for page in html})


def _is_heading(tag: object) -> bool:
    return isinstance(tag, str) and re.fullmatch("h[1-6]", tag) is not None


def test_fields_have_labels(html: list[Page]) -> None:
    def unlabelled(page: Page) -> list[str]:
        named = {label.get("for") for label in page.all("label")}
        inside = {id(field) for label in page.all("label") for field in label.iter()}
        return [
            field.get("name", "?")
            for field in page.all(*_FIELDS)
            if field.get("type") not in _WITHOUT_LABEL
            and field.get("id", "") not in named
            and id(field) not in inside
            and not field.get("aria-label")
        ]

    assert not failures({page.path: unlabelled(page) for page in html})


def test_ids_are_unique_and_references_lead_to_one(html: list[Page]) -> None:
    def wrong(page: Page) -> list[str]:
        ids = Counter(e.get("id") for e in page.tree.iter() if e.get("id"))
        used = [
            name
            for e in page.tree.iter()
            for attribute in ("for", "form", "aria-labelledby", "aria-describedby", "aria-controls")
            for name in (e.get(attribute) or "").split()
        ]
        used += [e.get("href", "")[1:] for e in page.all("a") if e.get("href", "").startswith("#")]
        return [name for name, count in ids.items() if count > 1] + [
            name for name in used if name not in ids
        ]

    assert not failures({page.path: wrong(page) for page in html})


def test_pages_start_with_a_way_past_the_masthead(html: list[Page]) -> None:
    def starts(page: Page) -> bool:
        first = page.all("a")[0]
        return first.get("href") == "#main" and [m.get("id") for m in page.all("main")] == ["main"]

    assert all(starts(page) for page in html)


def test_pages_have_no_inline_script_style_or_handler(html: list[Page]) -> None:
    def inline(page: Page) -> list[str]:
        found = [e.tag for e in page.all("style")]
        found += [e.tag for e in page.all("script") if not e.get("src") or (e.text or "").strip()]
        for e in page.tree.iter():
            found += [name for name in e.attrib if name == "style" or name.startswith("on")]
            if e.get("href", "").lower().startswith("javascript:"):
                found.append(e.get("href", ""))
        return found

    assert not failures({page.path: inline(page) for page in html})


def test_titles_name_the_page_alone(html: list[Page]) -> None:
    """Only errors share a title, and pages that were reached from both sides of a list."""
    titles: dict[str, list[str]] = {}
    for page in (page for page in html if "?page=before-" not in page.path):
        title = " ".join((page.all("title")[0].text or "").split())
        assert re.fullmatch(r"\S.* – Find a Trial", title)
        titles.setdefault(title, []).append(page.path)

    shared = {
        title: paths
        for title, paths in titles.items()
        if len({path.removesuffix("?page=1") for path in paths}) > 1 and not _only_errors(paths)
    }
    assert not shared


def _only_errors(paths: list[str]) -> bool:
    return all(sample_paths().get(path, 200) >= 400 for path in paths)


def test_pages_have_a_language_and_named_navigation(html: list[Page]) -> None:
    for page in html:
        assert page.tree.get("lang") == "en"
        names = [nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.all("nav")]
        assert all(names)
        assert len(set(names)) == len(names), page.path


def test_links_and_buttons_have_words(html: list[Page]) -> None:
    def wordless(page: Page) -> list[str]:
        return [
            e.get("href") or e.get("value") or e.tag
            for e in page.all("a", "button")
            if not "".join(e.itertext()).strip() and not e.get("aria-label")
        ]

    assert not failures({page.path: wordless(page) for page in html})


def test_public_pages_set_no_cookie(pages: Pages) -> None:
    assert not failures({path: dict(page.response.cookies) for path, page in pages.items()})


def test_public_pages_carry_the_security_headers(pages: Pages) -> None:
    for path, page in pages.items():
        for name, value in HEADERS.items():
            assert page.response.get(name) == value, (path, name)
        # The address with a link's key is a secret: even our own pages don't hear of it.
        keyed = {"/confirm/", "/confirm/corrections/", "/unsubscribe/", "/coordinators/enter/"}
        keyed |= {"/coordinators/", "/coordinators/left/"}  # beside it
        referrer = "no-referrer" if path.partition("?")[0] in keyed else "same-origin"
        if not path.startswith("/confirm/thanks/"):
            assert page.response["Referrer-Policy"] == referrer, path
        policy = page.response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_hidden_and_left_trials_show_nowhere(pages: Pages) -> None:
    """Their own addresses say that they are hidden or gone; nothing else names them."""
    concealed = ("NCT99900002", "NCT99900004")
    named = [
        path
        for path, page in pages.items()
        if any(nct.encode() in page.content for nct in concealed)
        and not any(nct in path for nct in concealed)
    ]

    assert not named
    told = [path for path, page in pages.items() if SECRET.encode() in page.content]
    assert told == ["/trials/NCT99900004/"], "a trial that left is named on its own page alone"
