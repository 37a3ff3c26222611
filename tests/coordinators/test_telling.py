"""Searches near a place go by what study teams say of their sites' status."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.coordinators.correcting import make_correction
from tests.coordinators.letters.rows import make_coordinator
from tests.coordinators.rows import fresh, make_open_site, remove
from tests.factories import make_site
from tests.indexing.test_callers import imported, take
from tests.registry.records import Json, sites_of, whole
from trials.coordinators import actions, corrections
from trials.coordinators.accepted import accepted_at, seen_at
from trials.coordinators.corrections import Proposed
from trials.models import SearchRow, Site, ToldStatus, Trial, TrialPlace
from trials.terms.contacts import Answer
from trials.terms.corrections import Field
from trials.terms.registry import RecruitmentStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    """Return an open site in Kisumu, of a trial that is open in Leeds, too."""
    site = make_open_site()
    make_site(site.trial, city="Leeds", country="United Kingdom")
    return site


def say(site: Site, answer: Answer) -> None:
    """Let a coordinator of a site answer, as the page does."""
    site = fresh(site)
    seen = seen_at(site, accepted_at([site]).get(site.pk, ()))
    row = site.sitecoordinators.first()
    coordinator = row.coordinator if row else make_coordinator(site)
    actions.confirm_as(coordinator=coordinator, site=site, answer=answer, seen=seen)


def found_in(trial: Trial) -> set[str]:
    """Return the cities in which searches find a trial."""
    return set(TrialPlace.objects.filter(trial=trial).values_list("place__city", flat=True))


def status(value: RecruitmentStatus) -> Proposed:
    return Proposed(Field.STATUS, "", value)


def test_trial_is_not_found_where_its_study_team_takes_nobody(site: Site) -> None:
    say(site, Answer.NOT_RECRUITING)
    assert found_in(site.trial) == {"Leeds"}
    say(site, Answer.RIGHT)
    assert found_in(site.trial) == {"Kisumu", "Leeds"}
    assert not ToldStatus.objects.exists()


def test_trial_is_found_where_its_study_team_takes_people(site: Site, ada: User) -> None:
    Site.everything.filter(pk=site.pk).update(recruitment_status=RecruitmentStatus.SUSPENDED)
    row = make_correction(fresh(site), status(RecruitmentStatus.RECRUITING))
    corrections.accept(correction=row, by=ada)
    assert found_in(site.trial) == {"Kisumu", "Leeds"}
    corrections.retract(correction=row, reason="It was another study", by=ada)
    assert found_in(site.trial) == {"Leeds"}


def test_imports_go_by_the_study_team_and_then_by_their_own_newer_word(tmp_path: Path) -> None:
    def state(number: int, status: str = "RECRUITING") -> Json:
        def change(protocol: Json) -> None:
            protocol["identificationModule"]["briefTitle"] = f"Warm milk {number}"
            first, second, *others = sites_of(protocol)
            first.update(city="Kisumu", status=status)
            second.update(city="Nakuru", status="RECRUITING")
            for other in others:
                other["status"] = "COMPLETED"

        return whole(1, change)

    take(tmp_path, state(1))
    trial = imported()
    say(Site.everything.get(facility__city="Kisumu"), Answer.NOT_RECRUITING)
    assert found_in(trial) == {"Nakuru"}

    take(tmp_path, state(2))
    assert found_in(trial) == {"Nakuru"}

    take(tmp_path, state(3, "NOT_YET_RECRUITING"))
    corrections.follow_registry()
    assert found_in(trial) == {"Kisumu", "Nakuru"}

    take(tmp_path, state(4))
    corrections.follow_registry()
    assert found_in(trial) == {"Nakuru"}  # what the study team spoke of is so again


def test_answer_that_tells_nothing_new_writes_no_search_row(site: Site) -> None:
    say(site, Answer.NOT_RECRUITING)
    with CaptureQueriesContext(connection) as asked:
        say(site, Answer.NOT_RECRUITING)
    assert not [each for each in asked if SearchRow._meta.db_table in each["sql"]]


def test_row_goes_with_its_site(site: Site) -> None:
    say(site, Answer.NOT_RECRUITING)
    remove(site)
    assert not ToldStatus.objects.exists()
