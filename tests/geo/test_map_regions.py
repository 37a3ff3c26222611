"""A map shows the closest view that its points are at home in."""

import pytest

from trials.geo.regions import region_for

SHENYANG, TOKYO, SEOUL = (41.80, 123.43), (35.69, 139.69), (37.57, 126.98)
BOSTON, SEATTLE, HONOLULU, ADAK = (
    (42.36, -71.06),
    (47.61, -122.33),
    (21.31, -157.86),
    (51.9, -176.7),
)
PARIS, TROMSO, TEL_AVIV, TUNIS = (48.85, 2.35), (69.65, 18.96), (32.08, 34.78), (36.81, 10.18)
AUCKLAND, SUVA, APIA, SYDNEY = (
    (-36.85, 174.76),
    (-18.14, 178.44),
    (-13.83, -171.77),
    (-33.87, 151.2),
)
MUMBAI, SINGAPORE, HANOI = (19.08, 72.88), (1.29, 103.85), (21.03, 105.85)


@pytest.mark.parametrize(
    ("key", "points"),
    [
        ("east-asia", [SHENYANG]),
        ("east-asia", [SHENYANG, TOKYO, SEOUL]),
        ("southeast-asia", [HANOI, SINGAPORE]),
        ("south-asia", [MUMBAI]),
        ("asia", [MUMBAI, SINGAPORE, TOKYO]),
        ("united-states", [BOSTON, SEATTLE]),
        ("north-america", [BOSTON, HONOLULU, ADAK]),
        ("western-europe", [PARIS]),
        ("europe", [PARIS, TROMSO]),
        ("mediterranean", [PARIS, TEL_AVIV]),
        ("middle-east", [TEL_AVIV]),
        ("australia", [SYDNEY, AUCKLAND, SUVA]),
        ("pacific", [SYDNEY, SUVA, APIA]),
        ("world", [PARIS, BOSTON]),
        ("world", [(-90.0, 0.0)]),
    ],
)
def test_region_for_points(key, points) -> None:
    assert region_for(points).key == key


def test_region_is_not_named_for_a_neighbor() -> None:
    """Tunis is drawn on the map of Western Europe, but isn't there."""
    assert region_for([TUNIS]).key == "mediterranean"


@pytest.mark.parametrize("longitude", [180.0, -180.0])
def test_region_across_the_antimeridian_holds_it_from_both_sides(region, longitude) -> None:
    assert region("pacific").holds(-16.8, longitude)
    assert not region("pacific").holds(-16.8, 0.0)


def test_antimeridian_is_one_line_on_the_map(region) -> None:
    for key in ("pacific", "australia", "world"):
        project = region(key).projection.project
        assert project(-16.8, 180.0) == pytest.approx(project(-16.8, -180.0))
