"""Which site somebody meant: in doubt none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.coordinators.site_list.places import Found, Place, PlaceIndex
from trials.terms.words import folded

LEEDS = Place(1, 1, "St. James’s University Hospital", "Leeds", "", "United Kingdom")
YORK = Place(2, 1, "York Teaching Hospital", "York", "North Yorkshire", "United Kingdom")
KOELN = Place(3, 1, "Universitätsklinikum Köln", "Köln", "", "Germany")
SITE_12 = Place(4, 1, "Research Site 12", "Leeds", "", "United Kingdom")
SITE_13 = Place(5, 1, "Research Site 13", "Leeds", "", "United Kingdom")
NAMELESS = Place(6, 1, "", "Oslo", "", "Norway")
ALL = [LEEDS, YORK, KOELN, SITE_12, SITE_13, NAMELESS]


def find(typed: str, places: list[Place]) -> Found:
    return PlaceIndex(places).find(typed)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("St James's University Hospital", LEEDS),
        ("st. james’s university hospital, LEEDS", LEEDS),
        ("York Teaching Hospital, York, North Yorkshire, United Kingdom", YORK),
        ("york", YORK),
        ("Universitatsklinikum Koln", KOELN),
        ("Oslo", NAMELESS),
        ("Research Site 13", SITE_13),
    ],
)
def test_site_is_known_by_name_or_city(typed: str, place: Place) -> None:
    found = find(typed, ALL)
    assert found.place == place
    assert found.is_exact


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("York Teeching Hospital", YORK),
        ("Teaching Hospital York", YORK),
        ("Univeristy Hospital St James's, Leeds", LEEDS),
    ],
)
def test_misspelt_and_reordered_names_are_known_but_not_exact(typed: str, place: Place) -> None:
    found = find(typed, ALL)
    assert found.place == place
    assert not found.is_exact


@pytest.mark.parametrize(
    "typed",
    [
        "Leeds",
        "Research Site",
        "Research Site 14",
        "Research Site 1",
        "York Hospital",
        "North York Teaching Hospital",
        "Royal University Hospital",
        "",
        "–",
        "x" * 5_000,
    ],
)
def test_doubtful_name_is_no_site(typed: str) -> None:
    assert find(typed, ALL).place is None


def test_doubtful_name_offers_what_may_have_been_meant() -> None:
    assert set(find("Leeds", ALL).possible) == {LEEDS, SITE_12, SITE_13}
    assert find("York Hospital", ALL).possible[0] == YORK
    twin = YORK._replace(pk=9)
    assert find("York Teaching Hospital", [*ALL, twin]).possible == (YORK, twin)


COPPERHILL = Place(7, 1, "Copperhill Rheumatology Research", "Tulsa", "Oklahoma", "United States")
NORTH = Place(8, 1, "North Copperhill Clinic", "Tulsa", "Oklahoma", "United States")
COPPER_HALL = Place(9, 1, "Copper Hall", "Tulsa", "Oklahoma", "United States")


@pytest.mark.parametrize(
    "typed", ["Copperhill", "copperhill rheum", "Rheumatology", "Research Tulsa"]
)
def test_part_of_a_name_is_no_site_and_offers_the_one_that_has_it(typed: str) -> None:
    found = find(typed, [COPPERHILL])
    assert found.place is None
    assert found.possible == (COPPERHILL,)


def test_names_that_begin_with_what_was_typed_are_offered_first() -> None:
    assert find("Copperhill", [COPPER_HALL, NORTH, COPPERHILL]).possible == (
        COPPERHILL,
        NORTH,
        COPPER_HALL,
    )
    assert find("opperhill", [COPPERHILL]).possible == ()
    many = [COPPERHILL._replace(pk=pk, name=f"Copperhill Ward {pk}") for pk in range(9)]
    assert len(find("Copperhill", many).possible) == 5


def test_other_word_of_the_same_length_is_another_hospital() -> None:
    general = Place(1, 1, "General Hospital of the City", "Bonn", "", "Germany")
    assert find("Central Hospital of the City", [general]).place is None


NAME = st.text(st.sampled_from("abcdefgh 12-"), min_size=1, max_size=20)


@given(NAME, st.lists(NAME, max_size=8))
def test_found_site_is_one_of_the_trials_and_its_numbers_are_those_written(
    typed: str, names: list[str]
) -> None:
    places = [Place(pk, 1, name, "Bonn", "", "Germany") for pk, name in enumerate(names)]
    found = find(typed, places)
    assert {*found.possible, *filter(None, [found.place])} <= set(places)
    assert not (found.place and found.possible)
    if found.place:
        assert numbers(found.place.name) == numbers(typed)


def numbers(name: str) -> list[str]:
    return sorted(word for word in folded(name).split() if any(map(str.isdigit, word)))
