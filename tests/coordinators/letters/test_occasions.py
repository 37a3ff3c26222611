"""Each new situation of a site is asked about once, and none for ever."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.coordinators.correcting import make_corrections, phone
from tests.coordinators.letters.rows import LINK, due, make_coordinator, remind, said, turn_on
from tests.coordinators.letters.server import Postbox, plain
from tests.coordinators.letters.test_reminders import report
from tests.coordinators.rows import key_of, make_answer, make_open_site, state_of
from tests.factories import make_site_contact
from trials.coordinators import actions, corrections, letters, links
from trials.models import ReaderReport, Site
from trials.terms.contacts import Answer, ContactState
from trials.terms.letters import LetterState
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db

RUTH = "ruth@team.example"
JOY = "joy@clinic.example"
FIRST = [(RUTH, ["FIRST"])]


@pytest.fixture
def site() -> Site:
    """A site whose coordinator was asked when they got it."""
    site = make_open_site()
    make_coordinator(site)
    assert len(remind()) == 1
    assert said() == []
    return site


@pytest.fixture(autouse=True)
def _many_letters_a_day() -> Iterator[None]:
    with override_settings(LETTERS_A_DAY=100):
        yield


# --- Never confirmed, again -------------------------------------------------------------------


def test_answer_that_the_registry_ended_is_asked_about_anew(site: Site) -> None:
    make_answer(site, Answer.NOT_RECRUITING, days_ago=2)
    assert said() == []
    Site.everything.filter(pk=site.pk).update(recruitment_status="NOT_YET_RECRUITING")
    assert said() == FIRST
    remind()
    assert said() == []


def test_confirmation_that_somebody_elses_correction_overtook_is_asked_about_anew(
    site: Site, ada: User
) -> None:
    row = make_corrections(site, days_ago=3)[0]
    make_answer(site, days_ago=2)
    assert said() == []
    corrections.accept(correction=row, by=ada)
    assert said() == FIRST
    remind()
    assert said() == []


def test_partly_declined_correction_is_asked_about_anew(site: Site, ada: User) -> None:
    rows = make_corrections(site, phone(), phone(field="EMAIL", new_value="new@clinic.example"))
    assert said() == []
    corrections.accept(correction=rows[0], by=ada)
    assert said() == []
    corrections.decline(correction=rows[1], reason="It comes back", by=ada)
    assert said() == FIRST
    remind()
    assert said() == []


def test_unfounded_answer_is_asked_about_anew(site: Site, ada: User) -> None:
    told = make_answer(site, Answer.NOT_RECRUITING)
    actions.settle(confirmation=told, outcome=Outcome.NOTHING_WRONG, by=ada)
    assert said() == FIRST
    remind()
    assert said() == []


# --- Takes nobody -----------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "occasions"), [(179, []), (180, [(RUTH, ["TAKES_NOBODY"])])])
def test_site_that_takes_nobody_is_asked_once_after_long(
    site: Site, days: int, occasions: list[object]
) -> None:
    make_answer(site, Answer.NOT_RECRUITING, days_ago=days)
    assert said() == occasions
    remind()
    assert said() == []
    make_answer(site, Answer.NOT_RECRUITING, days_ago=1)
    assert said() == []


def test_each_such_answer_is_asked_about_once(site: Site) -> None:
    for days in (600, 190):
        make_answer(site, Answer.NOT_RECRUITING, days_ago=days)
        assert said() == [(RUTH, ["TAKES_NOBODY"])]
        remind()
        assert said() == []


def test_who_is_no_coordinator_is_not_asked_if_a_site_still_takes_nobody() -> None:
    turn_on()
    make_answer(make_open_site(), Answer.NOT_RECRUITING, days_ago=400)
    assert said() == []


def test_site_that_the_registry_closed_is_not_asked_if_it_takes_nobody(site: Site) -> None:
    make_answer(site, Answer.NOT_RECRUITING, days_ago=400)
    Site.everything.filter(pk=site.pk).update(recruitment_status="COMPLETED")
    assert said() == []


def test_reminder_of_a_site_that_the_registry_closed_meanwhile_is_dropped(
    site: Site, postbox: Postbox
) -> None:
    make_answer(site, Answer.NOT_RECRUITING, days_ago=400)
    (letter,) = remind()
    Site.everything.filter(pk=site.pk).update(recruitment_status="COMPLETED")
    assert letters.deliver(letter.pk) == LetterState.DROPPED
    assert postbox.letters == []


def test_right_to_such_a_letter_confirms_the_site(site: Site, postbox: Postbox) -> None:
    told = make_answer(site, Answer.NOT_RECRUITING, days_ago=200)
    (letter,) = remind()
    assert letters.deliver(letter.pk) == LetterState.SENT
    text = plain(postbox.only())
    assert "that this site is not taking new people. Is that still so?" in text
    assert f"{told.confirmed_at:%Y}" in text
    make_answer(site)
    assert state_of(site) == ContactState.CONFIRMED
    assert said() == []


# --- Reports of readers -----------------------------------------------------------------------


def test_reports_reach_the_listed_contact_of_a_site_that_was_never_confirmed(
    postbox: Postbox,
) -> None:
    site = make_open_site()
    report(site)
    assert said() == [], "the switch is off"
    turn_on()
    assert said() == [(JOY, ["REPORTED"])]
    (letter,) = remind()
    assert said() == []
    assert letters.deliver(letter.pk) == LetterState.SENT
    assert "Readers told us that they could not reach this contact." in plain(postbox.only())


def test_reports_that_are_too_few_or_answered_reach_nobody() -> None:
    turn_on()
    few, answered = make_open_site(), make_open_site()
    report(few, readers=2)
    report(answered)
    assert len(said()) == 1
    ReaderReport.objects.filter(site=answered).end(Outcome.ANSWERED)
    assert said() == []


def test_reports_of_a_closed_site_reach_nobody() -> None:
    turn_on()
    site = make_open_site(recruitment_status="COMPLETED")
    report(site)
    assert said() == []


def test_reports_of_a_site_with_a_coordinator_reach_them_alone() -> None:
    turn_on()
    site = make_open_site()
    make_coordinator(site)
    report(site)
    assert said() == [(RUTH, ["REPORTED"])]


def test_reports_of_a_site_whose_answer_was_ended_reach_its_listed_contact() -> None:
    turn_on()
    site = make_open_site()
    make_answer(site, Answer.NOT_RECRUITING, days_ago=1)
    report(site)
    assert said() == [(JOY, ["REPORTED"])]
    other = make_open_site()
    make_answer(other, Answer.NOT_MY_SITE)
    report(other)
    assert said() == [(JOY, ["REPORTED"])], "who says that it is not theirs is not asked"


def test_reports_that_are_out_of_date_reach_nobody() -> None:
    turn_on()
    site = make_open_site()
    report(site)
    ReaderReport.objects.update(reported_on=timezone.now().date() - timedelta(days=61))
    assert said() == []


def test_registry_is_not_read_for_whom_nobody_reports() -> None:
    """Work grows with reports and answers: the plan starts from them."""
    turn_on()
    report(make_open_site())
    for number in range(40):
        make_site_contact(make_open_site(), email=f"c{number}@clinic.example")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as queries:
        due()
    (asked,) = (each["sql"] for each in queries if "UNION ALL" in each["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[asked.index('(SELECT') :].replace('%', '%%')}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan on trials_sitecontact" not in plan


def test_whoever_only_the_registry_lists_gets_a_link_that_works(postbox: Postbox) -> None:
    """A coordinator of one site is the listed contact of another that nobody looks after."""
    turn_on()
    own, other = make_open_site(), make_open_site(name="Ward 2")
    make_coordinator(own, address=JOY)
    make_answer(other, days_ago=200)
    remind()
    assert letters.send_waiting().states == {LetterState.SENT: 1}
    (mail,) = postbox.letters
    opened = [links.opened(key_of(address)) for address in re.findall(LINK, plain(mail))]
    assert {link.site for link in opened} == {own, other}
