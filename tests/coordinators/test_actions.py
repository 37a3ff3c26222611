"""Invite, confirm, revoke, settle: who may, what is kept, what happens at the same time."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from tests.coordinators.rows import (
    fresh,
    invited,
    key_of,
    make_answer,
    make_open_site,
    remove,
    state_of,
)
from tests.editorial.ready import make_sleep_trial
from tests.factories import hide, make_site, make_trial
from trials.coordinators import actions, details, links
from trials.coordinators.errors import LinkIsOverError, Over, RefusedError
from trials.editorial import queue
from trials.editorial.queue import Holder, Queue
from trials.editorial.texts import text_of
from trials.models import (
    AuditEvent,
    Confirmation,
    ConfirmationLink,
    Settlement,
    Site,
)
from trials.terms.contacts import Answer, ContactState
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make_open_site()


def why_over(key: str) -> Over:
    """Return why a key opens nothing; asking and answering must agree."""
    with pytest.raises(LinkIsOverError) as looking:
        links.opened(key)
    with pytest.raises(LinkIsOverError) as answering:
        actions.confirm(key=key, answer=Answer.RIGHT)
    assert looking.value.why == answering.value.why
    return looking.value.why


# --- Invited ----------------------------------------------------------------------------------


def test_link_is_made_for_the_desk_and_kept_as_a_digest(site: Site, ada: User) -> None:
    address = actions.invite(site=site, by=ada)
    link = ConfirmationLink.objects.get()
    assert address.startswith("http://127.0.0.1")
    assert (link.site, link.trial, link.made_by) == (site, site.trial, ada)
    assert link.site_label == "Lighthouse Clinic, Kisumu, Kenya"
    assert link.expires_at - link.made_at == timedelta(days=30)
    kept = str(ConfirmationLink.objects.values().get()) + str(AuditEvent.objects.values())
    for secret in (key_of(address), "joy@clinic.example", "2724000", "Joy"):
        assert secret not in kept
    event = AuditEvent.objects.get()
    assert (event.verb, event.done_by, event.trial) == ("invite", ada, site.trial)


def test_strangers_to_the_desk_make_end_and_settle_nothing(
    site: Site, ada: User, uma: User
) -> None:
    invited(site, ada)
    told = make_answer(site, Answer.CHANGE)
    calls: list[Callable[[], object]] = [
        lambda: actions.invite(site=site, by=uma),
        lambda: actions.revoke(link=ConfirmationLink.objects.last(), by=uma),
        lambda: actions.settle(confirmation=told, outcome=Outcome.CORRECTED, by=uma),
    ]
    for call in calls:
        with pytest.raises(RefusedError, match="Only people of the desk"):
            call()


def test_site_without_an_address_or_readers_gets_no_link(ada: User) -> None:
    with pytest.raises(RefusedError, match="no email address"):
        actions.invite(site=make_site(make_trial()), by=ada)
    hidden = make_open_site()
    hide(hidden.trial)
    with pytest.raises(RefusedError, match="don’t see this trial"):
        actions.invite(site=hidden, by=ada)
    gone = make_open_site()
    remove(gone)
    with pytest.raises(RefusedError, match="no longer lists"):
        actions.invite(site=gone, by=ada)


# --- Confirmed --------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", Answer)
def test_answer_is_kept_with_what_it_is_about(site: Site, ada: User, answer: Answer) -> None:
    told = actions.confirm(key=invited(site, ada), answer=answer)
    assert (told.answer, told.site, told.trial) == (answer, site, site.trial)
    assert told.digests == details.kept(details.details_of(fresh(site)).digests)
    wrong, right = ContactState.REPORTED_WRONG, ContactState.CONFIRMED
    assert state_of(site) == (right if answer == Answer.RIGHT else wrong)


def test_looking_changes_nothing_however_often(site: Site, ada: User) -> None:
    key = invited(site, ada)
    before = list(ConfirmationLink.objects.values())
    for _ in range(5):
        links.opened(key)
    assert list(ConfirmationLink.objects.values()) == before
    actions.confirm(key=key, answer=Answer.RIGHT)


def test_link_takes_one_answer(site: Site, ada: User) -> None:
    key = invited(site, ada)
    actions.confirm(key=key, answer=Answer.RIGHT)
    assert why_over(key) == Over.USED
    assert Confirmation.objects.get().answer == Answer.RIGHT


def test_database_itself_takes_one_answer_a_link(site: Site) -> None:
    told = make_answer(site)
    values = Confirmation.objects.filter(pk=told.pk).values().get()
    del values["id"]
    with pytest.raises(IntegrityError, match="link_id"), transaction.atomic():
        Confirmation.objects.create(**values)


def test_newer_link_ends_the_older_one(site: Site, ada: User) -> None:
    old, new = invited(site, ada), invited(site, ada)
    assert why_over(old) == Over.REVOKED
    actions.confirm(key=new, answer=Answer.RIGHT)


def test_revoked_link_is_over(site: Site, ada: User, ben: User) -> None:
    key = invited(site, ada)
    link = ConfirmationLink.objects.get()
    actions.revoke(link=link, by=ben)
    assert why_over(key) == Over.REVOKED
    with pytest.raises(RefusedError, match="over already"):
        actions.revoke(link=link, by=ben)
    assert AuditEvent.objects.filter(verb="revoke", done_by=ben).count() == 1


def test_link_expires(site: Site, ada: User) -> None:
    with override_settings(CONFIRM_LINK_DAYS=2):
        key = invited(site, ada)
    link = ConfirmationLink.objects.get()
    assert link.expires_at - link.made_at == timedelta(days=2)
    ConfirmationLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert why_over(key) == Over.EXPIRED


@pytest.mark.parametrize("key", ["", "x", "a:b:c", "\x00", "é" * 3000])
def test_nonsense_is_no_key(key: str) -> None:
    assert why_over(key) == Over.UNREADABLE


def test_tampered_key_opens_nothing(site: Site, ada: User) -> None:
    key = invited(site, ada)
    for place in range(0, len(key), 7):
        other = "A" if key[place] != "A" else "B"
        assert why_over(f"{key[:place]}{other}{key[place + 1 :]}") == Over.UNREADABLE
    assert why_over(key[:-1]) == Over.UNREADABLE
    with override_settings(SECRET_KEY="a key of somebody else, as long as it may be"):
        assert why_over(key) == Over.UNREADABLE


def test_key_is_good_for_its_own_site_alone(site: Site, ada: User) -> None:
    key = invited(site, ada)
    other = make_open_site(name="Zenith Ward")
    ConfirmationLink.objects.update(site=other)
    assert why_over(key) == Over.UNREADABLE


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.contacts.update(phone="+254 20 1"),
        lambda site: site.contacts.update(phone_ext="1"),
        lambda site: site.contacts.update(email="new@clinic.example"),
        lambda site: site.contacts.update(name="Somebody else"),
        lambda site: site.trial.sites.update(recruitment_status="COMPLETED"),
        lambda site: site.contacts.all().delete(),
    ],
)
def test_link_for_details_that_changed_is_over(
    site: Site, ada: User, change: Callable[[Site], object]
) -> None:
    key = invited(site, ada)
    change(site)
    assert why_over(key) == Over.CHANGED


def test_link_of_a_site_that_left_or_a_trial_that_is_hidden_is_over(site: Site, ada: User) -> None:
    key = invited(site, ada)
    hide(site.trial)
    assert why_over(key) == Over.GONE
    remove(site)
    assert why_over(key) == Over.GONE
    assert ConfirmationLink.objects.get().site is None


# --- Kept -------------------------------------------------------------------------------------


def test_answers_outlive_their_site_and_are_never_changed(site: Site) -> None:
    told = make_answer(site, Answer.CHANGE)
    for act in (
        lambda: Confirmation.objects.update(answer=Answer.RIGHT),
        lambda: Confirmation.objects.update(site=None, answer=Answer.RIGHT),
        lambda: Confirmation.objects.filter(pk=told.pk)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()
    remove(site)
    told.refresh_from_db()
    assert (told.site, told.site_label) == (None, "Lighthouse Clinic, Kisumu, Kenya")
    assert list(Confirmation.objects.waiting()) == [told]


def test_answer_names_no_site_that_is_not_there(site: Site) -> None:
    told = make_answer(site)
    values = Confirmation.objects.filter(pk=told.pk).values().get()
    link = ConfirmationLink.objects.filter(pk=told.link_id).values().get()
    del values["id"], link["id"]
    new = ConfirmationLink.objects.create(**(link | {"key_digest": "another"}))
    with pytest.raises(IntegrityError, match="confirmation_site_fk"), transaction.atomic():
        Confirmation.objects.create(**(values | {"link_id": new.pk, "site_id": 0}))


# --- Settled ----------------------------------------------------------------------------------


def test_correction_waits_until_it_is_settled_once(site: Site, ada: User, ben: User) -> None:
    told = make_answer(site, Answer.NOT_RECRUITING, days_ago=3)
    make_answer(site, Answer.RIGHT, days_ago=4)
    later = make_answer(make_open_site(), Answer.CHANGE)
    assert list(queue.answers(Queue.CORRECTIONS, by=ada)) == [told, later]
    assert queue.counts(ada)[Queue.CORRECTIONS].number == 2
    actions.settle(confirmation=told, outcome=Outcome.PASSED_ON, note=" Called ", by=ada)
    assert list(Confirmation.objects.waiting()) == [later]
    with pytest.raises(RefusedError, match="already"):
        actions.settle(confirmation=told, outcome=Outcome.CORRECTED, by=ben)
    row = Settlement.objects.get()
    assert (row.settled_by, row.outcome, row.note) == (ada, "PASSED_ON", "Called")
    event = AuditEvent.objects.get()
    assert (event.verb, event.done_by, event.reason) == ("settle", ada, "Called")
    # Nobody made it right yet: readers still see it.
    assert state_of(site) == ContactState.REPORTED_WRONG


def test_correction_without_ground_leaves_the_confirmation(site: Site, ada: User) -> None:
    make_answer(site, days_ago=1)
    told = make_answer(site, Answer.CHANGE)
    actions.settle(confirmation=told, outcome=Outcome.NOTHING_WRONG, by=ada)
    assert state_of(site) == ContactState.CONFIRMED


def test_newer_answer_takes_the_place_of_one_that_waits(site: Site, ada: User) -> None:
    make_answer(site, Answer.NOT_RECRUITING, days_ago=3)
    newer = make_answer(site, Answer.NOT_MY_SITE, days_ago=1)
    assert list(queue.answers(Queue.CORRECTIONS, by=ada)) == [newer]
    make_answer(site)
    assert list(queue.answers(Queue.CORRECTIONS, by=ada)) == []


def test_confirmation_asks_for_nothing_to_settle(site: Site, ada: User) -> None:
    with pytest.raises(RefusedError, match="asks for nothing"):
        actions.settle(confirmation=make_answer(site), outcome=Outcome.CORRECTED, by=ada)


def test_corrections_are_narrowed_by_who_has_the_text(ada: User, ben: User) -> None:
    trial = make_sleep_trial()
    text = text_of(trial)
    text.assigned_to = ada
    text.save()
    hers, free = (
        make_answer(make_open_site(trial), Answer.CHANGE),
        make_answer(make_open_site(), Answer.CHANGE),
    )
    assert list(queue.answers(Queue.CORRECTIONS, by=ada, holder=Holder.ME)) == [hers]
    assert list(queue.answers(Queue.CORRECTIONS, by=ben, holder=Holder.ME)) == []
    assert list(queue.answers(Queue.CORRECTIONS, by=ben, holder=Holder.NOBODY)) == [free]
