"""The table of a search's results: whole, safe to open, bounded, and cheap to send."""

import csv
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories as make
from tests.pages.rows import hide, leave
from tests.search.worlds import add_site, index, make_indexed
from trials.models import Trial
from trials.pages import download
from trials.pages.presenters.table import HEADER

pytestmark = pytest.mark.django_db


def rows(pat: Client, query: str = "") -> list[list[str]]:
    """Return the table without its first line."""
    response = pat.get(f"/trials/download.csv?{query}")
    assert response.status_code == 200
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    header, *others = csv.reader(StringIO(text.removeprefix("\ufeff")))
    assert tuple(header) == HEADER
    return others


def make_many(amount: int) -> list[Trial]:
    trials = [make.make_trial(brief_title=f"Lupus {number}") for number in range(amount)]
    index(*trials)
    return trials


def test_download_works(pat: Client) -> None:
    trial = make_indexed("Lupus, walks & sleep", city="Leeds", overall_status="RECRUITING")

    (row,) = (dict(zip(HEADER, row, strict=True)) for row in rows(pat, "q=lupus&place=Leeds"))

    assert row["Trial number"] == trial.nct_id
    assert row["Title"] == "Lupus, walks & sleep"
    assert (row["Status"], row["Status code"]) == ("Open to new participants", "RECRUITING")
    assert row["Countries"] == "United Kingdom"
    assert row["Nearest site"] == "Leeds, United Kingdom · less than 1 mile (1 km)"
    assert row["Link"].endswith(trial.get_absolute_url())
    assert row["Link"].startswith("http")


def test_download_is_a_file_that_tells_nothing_of_the_search(pat: Client) -> None:
    response = pat.get("/trials/download.csv?q=lupus")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="trials.csv"'
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"


def test_download_has_our_editors_title(pat: Client) -> None:
    trial = make_indexed("Lupus")
    make.make_published_text(trial, plain_title="Walks for lupus")
    index(trial)

    assert [row[1] for row in rows(pat, "q=lupus")] == ["Walks for lupus"]


def test_download_has_the_trials_of_all_pages_in_their_order(pat: Client) -> None:
    trials = make_many(45)

    assert [row[0] for row in rows(pat)] == [trial.nct_id for trial in reversed(trials)]


def test_download_without_results_is_a_header(pat: Client) -> None:
    assert rows(pat, "q=lupus") == []


def test_download_leaves_out_hidden_and_left_trials(pat: Client, ada: User) -> None:
    """Even where their search rows are still there."""
    hidden, left, shown = make_many(3)
    hide(hidden, ada)
    leave(left)

    assert [row[0] for row in rows(pat, "q=lupus")] == [shown.nct_id]


def test_download_says_where_it_ends(pat: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MOST_ROWS", 3)
    make_many(5)

    *table, last = rows(pat, "q=lupus")

    assert len(table) == 3
    assert last == ["This table ends after 3 of 5 trials. Narrow the search to get the others."]


def test_title_that_is_a_formula_is_text(pat: Client) -> None:
    make_indexed('=HYPERLINK("https://example.org") lupus')

    assert rows(pat, "q=lupus")[0][1].startswith("'=HYPERLINK")


def test_download_costs_the_same_for_each_chunk(
    pat: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for trial in (trials := make_many(12)):
        add_site(trial, "Leeds")
    index(*trials)
    costs = {}
    rows(pat, "q=lupus&place=Leeds")  # what a process learns once
    for chunk in (12, 6, 4):
        monkeypatch.setattr(download, "_CHUNK", chunk)
        with CaptureQueriesContext(connection) as queries:
            rows(pat, "q=lupus&place=Leeds")
        costs[chunk] = len(queries)

    assert costs[6] - costs[12] == costs[4] - costs[6] == 7


def test_download_head_sends_no_rows(pat: Client) -> None:
    make_many(3)
    response = pat.head("/trials/download.csv?q=lupus")

    assert response["Content-Type"].startswith("text/csv")
    assert response.getvalue() == b""


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_download_refuses_other_methods(pat: Client, method: str) -> None:
    assert getattr(pat, method)("/trials/download.csv").status_code == 405


@pytest.mark.parametrize("query", ["age=x&page=-1", "q=%22&place=%00", "sort=nearest&radius=1"])
def test_download_survives_odd_addresses(pat: Client, query: str) -> None:
    make_many(1)

    rows(pat, query)
