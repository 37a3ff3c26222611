"""Answers and imports at the same moment, on a real PostgreSQL: one wins, nothing is half true."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from tests.coordinators.correcting import JOY, NEW_PHONE, fate, make_corrections, phone, shown
from tests.coordinators.rows import invited, make_answer, make_open_site, remove, state_of
from tests.indexing.test_callers import imported, take
from tests.registry.records import sites_of, whole
from trials.coordinators import actions, corrections
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import LinkIsOverError, Over, RefusedError
from trials.coordinators.registry_says import follow_registry
from trials.models import AuditEvent, Confirmation, Correction, Settlement, Site
from trials.terms.contacts import Answer, ContactState
from trials.terms.corrections import Field

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


@pytest.mark.parametrize("answer", [Answer.RIGHT, Answer.NOT_MY_SITE])
def test_importer_during_an_answer_leaves_nothing_half_true(
    tmp_path: Path, sam: User, answer: Answer
) -> None:
    """The real importer, with its own connection, against an answer: whoever is first."""

    def bring_in(number: str) -> None:
        take(
            tmp_path,
            whole(1, lambda record: sites_of(record)[0]["contacts"][0].update(phone=number)),
        )

    bring_in("555-0100")
    for turn in range(3):
        site = imported().sites.first()
        key = invited(site, sam)
        told, import_ended = at_once(
            lambda key=key: actions.confirm(key=key, answer=answer),
            lambda turn=turn: bring_in(f"555-020{turn}"),
        )
        assert import_ended is None
        assert site.contacts.first().phone == f"555-020{turn}"
        assert isinstance(told, Confirmation) or told.why == Over.CHANGED
        assert state_of(site) == ContactState.NOT_CONFIRMED


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


# --- Corrections ------------------------------------------------------------------------------


def test_of_editors_who_decide_at_once_one_wins(sam: User) -> None:
    (row,) = make_corrections(make_open_site())
    found = at_once(
        lambda: corrections.accept(correction=row, by=sam),
        lambda: corrections.decline(correction=row, reason="No", by=sam),
        lambda: corrections.accept(correction=row, by=sam),
    )
    assert sorted(type(each).__name__ for each in found) == [
        "NoneType",
        "RefusedError",
        "RefusedError",
    ]
    assert AuditEvent.objects.count() == 1
    assert Settlement.objects.count() == 1


def test_answer_gets_one_settlement_from_decisions_at_once(sam: User) -> None:
    rows = make_corrections(
        make_open_site(),
        phone(),
        Proposed(Field.EMAIL, JOY, "new@clinic.example"),
        Proposed(Field.STATUS, "", "SUSPENDED"),
    )
    found = at_once(*(lambda row=row: corrections.accept(correction=row, by=sam) for row in rows))
    assert found == [None] * 3
    assert Settlement.objects.get().mended


def test_corrections_sent_twice_are_kept_once(sam: User) -> None:
    told = make_answer(make_open_site(), Answer.CHANGE)
    found = at_once(
        *(lambda: corrections.propose(confirmation=told, proposed=[phone()]) for _ in range(3))
    )
    assert sum(isinstance(each, list) for each in found) == 1
    assert sum(isinstance(each, RefusedError) for each in found) == 2
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("removes", [True, False])
def test_import_during_a_decision_leaves_nothing_half_true(sam: User, removes: bool) -> None:
    """Whoever is first: what is accepted is held against what the registry says in the end."""
    for _ in range(4):
        site = make_open_site()
        (row,) = make_corrections(site)

        def bring_in(site: Site = site) -> None:
            with transaction.atomic():
                site.contacts.update(phone=NEW_PHONE)
                if removes:
                    remove(site)
            follow_registry()

        decided, import_ended = at_once(
            lambda row=row: corrections.accept(correction=row, by=sam), bring_in
        )
        assert import_ended is None
        assert decided is None or isinstance(decided, RefusedError)
        if removes:
            assert fate(row) == ("WAITING" if decided else "ACCEPTED")
        else:
            follow_registry()
            assert (fate(row), shown(site)) == ("AGREED", [])
            assert state_of(site) == ContactState.CONFIRMED


def test_of_two_answers_decided_at_once_the_newer_is_shown(sam: User) -> None:
    """Whoever is first: the older gives way, and nobody waits for the other's locks."""
    for _ in range(4):
        site = make_open_site()
        (older,) = make_corrections(site, phone("+254 20 2724199"), days_ago=2)
        (newer,) = make_corrections(site)
        first, second = at_once(
            lambda row=older: corrections.accept(correction=row, by=sam),
            lambda row=newer: corrections.accept(correction=row, by=sam),
        )
        assert first is None or isinstance(first, RefusedError)
        assert second is None
        assert (fate(older), fate(newer)) == ("REPLACED", "ACCEPTED")
        assert shown(site) == [("PHONE", NEW_PHONE)]
        assert Settlement.objects.filter(confirmation__site=site).count() == 2
