"""The state of a contact: a function of what was told and of the day, and of nothing else."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.terms.contacts import (
    CORRECTIONS,
    Answer,
    ContactDetails,
    ContactStanding,
    ContactState,
    Detail,
    Details,
    Told,
    mended_digests,
    state_of,
)
from trials.terms.plain.contacts import NOT_CONFIRMED, contact_state
from trials.terms.plain.reports import DIFFICULTY

DUE, OVERDUE = 90, 180
JOY = ContactDetails("Joy Achieng", "+254 20 2724000", "", "joy@clinic.example")
OMAR = ContactDetails("Omar Diallo", "+254 20 2724001", "12", "omar@clinic.example")
PLAIN = Details((JOY, OMAR), "RECRUITING", "RECRUITING")
DAY = date(2026, 5, 3)

texts = st.sampled_from(["", "a", "b", "ab", "+1", "1"])
people = st.builds(ContactDetails, texts, texts, texts, texts)
details = st.builds(
    Details,
    st.lists(people, max_size=3).map(tuple),
    st.sampled_from(["", "RECRUITING", "COMPLETED"]),
    st.sampled_from(["", "RECRUITING", "UNKNOWN"]),
    st.sampled_from([(), ("Ward", "Kisumu", "Kenya")]),
)
days = st.dates(date(2024, 1, 1), date(2028, 1, 1))
events = st.lists(
    st.builds(
        Told,
        st.sampled_from(Answer),
        days,
        details.map(lambda d: d.digests),
        st.booleans(),
        st.none() | details.map(lambda d: d.digests),
        st.booleans(),
        st.booleans(),
    ),
    max_size=6,
)
PARTS = (Detail.NAMES, Detail.PHONES, Detail.EMAILS, Detail.STATUS)


def standing(
    *told: Told, present: Details = PLAIN, shown: Details | None = None, today: date = DAY
) -> ContactStanding:
    seen, days = (shown or present).digests, {"due_days": DUE, "overdue_days": OVERDUE}
    return state_of(told, present=present.digests, shown=seen, today=today, **days)


def told(answer: Answer = Answer.RIGHT, on: date = DAY, *, is_unfounded: bool = False) -> Told:
    return Told(answer, on, PLAIN.digests, is_unfounded)


# --- For all events and days ------------------------------------------------------------------


@given(events, details, days, st.booleans())
def test_state_is_a_function_of_events_and_the_day(
    told: list[Told], present: Details, today: date, has_difficulty: bool
) -> None:
    def look() -> ContactStanding:
        return state_of(
            iter(told),
            present=present.digests,
            today=today,
            due_days=DUE,
            overdue_days=OVERDUE,
            has_difficulty=has_difficulty,
        )

    assert look() == look()
    assert (look().state == ContactState.REPORTED_WRONG) or not has_difficulty
    assert contact_state(look()).words


@given(events, details, days)
def test_newest_answer_that_is_not_unfounded_decides_alone(
    told: list[Told], present: Details, today: date
) -> None:
    counting = [each for each in told if not each.is_unfounded][-1:]
    assert standing(*told, present=present, today=today) == standing(
        *counting, present=present, today=today
    )


@given(events, details, details, days)
def test_nothing_counts_as_confirmed_but_exactly_what_is_shown(
    told: list[Told], present: Details, shown: Details, today: date
) -> None:
    found = standing(*told, present=present, shown=shown, today=today)
    if found.state in {ContactState.CONFIRMED, ContactState.DUE, ContactState.OVERDUE}:
        (newest,) = [each for each in told if not each.is_unfounded][-1:]
        assert newest.on == found.since
        assert newest.is_confirmation
        for part in (*PARTS, "whole", "place", "study", "own"):
            assert getattr(shown.digests, part) == getattr(newest.stands_by, part)


@given(details, details, details, details, days)
def test_corrected_answer_is_confirmed_where_readers_see_it_as_corrected(
    before: Details, after: Details, present: Details, shown: Details, today: date
) -> None:
    answer = Told(Answer.CHANGE, today, before.digests, mended=after.digests)
    for registry in (before, after, present):
        found = standing(answer, present=registry, shown=after, today=today)
        assert found.state == ContactState.CONFIRMED
    found = standing(answer, present=present, shown=shown, today=today)
    is_same = shown.digests.changed(after.digests) == ()
    assert (found.state == ContactState.CONFIRMED) == is_same
    # What changed is told only of what the registry changed.
    assert set(found.changed) <= set(present.digests.changed(before.digests))


@given(details, details, details)
def test_mended_holds_nothing_that_nobody_confirmed(
    told: Details, seen: Details, corrected: Details
) -> None:
    """A part that the registry changed by itself before the decision stays as it was told of."""
    found = mended_digests(
        told.digests, seen=[seen.digests], mended=corrected.digests, otherwise=told.digests
    )
    for part in (*PARTS, "whole"):
        was_seen = getattr(seen.digests, part) == getattr(told.digests, part)
        wanted = corrected.digests if was_seen else told.digests
        assert getattr(found, part) == getattr(wanted, part)


@given(st.integers(-10, 1000), st.integers(0, 100))
def test_confirmation_only_ever_grows_older(age: int, more: int) -> None:
    order = [ContactState.CONFIRMED, ContactState.DUE, ContactState.OVERDUE]
    first, later = (
        order.index(standing(told(), today=DAY + timedelta(days=number)).state)
        for number in (age, age + more)
    )
    assert first <= later


@given(details, details)
def test_digests_are_equal_exactly_where_nothing_that_shows_differs(
    one: Details, other: Details
) -> None:
    def shown(each: Details) -> tuple[object, ...]:
        asks_overall = not each.own_status or each.overall == "UNKNOWN"
        status = each.overall if asks_overall else each.own_status
        return sorted(each.contacts), status, each.own_status, each.overall, each.place

    assert (one.digests == other.digests) == (shown(one) == shown(other))
    assert (one.digests.changed(other.digests) == ()) == (shown(one) == shown(other))


# --- One by one -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "state", "words"),
    [
        (0, ContactState.CONFIRMED, "Confirmed by the study team on 3 May 2026."),
        (89, ContactState.CONFIRMED, "Confirmed by the study team on 3 May 2026."),
        (
            90,
            ContactState.DUE,
            "Confirmed by the study team on 3 May 2026. Check before you travel.",
        ),
        (179, ContactState.DUE, "Confirmed by the study team on 3 May 2026. Check before"),
        (180, ContactState.OVERDUE, "Last confirmed by the study team on 3 May 2026. That is long"),
    ],
)
def test_confirmation_falls_due(age: int, state: ContactState, words: str) -> None:
    found = standing(told(), today=DAY + timedelta(days=age))
    assert found.state == state
    assert contact_state(found).words.startswith(words)
    assert not contact_state(found).is_warning


def test_contact_nobody_spoke_of_is_not_confirmed() -> None:
    assert contact_state(standing()).words == NOT_CONFIRMED


@pytest.mark.parametrize(
    ("present", "what", "said"),
    [
        (replace(PLAIN, contacts=(replace(JOY, name="J"), OMAR)), Detail.NAMES, "the name has"),
        (
            replace(PLAIN, contacts=(replace(JOY, phone="1"), OMAR)),
            Detail.PHONES,
            "the phone number has",
        ),
        (replace(PLAIN, contacts=(JOY, replace(OMAR, phone_ext="13"))), Detail.PHONES, "number"),
        (
            replace(PLAIN, contacts=(replace(JOY, email="x@clinic.example"), OMAR)),
            Detail.EMAILS,
            "the email address has",
        ),
        (replace(PLAIN, own_status="SUSPENDED"), Detail.STATUS, "the status has"),
        (replace(PLAIN, overall="UNKNOWN"), Detail.STATUS, "the status has"),
        (
            replace(
                PLAIN,
                contacts=(replace(JOY, email=OMAR.email), replace(OMAR, email=JOY.email)),
            ),
            Detail.WHO_HAS_WHICH,
            "who has which",
        ),
    ],
)
def test_change_in_the_registry_ends_a_confirmation_and_is_named(
    present: Details, what: Detail, said: str
) -> None:
    found = standing(told(), present=present)
    assert (found.state, found.changed) == (ContactState.NOT_CONFIRMED, (what,))
    words = contact_state(found).words
    assert words.startswith("Not confirmed by the study team: ")
    assert said in words
    assert words.endswith("changed in the registry since it was confirmed on 3 May 2026.")


def test_several_changes_are_all_named() -> None:
    present = replace(PLAIN, contacts=(OMAR,))
    words = contact_state(standing(told(), present=present)).words
    assert "the name, the phone number, and the email address have changed" in words


def test_order_of_contacts_in_the_record_changes_nothing() -> None:
    assert replace(PLAIN, contacts=(OMAR, JOY)).digests == PLAIN.digests


def test_site_without_a_status_is_confirmed_with_the_whole_studys() -> None:
    silent = replace(PLAIN, own_status="")
    over = replace(silent, overall="COMPLETED")
    assert over.digests.changed(silent.digests) == (Detail.STATUS,)


def test_study_that_ends_is_not_confirmed_by_a_site_with_a_status_of_its_own() -> None:
    over = replace(PLAIN, overall="TERMINATED")
    found = standing(told(), present=over)
    assert (found.state, found.changed) == (ContactState.NOT_CONFIRMED, (Detail.STUDY,))
    assert "the status of the whole study has changed" in contact_state(found).words


def test_other_place_is_not_confirmed_and_another_spelling_is_the_same_place() -> None:
    west = replace(PLAIN, place=("Westside Clinic", "Kisumu", "Kenya"))
    east = replace(west, place=("Eastside Clinic", "Kisumu", "Kenya"))
    typed = replace(west, place=("WESTSIDE  CLINIC,", "Kisumu", "Kenya"))
    assert east.digests.changed(west.digests) == (Detail.PLACE,)
    assert typed.digests.changed(west.digests) == ()


@pytest.mark.parametrize("answer", CORRECTIONS)
def test_objection_of_another_place_is_not_told_of_this_one(answer: Answer) -> None:
    moved = replace(PLAIN, place=("Eastside Clinic", "Kisumu", "Kenya"))
    assert standing(told(answer), present=moved).told is None


def test_what_was_kept_without_a_place_says_nothing_of_it() -> None:
    older = replace(PLAIN.digests, place="", study="")
    found = standing(Told(Answer.RIGHT, DAY, older), present=replace(PLAIN, overall="COMPLETED"))
    assert found.state == ContactState.CONFIRMED


def test_answer_declined_in_part_confirms_nothing_and_objects_to_nothing() -> None:
    mended = replace(PLAIN, own_status="SUSPENDED")
    change = Told(Answer.CHANGE, DAY, PLAIN.digests, mended=mended.digests, is_declined=True)
    for present in (PLAIN, mended):
        found = standing(told(), change, present=present)
        assert (found.state, found.told) == (ContactState.NOT_CONFIRMED, None)


@pytest.mark.parametrize("answer", CORRECTIONS)
def test_study_teams_objection_is_shown_as_a_warning(answer: Answer) -> None:
    found = standing(told(), told(answer, DAY + timedelta(days=1)))
    assert found.state == ContactState.REPORTED_WRONG
    assert contact_state(found).is_warning
    assert re.search("told (us )?on 4 May 2026", contact_state(found).words)


@pytest.mark.parametrize("answer", CORRECTIONS)
def test_unfounded_objection_leaves_the_confirmation_before_it(answer: Answer) -> None:
    assert standing(told(), told(answer, is_unfounded=True)).state == ContactState.CONFIRMED


@pytest.mark.parametrize("answer", CORRECTIONS)
def test_confirmation_after_an_objection_counts(answer: Answer) -> None:
    assert standing(told(answer), told()).state == ContactState.CONFIRMED


@pytest.mark.parametrize(
    ("answer", "present", "stands"),
    [
        (Answer.NOT_RECRUITING, replace(PLAIN, contacts=(JOY,)), True),
        (Answer.NOT_RECRUITING, replace(PLAIN, own_status="COMPLETED"), False),
        (Answer.NOT_MY_SITE, replace(PLAIN, own_status="COMPLETED"), True),
        (Answer.NOT_MY_SITE, replace(PLAIN, contacts=(JOY,)), False),
        (Answer.CHANGE, replace(PLAIN, own_status="COMPLETED"), False),
        (Answer.CHANGE, replace(PLAIN, contacts=(JOY,)), False),
    ],
)
def test_objection_stands_until_what_it_is_about_changes(
    answer: Answer, present: Details, stands: bool
) -> None:
    found = standing(told(answer), present=present)
    wrong, silent = ContactState.REPORTED_WRONG, ContactState.NOT_CONFIRMED
    assert found.state == (wrong if stands else silent)
    assert stands or contact_state(found).words == NOT_CONFIRMED


_MENDED = replace(PLAIN, contacts=(replace(JOY, phone="1"), OMAR), own_status="SUSPENDED")
_SWAPPED = (replace(JOY, email=OMAR.email), replace(OMAR, email=JOY.email))


@pytest.mark.parametrize(
    ("present", "shown", "changed"),
    [
        (PLAIN, _MENDED, ()),
        (replace(PLAIN, contacts=_MENDED.contacts), _MENDED, ()),
        (replace(PLAIN, own_status="SUSPENDED"), _MENDED, ()),
        (_MENDED, _MENDED, ()),
        (
            replace(PLAIN, contacts=(replace(JOY, phone="2"), OMAR)),
            replace(_MENDED, contacts=(replace(JOY, phone="2"), OMAR)),
            (Detail.PHONES,),
        ),
        (
            replace(PLAIN, own_status="COMPLETED"),
            replace(_MENDED, own_status="COMPLETED"),
            (Detail.STATUS,),
        ),
        (
            replace(PLAIN, contacts=(replace(JOY, email="j@x.example"), OMAR)),
            replace(_MENDED, contacts=(replace(JOY, phone="1", email="j@x.example"), OMAR)),
            (Detail.EMAILS,),
        ),
        (
            replace(PLAIN, contacts=_SWAPPED),
            replace(_MENDED, contacts=(replace(_SWAPPED[0], phone="1"), _SWAPPED[1])),
            (Detail.WHO_HAS_WHICH,),
        ),
    ],
)
def test_corrected_answer_counts_while_the_registry_takes_it_over_part_by_part(
    present: Details, shown: Details, changed: tuple[Detail, ...]
) -> None:
    answer = replace(told(Answer.CHANGE), mended=_MENDED.digests)
    found = standing(answer, present=present, shown=shown)
    state = ContactState.NOT_CONFIRMED if changed else ContactState.CONFIRMED
    assert (found.state, found.changed) == (state, changed)


def test_correction_that_is_shown_no_more_is_no_change_of_the_registry() -> None:
    answer = replace(told(), mended=_MENDED.digests)
    found = standing(answer, present=PLAIN, shown=PLAIN)
    assert (found.state, found.told, found.changed) == (ContactState.NOT_CONFIRMED, None, ())


@pytest.mark.parametrize("age", [0, 90, 180])
def test_corrected_answer_falls_due_like_a_confirmation(age: int) -> None:
    today = DAY + timedelta(days=age)
    corrected = replace(told(Answer.CHANGE), mended=PLAIN.digests)
    assert standing(corrected, today=today) == standing(told(), today=today)


def test_readers_difficulty_outweighs_a_confirmation_and_keeps_its_day() -> None:
    found = replace(standing(told()), has_difficulty=True)
    assert found.state == ContactState.REPORTED_WRONG
    words = contact_state(found)
    assert words.words == f"{DIFFICULTY} Confirmed by the study team on 3 May 2026."
    assert words.is_warning


@pytest.mark.parametrize(
    ("phone", "is_same"),
    [
        ("+254 20 2724000", True),
        ("+254-20 (272) 40.00", True),
        ("+254 20 2724001", False),
        ("254202724000", False),
        ("+254202724000 ask for Joy", False),
    ],
)
def test_number_that_is_spaced_anew_has_not_changed(phone: str, is_same: bool) -> None:
    def written(number: str) -> Details:
        return replace(PLAIN, contacts=(replace(JOY, phone=number), OMAR))

    changed = written(phone).digests.changed(written("+254202724000").digests)
    assert changed == (() if is_same else (Detail.PHONES,))
