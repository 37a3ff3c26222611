"""A condition's trials, and paging by number."""

import re
from datetime import date
from itertools import chain

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.pages.rows import add_condition, add_sites, add_trial, add_trials, hide, leave
from trials.pages.paging import PAGE_SIZE, NoSuchPage, page_by_number

pytestmark = pytest.mark.django_db
_CARD = re.compile(r'<h3><a href="/trials/(NCT[0-9]{8})/">')


def page_of(pat: Client, query: str = "") -> str:
    return pat.get(f"/conditions/lupus/{query}").content.decode()


def test_condition_page_works(pat: Client) -> None:
    named, other = add_trials(2)
    add_condition([named])

    page = page_of(pat)

    assert "<h1>Lupus</h1>" in page
    assert _CARD.findall(page) == [named.nct_id]
    assert other.nct_id not in page


def test_condition_page_shows_open_trials_first_then_the_newest_change(pat: Client) -> None:
    closed = add_trial(overall_status="COMPLETED", last_update_posted_date=date(2026, 11, 20))
    old, new = (add_trial(last_update_posted_date=date(2026, month, 1)) for month in (1, 6))
    offered = add_trial(overall_status="AVAILABLE", last_update_posted_date=date(2026, 3, 1))
    add_condition([closed, old, new, offered])

    page = page_of(pat)

    expected = [trial.nct_id for trial in (new, offered, old, closed)]
    assert _CARD.findall(page) == expected
    assert '<b class="big">3</b> trials are open' in page
    assert "4 trials in all" in page


def test_condition_page_without_an_open_trial_says_so(pat: Client) -> None:
    add_condition([add_trial(overall_status="COMPLETED")])

    assert "None of these trials is open to new participants." in page_of(pat)


def test_condition_page_walks_all_trials_by_number(pat: Client) -> None:
    trials = add_trials(45)
    add_condition(trials)

    pages = [_CARD.findall(page_of(pat, f"?page={number}")) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 20, 5]
    assert sorted(chain(*pages)) == sorted(trial.nct_id for trial in trials)
    assert "page 3 of 3" in page_of(pat, "?page=3")
    assert 'rel="canonical" href="http://127.0.0.1:8000/conditions/lupus/?page=3"' in page_of(
        pat, "?page=3"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/conditions/gout/",
        "/conditions/a%00b/",
        "/conditions/%ff/",
        "/conditions/a%20b/",
        f"/conditions/{'a' * 101}/",
        f"/conditions/{'a' * 5000}/",
    ],
)
def test_condition_page_of_an_unknown_slug_is_not_found(pat: Client, path: str) -> None:
    assert pat.get(path).status_code == 404


def test_condition_page_opens_a_slug_in_any_script(pat: Client) -> None:
    condition = add_condition([add_trial()], "肺癌", "肺癌")

    response = pat.get(condition.get_absolute_url())

    assert response.status_code == 200
    assert '<span lang="zh">肺癌</span>' in response.content.decode()


def test_condition_page_never_shows_hidden_or_left_trials(pat: Client, ada: User) -> None:
    shown = add_trial()
    add_condition([shown, hide(add_trial(), ada), leave(add_trial())])

    page = page_of(pat)

    assert _CARD.findall(page) == [shown.nct_id]
    assert "1 trial in all" in page


def test_condition_page_of_hidden_trials_alone_is_not_found(pat: Client, ada: User) -> None:
    """The name of the condition is text from the hidden trial's record."""
    add_condition([hide(add_trial(), ada), leave(add_trial())])

    response = pat.get("/conditions/lupus/")

    assert response.status_code == 404
    assert "Lupus" not in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_condition_page_refuses_other_methods(pat: Client, method: str) -> None:
    assert getattr(pat, method)("/conditions/lupus/").status_code == 405


@pytest.mark.parametrize("size", [(1, 1), (20, 1), (45, 1), (1, 1000)])
def test_condition_page_costs_the_same_for_any_amount(
    pat: Client, django_assert_num_queries: DjangoAssertNumQueries, size: tuple[int, int]
) -> None:
    amount, sites = size
    trials = add_trials(amount)
    add_condition(trials)
    for trial in trials:
        add_sites(trial, sites)

    with django_assert_num_queries(4):
        pat.get(reverse("condition-detail", args=["lupus"]))


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=2", "?page=1e9", "?page=1&page=1", "?page=%00"]
)
def test_condition_page_says_that_it_has_no_such_page(pat: Client, query: str) -> None:
    add_condition([add_trial()])

    response = pat.get(f"/conditions/lupus/{query}")

    assert response.status_code == 404
    assert "The list has no such page" in response.content.decode()


@given(st.integers(1, 20_000), st.data())
def test_page_by_number_cuts_the_list_into_full_pages(count: int, data: st.DataObject) -> None:
    last = -(-count // PAGE_SIZE)
    number = data.draw(st.integers(1, last))

    page = page_by_number(count, str(number))

    assert page.last == last
    assert page.start == (number - 1) * PAGE_SIZE
    assert page.stop == min(number * PAGE_SIZE, count)
    assert {1, number, last} <= set(page.numbers)
    assert len(page.numbers) <= 7


@given(
    st.integers(0, 20_000), st.integers(max_value=0).map(str) | st.text(st.characters(), min_size=1)
)
def test_page_by_number_knows_no_other_page(count: int, asked: str) -> None:
    assume(not asked.isascii() or not asked.isdigit() or asked.startswith("0"))

    with pytest.raises(NoSuchPage):
        page_by_number(count, asked)


def test_page_by_number_past_the_end_is_none() -> None:
    with pytest.raises(NoSuchPage):
        page_by_number(40, "3")
