"""The home page."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.pages.rows import (
    add_condition,
    add_sites,
    add_trial,
    add_trials,
    hide,
    leave,
    publish,
)

pytestmark = pytest.mark.django_db


def test_home_works(pat: Client, ada: User) -> None:
    publish(add_trial(), ada, plain_title="Walks for better sleep")

    response = pat.get("/")

    assert response.status_code == 200
    page = response.content.decode()
    assert "Walks for better sleep" in page
    assert "15 June 2026" in page


def test_home_without_trials_says_so(pat: Client) -> None:
    assert "have not reviewed a trial yet" in pat.get("/").content.decode()


def test_home_shows_the_trials_reviewed_last(pat: Client, ada: User) -> None:
    for day, trial in enumerate(add_trials(4), start=1):
        publish(trial, ada, plain_title=f"Reviewed on day {day}", reviewed_on=date(2026, 6, day))

    page = pat.get("/").content.decode()

    shown = [page.index(f"Reviewed on day {day}") for day in (4, 3, 2)]
    assert shown == sorted(shown)
    assert "Reviewed on day 1" not in page


def test_home_does_not_show_a_draft(pat: Client, ada: User) -> None:
    publish(add_trial(), ada, plain_title="Half a thought", state="DRAFT", is_live=False)

    assert "Half a thought" not in pat.get("/").content.decode()


def test_home_lists_conditions_of_open_reviewed_trials_a_to_z(pat: Client, ada: User) -> None:
    reviewed, closed, unread = add_trials(3)
    closed.overall_status = "COMPLETED"
    closed.save()
    publish(reviewed, ada)
    publish(closed, ada)
    add_condition([reviewed], "lupus nephritis", "lupus-nephritis")
    add_condition([reviewed], "Anemia", "anemia")
    add_condition([closed], "Gout", "gout")
    add_condition([unread], "Measles", "measles")

    page = pat.get("/").content.decode()

    assert page.index('href="/conditions/anemia/"') < page.index("/conditions/lupus-nephritis/")
    assert "gout" not in page
    assert "measles" not in page


def test_home_never_shows_hidden_or_left_trials(pat: Client, ada: User) -> None:
    for trial in (hide(add_trial(), ada), leave(add_trial())):
        publish(trial, ada, plain_title="Unseen")
        add_condition([trial], "Unseen condition", "unseen")

    assert "nseen" not in pat.get("/").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_home_refuses_other_methods(pat: Client, method: str) -> None:
    assert getattr(pat, method)("/").status_code == 405


@pytest.mark.parametrize(("trials", "sites"), [(1, 1), (20, 1), (1, 1000)])
def test_home_costs_the_same_for_any_amount(
    pat: Client,
    ada: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    trials: int,
    sites: int,
) -> None:
    for trial in add_trials(trials):
        publish(trial, ada)
        add_sites(trial, sites)
        add_condition([trial])

    with django_assert_num_queries(5):
        pat.get("/")
