"""Whoever gets a site hears so once, wherever its contact stands."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone

from tests.coordinators.letters.rows import (
    make_coordinator,
    make_hand_over,
    remind,
    said,
    tell,
    today,
    turn_on,
)
from tests.coordinators.letters.server import Postbox, plain
from tests.coordinators.letters.test_reminders import report
from tests.coordinators.rows import make_answer, make_open_site
from trials.coordinators import actions, letters, teams
from trials.models import (
    Confirmation,
    ConfirmationLink,
    Coordinator,
    Letter,
    LetterTopic,
    Site,
    SiteCoordinator,
)
from trials.terms.contacts import Answer
from trials.terms.letters import LetterState
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db

RUTH = "ruth@team.example"
LEA = "lea@team.example"
HELD = "This site is in your hands now."
GIVEN = [(RUTH, ["GIVEN"])]


def send() -> None:
    """Send the one reminder that is due; nothing is due then."""
    (letter,) = remind()
    assert letters.deliver(letter.pk) == LetterState.SENT
    assert said() == []


def lately_given(site: Site, address: str = RUTH) -> SiteCoordinator:
    """Let somebody have got a site today."""
    make_coordinator(site, address=address)
    return SiteCoordinator.objects.get(site=site, coordinator__address=address, ended_on=None)


def given_before(site: Site, days: int) -> None:
    """Let somebody have had a site for some days."""
    make_coordinator(site)
    day = today() - timedelta(days=days)
    SiteCoordinator.objects.filter(site=site).update(given_on=day, taken_on=day)


# --- Wherever the contact stands --------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.RIGHT, "These details were last confirmed on"),
        (Answer.CHANGE, "that something must change. That waits with our editors."),
        (Answer.NOT_RECRUITING, "not taking new people. That waits with our editors."),
        (Answer.NOT_MY_SITE, "this is not their site. That waits with our editors."),
    ],
)
def test_whoever_gets_a_site_hears_so_once(postbox: Postbox, answer: Answer, words: str) -> None:
    site = make_open_site()
    make_answer(site, answer, days_ago=1)
    lately_given(site)
    assert said() == GIVEN
    send()
    text = plain(postbox.only())
    assert HELD in text
    assert words in text


def test_what_editors_have_dealt_with_does_not_wait(postbox: Postbox, ada: User) -> None:
    site = make_open_site()
    told = make_answer(site, Answer.CHANGE, days_ago=1)
    actions.settle(confirmation=told, outcome=Outcome.PASSED_ON, by=ada)
    lately_given(site)
    send()
    text = plain(postbox.only())
    assert "that something must change." in text
    assert "waits with our editors" not in text


@pytest.mark.parametrize(
    ("days", "occasion", "words"),
    [
        (None, "FIRST", "Nobody has confirmed these details yet."),
        (100, "DUE", "These details were last confirmed on"),
        (200, "OVERDUE", "That is long ago, and readers see so."),
    ],
)
def test_what_is_due_besides_is_in_the_same_letter(
    postbox: Postbox, days: int | None, occasion: str, words: str
) -> None:
    site = make_open_site()
    if days is not None:
        make_answer(site, days_ago=days)
    lately_given(site)
    assert said() == [(RUTH, [occasion])]
    send()
    assert f"{HELD} " in plain(postbox.only())
    assert words in plain(postbox.only())


def test_what_was_said_of_an_earlier_place_does_not_keep_the_news_back(postbox: Postbox) -> None:
    site = make_open_site()
    make_answer(site, days_ago=100)
    lately_given(site)
    send()
    Letter.objects.update(made_at=timezone.now() - timedelta(days=5))
    teams.leave(row=SiteCoordinator.objects.get())
    lately_given(site)
    assert said() == GIVEN, "that it is due was said already"
    send()
    text = plain(postbox.letters[1])
    assert HELD in text
    assert "Please look at them again." in text


def test_two_who_get_a_site_hear_both() -> None:
    site = make_open_site()
    make_answer(site)
    lately_given(site)
    remind()
    lately_given(site, LEA)
    assert said() == [(LEA, ["GIVEN"])]


def test_site_that_was_confirmed_before_the_first_letter_left(postbox: Postbox) -> None:
    site = make_open_site()
    lately_given(site)
    assert said() == [(RUTH, ["FIRST"])]
    (letter,) = remind()
    make_answer(site)
    assert letters.deliver(letter.pk) == LetterState.SENT
    assert f"{HELD} These details were last confirmed on" in plain(postbox.only())
    assert said() == []


def test_details_that_were_confirmed_otherwise_are_not_called_never_confirmed(
    postbox: Postbox, ada: User
) -> None:
    site = make_open_site()
    told = make_answer(site, Answer.NOT_RECRUITING, days_ago=3)
    actions.settle(confirmation=told, outcome=Outcome.NOTHING_WRONG, by=ada)
    lately_given(site)
    assert said() == [(RUTH, ["FIRST"])]
    send()
    text = plain(postbox.only())
    assert f"{HELD} Nobody has confirmed these details as they stand now." in text
    assert "yet" not in text


def test_new_coordinator_is_not_said_to_have_answered_before(postbox: Postbox) -> None:
    site = make_open_site()
    make_answer(site, Answer.NOT_RECRUITING, days_ago=200)
    lately_given(site)
    assert said() == [(RUTH, ["TAKES_NOBODY"])]
    send()
    text = plain(postbox.only())
    assert "The study team told us on" in text
    assert "You told us" not in text


# --- Who said that it is not theirs -----------------------------------------------------------


def test_answer_not_my_site_mutes_those_who_had_it_before() -> None:
    site = make_open_site()
    given_before(site, 9)
    tell(9)
    make_answer(site, Answer.NOT_MY_SITE, days_ago=3)
    report(site)
    assert said() == []
    lately_given(site, LEA)
    assert said() == [(LEA, ["REPORTED"])]


def test_new_coordinator_hears_on_the_same_day_who_gave_that_answer_does_not() -> None:
    site = make_open_site()
    place = lately_given(site)
    values = Confirmation.objects.filter(pk=make_answer(site).pk).values(
        "trial_id", "site_id", "site_label", "digests", "shown"
    )[0]
    Confirmation.objects.create(
        **values,
        answer=Answer.NOT_MY_SITE,
        confirmed_at=timezone.now(),
        coordinator=place.coordinator,
    )
    assert said() == []
    report(site)
    assert said() == []
    lately_given(site, LEA)
    assert said() == [(LEA, ["REPORTED"])]


def test_place_that_was_held_before_without_a_letter_is_muted_too() -> None:
    site = make_open_site()
    given_before(site, 9)
    make_answer(site, Answer.NOT_MY_SITE, days_ago=3)
    assert said() == []


# --- Once --------------------------------------------------------------------------------------


def test_place_given_long_ago_hears_only_where_no_letter_told_of_it() -> None:
    site, other = make_open_site(), make_open_site()
    make_answer(site)
    make_answer(other)
    given_before(site, 300)
    given_before(other, 300)
    tell(200)
    assert said() == []
    LetterTopic.objects.filter(site=other).delete()
    assert said() == GIVEN
    remind()
    assert said() == []


@pytest.mark.parametrize("state", [LetterState.DROPPED, LetterState.REFUSED])
def test_letter_that_did_not_go_out_told_nobody(state: LetterState) -> None:
    site = make_open_site()
    make_answer(site)
    given_before(site, 30)
    tell(30)
    assert said() == []
    Letter.objects.update(state=state)
    assert said() == GIVEN


def test_letter_that_told_of_it_is_enough(postbox: Postbox, ada: User) -> None:
    site = make_open_site()
    make_answer(site)
    lately_given(site)
    (letter,) = letters.invite(site=site, by=ada)
    assert said() == []
    letters.deliver(letter.pk)
    assert f"{HELD} Our editors ask you to look at these details." in plain(postbox.only())


def test_who_has_spoken_of_the_site_knows_of_it() -> None:
    site = make_open_site()
    told = make_answer(site)
    row = lately_given(site)
    assert said() == GIVEN
    ConfirmationLink.objects.filter(confirmation=told).update(coordinator=row.coordinator)
    assert said() == []


def test_colleague_who_was_written_to_hears_no_second_time(postbox: Postbox) -> None:
    site = make_open_site()
    make_answer(site)
    row = make_hand_over(site)
    letter = letters.hand_over(row=row)
    assert letters.deliver(letter.pk) == LetterState.SENT
    teams.take_on(row=row)
    assert said() == []


def test_colleague_to_whom_no_letter_went_hears_once_they_have_it(postbox: Postbox) -> None:
    site = make_open_site()
    make_answer(site)
    row = make_hand_over(site)
    letter = letters.hand_over(row=row)
    teams.take_on(row=row)
    assert letters.deliver(letter.pk) == LetterState.DROPPED
    assert said() == [(LEA, ["GIVEN"])]


def test_listed_contact_hears_nothing_of_hands() -> None:
    turn_on()
    make_answer(make_open_site(), days_ago=1)
    assert said() == []


@override_settings(LETTERS_A_DAY=1)
def test_letter_waits_for_its_day_as_any_other() -> None:
    site = make_open_site()
    make_answer(site)
    lately_given(site)
    remind()
    assert Coordinator.objects.count() == 1
    other = make_open_site()
    make_answer(other)
    lately_given(other)
    assert said() == []
