"""Words explained: the list from A to Z, and a page for each word."""

import re
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import factories as make
from tests.pages.rows import add_trials, hide, leave, publish
from trials.editorial.term_uses import refresh_all_uses
from trials.models import GlossaryTerm, Trial
from trials.pages.glossary import TRIALS_AT_MOST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]

QUERIES_OF_A_TERM = 5
_TITLE = re.compile(r"<h3><a href=\"/trials/(NCT\d+)/\">")


def page_of(pat: Client, address: str = "/glossary/") -> str:
    response = pat.get(address)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def publish_with(word: str, by: User, amount: int = 1) -> list[Trial]:
    trials = add_trials(amount)
    for day, trial in enumerate(trials, start=1):
        title = f"A {word} for sleep"
        publish(trial, by, plain_title=title, reviewed_on=date(2026, 6, day))
    refresh_all_uses()
    return trials


def add_term(name: str, meaning: str = "a thing.", **values: object) -> GlossaryTerm:
    return GlossaryTerm.objects.create(slug=name.lower(), name=name, meaning=meaning, **values)


def test_glossary_works(pat: Client) -> None:
    page = page_of(pat)

    assert "<h1>Words explained, A to Z</h1>" in page
    assert '<a href="/glossary/placebo/"><b>Placebo</b></a>: a dummy treatment' in page
    assert '<a href="#p" aria-label="Words that start with P">P</a>' in page
    assert '<span aria-hidden="true">X</span>' in page
    assert 'rel="canonical" href="http://127.0.0.1:8000/glossary/"' in page


def test_glossary_is_in_order_and_takes_numbers(pat: Client) -> None:
    GlossaryTerm.objects.all().delete()
    for name in ("zebra", "5HT", "Apple", "ant"):
        add_term(name)

    page = page_of(pat)

    assert re.findall(r"<b>(\w+)</b>", page) == ["ant", "Apple", "zebra", "5HT"]
    assert '<a href="#other" aria-label="Words that start with a number">0–9</a>' in page


def test_glossary_without_terms_works(pat: Client) -> None:
    GlossaryTerm.objects.all().delete()

    assert "Words explained, A to Z" in page_of(pat)


def test_every_page_leads_to_the_glossary(pat: Client) -> None:
    assert '<a href="/glossary/">Words explained</a>' in page_of(pat, "/about/")


def test_term_works(pat: Client, ada: User) -> None:
    (trial,) = publish_with("placebo", ada)

    page = page_of(pat, "/glossary/placebo/")

    assert "<h1>Placebo</h1>" in page
    assert "<b>Placebo</b>: a dummy treatment with no medicine in it." in page
    assert "where they say: placebos." in page
    assert _TITLE.findall(page) == [trial.nct_id]
    assert 'href="/trials/?q=Placebo"' in page
    assert 'rel="canonical" href="http://127.0.0.1:8000/glossary/placebo/"' in page


def test_term_without_trials_leads_to_the_search(pat: Client) -> None:
    page = page_of(pat, "/glossary/standard-of-care/")

    assert "No trial that our editors reviewed uses this word" in page
    assert 'href="/trials/?q=Standard+of+care"' in page


def test_term_shows_the_trials_reviewed_last(pat: Client, ada: User) -> None:
    trials = publish_with("placebo", ada, TRIALS_AT_MOST + 2)

    page = page_of(pat, "/glossary/placebo/")

    newest = [trial.nct_id for trial in reversed(trials)]
    assert _TITLE.findall(page) == newest[:TRIALS_AT_MOST]
    assert "The 20 trials that our editors reviewed last" in page


def test_term_shows_public_trials_with_live_words_only(pat: Client, ada: User) -> None:
    seen, hidden, left, taken_back = publish_with("placebo", ada, 4)
    hide(hidden, ada)
    leave(left)
    type(taken_back.editorial).objects.filter(trial=taken_back).update(
        is_live=False, state="UNPUBLISHED"
    )

    assert _TITLE.findall(page_of(pat, "/glossary/placebo/")) == [seen.nct_id]


@pytest.mark.parametrize(
    "address", ["/glossary/nothing/", "/glossary/Placebo/", "/glossary/retired/", "/glossary/new/"]
)
def test_unknown_term_is_not_found(pat: Client, ada: User, address: str) -> None:
    add_term("Retired", retired_at=make.NOW, retired_by=ada)
    add_term("New", "", proposed_meaning="a thing.", proposed_at=make.NOW, proposed_by=ada)

    assert pat.get(address).status_code == 404


def test_words_of_editors_are_escaped(pat: Client) -> None:
    add_term("Bold", "a <b>bold</b> & loud word.", variants=["<i>bolder</i>"])

    for address in ("/glossary/", "/glossary/bold/"):
        page = page_of(pat, address)
        assert "a &lt;b&gt;bold&lt;/b&gt; &amp; loud word." in page
        assert "<i>bolder" not in page


@pytest.mark.parametrize("address", ["/glossary/", "/glossary/placebo/"])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_glossary_refuses_other_methods(pat: Client, address: str, method: str) -> None:
    assert getattr(pat, method)(address).status_code == 405


def test_glossary_costs_one_query_and_then_none(
    pat: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        pat.get("/glossary/")
    with django_assert_num_queries(0):
        pat.get("/glossary/")


@pytest.mark.parametrize("amount", [1, 30])
def test_term_costs_the_same_for_any_amount(
    pat: Client, ada: User, django_assert_num_queries: DjangoAssertNumQueries, amount: int
) -> None:
    publish_with("placebo", ada, amount)

    with django_assert_num_queries(QUERIES_OF_A_TERM):
        pat.get("/glossary/placebo/")
