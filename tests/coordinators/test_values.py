"""Values of corrections: when two say the same, what is refused, what is flagged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.coordinators.errors import RefusedError
from trials.coordinators.values import (
    LONGEST_NOTE,
    LONGEST_VALUE,
    agree,
    checked,
    checked_note,
    flags,
)
from trials.terms.corrections import COLUMNS, Field

typed = st.text(st.characters(codec="utf-8"), max_size=30) | st.text(
    "+0123456789 -()/ext.", max_size=20
)
anything = st.text(max_size=60)
columns = st.sampled_from([*COLUMNS, Field.STATUS])
countries = st.sampled_from(["", "Kenya", "United States", "France", "Nowhere"])


@given(columns, typed, countries)
def test_value_agrees_with_itself(field: Field, value: str, country: str) -> None:
    assert agree(field, value, value, country=country)


@given(columns, typed, typed, countries)
def test_agreement_goes_both_ways(field: Field, one: str, other: str, country: str) -> None:
    assert agree(field, one, other, country=country) == agree(field, other, one, country=country)


@given(st.sampled_from([Field.NAME, Field.EMAIL]), typed)
def test_blanks_make_no_difference(field: Field, value: str) -> None:
    assert agree(field, value, f"  {' '.join(value.split())}\n")


@given(
    st.text("0123456789", min_size=1, max_size=15), st.text("0123456789", min_size=1, max_size=15)
)
def test_phones_with_other_digits_differ(one: str, other: str) -> None:
    spaced = " ".join(one)
    assert agree(Field.PHONE, one, spaced)
    assert agree(Field.PHONE, spaced, other) == (one == other)


@given(st.sampled_from(Field), anything)
def test_what_is_kept_is_short_clean_and_kept_again_as_it_is(field: Field, value: str) -> None:
    try:
        kept = checked(field, value)
    except RefusedError as error:
        said = str(error)
    else:
        said = ""
    if said:
        assert set("\x00\r\n").isdisjoint(said)
        return
    assert kept == checked(field, kept)
    assert len(kept) <= LONGEST_VALUE
    assert kept.strip() == kept
    assert not set("\x00\r\n") & set(kept)
    assert kept.encode().decode() == kept


@given(anything)
def test_note_that_is_kept_can_be_kept_again(note: str) -> None:
    try:
        kept = checked_note(Field.PHONE, note)
    except RefusedError:
        return
    assert kept == checked_note(Field.PHONE, kept)
    assert len(kept) <= LONGEST_NOTE
    assert kept.encode().decode() == kept


@pytest.mark.parametrize(
    ("field", "one", "other", "country", "same"),
    [
        (Field.PHONE, "+254 20 2724000", "020 2724000", "Kenya", True),
        (Field.PHONE, "+254 20 2724000", "020 2724000", "France", False),
        (Field.PHONE, "00254 20 2724000", "+254202724000", "France", True),
        (Field.PHONE, "(555) 0199", "555-0199", "", True),
        (Field.PHONE, "555-0199", "555-0198", "", False),
        (Field.PHONE, "٠٢٠ ٢٧٢٤٠٠٠", "020 2724000", "Kenya", True),
        (Field.PHONE, "+1 202 555 0143 ext. 5", "+1 202 555 0143", "", False),
        (Field.PHONE, "", "n/a", "", False),
        (Field.PHONE_EXT, "ext. 12", "12", "", True),
        (Field.PHONE_EXT, "", "", "", True),
        (Field.EMAIL, "Joy@Clinic.example ", "joy@clinic.example", "", True),
        (Field.EMAIL, "joy@clinic.example", "joy@clinics.example", "", False),
        (Field.NAME, "Joy  Achieng", "Joy Achieng", "", True),
        (Field.NAME, "Joy Achieng", "joy achieng", "", False),
        (Field.STATUS, "RECRUITING", "RECRUITING", "", True),
        (Field.STATUS, "RECRUITING", "", "", False),
        (Field.OTHER, "", "", "", False),
    ],
)
def test_values_say_the_same_or_not(
    field: Field, one: str, other: str, country: str, same: bool
) -> None:
    assert agree(field, one, other, country=country) == same


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (Field.PHONE, "272 49", "No phone number that can be dialed in Kenya"),
        (Field.PHONE, "+254 20 2724999", ""),
        (Field.NAME, "joy@clinic.example", "email address"),
        (Field.NAME, "Call 020 2724999", "phone number"),
        (Field.PHONE_EXT, "12 or 13", "More than the digits"),
        (Field.EMAIL, "joy@clinic.example", ""),
    ],
)
def test_odd_values_are_flagged_for_editors(field: Field, value: str, said: str) -> None:
    found = flags(field, value, country="Kenya")
    assert bool(found) == bool(said)
    assert said in "".join(found)
