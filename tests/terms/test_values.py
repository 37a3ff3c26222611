"""NCT ids, partial dates, ages, condition slugs."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.terms.values import Age, PartialDate, Precision, canonical_nct_id, condition_slug


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("NCT01234567", "NCT01234567"),
        ("nct01234567", "NCT01234567"),
        (" Nct1 ", "NCT00000001"),
        ("NCT000000000012345678", "NCT12345678"),
    ],
)
def test_nct_id_becomes_canonical(text: str, canonical: str) -> None:
    assert canonical_nct_id(text) == canonical


@pytest.mark.parametrize(
    "text",
    ["", "NCT", "NCT00000000", "NCT123456789", "01234567", "NCT-1", "NCT1\nNCT2", "NCT１", "XNCT1"],
)
def test_what_is_no_nct_id_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^“[^”]*” is not an NCT id"):
        canonical_nct_id(text)


@given(st.integers(1, 99_999_999), st.integers(0, 12), st.booleans())
def test_every_spelling_of_an_nct_id_is_one(number: int, zeros: int, lower: bool) -> None:
    text = f"NCT{'0' * zeros}{number}"

    assert canonical_nct_id(text.lower() if lower else text) == f"NCT{number:08d}"


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), Precision.YEAR),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), Precision.MONTH),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), Precision.MONTH),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), Precision.DAY),
    ],
)
def test_partial_date_knows_its_days(
    text: str, first: date, last: date, precision: Precision
) -> None:
    read = PartialDate.parse(text)

    assert (read.first_day, read.last_day, read.precision) == (first, last, precision)


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_partial_date_survives_the_round_trip(day: date, length: int) -> None:
    text = day.isoformat()[:length]

    read = PartialDate.parse(text)

    assert read.isoformat() == text
    assert read.first_day <= day <= read.last_day


@pytest.mark.parametrize(
    "text", ["2019-02-30", "2023-02-29", "2021-13", "2021-00", "0000", "2021-01-00"]
)
def test_day_that_the_calendar_lacks_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="calendar does not have"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    "text", ["", "Spring 2020", "2020-1", "20-01-01", "2020-01-01T00:00", "2020-01-01\n2", "٢٠٢٠"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("text", "months"),
    [("18 Years", 216), ("1 Year", 12), ("6 Months", 6), ("0 Years", 0), ("1 Month", 1)],
)
def test_age_in_years_and_months_is_exact(text: str, months: float) -> None:
    assert Age.parse(text).months == months


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [
        ("59 Minutes", "1 Hour"),
        ("23 Hours", "1 Day"),
        ("6 Days", "1 Week"),
        ("4 Weeks", "1 Month"),
        ("30 Days", "1 Month"),
        ("52 Weeks", "1 Year"),
    ],
)
def test_ages_of_different_units_compare(shorter: str, longer: str) -> None:
    assert Age.parse(shorter).months < Age.parse(longer).months


@pytest.mark.parametrize(
    "text",
    ["", "about 18", "18", "Years", "-1 Years", "18 years", "1.5 Years", "N/A", "18 Decades"],
)
def test_what_is_no_age_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an age"):
        Age.parse(text)


@pytest.mark.parametrize("text", ["201 Years", "999999999 Months", "80000 Days"])
def test_age_beyond_200_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="more than 200 years"):
        Age.parse(text)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "Non-Small Cell Lung Cancer",
            "non small cell lung cancer",
            " Non-Small-Cell  Lung Cancer ",
        ),
        ("Crohn's Disease", "Crohns Disease"),
        ("Sjögren", "SJÖGREN"),
    ],
)
def test_spellings_of_one_condition_share_a_slug(spellings: tuple[str, ...]) -> None:
    assert len({condition_slug(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HER2+ Breast Cancer", "HER2- Breast Cancer"),
        ("Age > 65", "Age < 65"),
        ("Hepatitis B", "Hepatitis C"),
        ("BMI 30%", "BMI 30"),
    ],
)
def test_different_conditions_have_different_slugs(one: str, other: str) -> None:
    assert condition_slug(one) != condition_slug(other)


@given(st.text())
def test_slug_is_never_empty_long_or_unfit_for_an_address(name: str) -> None:
    slug = condition_slug(name)

    assert 1 <= len(slug) <= 100
    assert all(sign.isalnum() or sign in "-_" for sign in slug)
    assert condition_slug(name) == slug


def test_long_conditions_with_one_beginning_stay_apart() -> None:
    long = "a very long name " * 20

    assert condition_slug(long + "one") != condition_slug(long + "two")


def test_months_have_their_last_day() -> None:
    for month in range(1, 13):
        read = PartialDate.parse(f"2023-{month:02d}")
        assert read.last_day.day == calendar.monthrange(2023, month)[1]
