"""One site of a coordinator: answers, corrections, facts, hand-over; each button does one thing."""

import html
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from tests.coordinators.correcting import asked_by
from tests.coordinators.rows import fresh, make_open_site, move, state_of
from tests.pages.team.conftest import JOY, SITES, about, address, press, signed_in
from trials.coordinators import actions, corrections, teams
from trials.coordinators.accepted import seen_at
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import RefusedError
from trials.models import (
    Confirmation,
    Coordinator,
    Correction,
    ReaderReport,
    Site,
    SiteCoordinator,
    SiteFact,
)
from trials.terms.contacts import Answer, ContactState
from trials.terms.corrections import Fate, Field
from trials.terms.plain.teams import NO_LONGER_SHOWN, Turn

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("confirm", ContactState.CONFIRMED),
        ("not-recruiting", ContactState.REPORTED_WRONG),
    ],
)
def test_answer_is_written_down_and_ends_readers_reports(
    joy_client: Client, site: Site, verb: str, state: ContactState
) -> None:
    ReaderReport.objects.create(
        trial=site.trial, site=site, place="x", kind="NO_ANSWER", reported_on="2026-01-01"
    )
    assert "Thank you" in press(joy_client, site, verb)
    assert state_of(site) == state
    assert not ReaderReport.objects.waiting().exists()


def test_confirming_is_not_the_first_thing_offered_for_a_site_that_takes_nobody(
    joy_client: Client, site: Site
) -> None:
    said = press(joy_client, site, "not-recruiting")
    assert "Still so: we are not taking new people" in said
    assert "We take new people again, and these details are right" in said
    assert "Confirm these details are right" not in said
    listed = joy_client.get("/coordinators/sites/").content.decode()
    assert "Confirm these details are right" not in listed
    press(joy_client, site, "confirm")
    assert state_of(site) == ContactState.CONFIRMED


def test_site_that_is_not_theirs_is_not_found_inside_the_area(joy_client: Client) -> None:
    other = make_open_site()
    answer = joy_client.get(address(other))
    assert answer.status_code == 404
    html = answer.content.decode()
    assert "This is not among yours" in html
    assert "My sites" in html
    assert other.facility.name not in html


def test_words_typed_beside_a_status_are_kept_as_a_note(joy_client: Client, site: Site) -> None:
    form = about(Field.STATUS, "SUSPENDED", value="until January")
    press(joy_client, site, "correct", **form)
    assert site.corrections.get().note == "until January"


def test_details_that_changed_are_looked_at_again(joy_client: Client, site: Site) -> None:
    seen = seen_at(fresh(site), ())
    site.contacts.update(email="new@clinic.example")
    answer = joy_client.post(address(site), {"verb": "confirm", "seen": seen})
    assert answer.status_code == 400
    assert "Please look again" in answer.content.decode()
    form = about(Field.OTHER, note="The ward has moved.")
    answer = joy_client.post(address(site), {"verb": "correct", "seen": seen, **form})
    assert answer.status_code == 400
    assert "Please look again" in answer.content.decode()
    assert "The ward has moved." in answer.content.decode()
    assert not Confirmation.objects.exists()


def test_correction_goes_to_the_desk_and_what_becomes_of_it_comes_back(
    joy_client: Client, joy: Coordinator, site: Site, contact: str, ada: User
) -> None:
    said = press(
        joy_client,
        site,
        "correct",
        **about(
            Field.PHONE, contact, value="+254 20 2724001", note="The desk has moved, see 1 < 2 & 3."
        ),
    )
    assert "An editor will check your correction" in said
    assert "Waits for an editor." in said
    assert "see 1 < 2 & 3." in said
    row = Correction.objects.get()
    assert (row.new_value, row.confirmation.coordinator) == ("+254 20 2724001", joy)

    corrections.ask_back(correction=row, question="Is it in use now?", by=ada)
    assert "Is it in use now?" in joy_client.get(address(site)).content.decode()
    assert joy_client.get(SITES).context["sites"][0].turn == Turn.ASKED
    said = press(joy_client, site, "reply", correction=row.pk, reply="x" * 2_001)
    assert "There is a problem" in said
    assert "x" * 2_001 in said
    said = press(joy_client, site, "reply", correction=row.pk, reply="Yes, since Monday.")
    assert "Yes, since Monday." in said

    row.refresh_from_db()
    corrections.decline(correction=row, reason="The number rings nowhere.", by=ada)
    said = joy_client.get(address(site)).content.decode()
    assert "Declined." in said
    assert "The number rings nowhere." in said


def test_accepted_correction_confirms_the_rest(
    joy_client: Client, site: Site, contact: str, ada: User
) -> None:
    press(joy_client, site, "correct", **about(Field.EMAIL, contact, value="desk@clinic.example"))
    assert state_of(site) == ContactState.REPORTED_WRONG
    corrections.accept(correction=Correction.objects.get(), by=ada)
    assert state_of(site) == ContactState.CONFIRMED
    said = html.unescape(joy_client.get(address(site)).content.decode())
    assert "Accepted. Readers see it" in said
    assert "desk@clinic.example" in said


def test_registry_that_agreed_and_went_back_is_told_at_once(
    joy_client: Client, site: Site, contact: str, ada: User
) -> None:
    before = site.contacts.get().email
    press(joy_client, site, "correct", **about(Field.EMAIL, contact, value="desk@clinic.example"))
    corrections.accept(correction=Correction.objects.get(), by=ada)
    site.contacts.update(email="desk@clinic.example")
    corrections.follow_registry()
    assert "The registry says so, too." in joy_client.get(address(site)).content.decode()
    site.contacts.update(email=before)
    for _ in range(2):  # before the table is followed, and after
        said = joy_client.get(address(site)).content.decode()
        assert "The registry has changed this since. An editor is looking at it." in said
        assert "Nothing is left to do" not in said
        corrections.follow_registry()


def test_answer_that_is_accepted_in_part_says_which_part_waits(
    joy_client: Client, joy: Coordinator, site: Site, contact: str, ada: User
) -> None:
    phone, mail, name = asked_by(
        joy,
        site,
        Proposed(Field.PHONE, contact, "+254 20 2724001"),
        Proposed(Field.EMAIL, contact, "desk@clinic.example"),
        Proposed(Field.NAME, contact, "Kim Mwangi"),
    )
    corrections.accept(correction=phone, by=ada)
    corrections.ask_back(correction=mail, question="Is it read daily?", by=ada)
    waits = (
        f"Still waits for an editor: Name, {contact}. "
        f"Our editors ask about: Email address, {contact}."
    )
    page = joy_client.get(address(site))
    said = html.unescape(page.content.decode())
    assert f"<b>{waits}</b> To confirm the details" in said
    assert f"<p>{waits}</p>" in said, "beside the answer"
    (answer,) = page.context["site"].answers
    assert [each.fate for each in answer.corrections] == [
        "Accepted. Readers see it beside what the registry says.",
        "Our editors ask you about it.",
        "Waits for an editor.",
    ]
    assert waits in html.unescape(joy_client.get(SITES).content.decode())

    corrections.decline(correction=mail, reason="Nobody reads it.", by=ada)
    corrections.withdraw(correction=name, coordinator=joy)
    for where in (address(site), SITES):
        assert "Still waits" not in joy_client.get(where).content.decode()


def test_value_that_is_no_longer_shown_is_not_called_declined(
    joy_client: Client, joy: Coordinator, site: Site, contact: str, ada: User
) -> None:
    phone, mail = asked_by(
        joy,
        site,
        Proposed(Field.PHONE, contact, "+254 20 2724001"),
        Proposed(Field.EMAIL, contact, "desk@clinic.example"),
    )
    corrections.accept(correction=phone, by=ada)
    corrections.decline(correction=mail, reason="Nobody reads it.", by=ada)
    corrections.retract(correction=phone, reason="It is a fax.", by=ada)
    page = joy_client.get(address(site))
    (answer,) = page.context["site"].answers
    assert [(each.fate, each.reason) for each in answer.corrections] == [
        (NO_LONGER_SHOWN, "It is a fax."),
        ("Declined.", "Nobody reads it."),
    ]
    assert NO_LONGER_SHOWN in page.content.decode()
    assert "It is a fax." in page.content.decode()


def test_correction_can_be_taken_back_by_its_writer_alone(
    joy_client: Client, site: Site, contact: str, ada: User
) -> None:
    press(joy_client, site, "correct", **about(Field.NAME, contact, value="Kim Mwangi"))
    row = Correction.objects.get()
    kim = teams.give(site=site, address="kim@team.example", by=ada).coordinator
    said = press(signed_in(kim), site, "take-back", correction=row.pk)
    assert "not yours" in said
    assert "taken back" in press(joy_client, site, "take-back", correction=row.pk)
    row.refresh_from_db()
    assert row.fate == Fate.WITHDRAWN
    for number in ("", "x", "0", str(row.pk), "9" * 30):
        assert "problem" in press(joy_client, site, "take-back", correction=number)


@pytest.mark.parametrize(
    ("field", "value", "note"),
    [
        (Field.PHONE, "no digits", ""),
        (Field.PHONE, "+1\n212 555 0100", ""),
        (Field.EMAIL, "x@y", ""),
        (Field.NAME, "<script>alert(1)</script>", ""),
        (Field.NAME, "", ""),
        (Field.OTHER, "", ""),
        (Field.OTHER, "", "x" * 2_001),
    ],
)
def test_wrong_correction_writes_nothing_and_keeps_what_was_typed(
    joy_client: Client, site: Site, contact: str, field: Field, value: str, note: str
) -> None:
    name = "" if field == Field.OTHER else contact
    said = press(joy_client, site, "correct", **about(field, name, value=value, note=note))
    assert "There is a problem" in said
    assert not Confirmation.objects.exists()
    assert not Correction.objects.exists()
    assert "<script>alert" not in joy_client.get(address(site)).content.decode()


def test_another_row_can_be_asked_for_without_script(
    joy_client: Client, site: Site, contact: str
) -> None:
    form = about(Field.NAME, contact, value="Kim")
    page = joy_client.post(address(site), {**form, "verb": "correct", "more": "1"})
    assert page.status_code == 200
    assert 'name="c-1-about"' in page.content.decode()
    assert not Confirmation.objects.exists()


def test_facts_are_said_and_taken_back(joy_client: Client, site: Site) -> None:
    said = press(joy_client, site, "facts", LANGUAGES=["sw", "en"], PARKING="FREE")
    assert "Thank you" in said
    facts = {fact.kind: fact.values for fact in SiteFact.objects.all()}
    assert facts == {"LANGUAGES": ["en", "sw"], "PARKING": ["FREE"]}
    assert '<option value="FREE" selected>' in joy_client.get(address(site)).content.decode()
    press(joy_client, site, "facts", LANGUAGES=["en", "sw"])
    assert SiteFact.objects.latest("pk").values == []
    assert "There is a problem" in press(joy_client, site, "facts", PARKING="<b>")


def test_facts_of_the_former_place_are_said_again_by_one_press(
    joy_client: Client, site: Site
) -> None:
    press(joy_client, site, "facts", LANGUAGES=["sw", "en"], PARKING="FREE")
    move(site, city="Evanston")

    page = html.unescape(joy_client.get(address(site)).content.decode())

    assert "The registry has moved this site." in page
    assert "Parking: Yes, free" in page
    assert "Lighthouse Clinic, Kisumu, Kenya" in page
    assert "What you added" not in page
    assert '<option value="FREE" selected>' in page
    assert '<details class="more" open><summary>Languages' in page
    assert "It has moved: readers no longer see what you added" in html.unescape(
        joy_client.get(SITES).content.decode()
    )
    said = press(joy_client, site, "facts", LANGUAGES=["sw", "en"], PARKING="FREE")
    assert "The registry has moved this site." not in said
    assert "What you added" in said


def test_facts_typed_while_the_registry_moved_the_site_are_looked_at_again(
    joy_client: Client, site: Site
) -> None:
    page = joy_client.get(address(site)).content.decode()
    shown = re.findall(r'name="place" value="(\w{64})"', page)
    assert len(shown) == 1
    move(site, city="Evanston")

    said = press(joy_client, site, "facts", PARKING="FREE", place=shown[0])

    assert "The registry has moved this site since you looked" in said
    assert '<option value="FREE" selected>' in said
    assert not SiteFact.objects.exists()


def test_site_is_handed_over_and_taken_on(joy_client: Client, site: Site, joy: Coordinator) -> None:
    said = press(joy_client, site, "hand-over", address="kim@team.example", name="Kim")
    assert "We write to your colleague" in said
    kim = Coordinator.objects.get(address="kim@team.example")
    client = signed_in(kim)
    page = html.unescape(client.get(SITES).content.decode())
    assert "Handed over to you" in page
    assert "not among yours" in press(client, site, "confirm")
    assert "Joy Otieno wants to hand this site over" in client.get(address(site)).content.decode()
    assert "The site is yours now" in press(client, site, "take-on")
    assert joy_client.get(address(site)).status_code == 404
    assert "Thank you" in press(client, site, "confirm")


def test_colleague_who_was_asked_is_shown_and_can_be_unasked(
    joy_client: Client, site: Site, joy: Coordinator
) -> None:
    press(joy_client, site, "hand-over", address="kym@team.example")
    offer = SiteCoordinator.objects.get(coordinator__address="kym@team.example")
    assert "You asked kym@team.example" in joy_client.get(address(site)).content.decode()
    assert "by now" in press(joy_client, site, "take-back-offer", offer="0")
    said = press(joy_client, site, "take-back-offer", offer=offer.pk)
    assert "can no longer take this site on" in said
    assert "You asked" not in said
    assert signed_in(offer.coordinator).get(address(site)).status_code == 404


@pytest.mark.parametrize("typed", ["", "kim", JOY, "a@b.example\nBcc: c@d.example"])
def test_site_is_handed_to_no_wrong_address(joy_client: Client, site: Site, typed: str) -> None:
    said = press(joy_client, site, "hand-over", address=typed)
    assert "There is a problem" in said
    assert SiteCoordinator.objects.count() == 1


def test_site_can_be_left(joy_client: Client, site: Site) -> None:
    assert "You no longer look after Lighthouse Clinic" in press(joy_client, site, "leave")
    assert joy_client.get(address(site)).status_code == 404


@pytest.mark.parametrize("verb", ["burn", ""])
def test_button_that_is_not_there(joy_client: Client, site: Site, verb: str) -> None:
    assert "There is no such button" in press(joy_client, site, verb)
    assert not Confirmation.objects.exists()


def test_registry_sheet_is_empty_and_then_tells_what_to_change(
    joy_client: Client, site: Site, contact: str
) -> None:
    where = f"{address(site)}registry-sheet/"
    assert "nothing to change" in joy_client.get(where).content.decode().lower()
    press(joy_client, site, "correct", **about(Field.PHONE, contact, value="+254 20 2724001"))
    said = joy_client.get(where).content.decode()
    assert "+254 20 2724001" in said
    assert "30 days" in said


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_both_written_down(ada: User) -> None:
    site = make_open_site()
    joy = teams.give(site=site, address=JOY, by=ada).coordinator
    seen = seen_at(fresh(site), ())

    def confirm(_: int) -> bool:
        try:
            actions.confirm_as(coordinator=joy, site=site, answer=Answer.RIGHT, seen=seen)
        except RefusedError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(confirm, range(4)))
    assert state_of(site) == ContactState.CONFIRMED


def test_corrections_of_one_answer_are_all_or_nothing(site: Site, joy: Coordinator) -> None:
    told = actions.confirm_as(
        coordinator=joy,
        site=site,
        answer=Answer.CHANGE,
        seen=seen_at(fresh(site), ()),
    )
    good = Proposed(Field.OTHER, "", "", "The ward has moved.")
    bad = Proposed(Field.PHONE, "Nobody", "12", "")
    with pytest.raises(RefusedError):
        corrections.propose(confirmation=told, proposed=[good, bad])
    assert not Correction.objects.exists()
