"""A run of reminders goes on past an odd address, and ends with a sentence when it is stopped."""

import pytest
from django.core.management import CommandError

from tests.coordinators.letters.rows import make_coordinator, turn_on
from tests.coordinators.letters.server import Postbox
from tests.coordinators.letters.test_reminders import JOY, RUTH, run
from tests.coordinators.rows import make_answer, make_open_site
from tests.factories import make_site_contact

pytestmark = pytest.mark.django_db


def test_ctrl_c_ends_a_run_with_a_sentence(
    postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_coordinator(make_open_site())

    def stop(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("trials.coordinators.letters.reminders.make", stop)
    with pytest.raises(CommandError, match="Stopped") as stopped:
        run()
    assert stopped.value.returncode == 130
    monkeypatch.undo()
    assert run() == "1 letter sent.\n"


def test_address_that_no_server_can_know_keeps_no_other_from_its_letter(postbox: Postbox) -> None:
    """Such a one may be kept since before it was refused."""
    long = "".join(chr(0x4E00 + 97 * number) for number in range(50))
    make_coordinator(make_open_site(), address=f"a@{long}.example")
    make_coordinator(make_open_site())
    turn_on()
    site = make_open_site()
    make_site_contact(site, email=f"b@{long}.example")
    make_answer(site, days_ago=100)
    assert run() == "2 letters sent.\n"
    assert postbox.recipients == [JOY, RUTH]
