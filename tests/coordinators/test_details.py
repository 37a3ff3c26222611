"""Where contacts stand: computed from answers and rows, whatever an import did in between."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.correcting import NEW_PHONE, make_corrections, shown
from tests.coordinators.rows import fresh, make_answer, make_open_site, state_of
from tests.factories import make_trial
from tests.indexing.test_callers import imported, take
from tests.registry.records import Json, sites_of, whole
from trials.coordinators import actions, corrections, details, teams
from trials.coordinators.accepted import seen_at
from trials.coordinators.errors import RefusedError
from trials.editorial import reports
from trials.models import Site
from trials.terms.contacts import Answer, ContactState, Detail
from trials.terms.reports import ReportKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make_open_site()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda place: place["contacts"][0].update(phone="555-0199"), Detail.PHONES),
        (lambda place: place["contacts"][0].update(email="new@milk.example"), Detail.EMAILS),
        (lambda place: place["contacts"][0].update(name="Somebody New"), Detail.NAMES),
        (lambda place: place.update(status="SUSPENDED"), Detail.STATUS),
        (lambda place: place.update(facility="Northfield Gen Hospital"), Detail.PLACE),
    ],
    ids=["phone", "email", "name", "status", "place"],
)
def test_import_drops_a_confirmation_and_says_what_changed(
    tmp_path: Path, change: Callable[[Json], object], what: Detail
) -> None:
    def changed(protocol: Json) -> None:
        change(sites_of(protocol)[0])

    take(tmp_path, whole(1))
    site = imported().sites.first()
    make_answer(site)
    take(tmp_path, whole(1))
    assert state_of(site) == ContactState.CONFIRMED
    take(tmp_path, whole(1, changed))
    found = details.standings([fresh(site)], reported=())[site.pk]
    assert (found.state, found.changed) == (ContactState.NOT_CONFIRMED, (what,))
    take(tmp_path, whole(1))
    assert state_of(site) == ContactState.CONFIRMED


@pytest.mark.parametrize("amount", [1, 20])
def test_states_of_a_page_cost_one_query(
    amount: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    trial = make_trial()
    for number in range(amount):
        make_answer(make_open_site(trial, name=f"Ward {number}"), days_ago=number * 10)
    sites = list(trial.sites.select_related("facility").prefetch_related("contacts"))
    with django_assert_num_queries(1):
        found = details.standings(sites, reported=())
    assert len(found) == amount
    assert found[sites[-1].pk].state == (
        ContactState.CONFIRMED if amount == 1 else ContactState.OVERDUE
    )


@override_settings(CONTACT_DUE_DAYS=5, CONTACT_OVERDUE_DAYS=10)
def test_periods_are_settings(site: Site) -> None:
    make_answer(site, days_ago=6)
    assert state_of(site) == ContactState.DUE
    make_answer(site, days_ago=4)
    assert state_of(site) == ContactState.CONFIRMED


@pytest.mark.parametrize("is_seen", [True, False])
def test_value_accepted_after_a_confirmation_is_not_confirmed_by_it(
    site: Site, ada: User, is_seen: bool
) -> None:
    (row,) = make_corrections(site, days_ago=3)
    if is_seen:
        corrections.accept(correction=row, by=ada)
    make_answer(site)
    if not is_seen:
        corrections.accept(correction=row, by=ada)
    assert shown(site) == [("PHONE", NEW_PHONE)]
    assert state_of(site) == (ContactState.CONFIRMED if is_seen else ContactState.NOT_CONFIRMED)
    make_answer(site)
    assert state_of(site) == ContactState.CONFIRMED


def test_correction_accepted_while_a_coordinator_looks_is_not_confirmed_unseen(
    site: Site, ada: User
) -> None:
    joy = teams.give(site=site, address="joy@clinic.example", by=ada).coordinator
    row = make_corrections(site, days_ago=3)[0]
    seen = seen_at(fresh(site), ())
    corrections.accept(correction=row, by=ada)
    with pytest.raises(RefusedError, match="not those that you saw"):
        actions.confirm_as(coordinator=joy, site=site, answer=Answer.RIGHT, seen=seen)
    now = fresh(site)
    seen = seen_at(now, corrections.accepted_at([now])[site.pk])
    actions.confirm_as(coordinator=joy, site=site, answer=Answer.RIGHT, seen=seen)
    assert state_of(site) == ContactState.CONFIRMED


def test_readers_report_the_number_that_they_tried(site: Site) -> None:
    for reader in range(3):
        reports.send(
            trial=site.trial,
            kind=ReportKind.NO_CONTACT,
            site=site,
            place="Clinic",
            address=f"192.0.2.{reader}",
        )
    reported = reports.difficulty(site.trial)
    assert details.standings([fresh(site)], reported=reported)[site.pk].has_difficulty
    site.contacts.update(phone=NEW_PHONE)
    assert not details.standings([fresh(site)], reported=reported)[site.pk].has_difficulty


def test_registry_that_takes_over_what_was_confirmed_beside_it_ends_nothing(
    site: Site, ada: User
) -> None:
    joy = teams.give(site=site, address="joy@clinic.example", by=ada).coordinator
    corrections.accept(correction=make_corrections(site, days_ago=3)[0], by=ada)
    now = fresh(site)
    seen = seen_at(now, corrections.accepted_at([now])[site.pk])
    actions.confirm_as(coordinator=joy, site=site, answer=Answer.RIGHT, seen=seen)
    assert state_of(site) == ContactState.CONFIRMED
    site.contacts.update(phone=NEW_PHONE)
    assert state_of(site) == ContactState.CONFIRMED
    site.contacts.update(phone="+254 20 1")
    assert state_of(site) == ContactState.NOT_CONFIRMED
