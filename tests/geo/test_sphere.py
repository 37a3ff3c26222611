"""Square degrees and distances, against brute force: nothing near may be overlooked."""

import math
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trials.terms.sphere import EARTH_KM, cell, cells_around, kilometers

latitudes = st.one_of(
    st.floats(-90, 90), st.integers(-90, 90).map(float), st.sampled_from([-89.99, 89.5, 89.999])
)
longitudes = st.one_of(
    st.floats(-180, 180), st.integers(-180, 180).map(float), st.sampled_from([-179.99, 179.99])
)
reaches = st.one_of(st.floats(0, 21_000), st.sampled_from([1.0, 50.0, 111.0, 1000.0]))
HALF_ROUND_KM = math.pi * EARTH_KM


def _holds(ranges: list[tuple[int, int]], number: int) -> bool:
    return any(first <= number <= last for first, last in ranges)


def _destination(
    latitude: float, longitude: float, bearing: float, km: float
) -> tuple[float, float]:
    """Return the point that lies a distance away in a direction (radians from north)."""
    south, far = math.radians(latitude), km / EARTH_KM
    sine = math.sin(south) * math.cos(far) + math.cos(south) * math.sin(far) * math.cos(bearing)
    north = math.asin(max(-1.0, min(1.0, sine)))
    eastward = math.atan2(
        math.sin(bearing) * math.sin(far) * math.cos(south),
        math.cos(far) - math.sin(south) * sine,
    )
    east = (longitude + math.degrees(eastward) + 180) % 360 - 180
    return math.degrees(north), east


@given(latitudes, longitudes)
def test_cell_is_the_square_degree_of_a_point(latitude: float, longitude: float) -> None:
    row, column = divmod(cell(latitude, longitude), 360)
    assert 0 <= row < 180
    assert row - 90 <= latitude <= row - 89
    assert column - 180 <= longitude <= column - 179 or (longitude == 180 and column == 0)


@given(latitudes, longitudes, reaches, st.floats(0, 2 * math.pi), st.floats(0, 1))
@example(0.0, 179.5, 200.0, math.pi / 2, 1.0)  # across the 180th meridian
@example(0.0, -179.5, 200.0, 3 * math.pi / 2, 1.0)
@example(89.0, 10.0, 300.0, 0.0, 1.0)  # over the pole
@example(-89.0, 10.0, 300.0, math.pi, 1.0)
@example(60.0, 0.0, 1000.0, math.pi / 3, 1.0)  # wider than the reach over the cosine
def test_cells_around_hold_every_point_within_reach(
    latitude: float, longitude: float, km: float, bearing: float, part: float
) -> None:
    there = _destination(latitude, longitude, bearing, km * part)
    assert _holds(cells_around(latitude, longitude, km), cell(*there))


@given(latitudes, longitudes, latitudes, longitudes)
@example(0.0, 0.0, 1.0, 0.0)
@example(0.0, 0.0, 0.0, -1.0)
@example(40.0, 7.0, 47.0, 7.0)
def test_cells_around_hold_a_point_that_is_just_within_reach(
    latitude: float, longitude: float, to_latitude: float, to_longitude: float
) -> None:
    km = kilometers(latitude, longitude, to_latitude, to_longitude)
    assert _holds(cells_around(latitude, longitude, km), cell(to_latitude, to_longitude))


@given(latitudes, longitudes, reaches)
def test_cells_around_are_ranges_of_the_globe_in_order_and_apart(
    latitude: float, longitude: float, km: float
) -> None:
    ranges = sorted(cells_around(latitude, longitude, km))
    assert all(0 <= first <= last < 64_800 for first, last in ranges)
    assert all(one[1] < other[0] for one, other in pairwise(ranges))


@given(st.floats(-85, 85), longitudes, st.floats(1, 500))
def test_cells_around_name_few_squares_beyond_reach(
    latitude: float, longitude: float, km: float
) -> None:
    named = sum(last - first + 1 for first, last in cells_around(latitude, longitude, km))
    tall = 2 * math.degrees(km / EARTH_KM) + 2
    wide = 2 * math.degrees(km / EARTH_KM) / math.cos(math.radians(abs(latitude) + tall / 2)) + 2
    assert named <= tall * min(abs(wide), 360)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((51.5074, -0.1278), (48.8566, 2.3522), 343.6),  # London, Paris
        ((40.7128, -74.0060), (34.0522, -118.2437), 3935.7),  # New York, Los Angeles
        ((-18.1416, 178.4419), (-13.8333, -171.7667), 1150.7),  # Suva, Apia: over 180°
        ((90, 0), (-90, 0), HALF_ROUND_KM),
        ((90, 0), (90, 123), 0),
        ((0, 180), (0, -180), 0),
        ((0, 0), (0, 1), EARTH_KM * math.pi / 180),
    ],
)
def test_kilometers_between_known_points(
    one: tuple[float, float], other: tuple[float, float], km: float
) -> None:
    assert kilometers(*one, *other) == pytest.approx(km, rel=0.001, abs=1e-6)


@given(latitudes, longitudes, latitudes, longitudes)
def test_kilometers_agree_with_the_chord_between_two_points(
    latitude: float, longitude: float, to_latitude: float, to_longitude: float
) -> None:
    chord = math.dist(_vector(latitude, longitude), _vector(to_latitude, to_longitude))
    expected = 2 * EARTH_KM * math.asin(min(1.0, chord / 2))
    measured = kilometers(latitude, longitude, to_latitude, to_longitude)
    # At the far side of the Earth a rounded sine is worth half a kilometre.
    assert measured == pytest.approx(expected, rel=1e-9, abs=1e-6 if chord < 1.99 else 1.0)
    assert 0 <= measured <= HALF_ROUND_KM


@given(latitudes, longitudes, st.floats(0, 2 * math.pi), st.floats(0, 19_000))
def test_kilometers_to_a_point_at_a_distance_are_that_distance(
    latitude: float, longitude: float, bearing: float, km: float
) -> None:
    there = _destination(latitude, longitude, bearing, km)
    assert kilometers(latitude, longitude, *there) == pytest.approx(km, abs=0.01)


def _vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    north, east = math.radians(latitude), math.radians(longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)
