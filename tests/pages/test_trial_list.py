"""The plain list of trials, and paging by place."""

import re
from datetime import date, timedelta
from itertools import chain

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.pages.rows import add_sites, add_trial, add_trials, hide, leave
from trials.models import Trial
from trials.pages.paging import NoSuchPage, page_by_place

pytestmark = pytest.mark.django_db
_CARD = re.compile(r'<h3><a href="/trials/(NCT[0-9]{8})/">')
_PAGE = re.compile(r'<a rel="(prev|next)" href="\?page=([^"]+)"')


def cards_on(pat: Client, query: str = "") -> list[str]:
    return _CARD.findall(pat.get(f"/trials/{query}").content.decode())


def walk(pat: Client, rel: str, query: str = "") -> list[list[str]]:
    """Return the cards of every page from one address on, following `next` or `prev`."""
    pages = []
    while True:
        page = pat.get(f"/trials/{query}").content.decode()
        pages.append(_CARD.findall(page))
        links = dict(_PAGE.findall(page))
        if rel not in links:
            return pages
        query = f"?page={links[rel]}"


def test_trial_list_works(pat: Client) -> None:
    trial = add_trial(brief_title="Sleep and Walking")
    add_sites(trial, 12)

    page = pat.get("/trials/").content.decode()

    assert "Sleep and Walking" in page
    assert "12 sites in Kenya" in page
    assert "This study looks at a new way to help people sleep." in page
    assert "Not yet reviewed by our editors" in page


def test_trial_list_without_trials_says_so(pat: Client) -> None:
    response = pat.get("/trials/")

    assert response.status_code == 200
    assert "There are no trials on this site yet." in response.content.decode()


def test_trial_list_shows_the_newest_change_first(pat: Client) -> None:
    old, new, undated = (
        add_trial(last_update_posted_date=day)
        for day in (date(2020, 1, 1), date(2026, 11, 20), None)
    )

    assert cards_on(pat) == [new.nct_id, old.nct_id, undated.nct_id]


def test_trial_list_walks_every_trial_once_in_both_directions(pat: Client) -> None:
    """45 trials on shared days, undated ones at the end, make pages of 20, 20 and 5."""
    for number in range(30):
        add_trial(last_update_posted_date=date(2026, 1, 1) + timedelta(days=number // 7))
    add_trials(15, last_update_posted_date=None)
    everything = [trial.nct_id for trial in Trial.public.newest_first()]

    forwards = walk(pat, "next")
    assert [len(page) for page in forwards] == [20, 20, 5]
    assert list(chain(*forwards)) == everything

    last = page_by_place(Trial.public.all(), "")
    last = page_by_place(Trial.public.all(), last.older)
    last = page_by_place(Trial.public.all(), last.older)
    backwards = walk(pat, "prev", f"?page={last.newer}")
    assert backwards == [forwards[1], forwards[0]]


def test_trial_list_never_shows_hidden_or_left_trials(pat: Client, ada: User) -> None:
    shown = add_trial()
    hide(add_trial(), ada)
    leave(add_trial())

    assert cards_on(pat) == [shown.nct_id]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_trial_list_refuses_other_methods(pat: Client, method: str) -> None:
    assert getattr(pat, method)("/trials/").status_code == 405


@pytest.mark.parametrize("size", [(1, 1), (20, 1), (45, 1), (1, 1000)])
def test_trial_list_costs_the_same_for_any_amount(
    pat: Client, django_assert_num_queries: DjangoAssertNumQueries, size: tuple[int, int]
) -> None:
    trials, sites = size
    for trial in add_trials(trials):
        add_sites(trial, sites)

    with django_assert_num_queries(2):
        pat.get("/trials/")


@pytest.mark.parametrize(
    "query",
    [
        "?page=0",
        "?page=-1",
        "?page=1000000000",
        "?page=abc",
        "?page=after-2026-02-30-1",
        "?page=after-0000-01-01-1",
        "?page=after-2026-01-01-9999999999999999999",
        "?page=after-2026-01-01-%D9%A1",
        "?page=after-1900-01-01-1",
        "?page=before-2999-01-01-1",
        "?page=after-undated-0",
        "?page=%00",
        "?page=a&page=b",
        "?page=&page=",
    ],
)
def test_trial_list_says_that_it_has_no_such_page(pat: Client, query: str) -> None:
    add_trial()

    response = pat.get(f"/trials/{query}")

    assert response.status_code == 404
    assert "The list has no such page" in response.content.decode()
    assert 'href="/trials/"' in response.content.decode()


def test_trial_list_near_the_top_goes_back_to_a_full_first_page(pat: Client) -> None:
    """Five trials are newer than the place: a page of five would hide where the list begins."""
    trials = add_trials(30)

    place = f"?page=before-2026-11-01-{trials[24].pk}"

    assert cards_on(pat, place) == cards_on(pat)


def test_trial_list_first_page_is_for_crawlers_and_the_others_are_walked(pat: Client) -> None:
    add_trials(21)
    first = pat.get("/trials/").content.decode()
    following = dict(_PAGE.findall(first))["next"]

    assert "noindex" not in first
    assert 'content="noindex, follow"' in pat.get(f"/trials/?page={following}").content.decode()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.dictionaries(st.sampled_from(["page", "x", "number"]), st.text(max_size=30))
    | st.from_regex(r"(after|before)-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{1,18}", fullmatch=True).map(
        lambda page: {"page": page}
    )
)
@pytest.mark.parametrize("path", ["/trials/", "/", "/find/", "/conditions/lupus/", "/about/"])
def test_pages_survive_any_query(pat: Client, path: str, query: dict[str, str]) -> None:
    assert pat.get(path, query).status_code in {200, 400, 404}


def test_page_deep_down_starts_from_the_index(db: None) -> None:
    """The comparison of places must be a condition of the index, not a filter on all before it."""
    place = Trial.public.changed_before(date(2020, 1, 1), 5).newest_first().values_list("pk")[:20]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        plan = place.explain()

    assert "trial_public_newest" in plan
    assert re.search(r"Index Cond: \(ROW\(last_update_posted_date, id\) <", plan)
    assert "Sort" not in plan


def test_page_by_place_of_nothing_is_empty(db: None) -> None:
    page = page_by_place(Trial.public.all(), "")

    assert (page.pks, page.newer, page.older) == ([], "", "")
    with pytest.raises(NoSuchPage):
        page_by_place(Trial.public.all(), "after-2026-01-01-1")
