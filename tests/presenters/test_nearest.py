"""Distances and the nearest site in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.presenters.answers import BEIJING, LEEDS, UNITED_STATES
from trials.geo.places import Locality
from trials.pages.presenters.nearest import nearest
from trials.search.answers import NearestSite
from trials.search.query import Unit
from trials.terms import plain


@pytest.mark.parametrize(
    ("km", "words"),
    [
        (0, "less than 1 km (1 mile)"),
        (0.4, "less than 1 km (1 mile)"),
        (1.2, "about 1 km (1 mile)"),
        (8.4, "about 8 km (5 miles)"),
        (9.7, "about 10 km (6 miles)"),
        (112, "about 110 km (70 miles)"),
        (634, "about 630 km (390 miles)"),
        (994, "about 990 km (620 miles)"),
        (996, "about 1,000 km (620 miles)"),
        (8_190, "about 8,200 km (5,100 miles)"),
    ],
)
def test_distance_is_rounded_to_what_matters(km: float, words: str) -> None:
    assert plain.distance(km) == words


def test_distance_in_miles_first() -> None:
    assert plain.distance(112, miles_first=True) == "about 70 miles (110 km)"
    assert plain.distance(0.9, miles_first=True) == "about 1 mile (1 km)"


@given(st.floats(0, 20_100), st.booleans())
def test_distance_is_always_about(km: float, miles_first: bool) -> None:
    words = plain.distance(km, miles_first=miles_first)

    assert words.startswith(("about ", "less than "))
    assert " 0 " not in words
    assert "(0" not in words


@pytest.mark.parametrize(
    ("site", "asked", "words"),
    [
        (
            NearestSite("Tianjin", "Tianjin", "China", "RECRUITING", 112),
            BEIJING,
            "Tianjin · about 110 km (70 miles)",
        ),
        (
            NearestSite("Shenyang", "Liaoning", "China", "RECRUITING", 630),
            BEIJING,
            "Shenyang, Liaoning · about 630 km (390 miles)",
        ),
        (
            NearestSite("Seoul", "", "South Korea", "NOT_YET_RECRUITING", 950),
            BEIJING,
            "Seoul, South Korea · about 950 km (590 miles) · not open yet",
        ),
        (
            NearestSite("York", "", "United Kingdom", "RECRUITING", 36),
            LEEDS,
            "York, United Kingdom · about 20 miles (40 km)",
        ),
        (
            NearestSite("Boston", "Massachusetts", "United States", "COMPLETED"),
            UNITED_STATES,
            "Boston, Massachusetts · finished",
        ),
        (NearestSite("", "", "", ""), BEIJING, "Place not stated"),
    ],
)
def test_nearest_site_in_words(site: NearestSite, asked: Locality, words: str) -> None:
    assert nearest(site, asked, Unit.KM).words == words


def test_nearest_site_says_when_a_nearer_one_is_closed() -> None:
    site = NearestSite(
        "Tianjin", "", "China", "RECRUITING", 112, closed_km=8.2, closed_city="Beijing"
    )

    assert nearest(site, BEIJING, Unit.KM).note == (
        "A nearer site in Beijing, about 8 km (5 miles), is not taking new people."
    )
    assert nearest(site, BEIJING, Unit.MI).words.endswith("about 70 miles (110 km)")
