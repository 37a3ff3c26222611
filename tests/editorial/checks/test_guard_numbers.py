"""Numbers, units and bounds between a rewrite and its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.editorial.checks.findings import Level
from trials.editorial.checks.guard import Side, Source, compare

SAME = [
    ("you are 18 to 65 years old", "Aged 18-65 years"),
    ("you are 18 or older", "≥ 18 years of age"),
    ("you are between 18 and 65", "Age: 18 Years to 65 Years"),
    ("it lasts 2 years", "It lasts 24 months."),
    ("it lasts one year", "It lasts 52 weeks."),
    ("it lasts half a year", "It lasts 26 weeks."),
    ("it lasts two weeks", "It lasts 14 days."),
    ("the dose is 500 mg", "The dose is 0.5 g."),
    ("the count is 1,500 per microliter", "The count is 1.5 × 10⁹/L."),
    ("the count is 1.5 x 10^9/L", "The count is 1.5 x 109/L."),
    ("1,240 people join", "1240 participants join."),
    ("twelve people join", "A dozen participants join."),
    ("two thirds of the people walk", "Two-thirds of participants walk."),
    ("you take it twice a day", "Taken BID."),
    ("you take it every 3 weeks", "Given Q3W."),
    ("you have stage 4 cancer", "Stage IV cancer"),
    ("the value is 7.5 percent", "El valor es de 7,5 %."),
    ("the value is at most 3 times the upper limit of normal", "Value ≤3×ULN"),
]
WRONG = [
    ("number", "you are 8 to 65 years old", "Aged 18-65 years"),
    ("number", "it lasts 3 months", "It lasts 12 weeks."),
    ("unit", "it lasts 24 weeks", "It lasts 24 months."),
    ("unit", "the dose is 500 mcg", "The dose is 500 mg."),
    ("unit", "the value is 7.5", "The value is 7.5 %."),
    ("unit", "the value is at most 3", "Value ≤ 3 × ULN"),
    ("unit", "you take 10 mg a week", "Take 10 mg a day."),
    ("comparator", "you are 18 or younger", "Aged 18 or older"),
    ("comparator", "you are over 18", "Aged 18 or older"),
    ("comparator", "the pain lasted at least 3 months", "Pain lasting at most 3 months"),
    ("comparator", "you had surgery more than 6 months ago", "Surgery within 6 months"),
    ("comparator", "up to 8 people join", "At least 8 participants join."),
    ("number", "15 mg of it", "1.5 mg of it"),
    ("number", "you have stage 3 cancer", "Stage II cancer"),
]
UNITS = ["mg", "g", "mcg", "kg", "mL", "weeks", "months", "hours", "percent", "mmol/L", "IU"]
BOUNDS = ["at least", "more than", "at most", "less than"]


@pytest.mark.parametrize(("rewrite", "source"), SAME)
def test_equal_amounts_are_silent(rewrite: str, source: str):
    assert compare(rewrite, source) == []


@pytest.mark.parametrize(("check", "rewrite", "source"), WRONG)
def test_changed_amounts_are_found(check: str, rewrite: str, source: str):
    found = compare(rewrite, source)

    assert [finding.check for finding in found] == [check]
    assert found[0].level is Level.BLOCK
    assert rewrite[found[0].start : found[0].end] == found[0].quote


@pytest.mark.parametrize(
    ("rewrite", "criterion"),
    [
        ("you are 17 or younger", "Age ≥ 18 years"),
        ("you are under 18", "Aged 18 years or older"),
        ("you are 66 or older", "Aged up to 65 years"),
        ("you are 17 or younger, or 66 or older", "Aged 18 to 65 years"),
    ],
)
def test_ages_turned_round_are_right_among_reasons_not_to_join(rewrite: str, criterion: str):
    source = Source(criteria=(("inclusion", criterion),))

    assert compare(rewrite, source, side=Side.NOT_A_FIT) == []
    assert compare(rewrite, source, side=Side.GOOD_FIT)


def test_age_fields_of_the_record_give_the_ages():
    source = Source("Minimum age: 18 Years\nMaximum age: 65 Years")

    assert compare("you are 18 to 65", source, side=Side.GOOD_FIT) == []
    assert compare("you are 66 or older", source, side=Side.NOT_A_FIT) == []
    assert compare("you are 65 or older", source, side=Side.NOT_A_FIT)


def test_number_of_another_criterion_is_found():
    criteria = (
        ("exclusion", "Heart attack within 6 months"),
        ("exclusion", "Live vaccine within 4 weeks"),
        ("exclusion", "Major surgery within 12 months"),
    )

    found = compare("you had a heart attack in the last 12 months", Source(criteria=criteria))

    assert [(finding.check, finding.quote) for finding in found] == [("number", "12 months")]
    assert "6 months" in found[0].source


def test_names_with_digits_are_no_numbers():
    assert compare("CD19 cells, HbA1c and PD-1", "Nothing of the kind.") == []


@given(low=st.integers(1, 60), size=st.integers(1, 40), shift=st.integers(1, 30))
def test_changed_end_of_an_age_range_is_found(low: int, size: int, shift: int):
    high = low + size
    source = f"Aged {low} to {high} years"

    assert compare(f"you are {low} to {high} years old", source) == []
    assert compare(f"you are {low} to {high + shift} years old", source)
    assert compare(f"you are {low + 100} to {high + 100} years old", source)


@given(
    value=st.integers(2, 5000),
    other=st.integers(2, 5000),
    units=st.lists(st.sampled_from(UNITS), min_size=2, max_size=2, unique=True),
)
def test_changed_number_or_unit_of_a_dose_is_found(value: int, other: int, units: list[str]):
    one, two = units
    source = f"The daily amount is {value} {one} of dalotinib."

    assert compare(f"you get {value} {one} of dalotinib", source) == []
    assert compare(f"you get {value} {two} of dalotinib", source)
    if other != value:
        assert compare(f"you get {other} {one} of dalotinib", source)


@given(
    value=st.integers(2, 900),
    bounds=st.lists(st.sampled_from(BOUNDS), min_size=2, max_size=2, unique=True),
    unit=st.sampled_from(["mg/dL", "percent", "kg", "mmol/L"]),
)
def test_changed_bound_is_found(value: int, bounds: list[str], unit: str):
    one, two = bounds
    source = f"Ferritin {one} {value} {unit}"

    assert compare(f"your ferritin is {one} {value} {unit}", source) == []
    assert compare(f"your ferritin is {two} {value} {unit}", source)
