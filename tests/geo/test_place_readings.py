"""Typed places as readings, before any table is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.geo.readings import Rest, code_readings, read, spellings


def test_readings_begin_with_the_longest_name() -> None:
    asked = read("Salt Lake City, Utah")
    assert asked is not None
    assert [reading.name for reading in asked.readings()] == [
        "salt lake city utah",
        "salt lake city",
        "salt lake",
        "salt",
    ]


def test_readings_part_what_follows_into_region_and_country() -> None:
    asked = read("Paris Texas USA")
    assert asked is not None
    *_, last = asked.readings()
    assert last.rests == (Rest("", "texas usa"), Rest("texas", "usa"), Rest("texas usa", ""))


def test_readings_without_figures_come_last() -> None:
    asked = read("75013 Paris")
    assert asked is not None
    assert [reading.name for reading in asked.readings()] == ["75013 paris", "75013", "paris"]


def test_readings_know_where_commas_stand() -> None:
    asked = read("Leeds, West Yorkshire, UK")
    assert asked is not None
    assert [reading.name for reading in asked.readings() if reading.is_parted] == [
        "leeds west yorkshire uk",
        "leeds west yorkshire",
        "leeds",
    ]


@pytest.mark.parametrize("text", ["near Leeds", "in Leeds", "around  LEEDS", "Leeds,", " leeds "])
def test_read_drops_what_is_no_name(text: str) -> None:
    asked = read(text)
    assert asked is not None
    assert asked.name == "leeds"


@pytest.mark.parametrize(
    "text", ["Georgia (country)", "Beijing (region), China", "Ulm, Germany (48.4° N 10.0° E)"]
)
def test_read_knows_a_marked_label(text: str) -> None:
    asked = read(text)
    assert asked is not None
    assert asked.is_marked
    assert asked.words[0] == text.partition(" ")[0].strip(",").lower()


@pytest.mark.parametrize("text", ["", " ", "\0", "😀", ",,,", "x" * 201, "a " * 50, "(region)"])
def test_read_refuses_what_can_be_no_place(text: str) -> None:
    assert read(text) is None


def test_spellings_of_saints() -> None:
    assert spellings("st louis") == {"st louis", "saint louis"}
    assert spellings("fort worth") == {"fort worth", "ft worth"}
    assert spellings("leeds") == {"leeds"}


def test_code_readings_take_two_words_before_one() -> None:
    asked = read("SW1A 1AA London")
    assert asked is not None
    first = code_readings(asked)[0]
    assert first.codes == ("SW1A1AA", "SW1A")
    assert first.around == ("london",)


@given(st.text(max_size=250))
def test_any_text_is_read_in_bounds(text: str) -> None:
    asked = read(text)
    if asked is not None:
        assert 0 < len(list(asked.readings())) <= 40
        assert len(code_readings(asked)) <= 40
