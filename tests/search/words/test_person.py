"""What a sentence says about the person: age, sex, place; without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.search.words.person import Person, read

TOWNS = {"boston", "new york", "paris, texas", "germany", "10001", "bath", "kisumu"}


def said(text: str) -> Person:
    return read(text, lambda name: name.lower() in TOWNS)


@pytest.mark.parametrize(
    ("text", "age", "unit"),
    [
        ("my dad is 70 and has lung cancer", 70, "years"),
        ("I'm 34, lupus", 34, "years"),
        ("70 year old", 70, "years"),
        ("a 70-year-old", 70, "years"),
        ("70yo with COPD", 70, "years"),
        ("70 y/o", 70, "years"),
        ("aged 65 with asthma", 65, "years"),
        ("age: 12", 12, "years"),
        ("my son is 6 months old", 6, "months"),
        ("3 week old baby", 3, "weeks"),
        ("five year old girl", 5, "years"),
        ("seventy-two year old man", 72, "years"),
        ("65F breast cancer", 65, "years"),
    ],
)
def test_age_is_read(text: str, age: float, unit: str) -> None:
    person = said(text)
    assert (person.age, person.age_unit) == (age, unit)


@pytest.mark.parametrize(
    "text",
    [
        "diabetes for 10 years",
        "18-65 years old",
        "aged 18 to 65",
        "in her 60s",
        "in my sixties",
        "stage 4 cancer",
        "12 weeks pregnant",
        "18F FDG scan",
        "IL-17",
        "200 years old",
        "my 5 year old and my 70 year old",
    ],
)
def test_other_numbers_are_no_age(text: str) -> None:
    assert said(text).age is None


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("my dad has lung cancer", "MALE"),
        ("my mum's arthritis", "FEMALE"),
        ("she has lupus", "FEMALE"),
        ("I am a pregnant woman", "FEMALE"),
        ("70yo male", "MALE"),
        ("65M melanoma", "MALE"),
        ("my wife and my son have it", ""),
        ("male infertility", ""),
        ("breast cancer in men", ""),
        ("my wife has HER-2 positive cancer", "FEMALE"),
        ("HER2 positive", ""),
    ],
)
def test_sex_is_read_where_one_is_told_of_somebody(text: str, sex: str) -> None:
    assert said(text).sex == sex


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("lung cancer, near Boston", "Boston"),
        ("lupus near new york with kidney disease", "new york"),
        ("asthma in Paris, Texas", "Paris, Texas"),
        ("asthma in germany", "germany"),
        ("I live in Kisumu and have HIV", "Kisumu"),
        ("close to 10001", "10001"),
        ("eczema in Adults", ""),
        ("near-infrared spectroscopy", ""),
        ("salt in bath water", ""),
    ],
)
def test_place_is_read_where_it_is_one(text: str, place: str) -> None:
    assert said(text).place == place


def test_what_was_read_leaves_the_words() -> None:
    text = "my dad is 70 and has lung cancer that came back, near Boston"
    left = said(text).without(text)
    assert left.split() == ["my", "dad", "and", "has", "lung", "cancer", "that", "came", "back,"]


@given(st.text(max_size=200))
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(said(text).without(text)) == len(text)
