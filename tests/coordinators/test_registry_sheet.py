"""The registry correction sheet: what to change, in the form’s order; nothing once it is done."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.coordinators.rows import fresh, make_answer, make_open_site
from tests.factories import make_site_contact
from tests.indexing.test_callers import imported, take
from tests.registry.records import Json, sites_of, whole
from trials.coordinators import corrections
from trials.coordinators.corrections import Proposed
from trials.coordinators.registry_sheet import Sheet, sheet_of
from trials.models import Correction, Site
from trials.terms.contacts import Answer
from trials.terms.corrections import Fate, Field
from trials.terms.plain.registry_sheet import AGREES, MOVED, NOT_DECIDED, NOTHING_TOLD
from trials.terms.registry import RecruitmentStatus
from trials.terms.registry_form import OF_CONTACT, ORDER, STATUSES, TAKES_PEOPLE, Element

pytestmark = pytest.mark.django_db

QUERIES = 5
JOY = "Joy Achieng"


@pytest.fixture
def site() -> Site:
    return make_open_site()


def told(site: Site, *values: tuple[Field, str, str], days_ago: int = 0) -> list[Correction]:
    """Let a study team say what some fields should say: field, contact, value."""
    answer = make_answer(site, Answer.CHANGE, days_ago=days_ago)
    proposed = [
        Proposed(field, name, "" if field == Field.OTHER else value, value)
        for field, name, value in values
    ]
    return corrections.propose(confirmation=answer, proposed=proposed)


def sheet(site: Site) -> Sheet:
    return sheet_of(fresh(site))


def said(site: Site) -> dict[str, tuple[str, str]]:
    return {line.element: (line.registry_says, line.should_say) for line in sheet(site).lines}


def test_sheet_without_an_answer_is_empty_and_does_not_say_that_anybody_agrees(site: Site) -> None:
    found = sheet(site)
    assert found.is_empty
    assert found.empty == NOTHING_TOLD


def test_sheet_of_a_confirmed_site_is_empty(site: Site) -> None:
    make_answer(site, Answer.RIGHT)
    found = sheet(site)
    assert found.is_empty
    assert found.empty == AGREES


def test_corrections_stand_in_the_order_of_the_form(site: Site, ada: User) -> None:
    make_site_contact(site, name="Bo Nurse", phone="+254 20 2724001", position=1)
    rows = told(
        site,
        (Field.EMAIL, JOY, "new@clinic.example"),
        (Field.PHONE, "Bo Nurse", "+254 20 2724999"),
        (Field.NAME, JOY, "Joy A. Otieno"),
        (Field.STATUS, "", "COMPLETED"),
        (Field.PHONE_EXT, JOY, "12"),
    )
    corrections.accept(correction=rows[0], by=ada)
    found = sheet(site)
    assert [
        (line.element, line.contact, line.registry_says, line.should_say) for line in found.lines
    ] == [
        (Element.STATUS, "", "Recruiting", "Completed"),
        (Element.CONTACT_NAME, JOY, JOY, "Joy A. Otieno"),
        (Element.CONTACT_EXT, JOY, "(nothing)", "12"),
        (Element.CONTACT_EMAIL, JOY, "joy@clinic.example", "new@clinic.example"),
        (Element.BACKUP_PHONE, "Bo Nurse", "+254 20 2724001", "+254 20 2724999"),
    ]
    assert {line.source for line in found.lines} == {"the study team, by a link"}
    remarks = {line.element: line.remark for line in found.lines}
    assert remarks[Element.CONTACT_EMAIL] == ""
    assert "not decided" in remarks[Element.CONTACT_NAME]
    places = [found.text.index(each) for each in ("Kisumu", "Completed", "Otieno", "2724999")]
    assert places == sorted(places)


def test_declined_and_withdrawn_corrections_are_no_lines(site: Site, ada: User) -> None:
    (row,) = told(site, (Field.PHONE, JOY, "+254 20 2724999"))
    corrections.decline(correction=row, reason="That is a fax.", by=ada)
    assert sheet(site).is_empty


def test_undecided_correction_of_an_older_answer_gives_way_to_a_newer_answer(site: Site) -> None:
    told(site, (Field.PHONE, JOY, "+254 20 2724999"), days_ago=3)
    assert not sheet(site).is_empty
    make_answer(site, Answer.RIGHT)
    assert sheet(site).empty == AGREES
    assert sheet(site).is_empty


def test_accepted_correction_stays_whatever_is_confirmed_later(site: Site, ada: User) -> None:
    (row,) = told(site, (Field.PHONE, JOY, "+254 20 2724999"), days_ago=3)
    corrections.accept(correction=row, by=ada)
    make_answer(site, Answer.RIGHT)
    assert said(site) == {Element.CONTACT_PHONE: ("+254 20 2724000", "+254 20 2724999")}


@pytest.mark.parametrize("own", ["", *RecruitmentStatus])
@pytest.mark.parametrize("overall", ["RECRUITING", "COMPLETED"])
def test_answer_that_nobody_is_taken_is_held_against_the_status(own: str, overall: str) -> None:
    site = make_open_site(recruitment_status=own)
    site.trial.overall_status = overall
    site.trial.save()
    make_answer(site, Answer.NOT_RECRUITING)
    takes = (own or overall) in TAKES_PEOPLE
    before = STATUSES[own] if own else "(nothing)"
    assert said(site) == ({Element.STATUS: (before, "Active, not recruiting")} if takes else {})


def test_newer_answer_that_nobody_is_taken_outweighs_an_accepted_status(
    site: Site, ada: User
) -> None:
    (row,) = told(site, (Field.STATUS, "", "ENROLLING_BY_INVITATION"), days_ago=2)
    corrections.accept(correction=row, by=ada)
    make_answer(site, Answer.NOT_RECRUITING)
    assert said(site) == {Element.STATUS: ("Recruiting", "Active, not recruiting")}


def test_answer_without_a_value_is_a_note(site: Site) -> None:
    make_answer(site, Answer.NOT_MY_SITE)
    assert "not their site" in sheet(site).notes[0]
    make_answer(site, Answer.CHANGE)
    assert "something must change" in sheet(site).notes[0]
    told(site, (Field.OTHER, "", "We moved to the new wing."))
    (note,) = sheet(site).notes
    assert "new wing" in note
    assert "new wing" in sheet(site).text


def test_value_that_the_registry_moved_on_from_says_so(site: Site, ada: User) -> None:
    (row,) = told(site, (Field.PHONE, JOY, "+254 20 2724999"))
    corrections.accept(correction=row, by=ada)
    site.contacts.update(phone="+254 20 2724555")
    (line,) = sheet(site).lines
    assert line.registry_says == "+254 20 2724555"
    assert "Enter it only if" in line.remark


@pytest.mark.parametrize("is_accepted", [True, False])
def test_value_that_the_registry_took_over_and_dropped_is_a_line_again_at_once(
    site: Site, ada: User, is_accepted: bool
) -> None:
    (row,) = told(site, (Field.PHONE, JOY, "+254 20 2724999"))
    if is_accepted:
        corrections.accept(correction=row, by=ada)
    site.contacts.update(phone="+254 20 2724999")
    corrections.follow_registry()
    assert sheet(site).empty == AGREES
    site.contacts.update(phone="+254 20 2724000")
    for _ in range(2):  # before the table is followed, and after
        (line,) = sheet(site).lines
        assert (line.registry_says, line.should_say) == ("+254 20 2724000", "+254 20 2724999")
        assert line.remark == (MOVED if is_accepted else NOT_DECIDED)
        corrections.follow_registry()


def test_older_value_does_not_stand_in_for_a_newer_with_which_the_registry_agrees(
    site: Site, ada: User
) -> None:
    (older,) = told(site, (Field.PHONE, JOY, "+254 20 2724111"), days_ago=3)
    corrections.accept(correction=older, by=ada)
    (newer,) = told(site, (Field.PHONE, JOY, "+254 20 2724999"))
    corrections.accept(correction=newer, by=ada)
    Correction.objects.filter(pk=older.pk).update(fate=Fate.AGREED)  # as rows of long ago
    site.contacts.update(phone="+254 20 2724999")
    assert sheet(site).is_empty


def test_contact_that_is_gone_is_a_note(site: Site, ada: User) -> None:
    (row,) = told(site, (Field.PHONE, JOY, "+254 20 2724999"))
    corrections.accept(correction=row, by=ada)
    site.contacts.all().delete()
    assert sheet(site).lines == ()
    assert any("no longer lists this contact" in note for note in sheet(site).notes)


def test_details_that_changed_since_they_were_confirmed_are_a_note(site: Site) -> None:
    make_answer(site, Answer.RIGHT)
    site.contacts.update(phone="+254 20 2724555")
    (note,) = sheet(site).notes
    assert "the phone number" in note


def test_sheet_costs_the_same_for_one_and_for_many(site: Site, ada: User) -> None:
    counts = set()
    for number in range(3):
        for row in told(site, (Field.PHONE, JOY, f"+254 20 272400{number + 1}")):
            corrections.accept(correction=row, by=ada)
        found = fresh(site)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            sheet_of(found)
        counts.add(len(queries))
    assert counts == {QUERIES}


# --- Round trip through an import -------------------------------------------------------------


def entered(record: Json, found: Sheet) -> Json:
    """Enter the lines of a sheet into the first location of a record, as somebody would."""
    place = sites_of(record["protocolSection"])[0]
    people = [each for each in place["contacts"] if each["role"] == "CONTACT"]
    columns = {Field.NAME: "name", Field.PHONE: "phone", Field.PHONE_EXT: "phoneExt"}
    columns |= {Field.EMAIL: "email"}
    boxes: dict[str, Callable[[str], object]] = {
        Element.STATUS: lambda value: place.update(
            status=next(code for code, name in STATUSES.items() if name == value)
        )
    }
    for field, (of_contact, of_backup) in OF_CONTACT.items():
        boxes[of_contact] = lambda value, key=columns[field]: people[0].update({key: value})
        boxes[of_backup] = lambda value, key=columns[field]: people[1].update({key: value})
    for line in found.lines:
        boxes[line.element](line.should_say)
    return record


VALUES = {
    Field.STATUS: "SUSPENDED",
    Field.NAME: "Ida Nurse",
    Field.PHONE: "+1 507 555 0177",
    Field.PHONE_EXT: "44",
    Field.EMAIL: "ida@milk.example",
}


@pytest.mark.parametrize("is_accepted", [True, False], ids=["accepted", "undecided"])
@pytest.mark.parametrize(
    "fields", [[field] for field in VALUES] + [list(VALUES)], ids=lambda fields: "+".join(fields)
)
def test_what_is_entered_in_the_registry_comes_back_as_an_empty_sheet(
    tmp_path: Path, ada: User, fields: list[Field], is_accepted: bool
) -> None:
    take(tmp_path, whole(1))
    site = imported().sites.first()
    name = site.contacts.first().name
    proposed = [(field, "" if field == Field.STATUS else name, VALUES[field]) for field in fields]
    for row in told(site, *proposed):
        if is_accepted:
            corrections.accept(correction=row, by=ada)
    before = sheet(site)
    assert len(before.lines) == len(fields)

    take(tmp_path, entered(whole(1), before))
    assert sheet(site).is_empty
    assert sheet(site).empty == AGREES
    corrections.follow_registry()
    assert set(Correction.objects.values_list("fate", flat=True)) == {Fate.AGREED}
    assert sheet(site).is_empty


def test_answer_that_nobody_is_taken_comes_back_as_an_empty_sheet(tmp_path: Path) -> None:
    take(tmp_path, whole(1))
    site = imported().sites.first()
    make_answer(site, Answer.NOT_RECRUITING)
    before = sheet(site)
    assert [line.element for line in before.lines] == [Element.STATUS]
    take(tmp_path, entered(whole(1), before))
    assert sheet(site).is_empty


# --- What the sheet is made of ------------------------------------------------------------------


def test_every_status_and_every_field_has_its_name_in_the_form() -> None:
    assert set(STATUSES) == set(RecruitmentStatus)
    assert len(set(STATUSES.values())) == len(STATUSES)
    assert {*OF_CONTACT, Field.STATUS, Field.OTHER} == set(Field)
    assert list(ORDER) == list(Element)
