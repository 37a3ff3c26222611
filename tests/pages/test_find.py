"""From a typed number to a trial's page."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.pages.rows import add_trial, hide, leave
from trials.models import IdRedirect
from trials.pages.find import read_number

pytestmark = pytest.mark.django_db


def test_find_works(pat: Client) -> None:
    trial = add_trial(nct_id="NCT07193667")

    response = pat.get("/find/", {"number": " nct 0719 3667 "})

    assert response.status_code == 302
    assert response["Location"] == trial.get_absolute_url()


def test_find_without_a_number_shows_the_form(pat: Client) -> None:
    response = pat.get("/find/")

    assert response.status_code == 200
    assert "There is a problem" not in response.content.decode()


def test_find_unknown_number_leads_to_the_registry(pat: Client) -> None:
    response = pat.get("/find/", {"number": "NCT01234567"})

    assert response.status_code == 404
    page = response.content.decode()
    assert "We have no page for NCT01234567." in page
    assert "https://clinicaltrials.gov/study/NCT01234567" in page


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "Type a trial number."),
        ("lupus", "This is not a trial number."),
        ("NCT0719366", "A trial number has 8 digits. This one has 7."),
        ("NCT071936677", "A trial number has 8 digits. This one has 9."),
        ("NCT07193667 NCT06056921", "Type one trial number at a time."),
        ("٠٧١٩٣٦٦٧", "This is not a trial number."),
        ("\x00", "This is not a trial number."),
        ("9" * 5000, "A trial number has 8 digits."),
    ],
)
def test_find_says_what_is_wrong(pat: Client, number: str, sentence: str) -> None:
    response = pat.get("/find/", {"number": number})

    assert response.status_code == 400
    page = response.content.decode()
    assert f"Error: {sentence.rstrip('.')}" in page
    assert 'aria-invalid="true"' in page
    assert "<title>Error: " in page


def test_find_escapes_what_was_typed(pat: Client) -> None:
    page = pat.get("/find/", {"number": '"><script>alert(1)</script>'}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_find_repeated_number_is_one_problem(pat: Client) -> None:
    response = pat.get("/find/?number=NCT07193667&number=NCT06056921")

    assert "Type one trial number at a time." in response.content.decode()


@pytest.mark.parametrize("gone", ["hidden", "left", "renumbered"])
def test_find_leads_to_the_page_that_says_what_became_of_a_trial(
    pat: Client, ada: User, gone: str
) -> None:
    trial = add_trial()
    number = trial.nct_id
    if gone == "hidden":
        hide(trial, ada)
    elif gone == "left":
        leave(trial)
    else:
        number = "NCT00000007"
        IdRedirect.objects.create(nct_id=number, trial=trial)

    response = pat.get("/find/", {"number": number})

    assert (response.status_code, response["Location"]) == (302, f"/trials/{number}/")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_find_refuses_other_methods(pat: Client, method: str) -> None:
    assert getattr(pat, method)("/find/").status_code == 405


def test_find_costs_two_queries_at_most(
    pat: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        pat.get("/find/", {"number": "NCT01234567"})


@given(st.integers(1, 99_999_999), st.sampled_from(["NCT", "nct", "Nct ", "NCT:", "NCT-", ""]))
def test_read_number_understands_every_whole_number(number: int, prefix: str) -> None:
    assert read_number(f"{prefix}{number:08d}") == f"NCT{number:08d}"
    address = f"https://clinicaltrials.gov/study/NCT{number:08d}?tab=table"
    assert read_number(address) == f"NCT{number:08d}"


@given(st.text())
def test_read_number_gives_a_canonical_number_or_a_sentence(typed: str) -> None:
    try:
        outcome = read_number(typed)
    except ValueError as wrong:
        outcome = str(wrong)

    assert re.fullmatch(r"NCT[0-9]{8}|.+[.)]", outcome)
