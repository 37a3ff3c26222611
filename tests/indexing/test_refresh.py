"""Refreshing search rows: which trials have one, which sites count, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    hide,
    leave_registry,
    make_condition,
    make_intervention,
    make_site,
    make_trial,
)
from tests.indexing.trials import weights
from trials.indexing import refresh
from trials.models import CountrySet, SearchRow, SearchText, Trial, TrialPlace

pytestmark = pytest.mark.django_db
LEEDS = (53.79648, -1.54785)


def cities(trial: Trial) -> set[str]:
    return set(TrialPlace.objects.filter(trial=trial).values_list("place__city", flat=True))


def test_nothing_to_refresh_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as captured:
        refresh([])
    assert not captured.captured_queries


def test_hidden_trial_has_no_row_and_comes_back() -> None:
    trial = make_trial()
    make_site(trial, near=LEEDS)
    refresh([trial.pk])

    refresh([hide(trial).pk])
    tables = (SearchRow, SearchText, TrialPlace)
    hidden = [model.objects.filter(trial=trial).exists() for model in tables]
    Trial.everything.filter(pk=trial.pk).update(hidden_at=None, hidden_by=None)
    refresh([trial.pk])

    assert hidden == [False, False, False]
    assert all(model.objects.filter(trial=trial).exists() for model in tables)


def test_trial_that_left_the_registry_has_no_row() -> None:
    trial = leave_registry(make_trial())

    refresh([trial.pk])

    assert not SearchRow.objects.exists()


def test_trials_that_are_not_named_stay_as_they_are() -> None:
    trial, other = make_trial(brief_title="Milk"), make_trial(brief_title="Tea")
    refresh([trial.pk, other.pk])
    Trial.everything.update(brief_title="Coffee")

    refresh([trial.pk])

    assert "coffe" in weights(trial)
    assert "tea" in weights(other)


def test_refresh_twice_leaves_the_same_rows() -> None:
    trials = [make_trial() for _ in range(3)]
    for trial in trials:
        make_condition(trial)
        make_site(trial, near=LEEDS, zip="LS1 3EX", city="Leeds", country="United Kingdom")
    columns = [field.name for field in SearchRow._meta.fields]

    refresh([trial.pk for trial in trials])
    first = list(SearchRow.objects.order_by("pk").values(*columns))
    places = set(TrialPlace.objects.values_list("trial", "place", "is_open"))
    refresh([trial.pk for trial in trials])

    assert list(SearchRow.objects.order_by("pk").values(*columns)) == first
    assert set(TrialPlace.objects.values_list("trial", "place", "is_open")) == places
    assert len(places) == 3


def test_open_trial_counts_where_a_site_is_open_or_says_nothing() -> None:
    trial = make_trial(overall_status="RECRUITING")
    for city, status in (
        ("Ayr", "RECRUITING"),
        ("Bath", "NOT_YET_RECRUITING"),
        ("Cork", ""),
        ("Deal", "COMPLETED"),
        ("Ely", "WITHDRAWN"),
    ):
        make_site(trial, city=city, recruitment_status=status)

    refresh([trial.pk])

    assert cities(trial) == {"Ayr", "Bath", "Cork"}


def test_trial_that_is_not_open_counts_at_all_its_sites() -> None:
    trial = make_trial(overall_status="COMPLETED")
    make_site(trial, city="Ayr", recruitment_status="COMPLETED")
    make_site(trial, city="Bath", recruitment_status="")

    refresh([trial.pk])

    assert cities(trial) == {"Ayr", "Bath"}
    assert not TrialPlace.objects.filter(is_open=True).exists()


def test_many_sites_in_one_city_count_once() -> None:
    trial = make_trial()
    for name in ("North Ward", "South Ward"):
        make_site(trial, name=name, near=LEEDS)

    refresh([trial.pk])

    assert TrialPlace.objects.count() == 1


def test_same_countries_are_one_set() -> None:
    trials = [make_trial() for _ in range(3)]
    for trial, countries in zip(
        trials, (("Kenya", "France"), ("France", "Kenya"), ()), strict=True
    ):
        for country in countries:
            make_site(trial, country=country)

    refresh([trial.pk for trial in trials])

    first, second, third = SearchRow.objects.order_by("pk").values_list("country_set", flat=True)
    assert first == second != third
    assert sorted(CountrySet.objects.values_list("codes", flat=True)) == [[], ["FR", "KE"]]


def test_statements_are_as_many_for_one_trial_and_for_fifty() -> None:
    trials = [make_trial() for _ in range(51)]
    for number, trial in enumerate(trials):
        make_condition(trial, f"Condition {number}")
        make_intervention(trial)
        make_site(trial, city=f"City {number}", zip=f"{number:05}", near=(10, number))

    with CaptureQueriesContext(connection) as for_one:
        refresh([trials[0].pk])
    with CaptureQueriesContext(connection) as for_fifty:
        refresh([trial.pk for trial in trials[1:]])

    assert len(for_one) == len(for_fifty)
