"""A place as people type it: which one is found."""

import re

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.geo.conftest import make_place
from trials.geo import candidates, codes, counts, towns
from trials.geo.places import Found, Kind, find
from trials.models import Place, PostalCode, TrialPlace
from trials.terms.countries import CODES, country_name

pytestmark = pytest.mark.usefixtures("gazetteer")


def best_of(text: str) -> str:
    """Return the label of what is found, empty for nothing."""
    best = find(text).best
    return best.label if best else ""


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Leeds", "Leeds, England, United Kingdom"),
        ("leeds uk", "Leeds, England, United Kingdom"),
        ("Leeds, England", "Leeds, England, United Kingdom"),
        ("London", "London, England, United Kingdom"),
        ("London, Ontario", "London, Ontario, Canada"),
        ("Toronto ON", "Toronto, Ontario, Canada"),
        ("Paris", "Paris, Île-de-France, France"),
        ("Paris, Texas", "Paris, Texas, United States"),
        ("Paris Texas", "Paris, Texas, United States"),
        ("paris tx usa", "Paris, Texas, United States"),
        ("Birmingham", "Birmingham, England, United Kingdom"),
        ("Boston MA", "Boston, Massachusetts, United States"),
        ("Cambridge, Mass.", "Cambridge, Massachusetts, United States"),
        ("Washington DC", "Washington, District of Columbia, United States"),
        ("Washington, D.C.", "Washington, District of Columbia, United States"),
        ("St Louis", "St. Louis, Missouri, United States"),
        ("Saint Louis", "St. Louis, Missouri, United States"),
        ("St. Louis, MO", "St. Louis, Missouri, United States"),
        ("New York", "New York, New York, United States"),
        ("NYC", "New York, New York, United States"),
        ("New York City, USA", "New York, New York, United States"),
        ("Sydney NSW", "Sydney, New South Wales, Australia"),
        ("Newcastle, UK", "Newcastle upon Tyne, England, United Kingdom"),
        ("Peking", "Beijing, China"),
        ("Beijing, China", "Beijing, China"),
        ("Beijing, Beijing, China", "Beijing, China"),
        ("北京", "Beijing, China"),
        ("München", "Munich, Bavaria, Germany"),
        ("Muenchen", "Munich, Bavaria, Germany"),
        ("munich, bayern", "Munich, Bavaria, Germany"),
        ("Cologne", "Köln, North Rhine-Westphalia, Germany"),
        ("Hong Kong, China", "Hong Kong, Hong Kong"),
        ("San Juan, PR, USA", "San Juan, Puerto Rico"),
        ("Leeds, West Riding of Nowhere, UK", "Leeds, England, United Kingdom"),
    ],
)
def test_find_town(text: str, label: str) -> None:
    best = find(text).best
    assert best is not None
    assert (best.label, best.kind) == (label, Kind.POINT)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("California", "California, United States"),
        ("CA", "California, United States"),
        ("New York, USA", "New York, New York, United States"),
        ("New York, United States", "New York, United States"),
        ("Liaoning", "Liaoning, China"),
        ("Ontario", "Ontario, Canada"),
        ("England", "England, United Kingdom"),
        ("Bayern", "Bavaria, Germany"),
        ("Georgia", "Georgia, United States"),
        ("Georgia (country)", "Georgia (country)"),
        ("Beijing (region), China", "Beijing (region), China"),
        ("UK", "United Kingdom"),
        ("America", "United States"),
        ("Holland", "Netherlands"),
        ("Turkey", "Turkey (Türkiye)"),
        ("Lebanon", "Lebanon"),
        ("Mexico", "Mexico"),
        ("Singapore", "Singapore"),
    ],
)
def test_find_region_or_country(text: str, label: str) -> None:
    assert best_of(text) == label


def test_find_says_what_a_place_is() -> None:
    leeds, liaoning, holland = (find(text).best for text in ("Leeds", "Liaoning", "Holland"))
    assert leeds is not None
    assert liaoning is not None
    assert holland is not None
    assert (leeds.kind, liaoning.kind, holland.kind) == (Kind.POINT, Kind.REGION, Kind.COUNTRY)
    assert (leeds.latitude, leeds.longitude) == pytest.approx((53.8, -1.55), abs=0.05)
    assert (liaoning.country_code, liaoning.state_key) == ("CN", "liaoning")
    assert (holland.country_code, holland.state_key) == ("NL", "")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("10001", "10001, New York, United States"),
        ("10001-1234", "10001, New York, United States"),
        ("New York, NY 10001", "10001, New York, United States"),
        ("Boston 02115", "02115, Boston, United States"),
        ("02115 USA", "02115, Boston, United States"),
        ("00901", "00901, San Juan, Puerto Rico"),
    ],
)
def test_find_us_zip_code(text: str, label: str) -> None:
    assert best_of(text) == label


def test_find_code_that_sites_taught() -> None:
    PostalCode.objects.create(
        code="SW1A", country_code="GB", city="London", latitude=51.5, longitude=-0.14
    )
    for text in ("SW1A 1AA", "sw1a1aa", "SW1A", "London SW1A 1AA", "SW1A, UK"):
        assert best_of(text) == "SW1A, London, United Kingdom"


def test_find_code_of_two_countries_by_trials() -> None:
    make_place("Berlin", "", "Germany", near=(52.52, 13.4), trials=1)
    PostalCode.objects.create(
        code="10117", country_code="DE", city="Berlin", latitude=52.52, longitude=13.39
    )
    found = find("10117")
    assert found.best is not None
    assert (found.best.label, found.best.trials) == ("10117, Berlin, Germany", 1)
    assert [(one.label, one.trials) for one in found.others] == [
        ("10117, New York, United States", 0)
    ]


def test_find_code_of_another_town_is_no_code() -> None:
    assert best_of("Leeds 10001") == "Leeds, England, United Kingdom"
    assert best_of("10001, Germany") == ""


def test_find_prefers_the_place_with_trials() -> None:
    make_place("Paris", "Texas", "United States", near=(33.66, -95.55), trials=2)
    make_place("Paris", "", "France", near=(48.85, 2.35), trials=1)
    found = find("Paris")
    labels = [(one.label, one.trials) for one in (found.best, *found.others[:2]) if one]
    assert labels == [
        ("Paris, Texas, United States", 2),
        ("Paris, Île-de-France, France", 1),
        ("Paris, Ontario, Canada", 0),
    ]


def test_find_prefers_people_where_trials_are_even() -> None:
    labels = [one.label for one in find("Birmingham").others]
    assert labels[0] == "Birmingham, Alabama, United States"


def test_find_town_before_the_region_that_it_names() -> None:
    make_place("Buffalo", "New York", "United States", near=(42.89, -78.88), trials=2)
    make_place("New York", "New York", "United States", near=(40.71, -74.01), trials=1)
    found = find("New York")
    assert found.best is not None
    assert (found.best.label, found.best.trials) == ("New York, New York, United States", 1)
    assert [(one.label, one.trials) for one in found.others] == [("New York, United States", 3)]


def test_find_region_before_a_town_elsewhere() -> None:
    make_place("Toronto", "Ontario", "Canada", near=(43.7, -79.42), trials=2)
    make_place("Ontario", "California", "United States", near=(34.06, -117.65), trials=1)
    assert best_of("Ontario") == "Ontario, Canada"
    assert best_of("Ontario, California") == "Ontario, California, United States"


def test_find_takes_spellings_of_one_town_as_one() -> None:
    for city, state in (("Munich", ""), ("München", "Bayern"), ("Muenchen", "Deutschland")):
        make_place(city, state, "Germany", near=(48.137, 11.575), trials=1)
    found = find("Munich")
    assert found.best is not None
    assert found.best.label == "Munich, Bavaria, Germany"
    assert found.others == ()
    counted = [one for one in find("München").others if one.trials]
    assert counted == []


def test_find_counts_a_trial_once_at_all_spellings_of_a_town() -> None:
    first = make_place("Paris", "", "France", near=(48.85, 2.35), trials=1)
    second = make_place("Paris", "Paris", "France", near=(48.86, 2.34), trials=1)
    trial = TrialPlace.objects.get(place=first).trial
    TrialPlace.objects.create(trial=trial, place=second, is_open=True)
    best = find("Paris").best
    assert best is not None
    assert best.trials == 2


def test_find_keeps_cities_of_two_states_apart() -> None:
    make_place("Kansas City", "Kansas", "United States", near=(39.11, -94.63), trials=3)
    make_place("Kansas City", "Missouri", "United States", near=(39.1, -94.58), trials=2)
    found = find("Kansas City")
    assert found.best is not None
    assert found.best.label == "Kansas City, Kansas, United States"
    assert [one.label for one in found.others] == ["Kansas City, Missouri, United States"]


def test_find_town_that_only_sites_name() -> None:
    make_place("Grünlingen", "Bayern", "Germany", near=(48.2, 11.9))
    best = find("gruenlingen").best or find("Grunlingen").best
    assert best is not None
    assert best.label == "Grünlingen, Bayern, Germany"
    assert best_of("Grünlingen, Germany") == best.label


def test_find_hamlet_of_a_citys_name_by_its_point() -> None:
    make_place("Frankfurt", "", "Germany", near=(49.68, 10.53), trials=5)
    assert best_of("Frankfurt, Germany") == "Frankfurt, Germany (49.7° N 10.5° E)"
    others = find("Frankfurt, Germany").others
    assert [one.label for one in others] == ["Frankfurt am Main, Hesse, Germany"]


def test_find_region_that_only_sites_name() -> None:
    make_place("Bordeaux", "Gironde", "France", near=(44.84, -0.58), trials=1)
    best = find("gironde").best
    assert best is not None
    assert (best.label, best.state_key) == ("Gironde, France", "gironde")
    assert best_of("Gironde, France") == "Gironde, France"


def test_find_leaves_out_places_without_a_point() -> None:
    make_place("Nowherton", "", "France", trials=1)
    assert find("Nowherton") == Found()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Phladelphia", "Philadelphia, Pennsylvania, United States"),
        ("Philadelpia PA", "Philadelphia, Pennsylvania, United States"),
        ("Germny", "Germany"),
        ("Massachusets", "Massachusetts, United States"),
        ("Sheffeild", "Sheffield, England, United Kingdom"),
        ("Edinbrugh, Scotland", "Edinburgh, Scotland, United Kingdom"),
    ],
)
def test_misspelt_place_is_suggested(text: str, meant: str) -> None:
    found = find(text)
    assert found.best is None
    assert found.suggestions[0].label == meant


def test_town_in_the_wrong_country_is_suggested_where_it_is() -> None:
    found = find("Belfast, Ireland")
    assert found.best is None
    assert found.suggestions[0].label == "Belfast, Northern Ireland, United Kingdom"


def test_town_in_a_misspelt_region_is_no_namesake_elsewhere() -> None:
    found = find("London, Ontaro")
    assert found.best is None
    assert "London, Ontario, Canada" in [one.label for one in found.suggestions]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "\0",
        "x" * 10_000,
        "12",
        "😀",
        "(((",
        "%s %d",
        "'; drop table",
        "a" * 199,
        "é" * 90,
    ],
)
def test_find_of_no_place_is_empty(text: str) -> None:
    assert find(text) == Found()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=40))
def test_find_never_fails(text: str) -> None:
    assert isinstance(find(text), Found)


def test_every_label_finds_its_place_again() -> None:
    make_place("Frankfurt", "", "Germany", near=(49.68, 10.53), trials=1)
    every = Place.objects.filter(is_packaged=True).order_by("-population")
    near = every.filter(state__startswith="near ")
    towns = [*every[:50], *every[1000:50_000:2500], *near[:25]]
    for text in {town.city for town in towns}:
        found = find(text)
        for one in (found.best, *found.others):
            assert one is not None, text
            assert best_of(one.label) == one.label


def test_every_packaged_town_is_found_by_its_label() -> None:
    every = Place.objects.filter(is_packaged=True).order_by("id")
    for town in every[7:69_000:1500]:
        best = find(str(town)).best
        assert best is not None, town
        assert (best.latitude, best.longitude) == (town.latitude, town.longitude), town


def test_every_country_is_found_by_its_name() -> None:
    names = [country_name(code) for code in CODES]
    found = [find(name) for name in names]
    kinds = [
        Kind.COUNTRY in (one.kind for one in (each.best, *each.others) if one) for each in found
    ]
    assert [name for name, is_there in zip(names, kinds, strict=True) if not is_there] == []


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        ("10001", 1),
        ("Boston MA", 1),
        ("Liaoning", 1),
        ("Springfield", 2),
        ("Georgia", 2),
        ("Nowherton, Gironde", 5),
        ("", 0),
    ],
)
def test_find_takes_a_fixed_number_of_statements(
    text: str, statements: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    find("Phladelphia")  # the names are in memory now
    with django_assert_max_num_queries(statements):
        find(text)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        (towns._NAMED, [["springfield", "paris"]]),
        (codes._CODES, [["10001"]]),
        (candidates._REGIONS, [list(CODES), ["gironde"]]),
        (counts._COUNT, [[0], [1], [1], ["FR"], ["gironde"], [2], ["FR"]]),
    ],
)
def test_statement_reads_by_index(statement: str, values: list[object]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index" in plan
    read_whole = set(re.findall(r"Seq Scan on (\w+)", plan))
    assert read_whole <= {"trials_trialplace"}, plan  # a small table, in a test
