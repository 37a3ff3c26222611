"""The drawn coastlines agree with the projections that place the pins."""

from pathlib import Path

import pytest

from tests.geo.coast import offshore, rings_of
from trials.geo import regions as regions_module
from trials.geo.regions import regions

# Places well known to be on land, by the region that should show them: latitude, longitude.
CITIES = {
    "western-europe": {
        "London": (51.51, -0.13),
        "Madrid": (40.42, -3.70),
        "Berlin": (52.52, 13.40),
        "Dublin": (53.35, -6.26),
        "Palermo": (38.12, 13.36),
    },
    "europe": {
        "Tromsø": (69.65, 18.96),
        "Reykjavik": (64.15, -21.94),
        "Athens": (37.98, 23.73),
        "Moscow": (55.76, 37.62),
    },
    "mediterranean": {
        "Cairo": (30.04, 31.24),
        "Tel Aviv": (32.08, 34.78),
        "Tunis": (36.81, 10.18),
        "Oslo": (59.91, 10.75),
    },
    "middle-east": {
        "Riyadh": (24.71, 46.68),
        "Tehran": (35.69, 51.39),
        "Doha": (25.29, 51.53),
        "Ankara": (39.93, 32.86),
    },
    "south-asia": {
        "Mumbai": (19.08, 72.88),
        "Dhaka": (23.81, 90.41),
        "Colombo": (6.93, 79.85),
        "Lahore": (31.55, 74.34),
    },
    "east-asia": {
        "Shenyang": (41.80, 123.43),
        "Tokyo": (35.69, 139.69),
        "Seoul": (37.57, 126.98),
        "Taipei": (25.05, 121.53),
    },
    "southeast-asia": {
        "Bangkok": (13.75, 100.50),
        "Manila": (14.60, 120.98),
        "Jakarta": (-6.21, 106.85),
        "Singapore": (1.29, 103.85),
    },
    "asia": {"Delhi": (28.61, 77.21), "Osaka": (34.69, 135.50), "Almaty": (43.24, 76.89)},
    "russia": {
        "Novosibirsk": (55.03, 82.92),
        "Tashkent": (41.30, 69.24),
        "Vladivostok": (43.12, 131.89),
    },
    "united-states": {
        "Boston": (42.36, -71.06),
        "Miami": (25.77, -80.19),
        "Seattle": (47.61, -122.33),
        "San Diego": (32.72, -117.16),
        "Halifax": (44.65, -63.58),
    },
    "north-america": {
        "Anchorage": (61.22, -149.90),
        "Honolulu": (21.31, -157.86),
        "Mexico City": (19.43, -99.13),
        "San Juan": (18.47, -66.11),
    },
    "central-america": {
        "San Juan": (18.47, -66.11),
        "Panama City": (8.98, -79.52),
        "Havana": (23.11, -82.37),
        "Guadalajara": (20.67, -103.35),
    },
    "south-america": {
        "São Paulo": (-23.55, -46.63),
        "Lima": (-12.05, -77.04),
        "Bogotá": (4.71, -74.07),
        "Ushuaia": (-54.80, -68.30),
    },
    "africa": {
        "Cape Town": (-33.93, 18.42),
        "Nairobi": (-1.29, 36.82),
        "Dakar": (14.72, -17.47),
        "Antananarivo": (-18.88, 47.51),
    },
    "australia": {
        "Perth": (-31.95, 115.86),
        "Auckland": (-36.85, 174.76),
        "Hobart": (-42.88, 147.33),
        "Suva": (-18.14, 178.44),
    },
    "pacific": {
        "Suva": (-18.14, 178.44),
        "Honolulu": (21.31, -157.86),
        "Port Moresby": (-9.44, 147.18),
        "Wellington": (-41.29, 174.78),
    },
    "world": {
        "Tromsø": (69.65, 18.96),
        "Punta Arenas": (-53.16, -70.91),
        "Tokyo": (35.69, 139.69),
        "Anchorage": (61.22, -149.90),
        "Auckland": (-36.85, 174.76),
    },
}
SEAS = {
    "western-europe": (44.5, -6.0),
    "europe": (56.5, 3.0),
    "mediterranean": (34.0, 20.0),
    "middle-east": (43.0, 34.0),
    "south-asia": (12.0, 88.0),
    "east-asia": (40.0, 134.5),
    "southeast-asia": (14.0, 114.0),
    "asia": (-2.0, 80.0),
    "russia": (72.5, 44.0),
    "united-states": (27.0, -90.0),
    "north-america": (60.0, -86.0),
    "central-america": (15.0, -75.0),
    "south-america": (-20.0, -77.0),
    "africa": (-5.0, 0.0),
    "australia": (-38.0, 160.0),
    "pacific": (0.0, -170.0),
    "world": (0.0, -140.0),
}
COAST_TOLERANCE = 9  # drawing units; about a quarter of a pin's head


def test_every_region_has_places_to_check() -> None:
    keys = {region.key for region in regions()}
    assert keys == CITIES.keys() == SEAS.keys()


@pytest.mark.parametrize(
    ("key", "city"), [(key, city) for key, cities in CITIES.items() for city in cities]
)
def test_city_stands_on_land_or_at_its_coast(region, key: str, city: str) -> None:
    assert offshore(region(key), *CITIES[key][city]) <= COAST_TOLERANCE


@pytest.mark.parametrize("key", SEAS)
def test_open_sea_is_not_land(region, key: str) -> None:
    assert offshore(region(key), *SEAS[key]) > COAST_TOLERANCE


@pytest.mark.parametrize(
    ("key", "latitude", "longitude"),
    [("pacific", -16.8, 180.0), ("world", 66.5, 180.0), ("world", 66.5, -180.0)],
)
def test_land_has_no_seam_at_the_antimeridian(region, key, latitude, longitude) -> None:
    """Fiji's Taveuni and Russia's Chukotka lie across 180 degrees."""
    assert offshore(region(key), latitude, longitude) <= 2


def test_land_stays_within_a_stroke_of_its_drawing() -> None:
    for region in regions():
        for x, y in (point for ring in rings_of(region.land) for point in ring):
            assert -4 <= x <= region.width + 4, region.key
            assert -4 <= y <= region.height + 4, region.key


def test_land_is_small_whole_numbers() -> None:
    for region in regions():
        assert set(region.land) <= set("mz -0123456789"), region.key
        assert len(region.land) <= 4_000, region.key
    assert Path(regions_module.__file__).with_name("land.json").stat().st_size < 45_000


def test_regions_run_from_the_closest_view_to_the_world() -> None:
    scales = [region.projection.scale for region in regions()[:-1]]
    assert scales == sorted(scales, reverse=True)
    assert regions()[-1].key == "world"
