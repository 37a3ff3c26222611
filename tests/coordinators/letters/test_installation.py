"""A copy of the database writes to nobody, nor does one whose key was changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from tests.coordinators.letters.rows import due, make_coordinator, remind, states, turn_on
from tests.coordinators.letters.server import Postbox
from tests.coordinators.rows import make_answer, make_open_site
from trials.coordinators import letters
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters import suppression, switch
from trials.models import AuditEvent, Letter, MailSwitch, SuppressedAddress
from trials.terms.letters import LetterState, SuppressedFor

pytestmark = pytest.mark.django_db

RUTH = "ruth@team.example"


@contextmanager
def a_copy() -> Iterator[None]:
    """Use the database as a copy on another machine does."""
    with override_settings(SECRET_KEY="the key of a copy of the portal, as long as it has to be"):
        yield


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("send_reminders", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def sent(postbox: Postbox) -> Postbox:
    """A portal that wrote one letter."""
    make_coordinator(make_open_site(), address="first@team.example")
    assert run() == "1 letter sent.\n"
    return postbox


def test_new_installation_writes() -> None:
    assert switch.standing().writes_here
    assert not switch.is_on()


def test_switch_counts_under_the_key_with_which_it_was_set() -> None:
    turn_on()
    assert switch.is_on()
    with a_copy():
        assert not switch.is_on()
        assert not switch.standing().writes_here
    assert switch.is_on()


def test_switch_from_before_this_was_kept_is_off() -> None:
    turn_on()
    MailSwitch.objects.update(installation="")
    assert not switch.is_on()


def test_production_is_known_by_its_address_too() -> None:
    with override_settings(PRODUCTION=True, PUBLIC_BASE_URL="https://trials.example.org"):
        turn_on()
        assert switch.is_on()
        for address in ("https://staging.example.org", "https://trials.example.org:8443"):
            with override_settings(PUBLIC_BASE_URL=address):
                assert not switch.is_on()
                assert not switch.standing().writes_here


def test_demo_at_another_port_is_the_same() -> None:
    turn_on()
    with override_settings(PUBLIC_BASE_URL="http://127.0.0.1:9000"):
        assert switch.is_on()


@pytest.mark.parametrize("arguments", [(), ("--dry-run",)])
def test_reminders_of_a_copy_stop_with_a_sentence(sent: Postbox, arguments: tuple[str]) -> None:
    make_coordinator(make_open_site())
    with a_copy(), pytest.raises(CommandError) as stopped:
        run(*arguments)
    assert "sent by another installation" in str(stopped.value)
    assert "a publisher says so on the desk" in str(stopped.value)
    assert len(sent.letters) == Letter.objects.count() == 1
    run()
    assert len(sent.letters) == 2


def test_suppressed_people_get_nothing_under_another_key(postbox: Postbox, ada: User) -> None:
    suppression.suppress(address=RUTH, why=SuppressedFor.UNSUBSCRIBED)
    site = make_open_site()
    make_coordinator(site)
    with a_copy():
        with pytest.raises(CommandError):
            run()
        with pytest.raises(RefusedError, match="another installation"):
            letters.invite(site=site, by=ada)
        assert due() == []
    assert postbox.letters == []
    assert not Letter.objects.exists()


def test_rows_from_before_this_was_kept_are_nobodys(sent: Postbox) -> None:
    Letter.objects.update(installation="")
    assert not switch.standing().writes_here


def test_letter_that_waits_is_left_to_who_may_send_it(postbox: Postbox) -> None:
    """A shell with the database of production alone has the demo's key and the demo's mail."""
    make_coordinator(make_open_site())
    (letter,) = remind()
    with a_copy():
        for send in (letters.send_waiting, lambda: letters.deliver(letter.pk)):
            with pytest.raises(switch.NotFromHereError, match="another installation"):
                send()
    assert states() == [LetterState.WAITING]
    assert letters.deliver(letter.pk) == LetterState.SENT
    assert len(postbox.letters) == 1


def test_link_to_sign_in_from_a_copy_is_dropped_and_binds_nobody(sent: Postbox) -> None:
    coordinator = make_coordinator()
    with a_copy():
        letter = letters.queue_sign_in(coordinator=coordinator)
        assert letter is not None
        assert letter.state == LetterState.DROPPED
        assert "another installation" in letter.problem
    assert switch.standing().writes_here


def test_publisher_says_that_this_installation_writes(
    sent: Postbox, cleo: User, ada: User, postbox: Postbox
) -> None:
    turn_on()
    make_answer(make_open_site(), days_ago=100)
    make_coordinator(make_open_site())
    with a_copy():
        with pytest.raises(RefusedError, match="Only a publisher"):
            switch.write_from_here(reason="New key", by=ada)
        with pytest.raises(RefusedError, match="reason"):
            switch.write_from_here(reason=" ", by=cleo)
        for is_on in (True, False):
            with pytest.raises(RefusedError, match="first say that this installation writes"):
                switch.set(is_on=is_on, reason="New key", by=cleo)
        switch.write_from_here(reason="New key", by=cleo)
        assert switch.standing().writes_here
        assert not switch.is_on(), "letters to the registry's addresses are allowed apart"
        assert [each.address for each in due()] == ["first@team.example", RUTH]
        with pytest.raises(RefusedError, match="already"):
            switch.write_from_here(reason="New key", by=cleo)
    assert not switch.standing().writes_here, "one installation writes, and no more"
    event = AuditEvent.objects.latest("pk")
    assert (event.verb, event.reason, event.done_by) == ("write from here", "New key", cleo)


def test_suppression_alone_ties_the_database() -> None:
    suppression.suppress(address=RUTH, why=SuppressedFor.DESK)
    with a_copy():
        assert not switch.standing().writes_here
        suppression.suppress(address=RUTH, why=SuppressedFor.DESK)
        assert not switch.standing().writes_here
    assert SuppressedAddress.objects.count() == 2


@pytest.mark.parametrize("amount", [0, 20])
def test_looking_costs_three_queries_at_most(amount: int) -> None:
    for number in range(amount):
        suppression.suppress(address=f"a{number}@b.example", why=SuppressedFor.DESK)
    with CaptureQueriesContext(connection) as queries:
        switch.standing()
    assert len(queries) == 3
    turn_on()
    with CaptureQueriesContext(connection) as queries:
        switch.standing()
    assert len(queries) == 1


def test_row_tells_no_key() -> None:
    said = turn_on().installation
    assert len(said) == 64
    assert int(said, 16)
