"""The page of results, asked for with odd addresses: always a page, with a sentence."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pages.results_page import cards_on, get, make_many
from trials.search.query import PAGE_SIZE
from trials.terms.facets import NAMES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "anchor", "sentence"),
    [
        ("age=old", "age", "“old” is not a number."),
        ("age=-1", "age", "-1 can’t be used here."),
        ("radius=-3", "radius", "can’t be used here."),
        ("unit=feet", "unit", "We don’t know this unit of distance."),
        ("age_unit=moons", "age_unit", "We don’t know this unit of age."),
        ("sex=cat", "sex", "“cat” is not a sex we know."),
        ("place=Qxzzy", "place", "We don’t know a place called “Qxzzy”."),
        ("q=" + "x+" * 400, "q", "A search can have up to 300 characters."),
        ("q=a&q=lupus", "q", "This was given more than once."),
    ],
)
def test_problem_is_said_beside_its_field(
    pat: Client, query: str, anchor: str, sentence: str
) -> None:
    make_many(1)

    page = get(pat, query)

    field = re.search(rf'<p class="err" id="{anchor}-error">Error: ([^<]*)</p>', page)
    assert field
    assert sentence in field[1].replace("&#x27;", "'")
    assert f'<a href="#{anchor}">' in page
    assert f'aria-describedby="{anchor}-error"' in page
    assert "<title>Error: " in page
    assert 'class="fields band"' in page, "the form must not be folded"


@pytest.mark.parametrize(
    ("query", "anchor", "sentence"),
    [
        ("phase=PHASE9", "f-phase", "“PHASE9” is not a phase we know."),
        ("status=open&status=x", "f-status", "“x” is not a status we know."),
        ("sort=random", "results", "We don’t know this order."),
        ("page=0", "results", "Pages go from 1 to 500."),
        ("page=1000000000", "results", "Pages go from 1 to 500."),
    ],
)
def test_problem_outside_the_form_is_said_in_its_place(
    pat: Client, query: str, anchor: str, sentence: str
) -> None:
    make_many(1)

    page = get(pat, f"q=lupus&{query}")

    assert f'<a href="#{anchor}">' in page
    assert f'id="{anchor}"' in page
    said = re.findall(r'<p class="err">Error: ([^<]*)</p>', page)
    assert any(sentence in one for one in said)
    assert cards_on(page)


def test_problem_of_a_facet_is_said_on_an_empty_page_too(pat: Client) -> None:
    page = get(pat, "q=lupus&phase=PHASE9")

    assert '<a href="#results">“PHASE9” is not a phase we know.' in page
    assert '<p class="err">Error: “PHASE9” is not a phase we know.' in page


def test_page_past_the_end_says_so_with_a_way_back(pat: Client) -> None:
    make_many(PAGE_SIZE + 1)

    page = get(pat, "q=lupus&page=50")

    assert "There is no page 50" in page
    assert "This list has 2 pages." in page
    assert 'href="/trials/?q=lupus">Go to the first page' in page
    assert 'href="?q=lupus&amp;page=2">Go to the last page' in page
    assert not cards_on(page)


def test_pages_of_results_hold_every_trial_once(pat: Client) -> None:
    trials = make_many(2 * PAGE_SIZE + 5)
    shown: list[str] = []
    following: str | None = "q=lupus"
    while following is not None:
        page = get(pat, following)
        shown += cards_on(page)
        link = re.search(r'<a rel="next" href="\?([^"]+)"', page)
        following = link[1].replace("&amp;", "&") if link else None

    assert sorted(shown) == sorted(trial.nct_id for trial in trials)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_results_refuse_other_methods(pat: Client, method: str) -> None:
    assert getattr(pat, method)("/trials/").status_code == 405


_NAMES = ["q", "exact", "place", "radius", "unit", "age", "age_unit", "sort", "page", "why", "x"]
_TEXTS = st.text(max_size=40) | st.sampled_from(
    [
        "lupus",
        '"',
        "lupus -",
        "a | b & !c:*",
        "NCT01234567",
        "Leeds",
        "any",
        "-1",
        "0",
        "1e9",
        "%00",
    ]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from([*_NAMES, *NAMES]), _TEXTS), max_size=8))
def test_results_survive_any_query(pat: Client, pairs: list[tuple[str, str]]) -> None:
    query: dict[str, list[str]] = {}
    for name, text in pairs:
        query.setdefault(name, []).append(text)

    response = pat.get("/trials/", query)

    assert response.status_code in {200, 302}
    if response.status_code == 200:
        assert response.content.decode().count("<h1>") == 1


@pytest.mark.parametrize(
    "query",
    [b"\xff\xfe=%ff", b"q=%ff%fe", b"&&==;", b"q", b"=x" * 300, b"q=" + b"lupus+" * 20_000],
)
def test_results_survive_broken_encodings(pat: Client, query: bytes) -> None:
    response = pat.get("/trials/", QUERY_STRING=query.decode("latin-1"))

    assert response.status_code == 200
