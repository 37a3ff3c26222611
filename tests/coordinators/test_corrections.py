"""Corrections: what can be one, who decides, what readers and the desk see of it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.coordinators.correcting import (
    JOY,
    NEW_PHONE,
    asked_by,
    fate,
    make_correction,
    make_corrections,
    now,
    phone,
    shown,
)
from tests.coordinators.letters.rows import make_coordinator
from tests.coordinators.rows import fresh, make_answer, make_open_site, remove, state_of
from tests.factories import make_site, make_site_contact, make_trial
from trials.coordinators import actions, corrections
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import RefusedError
from trials.models import (
    AuditEvent,
    Confirmation,
    Correction,
    Settlement,
    Site,
)
from trials.terms.contacts import Answer, ContactState
from trials.terms.corrections import Fate, Field
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make_open_site()


# --- Proposed ---------------------------------------------------------------------------------


def test_correction_keeps_what_readers_saw_and_what_the_registry_says(site: Site) -> None:
    (row,) = make_corrections(site, phone(note="  New line.\r\nSince May  "))
    assert (row.field, row.contact_name, row.new_value) == ("PHONE", JOY, NEW_PHONE)
    assert (row.shown_value, row.registry_value) == ("+254 20 2724000", "+254 20 2724000")
    assert (row.note, row.fate) == ("New line.\nSince May", Fate.WAITING)
    assert (row.site, row.trial, row.site_label) == (
        site,
        site.trial,
        "Lighthouse Clinic, Kisumu, Kenya",
    )


@pytest.mark.parametrize(
    ("proposed", "said"),
    [
        (phone(contact_name="Somebody Else"), "no one contact of this name"),
        (phone("0254"[:0]), "please write what it should say"),
        (phone("+254 20 2724000"), "nothing would change"),
        (phone("+254-20-272 4000"), "nothing would change"),
        (phone("020 2724000"), "nothing would change"),
        (phone("call me"), "no digit"),
        (phone("1" * 201), "too long"),
        (phone("+254 1\nBcc: x@y.example"), "in one line"),
        (phone("+254 1\x00"), "can’t be shown"),
        (phone("+254 1\ud800"), "can’t be shown"),
        (phone("<b>+254 1</b>"), "without signs such as < and >"),
        (phone(note="<script>alert(1)</script>"), "without signs such as < and >"),
        (phone(note="x" * 2_001), "too long"),
        (phone(note="a\x07b"), "can’t be shown"),
        (Proposed(Field.EMAIL, JOY, "joy at clinic"), "not an email address"),
        (Proposed(Field.EMAIL, JOY, "a@x.example, b@x.example"), "not an email address"),
        (Proposed(Field.EMAIL, JOY, "a@x.example\r\nBcc: b@x.example"), "in one line"),
        (Proposed(Field.EMAIL, JOY, "JOY@clinic.example"), "nothing would change"),
        (Proposed(Field.NAME, JOY, "Joy  Achieng"), "nothing would change"),
        (Proposed(Field.NAME, JOY, "?"), "no letter"),
        (Proposed(Field.STATUS, "", "RECRUITING"), "nothing would change"),
        (Proposed(Field.STATUS, "", "open"), "choose one of the list"),
        (Proposed(Field.OTHER, "", "", ""), "write in the note"),
        (Proposed(Field.OTHER, "", "moved", "moved"), "write it in the note"),
    ],
)
def test_what_can_be_no_correction_is_refused_with_a_sentence(
    site: Site, proposed: Proposed, said: str
) -> None:
    told = make_answer(site, Answer.CHANGE)
    with pytest.raises(RefusedError, match=said):
        corrections.propose(
            confirmation=told,
            proposed=[Proposed(Field.EMAIL, JOY, "new@clinic.example"), proposed],
        )
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(020) 272-4999 or 0722 1", "(020) 272-4999 or 0722 1"),
        ("\u202a+254 20 2724999\u202c ", "+254 20 2724999"),
        ("٠٢٠ ٢٧٢٤٩٩٩", "٠٢٠ ٢٧٢٤٩٩٩"),
    ],
)
def test_phone_is_kept_as_typed_without_invisible_marks(site: Site, typed: str, kept: str) -> None:
    assert make_correction(site, phone(typed)).new_value == kept


def test_one_answer_gets_its_corrections_once(site: Site, ada: User) -> None:
    told = make_correction(site).confirmation
    with pytest.raises(RefusedError, match="already"):
        corrections.propose(confirmation=told, proposed=[phone("1")])
    settled = make_answer(site, Answer.CHANGE)
    actions.settle(confirmation=settled, outcome=Outcome.PASSED_ON, by=ada)
    with pytest.raises(RefusedError, match="dealt with"):
        corrections.propose(confirmation=settled, proposed=[phone("1")])
    with pytest.raises(RefusedError, match="asks for no change"):
        corrections.propose(confirmation=make_answer(site), proposed=[phone("1")])
    bare = make_answer(site, Answer.CHANGE)
    for proposed, said in (([], "at least one"), ([phone("1")] * 21, "can have 20")):
        with pytest.raises(RefusedError, match=said):
            corrections.propose(confirmation=bare, proposed=proposed)
    with pytest.raises(RefusedError, match="corrected twice"):
        corrections.propose(confirmation=bare, proposed=[phone("1"), phone("2")])
    remove(site)
    with pytest.raises(RefusedError, match="no longer lists this site"):
        corrections.propose(confirmation=bare, proposed=[phone("1")])


def test_extension_needs_a_number(site: Site) -> None:
    site.contacts.update(phone="")
    with pytest.raises(RefusedError, match="no phone number here"):
        make_correction(site, Proposed(Field.PHONE_EXT, JOY, "34"))


def test_number_with_its_extension_is_what_readers_see_already(site: Site, ada: User) -> None:
    site.contacts.update(phone_ext="4")
    told = make_answer(site, Answer.CHANGE)
    same = phone("+254 20 2724000 ext. 4")
    with pytest.raises(RefusedError, match="nothing would change"):
        corrections.propose(confirmation=told, proposed=[same])
    corrections.accept(correction=make_correction(site, phone("+254 20 2724999")), by=ada)
    # The extension is of the old number: readers do not see it behind the new one.
    assert make_correction(site, phone("+254 20 2724999 ext. 4")).shown_value == "+254 20 2724999"


def test_contacts_of_one_name_cannot_be_corrected_apart(site: Site) -> None:
    make_site_contact(site, name="Joy  Achieng", phone="1")
    with pytest.raises(RefusedError, match="no one contact of this name"):
        make_correction(site)


# --- Decided ----------------------------------------------------------------------------------


def test_accepted_value_is_shown_beside_the_registrys(site: Site, ada: User) -> None:
    row = make_correction(site, days_ago=3)
    assert shown(site) == []
    corrections.accept(correction=row, by=ada)
    (value,) = corrections.accepted_at([fresh(site)])[site.pk]
    assert (value.field, value.contact_name, value.value) == (Field.PHONE, JOY, NEW_PHONE)
    assert value.on == row.confirmation.confirmed_at.date()
    assert site.contacts.get().phone == "+254 20 2724000"
    event = AuditEvent.objects.get()
    assert (event.verb, event.done_by, event.trial) == ("accept correction", ada, site.trial)
    assert NEW_PHONE not in str(AuditEvent.objects.values())


def test_answer_is_settled_with_its_last_correction(site: Site, ada: User, ben: User) -> None:
    first, second = make_corrections(site, phone(), Proposed(Field.STATUS, "", "SUSPENDED"))
    corrections.accept(correction=first, by=ada)
    assert not Settlement.objects.exists()
    assert state_of(site) == ContactState.REPORTED_WRONG
    corrections.decline(correction=second, reason="The sponsor says otherwise", by=ben)
    settlement = Settlement.objects.get()
    assert (settlement.outcome, settlement.settled_by) == (Outcome.CORRECTED, ben)
    # Readers see a status that the study team called wrong: it does not stand by that.
    assert state_of(site) == ContactState.NOT_CONFIRMED
    site.contacts.update(phone=NEW_PHONE)
    assert state_of(site) == ContactState.NOT_CONFIRMED


def test_accepted_answer_confirms_what_readers_see(site: Site, ada: User) -> None:
    for row in make_corrections(site, phone(), Proposed(Field.STATUS, "", "SUSPENDED")):
        assert state_of(site) == ContactState.REPORTED_WRONG
        corrections.accept(correction=row, by=ada)
    assert state_of(site) == ContactState.CONFIRMED
    Site.everything.update(recruitment_status="SUSPENDED")
    site.contacts.update(phone=NEW_PHONE)
    assert state_of(site) == ContactState.CONFIRMED
    site.contacts.update(phone="+254 20 1")
    assert state_of(site) == ContactState.NOT_CONFIRMED


def test_declined_note_confirms_nothing(site: Site, ada: User) -> None:
    """Whoever says that Joy has left does not confirm Joy, whatever else was accepted."""
    number, note = make_corrections(site, phone(), Proposed(Field.OTHER, "", "", "Joy has left"))
    corrections.accept(correction=number, by=ada)
    corrections.decline(correction=note, reason="She is there", by=ada)
    assert state_of(site) == ContactState.NOT_CONFIRMED


def test_value_accepted_by_mistake_is_shown_no_more(site: Site, ada: User) -> None:
    row = make_correction(site)
    corrections.accept(correction=row, by=ada)
    with pytest.raises(RefusedError, match="Give a reason"):
        corrections.retract(correction=row, reason=" ", by=ada)
    corrections.retract(correction=row, reason="It is a fax", by=ada)
    assert (fate(row), now(row).reason, shown(site)) == (Fate.DECLINED, "It is a fax", [])
    assert state_of(site) == ContactState.NOT_CONFIRMED
    assert AuditEvent.objects.latest("pk").verb == "stop showing correction"
    with pytest.raises(RefusedError, match="do not see this"):
        corrections.retract(correction=row, reason="Again", by=ada)


def test_declined_answer_neither_confirms_nor_leaves_the_confirmation_before_it(
    site: Site, ada: User
) -> None:
    make_answer(site, days_ago=1)
    row = make_correction(site)
    with pytest.raises(RefusedError, match="Give a reason"):
        corrections.decline(correction=row, reason=" \n", by=ada)
    corrections.decline(correction=row, reason="It rings elsewhere", by=ada)
    assert (fate(row), now(row).reason) == (Fate.DECLINED, "It rings elsewhere")
    assert Settlement.objects.get().outcome == Outcome.NOTHING_WRONG
    # The study team called wrong what it confirmed before, and the desk found otherwise.
    assert state_of(site) == ContactState.NOT_CONFIRMED
    assert shown(site) == []


def test_what_a_note_says_confirms_nothing(site: Site, ada: User) -> None:
    row = make_correction(site, Proposed(Field.OTHER, "", "", "Another entrance"))
    corrections.accept(correction=row, by=ada)
    assert (fate(row), shown(site)) == (Fate.ACCEPTED, [])
    assert Settlement.objects.get().mended == {}
    assert state_of(site) == ContactState.REPORTED_WRONG


def test_correction_taken_back_leaves_the_confirmation_before_it(site: Site) -> None:
    coordinator = make_coordinator(site)
    make_answer(site, days_ago=1)
    (row,) = asked_by(coordinator, site)
    corrections.withdraw(correction=row, coordinator=coordinator)
    assert state_of(site) == ContactState.CONFIRMED


def test_value_beside_a_note_is_shown_and_confirms_nothing(site: Site, ada: User) -> None:
    """Readers may still see what the note says must go."""
    note = Proposed(Field.OTHER, "", "", "Our second contact has left")
    for row in make_corrections(site, phone(), note):
        corrections.accept(correction=row, by=ada)
    assert shown(site) == [("PHONE", NEW_PHONE)]
    assert state_of(site) == ContactState.REPORTED_WRONG


@pytest.mark.parametrize("part", ["email", "name"])
def test_details_changed_before_the_decision_are_not_confirmed_with_it(
    site: Site, ada: User, part: str
) -> None:
    row = make_correction(site)
    site.contacts.update(**{part: "new@clinic.example"})
    corrections.accept(correction=row, by=ada)
    assert state_of(site) == ContactState.NOT_CONFIRMED
    site.contacts.update(phone=NEW_PHONE)
    assert state_of(site) == ContactState.NOT_CONFIRMED


def test_correction_of_one_contact_leaves_the_others(site: Site, ada: User) -> None:
    make_site_contact(site, name="Omar Diallo", phone="+254 20 2724001")
    row = make_correction(site, phone("+254 20 2724777", contact_name="Omar Diallo"))
    corrections.accept(correction=row, by=ada)
    (value,) = corrections.accepted_at([fresh(site)])[site.pk]
    assert value.contact_name == "Omar Diallo"
    site.contacts.filter(name="Omar Diallo").update(phone="+254 20 2724777")
    assert (shown(site), state_of(site)) == ([], ContactState.CONFIRMED)


def test_value_that_the_registry_has_by_now_is_over_at_once(site: Site, ada: User) -> None:
    row = make_correction(site)
    site.contacts.update(phone="020 2724999")
    corrections.accept(correction=row, by=ada)
    assert (fate(row), now(row).decided_by, shown(site)) == (Fate.AGREED, ada, [])
    assert now(row).ended_on == timezone.now().date()


def test_newer_word_of_the_study_team_replaces_the_older(site: Site, ada: User) -> None:
    older, email = make_corrections(
        site, phone(), Proposed(Field.EMAIL, JOY, "new@clinic.example"), days_ago=4
    )
    corrections.accept(correction=older, by=ada)
    corrections.accept(correction=email, by=ada)
    newer = make_correction(site, phone("+254 20 2724111"))
    assert newer.shown_value == NEW_PHONE
    corrections.accept(correction=newer, by=ada)
    assert (fate(older), fate(email), fate(newer)) == ("REPLACED", "ACCEPTED", "ACCEPTED")
    assert sorted(shown(site)) == [("EMAIL", "new@clinic.example"), ("PHONE", "+254 20 2724111")]
    # Back to what the registry says all along
    back = make_correction(site, phone("+254 20 2724000"))
    corrections.accept(correction=back, by=ada)
    assert (fate(back), fate(newer)) == ("AGREED", "REPLACED")
    assert shown(site) == [("EMAIL", "new@clinic.example")]


def test_site_or_contact_that_left_can_only_be_declined(site: Site, ada: User) -> None:
    row = make_correction(site)
    make_site_contact(site, name="Omar Diallo", phone="1")
    make_site_contact(site, name="Ida Moe", phone="2")
    site.contacts.filter(name=JOY).delete()
    with pytest.raises(RefusedError, match="no longer lists this contact"):
        corrections.accept(correction=row, by=ada)
    remove(site)
    with pytest.raises(RefusedError, match="no longer lists this site"):
        corrections.accept(correction=now(row), by=ada)
    assert list(Confirmation.objects.waiting()) == [row.confirmation]
    corrections.decline(correction=now(row), reason="Gone", by=ada)
    assert not Confirmation.objects.waiting().exists()


def test_strangers_to_the_desk_decide_nothing(site: Site, uma: User) -> None:
    row = make_correction(site)
    calls: list[Callable[[], object]] = [
        lambda: corrections.accept(correction=row, by=uma),
        lambda: corrections.decline(correction=row, reason="No", by=uma),
        lambda: corrections.ask_back(correction=row, question="Why?", by=uma),
    ]
    for call in calls:
        with pytest.raises(RefusedError, match="Only people of the desk"):
            call()
    assert fate(row) == Fate.WAITING
    assert not AuditEvent.objects.exists()


def test_decision_is_taken_once(site: Site, ada: User, ben: User) -> None:
    row = make_correction(site)
    corrections.accept(correction=row, by=ada)
    for call in (
        lambda: corrections.accept(correction=row, by=ben),
        lambda: corrections.decline(correction=row, reason="No", by=ben),
        lambda: corrections.ask_back(correction=row, question="Why?", by=ben),
    ):
        with pytest.raises(RefusedError, match="decided already: accepted"):
            call()
    assert now(row).decided_by == ada


def test_answer_with_corrections_is_not_settled_as_a_whole(site: Site, ada: User) -> None:
    row = make_correction(site)
    with pytest.raises(RefusedError, match="decide on each"):
        actions.settle(confirmation=row.confirmation, outcome=Outcome.PASSED_ON, by=ada)


def test_status_is_the_sites_own(ada: User) -> None:
    """A site without a status of its own shows what the study's implies; nothing of it is moved."""
    site = make_site(make_trial(overall_status="COMPLETED"), recruitment_status="")
    row = make_correction(site, Proposed(Field.STATUS, "", "RECRUITING"))
    assert row.shown_value == ""
    corrections.accept(correction=row, by=ada)
    assert shown(site) == [("STATUS", "RECRUITING")]
