"""A study team that speaks twice of one field: its newer word counts, whatever is decided when."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.coordinators.correcting import (
    JOY,
    fate,
    make_correction,
    make_corrections,
    now,
    phone,
    shown,
)
from tests.coordinators.rows import make_answer, make_open_site, state_of
from tests.factories import make_site_contact
from trials.coordinators import corrections
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import RefusedError
from trials.coordinators.freshness import correction_figures
from trials.coordinators.registry_says import Followed, follow_registry
from trials.models import Confirmation, Settlement, Site
from trials.terms.contacts import Answer, ContactState
from trials.terms.corrections import Fate, Field
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db

OLDER, NEWER = "+254 20 2724199", "+254 20 2724777"


@pytest.fixture
def site() -> Site:
    return make_open_site()


@pytest.mark.parametrize("is_asked", [False, True])
def test_accepting_the_newer_ends_the_older_that_nobody_decided(
    site: Site, ada: User, is_asked: bool
) -> None:
    older = make_correction(site, phone(OLDER), days_ago=2)
    if is_asked:
        corrections.ask_back(correction=older, question="Sure?", by=ada)
    newer = make_correction(site, phone(NEWER))
    corrections.accept(correction=newer, by=ada)
    assert (fate(older), fate(newer)) == (Fate.REPLACED, Fate.ACCEPTED)
    assert now(older).ended_on == timezone.now().date()
    assert shown(site) == [("PHONE", NEWER)]
    assert not Confirmation.objects.waiting().exists()
    # Nobody decided on the older one: it counts for no decision, and its answer ends by itself.
    settlement = Settlement.objects.get(confirmation=older.confirmation)
    assert (settlement.outcome, settlement.settled_by) == (Outcome.NOTHING_WRONG, None)
    assert correction_figures(timezone.now().date()).accepted == 1
    assert state_of(site) == ContactState.CONFIRMED
    with pytest.raises(RefusedError, match="decided already: gave way to a newer one"):
        corrections.accept(correction=older, by=ada)


def test_only_what_is_of_the_same_field_and_contact_gives_way(site: Site, ada: User) -> None:
    make_site_contact(site, name="Omar Diallo", phone="+254 20 2724001")
    same, email, others = make_corrections(
        site,
        phone(OLDER),
        Proposed(Field.EMAIL, JOY, "new@clinic.example"),
        phone(OLDER, contact_name="Omar Diallo"),
        days_ago=2,
    )
    corrections.accept(correction=make_correction(site, phone(NEWER)), by=ada)
    assert [fate(row) for row in (same, email, others)] == ["REPLACED", "WAITING", "WAITING"]
    assert not Settlement.objects.filter(confirmation=same.confirmation).exists()
    assert list(Confirmation.objects.waiting()) == [same.confirmation]


def test_accepting_the_older_leaves_the_newer_to_be_decided(site: Site, ada: User) -> None:
    older = make_correction(site, phone(OLDER), days_ago=2)
    newer = make_correction(site, phone(NEWER))
    corrections.accept(correction=older, by=ada)
    assert (fate(newer), shown(site)) == (Fate.WAITING, [("PHONE", OLDER)])
    corrections.accept(correction=newer, by=ada)
    assert (fate(older), shown(site)) == (Fate.REPLACED, [("PHONE", NEWER)])


def written_late(site: Site) -> tuple[Confirmation, Confirmation]:
    """Let the older of two answers get its corrections last: its form stays open for two hours."""
    answers = [make_answer(site, Answer.CHANGE, days_ago=days) for days in (2, 1)]
    return answers[0], answers[1]


@pytest.mark.parametrize(
    ("registry", "said"),
    [
        ("+254 20 2724000", "since sent another value, which readers see: decline this one"),
        (NEWER, "since sent another value, which readers see: decline this one"),
        ("+254 20 2724555", "since sent another value for it: decide on that one first"),
    ],
)
def test_older_one_is_refused_where_a_newer_was_accepted(
    site: Site, ada: User, registry: str, said: str
) -> None:
    first, second = written_late(site)
    (newer,) = corrections.propose(confirmation=second, proposed=[phone(NEWER)])
    corrections.accept(correction=newer, by=ada)
    (older,) = corrections.propose(confirmation=first, proposed=[phone(OLDER)])
    site.contacts.update(phone=registry)
    with pytest.raises(RefusedError, match=said):
        corrections.accept(correction=older, by=ada)
    assert (fate(older), fate(newer)) == (Fate.WAITING, Fate.ACCEPTED)
    corrections.decline(correction=older, reason="You sent another since", by=ada)


def test_older_one_ends_when_the_registry_agrees_with_the_newer(site: Site) -> None:
    older = make_correction(site, phone(OLDER), days_ago=2)
    newer = make_correction(site, phone(NEWER))
    site.contacts.update(phone=NEWER)
    assert follow_registry() == Followed(agreed=1)
    assert (fate(older), fate(newer)) == (Fate.REPLACED, Fate.AGREED)
    assert Settlement.objects.filter(confirmation=older.confirmation).exists()
    assert not Confirmation.objects.waiting().exists()


# --- The registry goes back -------------------------------------------------------------------

REGISTRYS = "+254 20 2724000"


def test_accepted_one_that_the_registry_took_over_and_dropped_comes_back(
    site: Site, ada: User
) -> None:
    row = make_correction(site, phone(NEWER))
    corrections.accept(correction=row, by=ada)
    site.contacts.update(phone=NEWER)
    follow_registry()
    for value in (REGISTRYS, "+254 20 2724555"):
        site.contacts.update(phone=value)
        follow_registry()
        assert follow_registry() == Followed()
        assert (fate(row), now(row).ended_on, shown(site)) == (Fate.MOVED, None, [])
        assert list(Confirmation.objects.waiting()) == [row.confirmation]
        assert state_of(site) == ContactState.NOT_CONFIRMED
    corrections.accept(correction=row, by=ada)
    assert (shown(site), state_of(site)) == ([("PHONE", NEWER)], ContactState.CONFIRMED)
    site.contacts.update(phone=NEWER)
    assert follow_registry() == Followed(agreed=1)


def test_one_that_the_registry_had_before_the_desk_comes_back_too(site: Site, ada: User) -> None:
    site.contacts.update(phone=NEWER)
    make_answer(site, days_ago=4)
    site.contacts.update(phone=REGISTRYS)
    row = make_correction(site, phone(NEWER), days_ago=3)
    site.contacts.update(phone=NEWER)
    corrections.accept(correction=row, by=ada)
    assert fate(row) == Fate.AGREED
    site.contacts.update(phone=REGISTRYS)
    assert follow_registry() == Followed(moved=1)
    assert (fate(row), follow_registry()) == (Fate.MOVED, Followed())


@pytest.mark.parametrize("is_asked", [False, True])
def test_one_that_nobody_at_the_desk_decided_waits_again(
    site: Site, ada: User, is_asked: bool
) -> None:
    row = make_correction(site, phone(NEWER))
    if is_asked:
        corrections.ask_back(correction=row, question="Sure?", by=ada)
    site.contacts.update(phone=NEWER)
    follow_registry()
    assert (fate(row), Settlement.objects.count()) == (Fate.AGREED, 1)
    site.contacts.update(phone=REGISTRYS)
    follow_registry()
    assert (fate(row), follow_registry()) == (Fate.WAITING, Followed())
    assert list(Confirmation.objects.waiting()) == [row.confirmation]
    # Nothing is settled any more: the study team still says that this number is wrong.
    assert state_of(site) == ContactState.REPORTED_WRONG
    corrections.accept(correction=row, by=ada)
    assert Settlement.objects.get().settled_by == ada
    assert (shown(site), state_of(site)) == ([("PHONE", NEWER)], ContactState.CONFIRMED)


def test_agreed_one_that_a_newer_replaced_does_not_come_back(site: Site, ada: User) -> None:
    older = make_correction(site, phone(OLDER), days_ago=3)
    corrections.accept(correction=older, by=ada)
    site.contacts.update(phone=OLDER)
    follow_registry()
    newer = make_correction(site, phone(NEWER), days_ago=1)
    corrections.accept(correction=newer, by=ada)
    assert (fate(older), fate(newer)) == (Fate.REPLACED, Fate.ACCEPTED)
    for value in (NEWER, REGISTRYS):
        site.contacts.update(phone=value)
        follow_registry()
        assert fate(older) == Fate.REPLACED
    assert fate(newer) == Fate.MOVED


def test_agreed_one_beside_a_newer_gives_way_when_it_is_followed(site: Site, ada: User) -> None:
    """As rows from before the newer one ended it."""
    older = make_correction(site, phone(OLDER), days_ago=3)
    corrections.accept(correction=older, by=ada)
    newer = make_correction(site, phone(NEWER), days_ago=1)
    corrections.accept(correction=newer, by=ada)
    older.fate, older.ended_on = Fate.AGREED, timezone.now().date() - timedelta(days=2)
    older.save()
    assert follow_registry() == Followed()
    assert (fate(older), fate(newer)) == (Fate.REPLACED, Fate.ACCEPTED)
