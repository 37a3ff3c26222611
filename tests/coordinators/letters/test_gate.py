"""To whom nothing goes: the registry's addresses unless the desk says so, and the list."""

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from tests.coordinators.letters.rows import make_coordinator, make_hand_over, states, turn_on
from tests.coordinators.letters.server import Postbox
from tests.coordinators.rows import make_open_site
from tests.factories import hide, make_central_contact, make_site_contact, make_trial
from trials.coordinators import letters
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters import suppression, switch
from trials.models import AuditEvent, Letter, LetterTopic, MailSwitch, SuppressedAddress
from trials.terms.letters import LetterKind, LetterState, SuppressedFor

pytestmark = pytest.mark.django_db

JOY = "joy@clinic.example"  # whom the registry lists at every open site
RUTH = "ruth@team.example"


def test_switch_is_off_until_somebody_turns_it_on(cleo: User) -> None:
    assert not switch.is_on()
    switch.set(is_on=True, reason=" The sponsors agreed. ", by=cleo)
    assert switch.is_on()
    switch.set(is_on=False, reason="Enough", by=cleo)
    assert not switch.is_on()
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", "reason", "done_by")
    assert list(verbs) == [
        ("allow letters", "The sponsors agreed.", cleo.pk),
        ("stop letters", "Enough", cleo.pk),
    ]


@pytest.mark.parametrize("reason", ["", "  ", "\x00", "x" * 501])
def test_switch_needs_a_reason(cleo: User, reason: str) -> None:
    with pytest.raises(RefusedError, match="reason"):
        switch.set(is_on=True, reason=reason, by=cleo)
    assert not MailSwitch.objects.exists()


def test_switch_is_for_publishers_and_superusers(
    ada: User, ben: User, uma: User, sam: User
) -> None:
    for by in (ada, ben, uma):
        with pytest.raises(RefusedError, match="publisher"):
            switch.set(is_on=True, reason="Why not", by=by)
    assert not switch.is_on()
    switch.set(is_on=True, reason="All agreed", by=sam)
    assert switch.is_on()


def test_listed_contact_gets_nothing_while_the_switch_is_off(ada: User) -> None:
    site = make_open_site()
    with pytest.raises(RefusedError, match="switched off"):
        letters.invite(site=site, by=ada)
    assert not Letter.objects.exists()
    turn_on()
    (letter,) = letters.invite(site=site, by=ada)
    assert (letter.address, letter.coordinator, letter.kind) == (JOY, None, LetterKind.INVITATION)


def test_each_listed_address_gets_one_letter(ada: User) -> None:
    turn_on()
    site = make_open_site()
    for email in (" JOY@clinic.example", "sam@clinic.example", "no address", ""):
        make_site_contact(site, email=email)
    found = letters.invite(site=site, by=ada)
    assert [letter.address for letter in found] == [JOY, "sam@clinic.example"]


def test_coordinators_get_the_letter_instead_of_listed_contacts(ada: User) -> None:
    turn_on()
    site = make_open_site()
    make_coordinator(site)
    make_hand_over(site)
    assert [letter.address for letter in letters.invite(site=site, by=ada)] == [RUTH]


@pytest.mark.parametrize("listed", ["site", "study"])
def test_coordinator_whom_the_registry_lists_gets_nothing_while_the_switch_is_off(
    postbox: Postbox, ada: User, listed: str
) -> None:
    site = make_open_site()
    coordinator = make_coordinator(site)
    if listed == "site":
        make_site_contact(make_open_site(), email="Ruth@Team.example")
    else:
        make_central_contact(make_trial(), email="RUTH@team.example")
    with pytest.raises(RefusedError, match="switched off"):
        letters.invite(site=site, by=ada)
    for letter in (
        letters.queue_sign_in(coordinator=coordinator),
        letters.hand_over(row=make_hand_over(make_open_site(), to=RUTH)),
    ):
        assert letter is not None
        assert (letter.state, letter.address) == (LetterState.DROPPED, "")
        assert "switched off" in letter.problem
        assert letters.deliver(letter.pk) == LetterState.DROPPED
    turn_on()
    letters.invite(site=site, by=ada)
    letters.queue_sign_in(coordinator=coordinator)
    assert letters.send_waiting().states == {LetterState.SENT: 2}


@pytest.mark.parametrize("kind", ["invite", "sign in"])
def test_gate_is_asked_again_when_a_letter_is_sent(postbox: Postbox, ada: User, kind: str) -> None:
    turn_on()
    site = make_open_site()
    if kind == "invite":
        letters.invite(site=site, by=ada)
    else:
        letters.queue_sign_in(coordinator=make_coordinator(address=JOY))
    turn_on(is_on=False)
    assert letters.send_waiting().states == {LetterState.DROPPED: 1}
    letter = Letter.objects.get()
    assert (letter.address, "switched off" in letter.problem) == ("", True)
    assert postbox.letters == []


def test_import_that_lists_an_address_closes_the_gate(postbox: Postbox, ada: User) -> None:
    site = make_open_site()
    make_coordinator(site)
    letters.invite(site=site, by=ada)
    make_site_contact(make_open_site(), email=RUTH)
    assert letters.send_waiting().states == {LetterState.DROPPED: 1}


@pytest.mark.parametrize(
    ("why", "blocked"),
    [
        (SuppressedFor.UNSUBSCRIBED, {LetterKind.INVITATION, LetterKind.HAND_OVER}),
        (SuppressedFor.BOUNCED, set(LetterKind)),
        (SuppressedFor.DESK, set(LetterKind)),
    ],
)
def test_list_blocks_what_its_reason_says(why: SuppressedFor, blocked: set[LetterKind]) -> None:
    suppression.suppress(address=RUTH, why=why)
    for kind in (LetterKind.SIGN_IN, LetterKind.INVITATION, LetterKind.HAND_OVER):
        assert suppression.is_suppressed(RUTH, kind) == (kind in blocked)
        assert not suppression.is_suppressed(JOY, kind)


def test_list_is_asked_again_when_a_letter_is_sent(postbox: Postbox, ada: User) -> None:
    site = make_open_site()
    make_coordinator(site)
    letters.invite(site=site, by=ada)
    suppression.suppress(address=RUTH, why=SuppressedFor.UNSUBSCRIBED)
    assert letters.send_waiting().states == {LetterState.DROPPED: 1}
    assert postbox.letters == []


def test_weightier_reason_stands() -> None:
    ranks = (SuppressedFor.UNSUBSCRIBED, SuppressedFor.BOUNCED, SuppressedFor.DESK)
    for first in ranks:
        for second in ranks:
            SuppressedAddress.objects.all().delete()
            suppression.suppress(address=RUTH, why=first)
            suppression.suppress(address=RUTH, why=second)
            assert SuppressedAddress.objects.get().why == max(first, second, key=ranks.index)


def test_desk_puts_an_address_on_the_list_and_takes_it_off(ada: User, uma: User) -> None:
    suppression.add(address=" Ruth@Team.example ", reason="She phoned", by=ada)
    row = SuppressedAddress.objects.get()
    assert (row.domain, row.why, row.detail) == ("team.example", "DESK", "She phoned")
    with pytest.raises(ValueError, match="not an email address"):
        suppression.add(address="ruth", reason="", by=ada)
    for act in (
        lambda: suppression.add(address=JOY, reason="", by=uma),
        lambda: suppression.lift(row=row, by=uma),
    ):
        with pytest.raises(RefusedError, match="people of the desk"):
            act()
    suppression.lift(row=row, by=ada)
    assert not SuppressedAddress.objects.exists()
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "suppress",
        "lift",
    ]
    assert "ruth" not in str(list(AuditEvent.objects.values()))


def test_hidden_trial_has_nothing_to_ask(ada: User) -> None:
    site = make_open_site()
    make_coordinator(site)
    hide(site.trial)
    site.trial.refresh_from_db()
    with pytest.raises(RefusedError, match="nothing to confirm"):
        letters.invite(site=site, by=ada)


def test_writing_to_a_site_is_for_the_desk_and_audited(ada: User, uma: User) -> None:
    site = make_open_site()
    make_coordinator(site)
    with pytest.raises(RefusedError, match="people of the desk"):
        letters.invite(site=site, by=uma)
    with pytest.raises(RefusedError, match="2,000 characters"):
        letters.invite(site=site, by=ada, question="x" * 2_001)
    letters.invite(site=site, by=ada, question="Which number?")
    event = AuditEvent.objects.get(verb="write to site")
    assert (event.trial, event.reason) == (site.trial, "Which number?")
    assert LetterTopic.objects.get().question == "Which number?"


# --- Bounds -----------------------------------------------------------------------------------


@override_settings(LETTERS_A_DAY=2)
def test_address_gets_so_many_letters_a_day(postbox: Postbox, ada: User) -> None:
    sites = [make_open_site() for _ in range(3)]
    make_coordinator(*sites)
    for site in sites[:2]:
        letters.invite(site=site, by=ada)
        letters.send_waiting()
    with pytest.raises(RefusedError, match="2 letters for today"):
        letters.invite(site=sites[2], by=ada)
    assert len(postbox.letters) == 2


def test_bound_of_a_day_is_held_when_letters_are_sent(postbox: Postbox, ada: User) -> None:
    sites = [make_open_site() for _ in range(3)]
    make_coordinator(*sites)
    for site in sites:
        letters.invite(site=site, by=ada)
    with override_settings(LETTERS_A_DAY=2):
        letters.send_waiting()
        assert states() == [LetterState.SENT, LetterState.SENT, LetterState.WAITING]
        letters.send_waiting()
        assert len(postbox.letters) == 2
    letters.send_waiting()
    assert len(postbox.letters) == 3


def test_links_to_sign_in_have_a_bound_of_their_own(postbox: Postbox, ada: User) -> None:
    site = make_open_site()
    coordinator = make_coordinator(site)
    made = [letters.queue_sign_in(coordinator=coordinator) for _ in range(7)]
    assert [each is None for each in made] == [False] * 5 + [True] * 2
    with override_settings(LETTERS_A_DAY=1):
        letters.invite(site=site, by=ada)
        assert letters.send_waiting().states == {LetterState.SENT: 6}
    Letter.objects.update(made_at="2020-01-01T00:00Z")
    assert letters.queue_sign_in(coordinator=coordinator) is not None


def test_who_has_left_gets_no_link_to_sign_in() -> None:
    coordinator = make_coordinator()
    coordinator.address, coordinator.left_on = "", "2026-01-01"
    coordinator.save()
    assert letters.queue_sign_in(coordinator=coordinator) is None
