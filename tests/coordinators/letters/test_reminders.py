"""Who hears from us without anybody asking, why, and how often."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.coordinators.letters.rows import (
    due,
    make_coordinator,
    make_hand_over,
    remind,
    said,
    states,
    tell,
    turn_on,
)
from tests.coordinators.letters.server import Postbox, no_mail_server, plain
from tests.coordinators.rows import invited, make_answer, make_open_site
from tests.factories import hide, leave_registry, make_site_contact, make_trial
from trials.coordinators import actions, letters
from trials.coordinators.letters import suppression
from trials.models import (
    ConfirmationLink,
    Letter,
    LetterTopic,
    ReaderReport,
    Settlement,
    Site,
    SiteCoordinator,
)
from trials.terms.contacts import Answer
from trials.terms.letters import LetterState, SuppressedFor
from trials.terms.reports import Outcome, ReportKind

pytestmark = pytest.mark.django_db

RUTH = "ruth@team.example"
JOY = "joy@clinic.example"


def report(site: Site, readers: int = 3) -> None:
    """Let readers report that they could not reach a contact."""
    for number in range(readers):
        ReaderReport.objects.create(
            trial=site.trial,
            site=site,
            place="Lighthouse Clinic",
            kind=ReportKind.NO_CONTACT,
            reported_on=timezone.now().date(),
            reporter=f"r{ReaderReport.objects.count()}{number}"[:4],
        )


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("send_reminders", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


# --- Why --------------------------------------------------------------------------------------


def test_coordinator_is_asked_first_then_when_due_then_when_overdue() -> None:
    site = make_open_site()
    make_coordinator(site)
    assert said() == [(RUTH, ["FIRST"])]
    for days, occasions in ((1, []), (89, []), (90, ["DUE"]), (179, ["DUE"]), (180, ["OVERDUE"])):
        Letter.objects.all().delete()
        make_answer(site, days_ago=days)
        tell()
        found = [occasion for _, topics in said() for occasion in topics]
        assert found == occasions
        site = make_open_site()
        SiteCoordinator.objects.all().delete()
        make_coordinator(site)


def test_change_in_the_registry_is_a_reason_each_time() -> None:
    site = make_open_site()
    make_coordinator(site)
    tell()
    make_answer(site)
    assert said() == []
    site.contacts.update(phone="+254 20 1111111")
    assert said() == [(RUTH, ["CHANGED"])]
    remind()
    assert said() == []
    site.contacts.update(phone="+254 20 2222222")
    assert said() == [(RUTH, ["CHANGED"])]


def test_readers_reports_are_a_reason_once_until_they_end() -> None:
    site = make_open_site()
    make_coordinator(site)
    tell()
    make_answer(site)
    report(site, readers=2)
    assert said() == []
    report(site)
    assert said() == [(RUTH, ["REPORTED"])]
    remind()
    report(site, readers=1)
    assert said() == []
    ReaderReport.objects.waiting().end(Outcome.ANSWERED)
    assert said() == []
    report(site)
    Letter.objects.update(state=LetterState.SENT)
    assert said() == [(RUTH, ["REPORTED"])]


@pytest.mark.parametrize("answer", [Answer.CHANGE, Answer.NOT_MY_SITE])
def test_answer_that_waits_for_an_editor_is_no_reason(answer: Answer) -> None:
    turn_on()
    site = make_open_site()
    make_coordinator(site)
    tell()
    make_answer(site, answer, days_ago=400)
    make_answer(make_open_site(), answer, days_ago=400)
    assert said() == []


def test_nothing_is_said_twice_until_the_site_is_confirmed_anew() -> None:
    site = make_open_site()
    make_coordinator(site)
    make_answer(site, days_ago=100)
    assert len(remind()) == 1
    assert remind() == []
    make_answer(site, days_ago=95)
    assert said() == [(RUTH, ["DUE"])]


# --- Who --------------------------------------------------------------------------------------


def test_site_that_nobody_invited_hears_nothing() -> None:
    turn_on()
    make_open_site()
    report(make_open_site(), readers=2)
    assert said() == []


def test_listed_contact_of_a_confirmed_site_is_asked_only_with_the_switch_on() -> None:
    site = make_open_site()
    make_site_contact(site, email=" JOY@Clinic.example")
    make_site_contact(site, email="not an address")
    make_answer(site, days_ago=100)
    assert said() == []
    turn_on()
    assert said() == [(JOY, ["DUE"])]
    turn_on(is_on=False)
    assert said() == []


def test_listed_contact_is_not_asked_where_a_coordinator_is() -> None:
    turn_on()
    site = make_open_site()
    make_answer(site, days_ago=100)
    make_coordinator(site)
    assert said() == [(RUTH, ["DUE"])]


def test_sites_of_an_address_come_in_one_letter() -> None:
    turn_on()
    mine, older, listed = (make_open_site() for _ in range(3))
    make_coordinator(mine, older, address="ann@clinic.example")
    make_answer(older, days_ago=200)
    make_site_contact(listed, email="Ann@clinic.example")
    make_answer(listed, days_ago=100)
    found = {address: sorted(occasions) for address, occasions in said()}
    assert found == {"ann@clinic.example": ["DUE", "FIRST", "OVERDUE"], JOY: ["DUE"]}


def test_place_that_is_not_taken_on_or_has_ended_hears_nothing() -> None:
    make_hand_over(make_open_site())
    make_coordinator(make_open_site())
    SiteCoordinator.objects.filter(taken_on__isnull=False).update(ended_on=timezone.now().date())
    assert said() == []


@pytest.mark.parametrize("what", ["hidden", "gone", "study completed", "site closed", "site gone"])
def test_site_that_takes_nobody_is_not_asked(what: str) -> None:
    site = make_open_site()
    make_coordinator(site)
    if what == "hidden":
        hide(site.trial)
    elif what == "gone":
        leave_registry(site.trial)
    elif what == "study completed":
        site.trial.overall_status = "COMPLETED"
        site.trial.save()
    elif what == "site closed":
        Site.everything.update(recruitment_status="ACTIVE_NOT_RECRUITING")
    else:
        SiteCoordinator.objects.update(site=None)
    assert said() == []


def test_closed_addresses_are_left_out_of_the_plan() -> None:
    make_coordinator(make_open_site())
    assert len(due()) == 1
    suppression.suppress(address=RUTH, why=SuppressedFor.UNSUBSCRIBED)
    assert due() == []
    make_coordinator(make_open_site(), address="sue@team.example")
    assert len(due()) == 1
    make_site_contact(make_open_site(), email="sue@team.example")
    assert due() == [], "the registry lists it, and the switch is off"


@override_settings(LETTERS_A_DAY=1)
def test_address_that_had_its_letter_waits_until_tomorrow(postbox: Postbox, ada: User) -> None:
    site, other = make_open_site(), make_open_site()
    make_coordinator(site, other)
    letters.invite(site=site, by=ada)
    assert due() == []
    letters.send_waiting()
    assert due() == []
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=1))
    assert len(due()) == 1


@override_settings(LETTERS_A_RUN=2)
def test_run_makes_no_more_than_it_may_and_the_next_goes_on(postbox: Postbox) -> None:
    for name in "abcde":
        make_coordinator(make_open_site(), address=f"{name}@team.example")
    assert "2 letters sent." in run()
    run()
    assert postbox.recipients == [f"{name}@team.example" for name in "abcd"]


# --- Sending ----------------------------------------------------------------------------------


def test_reminder_says_why_and_its_links_are_nobodys(postbox: Postbox) -> None:
    site = make_open_site()
    make_coordinator(site)
    make_answer(site, days_ago=100)
    assert run() == "1 letter sent.\n"
    text = plain(postbox.only())
    assert "These details were last confirmed on" in text
    assert postbox.only()["Subject"].startswith("Please check the contact at Lighthouse Clinic")
    assert ConfirmationLink.objects.latest("pk").made_by is None
    assert run() == "0 letters sent.\n"
    assert len(postbox.letters) == 1


def test_many_sites_are_ten_links_and_the_way_to_the_rest(postbox: Postbox) -> None:
    make_coordinator(*(make_open_site(name=f"Ward {number}") for number in range(13)))
    run()
    text = plain(postbox.only())
    assert text.count("/confirm/?key=") == 10
    assert "There are 3 more sites of yours to look at" in text
    assert postbox.only()["Subject"] == "Please check the contacts at 13 sites"


def test_listed_contact_of_many_sites_gets_the_rest_another_day(postbox: Postbox) -> None:
    turn_on()
    for number in range(13):
        make_answer(make_open_site(name=f"Ward {number}"), days_ago=100)
    run()
    assert plain(postbox.only()).count("/confirm/?key=") == 10
    run()
    assert plain(postbox.letters[1]).count("/confirm/?key=") == 3
    assert LetterTopic.objects.count() == 13


def test_reminder_is_dropped_where_the_site_was_confirmed_meanwhile(postbox: Postbox) -> None:
    site = make_open_site()
    make_coordinator(site)
    tell()
    (letter,) = remind()
    make_answer(site)
    assert letters.deliver(letter.pk) == LetterState.DROPPED
    assert postbox.letters == []
    assert said() == []


def test_reminder_says_what_is_so_when_it_is_sent(postbox: Postbox) -> None:
    site = make_open_site()
    make_coordinator(site)
    make_answer(site, days_ago=100)
    (letter,) = remind()
    site.contacts.update(phone="+254 20 1111111")
    letters.deliver(letter.pk)
    assert "The registry changed the phone number since" in plain(postbox.only())


def test_dropped_reminder_is_made_again_once_it_may_be_sent(postbox: Postbox) -> None:
    turn_on()
    make_answer(make_open_site(), days_ago=100)
    (letter,) = remind()
    turn_on(is_on=False)
    assert letters.deliver(letter.pk) == LetterState.DROPPED
    turn_on()
    assert run() == "1 letter sent.\n"
    assert states() == [LetterState.DROPPED, LetterState.SENT]


def test_reminder_goes_to_nobody_who_no_longer_has_the_site(postbox: Postbox) -> None:
    make_coordinator(make_open_site())
    (letter,) = remind()
    SiteCoordinator.objects.update(ended_on=timezone.now().date())
    assert letters.deliver(letter.pk) == LetterState.DROPPED


def test_dry_run_lists_what_would_go_out_and_writes_nothing(postbox: Postbox) -> None:
    site = make_open_site(name="Ward\n9 \x1b[31m")
    make_coordinator(site)
    out = run("--dry-run")
    assert out == (
        f"…@team.example\n    {site.trial.nct_id}, Ward 9 [31m, Kisumu, Kenya: not confirmed\n"
        "1 letter would go out. Nothing was sent.\n"
    )
    assert not Letter.objects.exists()
    assert postbox.letters == []


def test_letters_of_a_run_without_a_mail_server_are_sent_later() -> None:
    for name in "ab":
        make_coordinator(make_open_site(), address=f"{name}@team.example")
    with no_mail_server(), pytest.raises(CommandError, match="could not be reached"):
        run()
    assert states() == [LetterState.WAITING], "the rest was not even made"


def test_made_letters_of_a_killed_run_are_sent_once(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the machine had gone off after one letter was made, and after another was claimed."""
    for name in "abc":
        make_coordinator(make_open_site(), address=f"{name}@team.example")

    def die(*args: object) -> None:
        raise SystemExit

    for step in ("delivering._claimed", "composing.compose"):
        with monkeypatch.context() as patched:
            patched.setattr(f"trials.coordinators.letters.{step}", die)
            with pytest.raises(SystemExit):
                run()
    assert states() == [LetterState.WAITING, LetterState.SENDING]
    run()
    call_command("send_letters", stdout=StringIO())
    assert states() == [LetterState.SENT, LetterState.SENDING, LetterState.SENT]
    assert sorted(postbox.recipients) == ["a@team.example", "c@team.example"]


@pytest.mark.parametrize("amount", [1, 6])
def test_work_does_not_grow_with_the_sites(amount: int) -> None:
    turn_on()
    make_trial()
    for number in range(amount):
        make_coordinator(make_open_site(), address=f"c{number}@team.example")
        make_answer(make_open_site(), days_ago=100)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        due()
    assert len(queries) <= 16


def test_settled_answer_counts_as_it_was_settled(ada: User) -> None:
    """An answer in which editors found nothing wrong is none."""
    site = make_open_site()
    make_coordinator(site)
    tell()
    make_answer(site, days_ago=100)
    told = make_answer(site, Answer.NOT_RECRUITING, days_ago=3)
    assert said() == []
    actions.settle(confirmation=told, outcome=Outcome.NOTHING_WRONG, by=ada)
    assert Settlement.objects.count() == 1
    assert said() == [(RUTH, ["DUE"])]


def test_letters_end_no_link_of_the_desk(postbox: Postbox, ada: User) -> None:
    site = make_open_site()
    make_coordinator(site)
    invited(site, ada)
    run()
    assert ConfirmationLink.objects.filter(revoked_at=None).count() == 2
