"""What a mail server refuses: the mailbox, us, or neither for sure, and what follows from it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone

from tests.coordinators.letters.rows import age, make_coordinator, remind, states, turn_on
from tests.coordinators.letters.server import Postbox
from tests.coordinators.rows import make_open_site
from trials.coordinators import letters
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters import message_ids
from trials.coordinators.letters.answers import About, meaning
from trials.models import AuditEvent, Coordinator, Letter, LetterTopic, Site, SuppressedAddress
from trials.terms.letters import LetterKind, LetterState

pytestmark = pytest.mark.django_db

RUTH = "ruth@team.example"
RELAY = "554 5.7.1 Relay access denied"


@pytest.fixture
def site() -> Site:
    site = make_open_site()
    make_coordinator(site)
    return site


@pytest.fixture
def letter(site: Site) -> Letter:
    """A reminder that waits."""
    (letter,) = remind()
    return letter


def refuse_for_good(letter: Letter) -> None:
    """Try a letter until nobody tries it any more."""
    while letters.deliver(letter.pk) == LetterState.WAITING:
        pass
    letter.refresh_from_db()
    assert letter.state == LetterState.REFUSED


# --- What an answer means ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "said", "about"),
    [
        (550, "5.1.1 no such user", About.MAILBOX),
        (550, "5.1.10 RESOLVER.ADR.RecipientNotFound", About.MAILBOX),
        (550, "5.1.1 User unknown in relay recipient table", About.MAILBOX),
        (550, "5.2.1 This mailbox is disabled", About.MAILBOX),
        (550, "5.4.4 Host not found", About.MAILBOX),
        (550, "sorry, no mailbox here by that name (#5.1.1)", About.MAILBOX),
        (550, "Unknown user", About.MAILBOX),
        (550, "No such user here", About.MAILBOX),
        (553, "… mailbox does not exist", About.MAILBOX),
        (551, "Recipient not found", About.MAILBOX),
        (550, "relay not permitted", About.US),
        (550, "Unknown user: relaying denied", About.US),
        (550, "Sender address does not exist", About.US),
        (554, "5.7.1 Relay access denied", About.US),
        (550, "5.7.26 DMARC", About.US),
        (550, "5.1.7 Sender has no mailbox", About.US),
        (550, "5.1.8 Sender's domain not found", About.US),
        (552, "5.2.2 Mailbox full", About.UNSURE),
        (550, "Requested action not taken: mailbox unavailable", About.UNSURE),
        (554, "No such user", About.UNSURE),
        (550, "", About.UNSURE),
        (450, "4.1.1 Unverified recipient", About.UNSURE),
        (450, "4.2.1 Mailbox busy", About.UNSURE),
        (451, "4.7.1 Greylisted", About.US),
        (451, "Local error in processing", About.US),
        (0, "5.1.1", About.MAILBOX),
        (0, "5.7.1", About.US),
        (0, "5.2.2", About.UNSURE),
        (0, "nonsense", About.UNSURE),
    ],
)
def test_answer_is_about_the_mailbox_only_where_it_surely_is(
    code: int, said: str, about: About
) -> None:
    assert meaning(said, code) == about


@pytest.mark.parametrize(
    "answer", ["550 relay not permitted", "550 5.1.7 Bad sender", "550 5.1.8 Bad sender", RELAY]
)
def test_refusal_of_us_at_the_address_suppresses_nobody_and_waits(
    postbox: Postbox, letter: Letter, answer: str
) -> None:
    postbox.at_rcpt[RUTH] = answer
    assert letters.deliver(letter.pk) == LetterState.WAITING
    assert not SuppressedAddress.objects.exists()
    postbox.at_rcpt.clear()
    age(letter, minutes=6)
    assert letters.send_waiting().states == {LetterState.SENT: 1}


def test_refusal_of_the_letter_itself_or_of_its_sender_waits(
    postbox: Postbox, letter: Letter
) -> None:
    postbox.at_data[RUTH] = "554 5.6.0 Looks like spam"
    assert letters.deliver(letter.pk) == LetterState.WAITING
    postbox.at_mail = "550 5.1.1 Who are you?"
    assert letters.deliver(letter.pk) == LetterState.WAITING
    letter.refresh_from_db()
    assert letter.problem == "550 5.1.1 Who are you?"
    assert not SuppressedAddress.objects.exists()


def test_refusal_that_is_about_nobody_for_sure_suppresses_nothing(
    postbox: Postbox, letter: Letter
) -> None:
    postbox.at_rcpt[RUTH] = "552 5.2.2 Mailbox full"
    assert letters.deliver(letter.pk) == LetterState.REFUSED
    assert not SuppressedAddress.objects.exists()


def test_refusal_by_words_alone_suppresses(postbox: Postbox, letter: Letter) -> None:
    postbox.at_rcpt[RUTH] = f"550 <{RUTH}>: Recipient unknown"
    assert letters.deliver(letter.pk) == LetterState.BOUNCED
    assert SuppressedAddress.objects.get().domain == "team.example"


# --- Nothing is lost --------------------------------------------------------------------------


def test_refused_reminder_gives_its_keys_back(postbox: Postbox, letter: Letter) -> None:
    postbox.at_rcpt[RUTH] = RELAY
    assert remind() == []
    refuse_for_good(letter)
    assert (letter.address, letter.tries) == ("", 5)
    (again,) = remind()
    postbox.at_rcpt.clear()
    assert letters.deliver(again.pk) == LetterState.SENT


def test_refused_address_rests_from_reminders(postbox: Postbox, letter: Letter) -> None:
    """Where it refuses us for ever, it must not stand in the way of the others every day."""
    postbox.at_rcpt[RUTH] = RELAY
    assert not letters.rests(RUTH)
    refuse_for_good(letter)
    assert letters.rests(RUTH)
    assert not letters.rests("lea@team.example")
    age(letter, days=8)
    assert not letters.rests(RUTH)


def test_refused_letter_is_sent_again_by_the_desk(
    postbox: Postbox, letter: Letter, ada: User
) -> None:
    said = LetterTopic.objects.get().once
    postbox.at_rcpt[RUTH] = RELAY
    refuse_for_good(letter)
    assert LetterTopic.objects.get().once != said
    assert list(letters.left_to_the_desk()) == [letter]
    postbox.at_rcpt.clear()
    letters.send_again(letter=letter, by=ada)
    assert LetterTopic.objects.get().once == said, "no reminder says it besides"
    assert letters.send_waiting().states == {LetterState.SENT: 1}
    assert postbox.recipients == [RUTH]
    assert not letters.left_to_the_desk().exists()
    assert AuditEvent.objects.filter(verb="send again", done_by=ada).count() == 1


def test_address_of_a_refused_letter_is_found_in_the_registry(postbox: Postbox, ada: User) -> None:
    turn_on()
    site = make_open_site()
    (letter,) = letters.invite(site=site, by=ada)
    address = letter.address
    postbox.at_rcpt[address] = RELAY
    refuse_for_good(letter)
    postbox.at_rcpt.clear()
    letters.send_again(letter=letter, by=ada)
    assert letters.deliver(letter.pk) == LetterState.SENT
    assert postbox.recipients == [address]


def test_refused_letter_whose_reader_is_gone_is_not_sent_again(
    postbox: Postbox, letter: Letter, ada: User
) -> None:
    postbox.at_rcpt[RUTH] = RELAY
    refuse_for_good(letter)
    Coordinator.objects.update(address="other@team.example")
    with pytest.raises(RefusedError, match="address is no longer known"):
        letters.send_again(letter=letter, by=ada)
    assert states() == [LetterState.REFUSED]


def test_refused_letter_that_another_says_is_not_sent_again(
    postbox: Postbox, letter: Letter, ada: User
) -> None:
    postbox.at_rcpt[RUTH] = RELAY
    refuse_for_good(letter)
    remind()
    with pytest.raises(RefusedError, match="Another letter says this by now"):
        letters.send_again(letter=letter, by=ada)
    assert states() == [LetterState.REFUSED, LetterState.WAITING]


def test_old_letters_and_links_to_sign_in_are_not_left_to_the_desk(
    postbox: Postbox, letter: Letter, ada: User
) -> None:
    postbox.at_rcpt[RUTH] = RELAY
    refuse_for_good(letter)
    age(letter, days=31)
    Letter.objects.create(
        kind=LetterKind.SIGN_IN,
        address_digest="d",
        state=LetterState.REFUSED,
        made_at=timezone.now(),
        sent_at=timezone.now() - timedelta(hours=1),
    )
    assert not letters.left_to_the_desk().exists()
    with pytest.raises(RefusedError, match="not cut off or refused"):
        letters.send_again(letter=letter, by=ada)


# --- A run that nobody takes letters from -----------------------------------------------------


@pytest.mark.parametrize("where", ["at_mail", "at_rcpt", "at_data", "hangs_up"])
def test_run_ends_once_three_letters_in_a_row_were_refused_for_our_sake(
    postbox: Postbox, ada: User, where: str
) -> None:
    names = [f"{name}@team.example" for name in "abcde"]
    for name in names:
        make_coordinator(make_open_site(), address=name)
    waiting = remind()
    if where == "at_mail":
        postbox.at_mail = "530 Authentication required"
    elif where == "hangs_up":
        postbox.hangs_up = True
    else:
        getattr(postbox, where).update(dict.fromkeys(names, "550 5.7.1 Blocked"))
    sent = letters.send_waiting()
    assert sent.must_stop
    assert sent.states.total() == 3
    assert [each.tries for each in Letter.objects.filter(pk__in=[w.pk for w in waiting[3:]])] == [
        0,
        0,
    ]


def test_run_goes_on_where_one_address_in_a_row_was_taken(postbox: Postbox) -> None:
    for name in "abcdef":
        make_coordinator(make_open_site(), address=f"{name}@team.example")
        if name != "c":
            postbox.at_rcpt[f"{name}@team.example"] = "552 5.2.2 Mailbox full"
    for name in "abde":
        postbox.at_rcpt[f"{name}@team.example"] = "550 5.7.1 Blocked"
    remind()
    sent = letters.send_waiting()
    assert not sent.must_stop
    assert sent.states.total() == 6


# --- Letters that can't be made ---------------------------------------------------------------


def test_letter_that_can_not_be_made_is_refused_and_the_next_goes_out(
    postbox: Postbox,
) -> None:
    """A domain that has no name on the wire: a part of it is too long there."""
    for address in ("ana@team.example", "lea@team.example"):
        make_coordinator(make_open_site(), address=address)
    first, _ = remind()
    Letter.objects.filter(pk=first.pk).update(address=f"ana@{'é' * 63}.example")
    sent = letters.send_waiting()
    assert sent.states == {LetterState.REFUSED: 1, LetterState.SENT: 1}
    assert not sent.must_stop
    letter = Letter.objects.get(state=LetterState.REFUSED)
    assert letter.problem == "It could not be made into an email: UnicodeError"
    assert not SuppressedAddress.objects.exists()


def test_letter_that_can_not_be_written_is_refused(
    postbox: Postbox, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(letter: Letter) -> None:
        raise UnicodeEncodeError("idna", "x", 0, 1, "no")

    monkeypatch.setattr("trials.coordinators.letters.composing.compose", fail)
    assert letters.deliver(letter.pk) == LetterState.REFUSED
    assert postbox.letters == []


@override_settings(PUBLIC_BASE_URL=f"https://{'very-long-name.' * 5}example.org")
def test_each_letter_has_a_name_of_ours(postbox: Postbox, site: Site) -> None:
    (letter,) = remind()
    letters.deliver(letter.pk)
    name = "".join(postbox.only()["Message-ID"].split())
    assert re.fullmatch(r"<\d+\.[0-9a-f]{8}\.[0-9a-f]{20}@very-long-name\.\S+\.org>", name)
    assert message_ids.letter_of(name) == letter.pk
    assert message_ids.is_of(name, letter)
