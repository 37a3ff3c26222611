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

from tests.pages.rows import (
    add_condition,
    add_headings,
    add_sites,
    add_synonym,
    add_trial,
    add_trials,
    hide,
    leave,
)
from trials.models import ConditionIntroduction
from trials.pages.paging import NoSuchPage, page_by_number
from trials.search.query import PAGE_SIZE

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
    soon = add_trial(
        overall_status="NOT_YET_RECRUITING", last_update_posted_date=date(2026, 11, 19)
    )
    old, new = (add_trial(last_update_posted_date=date(2026, month, 1)) for month in (1, 6))
    offered = add_trial(overall_status="AVAILABLE", last_update_posted_date=date(2026, 3, 1))
    add_condition([closed, soon, old, new, offered])

    page = page_of(pat)

    expected = [trial.nct_id for trial in (new, offered, old, soon, closed)]
    assert _CARD.findall(page) == expected
    assert '<b class="big">4</b> trials are open now or soon' in page
    assert "5 trials in all" in page


def test_condition_page_without_an_open_trial_says_so(pat: Client) -> None:
    add_condition([add_trial(overall_status="COMPLETED")])

    page = page_of(pat)

    assert "No trial is open now or soon." in page
    assert "/trials/?q=" not in page


def test_condition_page_walks_all_trials_by_number(pat: Client) -> None:
    trials = add_trials(2 * PAGE_SIZE + 5)
    add_condition(trials)

    pages = [_CARD.findall(page_of(pat, f"?page={number}")) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 5]
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
    assert '<b class="big">1</b> trial is open' in page
    assert "in all" not in page


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
    add_headings(trials, ["Lupus", "Anemia"], ["Autoimmune Diseases"])
    for number in range(amount):
        below = [add_trial()]
        add_condition(below, f"Lupus {number}", f"lupus-{number}")
        add_headings(below, [f"Lupus {number}"], ["Lupus"])

    with django_assert_num_queries(10):
        pat.get(reverse("condition-detail", args=["lupus"]))


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=2", "?page=1e9", "?page=1&page=1", "?page=%00"]
)
def test_condition_page_says_that_it_has_no_such_page(pat: Client, query: str) -> None:
    add_condition([add_trial()])

    response = pat.get(f"/conditions/lupus/{query}")

    assert response.status_code == 404
    assert "The list has no such page" in response.content.decode()


def test_condition_page_has_our_editors_introduction(pat: Client) -> None:
    condition = add_condition([add_trial()])
    ConditionIntroduction.objects.create(
        condition=condition,
        text="Lupus comes and goes in <flares>.",
        reviewed_on=date(2026, 5, 11),
    )

    page = page_of(pat)

    assert "Lupus comes and goes in &lt;flares&gt;." in page
    assert '<time datetime="2026-05-11">11 May 2026</time>' in page


def test_condition_page_leads_to_a_search_for_its_open_trials(pat: Client) -> None:
    add_condition([add_trial()], 'The "Lupus" & co', "lupus")

    page = page_of(pat)

    assert 'href="/trials/?q=The+Lupus+%26+co"' in page
    assert '<input type="hidden" name="q" value="The Lupus &amp; co">' in page


def test_condition_page_leads_to_the_conditions_around_it(pat: Client) -> None:
    trials = add_trials(3)
    add_condition(trials)
    add_headings(trials, ["Lupus", "Anemia"], ["Autoimmune Diseases"])
    below = add_trials(2)
    add_headings(below, ["Lupus Nephritis"], ["Lupus"])
    add_condition(below, "Lupus Nephritis", "lupus-nephritis")
    for name, slug in (("Anemia", "anemia"), ("Autoimmune Diseases", "autoimmune-diseases")):
        add_condition([add_trial()], name, slug)

    page = page_of(pat)

    around = [
        ("Kinds of it", "/conditions/lupus-nephritis/"),
        ("Wider conditions", "/conditions/autoimmune-diseases/"),
        ("Related conditions", "/conditions/anemia/"),
    ]
    for heading, address in around:
        assert page.index(heading) < page.index(f'href="{address}"')
    assert "/conditions/anemia/" not in page_of(pat, "?page=1").split("Related conditions")[0]


def test_condition_page_lists_countries_where_open_trials_take_people(pat: Client) -> None:
    first, second, closed = (
        add_trial(),
        add_trial(),
        add_trial(overall_status="COMPLETED"),
    )
    for trial in (first, second):
        add_sites(trial, 2, country="Kenya")
    add_sites(second, 5, country="Korea, Republic of")
    add_sites(closed, 9, country="France")
    add_condition([first, second, closed])
    second.sites.filter(facility__country="Kenya").update(recruitment_status="COMPLETED")
    add_sites(first, 1, country="Atlantis")

    page = page_of(pat)

    found = re.findall(r'href="/trials/\?q=Lupus&amp;country=(\w+)">([^<]+)<', page)
    assert found == [("Atlantis", "Atlantis"), ("KE", "Kenya"), ("KR", "South Korea")]


def test_condition_pages_after_the_first_hold_the_list_alone(pat: Client) -> None:
    trials = add_trials(PAGE_SIZE + 5)
    add_condition(trials)
    for trial in trials:
        add_sites(trial, 1)

    page = page_of(pat, "?page=2")

    assert len(_CARD.findall(page)) == 5
    assert "By country" not in page


def test_another_name_redirects_to_the_condition_for_now(pat: Client) -> None:
    condition = add_condition([add_trial()], "Myocardial Infarction", "myocardial-infarction")
    add_synonym("Heart attack", "myocardial infarction")

    response = pat.get("/conditions/heart-attack/")

    assert response.status_code == 302
    assert response["Location"] == condition.get_absolute_url()
    assert "Also called: Heart attack" in pat.get(response["Location"]).content.decode()


def test_name_that_is_a_condition_itself_does_not_redirect(pat: Client) -> None:
    add_condition([add_trial()], "Myocardial Infarction", "myocardial-infarction")
    add_condition([add_trial()], "Heart attack", "heart-attack")
    add_synonym("Heart attack", "myocardial infarction")

    assert pat.get("/conditions/heart-attack/").status_code == 200


@pytest.mark.parametrize("slug", ["lupus-neph", "lupis", "nephritis"])
def test_unknown_condition_is_not_found_and_suggests_others(pat: Client, slug: str) -> None:
    add_condition([add_trial()], "Lupus", "lupus")
    add_condition([add_trial()], "Lupus nephritis", "lupus-nephritis")

    response = pat.get(f"/conditions/{slug}/")

    page = response.content.decode()
    assert response.status_code == 404
    assert 'href="/conditions/lupus' in page
    assert f'href="/trials/?q={slug.replace("-", "%20")}"' in page


def test_condition_whose_trials_were_hidden_since_they_were_counted_is_not_found(
    pat: Client, ada: User
) -> None:
    trials = add_trials(PAGE_SIZE + 5)
    add_condition(trials)
    for trial in trials:
        hide(trial, ada)

    for query in ("", "?page=2", "?page=3"):
        response = pat.get(f"/conditions/lupus/{query}")
        assert response.status_code == 404
        assert "Lupus" not in response.content.decode()


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
        page_by_number(2 * PAGE_SIZE, "3")
