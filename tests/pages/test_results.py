"""The page of results: what it shows, where it leads, what it costs."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.pages.results_page import cards_on, get, make_many
from tests.pages.rows import hide, leave
from tests.search.worlds import add_site, index, make_indexed
from trials import indexing
from trials.search.query import PAGE_SIZE
from trials.terms.facets import NAMES

pytestmark = pytest.mark.django_db


def test_results_work(pat: Client) -> None:
    found = make_indexed("Walks for people with lupus", city="Leeds")
    make_indexed("Sleep and walking")

    page = get(pat, "q=lupus&place=Leeds")

    assert "<h1>1 trial for lupus near Leeds</h1>" in page
    assert cards_on(page) == [found.nct_id]
    assert "Walks for people with <mark>lupus</mark>" in page
    assert "Nearest site</dt><dd>Leeds, United Kingdom · less than 1 mile (1 km)" in page


def test_results_without_words_are_the_newest_open_trials(pat: Client) -> None:
    trials = make_many(3)
    make_indexed("Lupus long ago", overall_status="COMPLETED")

    page = get(pat)

    assert "<h1>Trials open now or soon</h1>" in page
    assert cards_on(page) == [trial.nct_id for trial in trials]
    assert 'href="?status=all">Show closed ones too</a>' in page


def test_results_of_an_empty_portal_say_so(pat: Client) -> None:
    page = get(pat)

    assert "<h1>No trials found</h1>" in page
    assert "Look through conditions, A to Z" in page


@pytest.mark.usefixtures("reference_data")
def test_no_results_lead_on_with_true_counts(pat: Client) -> None:
    make_indexed("Lupus in adults", overall_status="COMPLETED", city="London")

    page = get(pat, "q=lupus&place=Leeds&radius=10&status=all")
    step = re.search(r'<a href="/trials/\?([^"]+)">Search everywhere</a> <span[^>]*>1 trial<', page)

    assert "<h1>No trials found for “lupus” near Leeds</h1>" in page
    assert step
    assert len(cards_on(get(pat, step[1].replace("&amp;", "&")))) == 1


def test_no_trial_is_named_before_the_results(pat: Client) -> None:
    trials = make_many(5)

    for query in ("q=lupus", "q=lupus&why=" + trials[4].nct_id, ""):
        page = get(pat, query)
        first = re.search(r"NCT[0-9]{8}", page[page.index("<body") :])
        assert first
        assert first[0] == cards_on(page)[0]


def test_hidden_and_left_trials_are_no_results(pat: Client, ada: User) -> None:
    trials = make_many(3)
    hide(trials[0], ada)
    leave(trials[1])

    assert cards_on(get(pat, "q=lupus")) == [trials[2].nct_id]
    indexing.refresh([trial.pk for trial in trials])
    page = get(pat, "q=lupus")
    assert "<h1>1 trial for lupus</h1>" in page


def test_match_outside_title_and_summary_is_shown(pat: Client) -> None:
    make_indexed("Study of a new medicine", "Lupus nephritis", "Gout <i>")

    page = get(pat, "q=lupus")

    assert '<span class="quiet">Conditions:</span> <mark>Lupus</mark> nephritis</p>' in page


def test_texts_of_the_registry_are_escaped_with_marks(pat: Client) -> None:
    make_indexed("Lupus <script>alert(1)</script> & <mark>")

    page = get(pat, "q=lupus")

    assert "<mark>Lupus</mark> &lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;mark&gt;" in page


def test_typed_texts_are_escaped(pat: Client) -> None:
    make_many(1)
    evil = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    names = ("q", "place", "age", "radius", "why", "page", "sort", *NAMES)

    page = get(pat, "&".join(f"{name}={evil}" for name in names))

    assert "<script>alert" not in page


def test_nearer_site_that_is_closed_is_told(pat: Client) -> None:
    trial = make_indexed("Lupus", overall_status="RECRUITING")
    add_site(trial, "Leeds", recruitment_status="COMPLETED")
    add_site(trial, "London", recruitment_status="RECRUITING")
    index(trial)

    page = get(pat, "q=lupus&place=Leeds&radius=any")

    assert "London, United Kingdom · about 170 miles (270 km)" in page
    assert "A nearer site in Leeds, less than 1 mile (1 km), is not taking new people." in page


# --- Numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["{nct}", " {small} ", "{digits}", "NCT: {digits}"])
def test_number_of_a_trial_leads_to_its_page(pat: Client, typed: str) -> None:
    nct_id = make_indexed("Lupus").nct_id
    q = typed.format(nct=nct_id, small=nct_id.lower(), digits=nct_id[3:])

    response = pat.get("/trials/", {"q": q})

    assert (response.status_code, response["Location"]) == (302, f"/trials/{nct_id}/")


def test_number_of_a_trial_that_left_leads_to_the_page_that_says_so(pat: Client) -> None:
    trial = leave(make_indexed("Lupus"))

    assert pat.get("/trials/", {"q": trial.nct_id})["Location"] == trial.get_absolute_url()


def test_unknown_number_is_answered_with_a_sentence(pat: Client) -> None:
    assert "NCT01234567 is not among the trials here." in get(pat, "q=NCT01234567")


# --- Links and privacy ---------------------------------------------------------------------------


def test_canonical_address_is_the_search_in_its_one_form(pat: Client) -> None:
    page = get(pat, "sex=FEMALE&place=&age=&status=open&q=++lupus+&x=1&page=1")

    assert '/trials/?q=lupus&amp;sex=female">' in re.findall("<link[^>]*canonical[^>]*>", page)[0]


@pytest.mark.parametrize(
    ("query", "robots"),
    [("", ""), ("page=2", "noindex, follow"), ("q=lupus", "noindex, nofollow"), ("page=x", "")],
)
def test_crawlers_keep_the_list_and_no_searches(pat: Client, query: str, robots: str) -> None:
    make_many(PAGE_SIZE + 1)
    found = re.search(r'<meta name="robots" content="([^"]*)">', get(pat, query))

    assert (found[1] if found else "") == robots


def test_searches_stay_on_the_site(pat: Client) -> None:
    """No other site learns of a search by a link, and no answer sets a cookie."""
    make_many(1)

    response = pat.get("/trials/?q=lupus&place=Leeds&age=34")

    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies
    assert "referrerpolicy" not in response.content.decode()


def test_searches_are_neither_stored_nor_logged(
    pat: Client, caplog: pytest.LogCaptureFixture
) -> None:
    make_many(1)
    caplog.set_level(0)

    pat.get("/trials/?q=lupus&place=Leeds&age=34&why=NCT01234567")
    pat.get("/trials/download.csv?q=lupus&place=Leeds")

    assert "lupus" not in caplog.text.lower()
    assert "leeds" not in caplog.text.lower()
    with CaptureQueriesContext(connection) as queries:
        pat.get("/trials/?q=lupus&place=Leeds&age=34")
    assert {query["sql"].split()[0] for query in queries} <= {"SELECT", "WITH"}


def test_search_form_and_filters_carry_each_other(pat: Client) -> None:
    make_many(1)
    page = get(pat, "q=lupus&age=34&phase=PHASE2&sort=newest")
    search, rest = page.split('id="search"')[1].split("</form>", 1)
    filters = rest.split('id="filters"')[1].split("</form>", 1)[0]

    assert '<input type="hidden" name="phase" value="PHASE2">' in search
    assert '<input type="hidden" name="q"' not in search
    assert '<input type="hidden" name="q" value="lupus">' in filters
    assert '<input type="hidden" name="age" value="34">' in filters


# --- Why is a trial not here? ---------------------------------------------------------------------


def test_why_names_what_leaves_a_trial_out(pat: Client) -> None:
    make_indexed("Lupus in adults")
    other = make_indexed("Asthma", overall_status="COMPLETED")

    page = get(pat, f"q=lupus&why={other.nct_id}")

    assert f"{other.nct_id} is not in your results. Each of these leaves it out:" in page
    assert "Its record does not have your words." in page
    assert "It is not open now or soon." in page
    assert "See a search that has it" in page


def test_why_of_a_result_says_that_it_is_there(pat: Client) -> None:
    trial = make_indexed("Lupus in adults")

    assert f"{trial.nct_id} is in your results." in get(pat, f"q=lupus&why={trial.nct_id[3:]}")


def test_why_of_no_number_says_what_is_wrong(pat: Client) -> None:
    page = get(pat, "q=lupus&why=lupus")

    assert 'id="why-error">Error: This is not a trial number.' in page


def test_why_of_a_hidden_trial_tells_nothing_of_it(pat: Client, ada: User) -> None:
    trial = hide(make_indexed("Secret words"), ada)

    page = get(pat, f"q=lupus&why={trial.nct_id}")

    assert f"We have no page for {trial.nct_id}." in page
    assert "Secret" not in page


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "q=lupus", "q=lupus&place=Leeds&age=34&status=all"])
def test_results_cost_the_same_for_any_amount(pat: Client, query: str) -> None:
    """Five are enough for the words as they are; with fewer, looser readings are tried as well."""
    costs = []
    for amount in (5, 3 * PAGE_SIZE):
        trials = make_many(amount)
        for trial in trials:
            add_site(trial, "Leeds")
        index(*trials)
        pat.get(f"/trials/?{query}")
        with CaptureQueriesContext(connection) as queries:
            pat.get(f"/trials/?{query}")
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 17
