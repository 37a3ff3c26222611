"""Conditions from A to Z, and the form that finds one."""

import re
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.pages.rows import add_condition, add_synonym, add_trial, add_trials, hide
from trials.indexing.conditions import count_trials
from trials.models import Condition
from trials.pages.condition_list import ON_A_PAGE
from trials.terms.values import condition_slug

pytestmark = pytest.mark.django_db
_ENTRY = re.compile(r'<li(?: id="[\w-]+")?><a href="/conditions/[^"]+/">(.*?)</a>')
_NUMBER = re.compile(
    r'<span class="quiet">([\d,]+)<span class="vh"> open trials?</span></span></li>'
)


def page_of(pat: Client, query: str = "") -> str:
    response = pat.get(f"/conditions/{query}")
    assert response.status_code == 200
    return response.content.decode()


def add(name: str, trials: int = 1, **values: str) -> Condition:
    return add_condition(add_trials(trials, **values), name, condition_slug(name))


def add_many(amount: int, start: str = "b") -> None:
    """Write conditions in bulk, all of one trial."""
    trial = add_trial()
    rows = Condition.objects.bulk_create(
        Condition(name=f"{start}{_word(number)}", slug=f"{start}{_word(number)}")
        for number in range(amount)
    )
    for row in rows:
        row.trial_conditions.create(trial=trial, name=row.name, position=row.pk)
    count_trials([row.pk for row in rows])


def _word(number: int) -> str:
    return f"{'abcdefghij'[number % 10]}x{number:04}"


def test_conditions_page_works(pat: Client) -> None:
    add("asthma", 2)
    add("Lupus", 3)

    page = page_of(pat)

    assert "<h1>Conditions, A to Z</h1>" in page
    assert _ENTRY.findall(page) == ["Lupus", "Asthma"], "the most open trials first"
    assert _NUMBER.findall(page) == ["3", "2"]
    assert 'href="?letter=a" aria-label="Conditions that start with A"' in page
    assert '<span aria-hidden="true">B</span>' in page


def test_conditions_page_without_trials_says_so(pat: Client) -> None:
    page = page_of(pat)

    assert "There are no open trials on this site yet" in page
    assert "?letter=" not in page


def test_conditions_page_with_closed_trials_alone_leads_to_them(pat: Client) -> None:
    add("gout", overall_status="COMPLETED")

    assert 'href="?status=all"' in page_of(pat)
    page = page_of(pat, "?status=all")
    assert 'href="?letter=g&amp;status=all"' in page


def test_letter_lists_its_conditions_with_their_open_trials(pat: Client) -> None:
    add("burns", 2, overall_status="NOT_YET_RECRUITING")
    add("Bad cold")
    add("Bunion", overall_status="COMPLETED")
    add("asthma")

    page = page_of(pat, "?letter=b")

    assert _ENTRY.findall(page) == ["Bad cold", "Burns"]
    assert _NUMBER.findall(page) == ["1", "2"]
    assert 'aria-label="Conditions that start with B" aria-current="page">B</a>' in page
    everything = page_of(pat, "?letter=b&status=all")
    assert _ENTRY.findall(everything) == ["Bad cold", "Bunion", "Burns"]
    assert _NUMBER.findall(everything) == ["1", "0", "2"]


def test_letter_may_be_a_capital_and_has_one_canonical_address(pat: Client) -> None:
    add("burns")

    page = page_of(pat, "?letter=B&page=1")

    assert _ENTRY.findall(page) == ["Burns"]
    assert 'rel="canonical" href="http://127.0.0.1:8000/conditions/?letter=b"' in page


def test_letter_without_an_open_trial_says_so_and_leads_on(pat: Client) -> None:
    add("gout", overall_status="COMPLETED")

    page = page_of(pat, "?letter=g")

    assert "No condition here has a trial that is open now or soon." in page
    assert 'href="?letter=g&amp;status=all"' in page
    assert "No condition here has a trial." in page_of(pat, "?letter=x&status=all")


def test_long_letter_comes_in_pages_that_hold_every_condition_once(pat: Client) -> None:
    add_many(2 * ON_A_PAGE + 30)

    pages = [_ENTRY.findall(page_of(pat, f"?letter=b&page={number}")) for number in (1, 2, 3)]

    assert [len(page) for page in pages] == [ON_A_PAGE, ON_A_PAGE, 30]
    everything = [name for page in pages for name in page]
    assert everything == sorted(set(everything))
    assert 'href="?letter=b&amp;page=2"' in page_of(pat, "?letter=b")
    assert 'href="?letter=b&amp;status=all&amp;page=2"' in page_of(pat, "?letter=b&status=all")


def test_long_letter_leads_to_its_first_two_letters(pat: Client) -> None:
    add_many(2 * ON_A_PAGE + 30)

    jumps = re.findall(
        r'href="\?letter=b(?:&amp;page=(\d))?#([\w-]+)">(B\w)</a>', page_of(pat, "?letter=b")
    )

    assert [label for _, _, label in jumps] == [f"B{letter}" for letter in "abcdefghij"]
    for number, anchor, label in jumps:
        page = page_of(pat, f"?letter=b&page={number or 1}")
        assert re.search(rf'<li id="{anchor}"><a href="/conditions/{label.lower()}', page)


def test_short_letter_has_no_jumps_and_no_pages(pat: Client) -> None:
    add_many(5)

    page = page_of(pat, "?letter=b")

    assert "First two letters" not in page
    assert "Pages of" not in page


@pytest.mark.parametrize(
    "query",
    [
        "?letter=ab",
        "?letter=",
        "?letter=%00",
        "?letter=a&letter=b",
        "?letter=ß",
        "?letter=a&page=0",
        "?letter=a&page=2",
        "?letter=a&page=1000000000",
        "?letter=a&page=1&page=1",
        "?letter=a&status=x",
        "?status=open&status=all",
    ],
)
def test_address_of_no_list_is_not_found(pat: Client, query: str) -> None:
    add("asthma")

    response = pat.get(f"/conditions/{query}")

    assert response.status_code == 404
    assert "The list has no such page" in response.content.decode()


def test_names_from_the_registry_are_escaped(pat: Client) -> None:
    add("<b>bold</b> & co")

    for query in ("?letter=b", "?q=b", "", "?letter=other", "?q=under-b"):
        page = page_of(pat, query)
        assert "<b>bold" not in page
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; co" in page_of(pat)


def test_finder_shows_what_starts_with_the_words(pat: Client) -> None:
    add("lupus nephritis", 2)
    add("Lupus")
    add("discoid lupus")
    add("asthma")

    page = page_of(pat, "?q=lup")

    assert _ENTRY.findall(page) == ["Lupus nephritis", "Lupus", "Discoid lupus"]
    assert 'value="lup"' in page
    assert 'content="noindex' in page


def test_finder_knows_other_names(pat: Client) -> None:
    add("Myocardial Infarction")
    add_synonym("heart attack", "myocardial infarction")

    page = page_of(pat, "?q=heart+attack")

    assert _ENTRY.findall(page) == ["Myocardial Infarction"]
    assert "by another name" in page


def test_finder_offers_names_that_are_spelled_alike(pat: Client) -> None:
    add("Asthma")

    page = page_of(pat, "?q=asthmma")

    assert _ENTRY.findall(page) == ["Asthma"]
    assert "Did you mean" in page
    assert 'href="/trials/?q=asthmma"' in page


def test_finder_without_any_condition_leads_to_the_search(pat: Client) -> None:
    page = page_of(pat, "?q=a%26b+%3Cc%3E")

    assert "No condition starts with “a&amp;b &lt;c&gt;”" in page
    assert 'href="/trials/?q=a%26b%20%3Cc%3E"' in page


@pytest.mark.parametrize("typed", ["", "   ", "?!", "\x00", "%"])
def test_finder_without_words_asks_for_some(pat: Client, typed: str) -> None:
    response = pat.get(f"/conditions/?q={quote(typed)}")

    assert response.status_code == 400
    page = response.content.decode()
    assert "Error: Type the first letters of a condition." in page
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("typed", ["a" * 100_000, "a\x00b", "(", "lupus & ! |", "\\", "%a_"])
def test_finder_takes_anything(pat: Client, typed: str) -> None:
    add("asthma")

    assert pat.get("/conditions/", {"q": typed}).status_code in {200, 400}


def test_conditions_pages_never_show_a_hidden_trials_condition(pat: Client, ada: User) -> None:
    add("asthma")
    add_condition([hide(add_trial(), ada)], "Abscess unseen", "abscess-unseen")

    for query in ("", "?letter=a", "?letter=a&status=all", "?q=a", "?q=abscess+unseem"):
        assert "Abscess" not in page_of(pat, query)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_conditions_page_refuses_other_methods(pat: Client, method: str) -> None:
    assert getattr(pat, method)("/conditions/").status_code == 405


@pytest.mark.parametrize("amount", [1, 20, ON_A_PAGE + 30])
@pytest.mark.parametrize(
    ("query", "queries"), [("", 2), ("?letter=b", 3), ("?letter=b&status=all", 3), ("?q=b", 4)]
)
def test_conditions_page_costs_the_same_for_any_amount(
    pat: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    amount: int,
    query: str,
    queries: int,
) -> None:
    add_many(amount)

    with django_assert_max_num_queries(queries):
        pat.get(f"/conditions/{query}")
