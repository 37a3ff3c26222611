"""Two runs at the same moment, on a real PostgreSQL and a real mail server."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.coordinators.letters.rows import due, make_coordinator, states
from tests.coordinators.letters.server import Postbox
from tests.coordinators.rows import make_open_site
from tests.coordinators.test_at_once import at_once
from trials.coordinators import letters
from trials.coordinators.letters import reminders
from trials.models import Letter, LetterTopic
from trials.terms.letters import LetterState

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_second_run_of_reminders_leaves_it_to_the_first() -> None:
    make_coordinator(make_open_site())
    with reminders.only_run():
        (answer,) = at_once(lambda: run("send_reminders"))
    assert answer == "Another run is sending reminders. This one leaves it to it.\n"
    assert not Letter.objects.exists()


def test_reminders_at_once_go_out_once(postbox: Postbox) -> None:
    for name in "abcdef":
        make_coordinator(make_open_site(), address=f"{name}@team.example")
    found = at_once(*[lambda: run("send_reminders")] * 3)
    assert all(isinstance(each, str) for each in found), found
    run("send_reminders")
    assert sorted(postbox.recipients) == [f"{name}@team.example" for name in "abcdef"]


def test_reminder_planned_twice_is_made_once() -> None:
    """The lock alone does not keep us from it: a run may be killed, or a database be restored."""
    sites = [make_open_site() for _ in range(2)]
    make_coordinator(*sites)
    (planned,) = due()
    found = at_once(*[lambda: reminders.make(planned)] * 4)
    assert sum(isinstance(each, Letter) for each in found) == 1, found
    assert sum(each is None for each in found) == 3
    assert LetterTopic.objects.count() == 2


def test_letter_swept_by_two_goes_out_once(postbox: Postbox) -> None:
    for name in "abc":
        coordinator = make_coordinator(address=f"{name}@team.example")
        letters.queue_sign_in(coordinator=coordinator)
    found = at_once(*[lambda: run("send_letters")] * 3)
    assert all(isinstance(each, str) for each in found), found
    assert len(postbox.letters) == 3
    assert states() == [LetterState.SENT] * 3


def test_links_to_sign_in_asked_for_at_once_keep_the_bound() -> None:
    coordinator = make_coordinator()
    found = at_once(*[lambda: letters.queue_sign_in(coordinator=coordinator)] * 8)
    assert sum(each is None for each in found) == 3, found
    assert Letter.objects.count() == 5


def test_letter_can_be_sent_in_the_background(postbox: Postbox) -> None:
    letter = letters.queue_sign_in(coordinator=make_coordinator())
    assert letter is not None
    letters.soon(letter)
    letters.delivering._BACKGROUND.submit(lambda: None).result(30)
    assert states() == [LetterState.SENT]
