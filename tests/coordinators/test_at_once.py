"""Answers and imports at the same moment, on a real PostgreSQL: one wins, nothing is half true."""

import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from tests.coordinators.rows import invited, make_open_site, remove, state_of
from trials.coordinators import actions
from trials.coordinators.errors import LinkIsOverError, Over
from trials.models import Confirmation, Site
from trials.terms.contacts import Answer, ContactState

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do things in threads that start together; return what each returned or raised."""
    start, found = threading.Barrier(len(acts)), dict.fromkeys(range(len(acts)))

    def run(number: int, act: Callable[[], object]) -> None:
        start.wait(10)
        try:
            found[number] = act()
        except Exception as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return list(found.values())


def test_of_answers_at_once_one_wins(sam: User) -> None:
    key = invited(make_open_site(), sam)
    found = at_once(
        *(lambda answer=answer: actions.confirm(key=key, answer=answer) for answer in Answer)
    )
    won = [each for each in found if isinstance(each, Confirmation)]
    lost = [each.why for each in found if isinstance(each, LinkIsOverError)]
    assert (len(won), lost) == (1, [Over.USED] * 3)
    assert Confirmation.objects.get() == won[0]


@pytest.mark.parametrize("removes", [True, False])
def test_import_during_a_confirmation_leaves_nothing_half_true(sam: User, removes: bool) -> None:
    """Whoever is first: nothing counts as confirmed but what the registry now says."""
    for _ in range(4):
        site = make_open_site()
        key = invited(site, sam)

        def bring_in(site: Site = site) -> None:
            with transaction.atomic():
                site.contacts.update(phone="+254 20 9999999")
                if removes:
                    remove(site)

        told, import_ended = at_once(
            lambda key=key: actions.confirm(key=key, answer=Answer.RIGHT), bring_in
        )
        assert import_ended is None
        assert isinstance(told, Confirmation) or told.why in {Over.CHANGED, Over.GONE}
        if removes:
            assert not Confirmation.objects.filter(site=site.pk).exists()
        else:
            assert state_of(site) == ContactState.NOT_CONFIRMED
