"""Letters as they arrive at a real mail server, and what its answers do to them."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.utils import timezone

from tests.coordinators.correcting import make_correction
from tests.coordinators.letters.rows import (
    LINK,
    age,
    make_coordinator,
    make_hand_over,
    states,
    turn_on,
)
from tests.coordinators.letters.server import Postbox, html, no_mail_server, plain
from tests.coordinators.rows import key_of, make_open_site
from tests.factories import hide, make_trial
from trials.coordinators import asking, letters
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters.posting import MAY_BE_OUT
from trials.models import AuditEvent, ConfirmationLink, Letter, Site, SuppressedAddress
from trials.terms.letters import LetterKind, LetterState, SuppressedFor

pytestmark = pytest.mark.django_db

RUTH = "ruth@team.example"


@pytest.fixture
def site() -> Site:
    site = make_open_site(make_trial(brief_title="Sea <air> & sleep"))
    make_coordinator(site)
    return site


@pytest.fixture
def letter(site: Site, ada: User) -> Letter:
    """An invitation that waits."""
    (letter,) = letters.invite(site=site, by=ada)
    return letter


def test_letter_has_both_versions_and_a_link_that_works(
    postbox: Postbox, letter: Letter, pat: Client
) -> None:
    assert letters.deliver(letter.pk) == LetterState.SENT
    mail = postbox.only()
    assert postbox.recipients == [RUTH]
    assert mail["Subject"] == "Is this contact right? Lighthouse Clinic, Kisumu, Kenya"
    assert mail.get_content_type() == "multipart/alternative"
    text, page = plain(mail), html(mail)
    assert "Sea <air> & sleep (NCT" in text
    assert "Sea &lt;air&gt; &amp; sleep</b> (NCT" in page
    assert "style" not in page
    (link,) = re.findall(LINK, text)
    assert link.replace("&", "&amp;") in page
    assert pat.get("/confirm/", {"key": key_of(link)}).status_code == 200
    made = ConfirmationLink.objects.get()
    assert made.made_by == letter.asked_by


def test_letter_has_the_headers_of_mail_that_a_machine_sends(
    postbox: Postbox, letter: Letter
) -> None:
    letters.deliver(letter.pk)
    mail = postbox.only()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(
        r"<http://127\.0\.0\.1:8000/unsubscribe/\?key=\S+>", mail["List-Unsubscribe"].strip()
    )
    assert re.fullmatch(r"<\S+@127\.0\.0\.1>", mail["Message-ID"])
    assert mail["Reply-To"] == "help@findatrial.example"
    assert mail["To"] == RUTH
    assert mail["Date"]


@override_settings(PUBLIC_BASE_URL="https://trials.example.org")
def test_letter_of_a_production_leads_to_its_own_address(
    postbox: Postbox, site: Site, ada: User
) -> None:
    (letter,) = letters.invite(site=site, by=ada)
    letters.deliver(letter.pk)
    mail = postbox.only()
    assert (
        mail["List-Unsubscribe"].strip().startswith("<https://trials.example.org/unsubscribe/?key=")
    )
    assert mail["Message-ID"].endswith("@trials.example.org>")


def test_sent_letter_keeps_no_address_and_is_not_sent_again(
    postbox: Postbox, letter: Letter
) -> None:
    letters.deliver(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.address, letter.tries) == (LetterState.SENT, "", 1)
    assert letter.sent_at is not None
    assert letters.deliver(letter.pk) == LetterState.SENT
    assert letters.send_waiting().states.total() == 0
    assert len(postbox.letters) == 1


def test_letter_for_a_listed_contact_says_why_it_comes(postbox: Postbox, ada: User) -> None:
    turn_on()
    (letter,) = letters.invite(site=make_open_site(), by=ada)
    letters.deliver(letter.pk)
    assert "ClinicalTrials.gov lists you as the contact" in plain(postbox.only())
    assert "sign in" not in plain(postbox.only())


def test_question_is_in_the_letter_and_in_its_link(postbox: Postbox, site: Site, ada: User) -> None:
    question = "Is <b>724</b> your number?\nOr 725?"
    (letter,) = asking.ask(correction=make_correction(site), question=question, by=ada).letters
    assert letter.kind == LetterKind.QUESTION
    letters.deliver(letter.pk)
    assert question in plain(postbox.only())
    assert "Is &lt;b&gt;724&lt;/b&gt; your number?<br>Or 725?" in html(postbox.only())
    assert ConfirmationLink.objects.latest("pk").question == question


def test_letter_to_sign_in_has_a_key_and_nothing_to_unsubscribe(
    postbox: Postbox, site: Site
) -> None:
    letter = letters.queue_sign_in(coordinator=make_coordinator())
    assert letter is not None
    assert letters.deliver(letter.pk) == LetterState.SENT
    mail = postbox.only()
    assert "List-Unsubscribe" not in mail
    (link,) = re.findall(r"http://\S+\?key=\S+", plain(mail))
    assert link in html(mail)
    assert "works once, for 30 minutes" in plain(mail)


def test_letter_to_sign_in_is_not_sent_once_nobody_waits_for_it(
    postbox: Postbox, site: Site
) -> None:
    letter = letters.queue_sign_in(coordinator=make_coordinator())
    assert letter is not None
    age(letter, minutes=31)
    assert letters.deliver(letter.pk) == LetterState.DROPPED
    assert postbox.letters == []


def test_hand_over_asks_a_colleague_once(postbox: Postbox, site: Site) -> None:
    row = make_hand_over(site)
    letter = letters.hand_over(row=row)
    assert letters.hand_over(row=row) == letter
    assert letters.deliver(letter.pk) == LetterState.SENT
    assert postbox.recipients == ["lea@team.example"]
    assert "Your colleague ruth@team.example hands" in plain(postbox.only())
    assert postbox.only()["Subject"].startswith("A trial site is handed over to you: Lighthouse")


def test_hand_over_that_was_taken_back_is_not_sent(postbox: Postbox, site: Site) -> None:
    row = make_hand_over(site)
    letter = letters.hand_over(row=row)
    row.ended_on = timezone.now().date()
    row.save()
    assert letters.deliver(letter.pk) == LetterState.DROPPED
    assert postbox.letters == []


def test_letter_about_a_hidden_trial_is_not_sent(
    postbox: Postbox, site: Site, letter: Letter
) -> None:
    hide(site.trial)
    assert letters.deliver(letter.pk) == LetterState.DROPPED
    letter.refresh_from_db()
    assert (letter.address, letter.problem[:16]) == ("", "There is nothing")
    assert postbox.letters == []


# --- What a mail server answers ---------------------------------------------------------------


@pytest.mark.parametrize("where", ["at_rcpt", "at_data"])
def test_letter_that_is_put_off_waits_and_goes_out_later(
    postbox: Postbox, letter: Letter, where: str
) -> None:
    getattr(postbox, where)[RUTH] = f"451 4.7.1 Greylisted, {RUTH} try later"
    assert letters.deliver(letter.pk) == LetterState.WAITING
    letter.refresh_from_db()
    assert (letter.address, letter.tries) == (RUTH, 1)
    assert letter.problem == "451 4.7.1 Greylisted, … try later"
    assert letters.send_waiting().states.total() == 0, "it has just been tried"
    getattr(postbox, where).clear()
    age(letter, minutes=6)
    assert letters.send_waiting().states == {LetterState.SENT: 1}
    letter.refresh_from_db()
    assert (letter.problem, letter.address) == ("", "")


def test_letter_that_is_put_off_too_often_is_refused(postbox: Postbox, letter: Letter) -> None:
    postbox.at_rcpt[RUTH] = "450 4.2.1 Mailbox busy"
    found = [letters.deliver(letter.pk) for _ in range(6)]
    assert found == [LetterState.WAITING] * 4 + [LetterState.REFUSED] * 2
    letter.refresh_from_db()
    assert (letter.address, letter.tries) == ("", 5)
    assert not SuppressedAddress.objects.exists()


def test_pauses_between_tries_grow(postbox: Postbox, letter: Letter) -> None:
    postbox.at_rcpt[RUTH] = "450 4.2.1 Mailbox busy"
    letters.deliver(letter.pk)
    age(letter, minutes=6)
    letters.send_waiting()
    age(letter, minutes=6)
    assert letters.send_waiting().states.total() == 0
    age(letter, minutes=31)
    assert letters.send_waiting().states.total() == 1


def test_address_that_is_refused_for_good_gets_nothing_more(
    postbox: Postbox, letter: Letter, site: Site, ada: User
) -> None:
    postbox.at_rcpt[RUTH] = f"550 5.1.1 <{RUTH}>: no such user"
    assert letters.deliver(letter.pk) == LetterState.BOUNCED
    row = SuppressedAddress.objects.get()
    assert (row.why, row.domain) == (SuppressedFor.BOUNCED, "team.example")
    letter.refresh_from_db()
    for kept in (row.detail, letter.problem):
        assert kept.startswith("550 5.1.1 …")
        assert "ruth" not in kept
    with pytest.raises(RefusedError, match="list of those that get nothing"):
        letters.invite(site=site, by=ada)
    signing_in = letters.queue_sign_in(coordinator=make_coordinator())
    assert signing_in is not None
    assert signing_in.state == LetterState.DROPPED


def test_letters_wait_while_no_mail_server_answers(letter: Letter, ada: User) -> None:
    other = make_open_site()
    make_coordinator(other, address="lea@team.example")
    letters.invite(site=other, by=ada)
    with no_mail_server():
        sent = letters.send_waiting()
    assert sent.is_unreachable
    assert sent.states == {LetterState.WAITING: 1}, "the rest is not tried"
    assert list(Letter.objects.order_by("pk").values_list("tries", flat=True)) == [1, 0]
    letter.refresh_from_db()
    assert letter.problem == "The mail server could not be reached: nobody listens at its port."


# --- Cut off ----------------------------------------------------------------------------------


def test_letter_whose_connection_breaks_is_left_to_the_desk(
    postbox: Postbox, letter: Letter
) -> None:
    postbox.hangs_up = True
    assert letters.deliver(letter.pk) == LetterState.SENDING
    letter.refresh_from_db()
    assert (letter.address, letter.problem) == (RUTH, MAY_BE_OUT)
    age(letter, days=9)
    assert letters.send_waiting().states.total() == 0
    assert letters.deliver(letter.pk) == LetterState.SENDING
    assert len(postbox.letters) == 1


def test_letter_of_a_killed_run_is_never_sent_by_itself(
    postbox: Postbox, letter: Letter, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the machine had gone off between the mail server's yes and our writing it down."""

    def die(*args: object, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("trials.coordinators.letters.delivering._write_down", die)
        with pytest.raises(KeyboardInterrupt):
            letters.deliver(letter.pk)
    assert states() == [LetterState.SENDING]
    assert len(postbox.letters) == 1
    letters.send_waiting()
    assert len(postbox.letters) == 1
    assert not letters.cut_off().exists(), "it may still be under way"
    with pytest.raises(RefusedError, match="not cut off"):
        letters.send_again(letter=letter, by=ada)
    age(letter, minutes=16)
    assert letters.cut_off().get() == letter
    letters.send_again(letter=letter, by=ada)
    assert AuditEvent.objects.filter(verb="send again", done_by=ada).count() == 1
    assert letters.send_waiting().states == {LetterState.SENT: 1}
    assert len(postbox.letters) == 2


def test_letter_is_sent_again_by_the_desk_alone(letter: Letter, pat: Client, uma: User) -> None:
    Letter.objects.update(state=LetterState.SENDING, sent_at=timezone.now() - timedelta(days=1))
    with pytest.raises(RefusedError, match="people of the desk"):
        letters.send_again(letter=letter, by=uma)
