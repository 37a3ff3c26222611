"""Where contacts stand: computed from answers and rows, whatever an import did in between."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from tests.coordinators.correcting import (
    JOY,
    NEW_PHONE,
    fate,
    make_correction,
    make_corrections,
    phone,
    shown,
)
from tests.coordinators.rows import fresh, make_answer, make_open_site, state_of
from tests.factories import make_site_contact, make_trial
from tests.indexing.test_callers import imported, take
from tests.registry.records import Json, sites_of, whole
from trials.coordinators import actions, corrections, teams
from trials.coordinators.accepted import seen_at
from trials.coordinators.by_trial import told_statuses
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import RefusedError
from trials.coordinators.registry_sheet import sheet_of
from trials.coordinators.standings import standings_at
from trials.editorial import reports
from trials.models import Site
from trials.terms.contacts import Answer, ContactStanding, ContactState, Detail
from trials.terms.corrections import Fate, Field
from trials.terms.registry import RecruitmentStatus
from trials.terms.registry_form import Element
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
    found = standings_at([fresh(site)], reported=())[site.pk]
    assert (found.state, found.changed) == (ContactState.NOT_CONFIRMED, (what,))
    take(tmp_path, whole(1))
    assert state_of(site) == ContactState.CONFIRMED


@pytest.mark.parametrize("amount", [1, 20])
def test_states_of_a_page_cost_two_queries(
    amount: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    trial = make_trial()
    for number in range(amount):
        make_answer(make_open_site(trial, name=f"Ward {number}"), days_ago=number * 10)
    sites = list(trial.sites.select_related("facility").prefetch_related("contacts"))
    with django_assert_num_queries(2):
        found = standings_at(sites, reported=())
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
    assert standings_at([fresh(site)], reported=reported)[site.pk].has_difficulty
    site.contacts.update(phone=NEW_PHONE)
    assert not standings_at([fresh(site)], reported=reported)[site.pk].has_difficulty


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


def test_confirmed_value_that_is_shown_no_more_is_not_confirmed(site: Site, ada: User) -> None:
    (row,) = make_corrections(site, days_ago=3)
    corrections.accept(correction=row, by=ada)
    make_answer(site)
    assert state_of(site) == ContactState.CONFIRMED
    corrections.retract(correction=row, reason="It is a fax", by=ada)
    assert (shown(site), state_of(site)) == ([], ContactState.NOT_CONFIRMED)


def test_confirmation_before_a_correction_does_not_come_back_with_its_end(
    site: Site, ada: User
) -> None:
    make_answer(site, days_ago=9)
    (row,) = make_corrections(site, days_ago=3)
    corrections.accept(correction=row, by=ada)
    corrections.retract(correction=row, reason="It is a fax", by=ada)
    assert state_of(site) == ContactState.NOT_CONFIRMED


def test_registry_that_agrees_with_the_newer_word_ends_the_older(site: Site, ada: User) -> None:
    (older,) = make_corrections(site, days_ago=5)
    corrections.accept(correction=older, by=ada)
    make_corrections(site, phone("+254 20 2724000"), days_ago=1)
    corrections.follow_registry()
    assert (shown(site), fate(older)) == ([], Fate.REPLACED)
    assert state_of(site) == ContactState.CONFIRMED


def test_site_that_its_study_team_opened_and_closed_again_is_closed(site: Site, ada: User) -> None:
    Site.everything.update(recruitment_status="ACTIVE_NOT_RECRUITING")
    (row,) = make_corrections(site, Proposed(Field.STATUS, "", "RECRUITING"), days_ago=5)
    corrections.accept(correction=row, by=ada)
    assert told_statuses([site.trial_id]) == {site.pk: "RECRUITING"}
    make_answer(site, Answer.NOT_RECRUITING)
    assert told_statuses([site.trial_id]) == {site.pk: "ACTIVE_NOT_RECRUITING"}


def test_site_of_a_finished_study_is_finished_whatever_it_says(site: Site) -> None:
    Site.everything.update(recruitment_status="")
    site.trial.overall_status = "COMPLETED"
    site.trial.save()
    make_answer(site, Answer.NOT_RECRUITING)
    assert told_statuses([site.trial_id]) == {}


@pytest.mark.parametrize("extension", ["", "12"])
def test_number_is_confirmed_with_the_extension_that_readers_saw(
    site: Site, ada: User, extension: str
) -> None:
    site.contacts.update(phone_ext="12")
    (row,) = make_corrections(site, days_ago=3)
    corrections.accept(correction=row, by=ada)
    assert state_of(site) == ContactState.CONFIRMED
    site.contacts.update(phone=NEW_PHONE, phone_ext=extension)
    expected = ContactState.NOT_CONFIRMED if extension else ContactState.CONFIRMED
    assert state_of(site) == expected


def test_half_of_what_was_confirmed_may_be_in_the_registry(site: Site, ada: User) -> None:
    make_site_contact(site, name="Omar Diallo", phone="+254 20 2724001")
    other = phone("+254 20 2724777", contact_name="Omar Diallo")
    for row in make_corrections(site, phone(), other, days_ago=3):
        corrections.accept(correction=row, by=ada)
    make_answer(site)
    site.contacts.filter(name=JOY).update(phone=NEW_PHONE)
    assert state_of(site) == ContactState.CONFIRMED


def test_place_that_changed_while_a_coordinator_looked_is_not_confirmed(
    site: Site, ada: User
) -> None:
    joy = teams.give(site=site, address="joy@clinic.example", by=ada).coordinator
    seen = seen_at(fresh(site), ())
    site.facility.name = "Eastside Clinic"
    site.facility.save()
    with pytest.raises(RefusedError, match="registry has changed"):
        actions.confirm_as(coordinator=joy, site=fresh(site), answer=Answer.RIGHT, seen=seen)


def test_own_status_of_a_site_is_not_that_of_its_study(site: Site) -> None:
    Site.everything.update(recruitment_status="")
    make_answer(site)
    assert state_of(site) == ContactState.CONFIRMED
    Site.everything.update(recruitment_status="RECRUITING")
    assert state_of(site) == ContactState.NOT_CONFIRMED


def standing_of(site: Site) -> ContactStanding:
    return standings_at([fresh(site)], reported=())[site.pk]


def test_who_corrects_a_number_does_not_say_that_the_site_takes_people_again(
    site: Site, ada: User
) -> None:
    closing = make_answer(site, Answer.NOT_RECRUITING, days_ago=9)
    row = make_correction(site, days_ago=2)
    waiting = standing_of(site)
    corrections.accept(correction=row, by=ada)
    accepted = standing_of(site)
    assert (waiting.told, accepted.state) == (Answer.CHANGE, ContactState.CONFIRMED)
    for found in (waiting, accepted):
        assert (found.takes_nobody, found.closed_on) == (True, closing.confirmed_at.date())
    line = next(line for line in sheet_of(fresh(site)).lines if line.element == Element.STATUS)
    assert line.on == closing.confirmed_at.date()
    assert told_statuses([site.trial_id]) == {site.pk: RecruitmentStatus.ACTIVE_NOT_RECRUITING}


@pytest.mark.parametrize("opened_by", ["confirmation", "status", "registry"])
def test_site_takes_people_again_once_somebody_says_so(
    site: Site, ada: User, opened_by: str
) -> None:
    make_answer(site, Answer.NOT_RECRUITING, days_ago=9)
    if opened_by == "confirmation":
        make_answer(site, days_ago=2)
    elif opened_by == "status":
        status = Proposed(Field.STATUS, "", RecruitmentStatus.ENROLLING_BY_INVITATION)
        corrections.accept(correction=make_correction(site, status, days_ago=2), by=ada)
    else:
        Site.everything.update(recruitment_status=RecruitmentStatus.NOT_YET_RECRUITING)
    make_answer(site, Answer.CHANGE)
    assert standing_of(site).closed_on is None
    on_sheet = {line.element for line in sheet_of(fresh(site)).lines}
    assert on_sheet == ({Element.STATUS} if opened_by == "status" else set())
