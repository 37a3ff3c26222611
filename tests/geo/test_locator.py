"""A trial's sites become a map: pins, names, dots, and the words about them."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.geo.labels import text_width
from trials.geo.locator import MAX_DOTS, LocatorMap, locator_map
from trials.geo.points import MapPoint

SHENYANG = MapPoint(41.80, 123.43, "Shenyang, China", True)
SEOUL = MapPoint(37.57, 126.98, "Seoul, South Korea", False)
PARIS = MapPoint(48.85, 2.35, "Paris, France", True)
LYON = MapPoint(45.75, 4.85, "Lyon, France", True)
BERLIN = MapPoint(52.52, 13.40, "Berlin, Germany", False)


def mapped(*points: MapPoint, order: str = "first") -> LocatorMap:
    drawn = locator_map(points, order=order)
    assert drawn is not None
    return drawn


def european_row(count: int, *, open_now: bool = True) -> list[MapPoint]:
    """Return places far enough apart for a pin each, from west to east in two rows."""
    return [
        MapPoint(43.0 + 8 * (i % 2), -8.0 + i * 26 / count, f"Place {i + 1}", open_now)
        for i in range(count)
    ]


def dot_count(drawn: LocatorMap) -> int:
    return (drawn.open_dots + drawn.other_dots).count("M")


def test_no_points_give_no_map() -> None:
    assert locator_map([]) is None


def test_one_site_is_one_named_pin() -> None:
    drawn = mapped(SHENYANG)
    (pin,) = drawn.pins
    assert drawn.title == "Map of East Asia. Site 1, Shenyang, China."
    assert drawn.region_name == "East Asia"
    assert drawn.caption == ""
    assert (pin.number, pin.name, pin.anchor, pin.open_now) == ("1", "Shenyang", "start", True)
    assert pin.outline.startswith(f"M{pin.x} {pin.y}c")
    assert (drawn.numbered, drawn.total) == (1, 1)


def test_closed_site_has_another_shape_and_the_caption_says_so() -> None:
    drawn = mapped(SHENYANG, SEOUL)
    opened, closed = drawn.pins
    assert "a" in opened.outline
    assert "a" not in closed.outline
    assert drawn.caption == "Round marks: open now. Square marks: not open now."


def test_sites_at_one_place_share_a_pin() -> None:
    drawn = mapped(PARIS, PARIS, PARIS, LYON, PARIS, BERLIN)
    assert [pin.number for pin in drawn.pins] == ["1–3, 5", "4", "6"]
    assert [pin.name for pin in drawn.pins] == ["Paris", "Lyon", "Berlin"]
    assert drawn.title == (
        "Map of Western Europe. Sites 1 to 3 and 5, Paris, France; site 4, Lyon, France; "
        "site 6, Berlin, Germany."
    )


def test_shared_pin_is_open_if_one_site_is() -> None:
    closed = MapPoint(PARIS.latitude, PARIS.longitude, PARIS.label, False)
    assert [pin.open_now for pin in mapped(closed, PARIS).pins] == [True]
    assert [pin.open_now for pin in mapped(closed, closed).pins] == [False]


def test_differing_labels_at_one_place_are_joined() -> None:
    twin = MapPoint(PARIS.latitude, PARIS.longitude, "Paris 13, France", True)
    drawn = mapped(PARIS, twin)
    assert drawn.pins[0].name == "Paris +1"
    assert drawn.title.endswith("Sites 1 and 2, Paris, France and Paris 13, France.")


def test_close_places_share_a_pin_and_keep_their_words() -> None:
    leiden = MapPoint(52.16, 4.49, "Leiden, Netherlands", True)
    amsterdam = MapPoint(52.37, 4.90, "Amsterdam, Netherlands", True)
    drawn = mapped(leiden, BERLIN, amsterdam)
    assert [(pin.number, pin.name) for pin in drawn.pins] == [
        ("1, 3", "Leiden +1"),
        ("2", "Berlin"),
    ]
    assert "site 3, Amsterdam, Netherlands" in drawn.title
    assert "A plus sign means more sites close by." in drawn.caption


def test_scattered_numbers_are_cut_short() -> None:
    drawn = mapped(*[PARIS, LYON] * 9)
    assert [pin.number for pin in drawn.pins] == ["1 +8", "2 +8"]
    assert "Sites 1, 3, 5 and others, Paris, France" in drawn.title


@pytest.mark.parametrize("label", ["", ", France"])
def test_label_without_a_name_leaves_the_pin_bare(label) -> None:
    (pin,) = mapped(MapPoint(48.85, 2.35, label, True)).pins
    assert (pin.name, pin.anchor) == ("", None)


def test_long_name_is_cut() -> None:
    (pin,) = mapped(MapPoint(48.85, 2.35, "x" * 90 + ", France", True)).pins
    assert pin.name == "x" * 21 + "…"


def test_twelve_places_all_get_numbers() -> None:
    drawn = mapped(*european_row(12))
    assert (drawn.numbered, dot_count(drawn), drawn.caption) == (12, 0, "")


def test_places_past_twelve_are_dots() -> None:
    drawn = mapped(*european_row(15), order="nearest")
    assert (drawn.numbered, drawn.total, dot_count(drawn)) == (12, 15, 3)
    assert drawn.caption == "The nearest 12 of 15 sites are numbered. Dots show the rest."
    assert drawn.title.endswith("; 3 more sites shown as dots.")


def test_numbering_stops_at_the_thirteenth_place() -> None:
    """A later site at a numbered place is a dot, so "the first n sites" stays true."""
    row = european_row(13)
    drawn = mapped(row[0], *row, row[0])
    assert (drawn.numbered, drawn.total) == (13, 15)
    assert drawn.pins[0].number == "1, 2"


def test_dots_tell_open_from_closed() -> None:
    row = european_row(12)
    drawn = mapped(*row, MapPoint(56.0, 10.0, "", True), MapPoint(57.0, -4.0, "", False))
    assert drawn.open_dots.count("M") == drawn.other_dots.count("M") == 1


def test_dots_of_one_pixel_are_one_and_the_open_one_stays() -> None:
    near = [MapPoint(56.0, 10.0 + i / 10_000, "", i == 50) for i in range(100)]
    drawn = mapped(*european_row(12), *near)
    assert (drawn.open_dots.count("M"), drawn.other_dots) == (1, "")


def test_thousands_of_sites_cost_little() -> None:
    chance = random.Random(3)
    points = [
        MapPoint(chance.uniform(-56, 70), chance.uniform(-180, 180), "Town, Land", i % 2 == 0)
        for i in range(3_000)
    ]
    drawn = mapped(*points)
    assert drawn.total == 3_000
    assert len(drawn.pins) <= 12
    assert 20 < dot_count(drawn) <= MAX_DOTS
    assert len(drawn.open_dots) + len(drawn.other_dots) < 10 * MAX_DOTS


def test_thousands_of_labels_at_one_place_stay_short() -> None:
    points = [MapPoint(48.85, 2.35, f"Ward {i}, Paris", True) for i in range(3_000)]
    drawn = mapped(*points)
    assert drawn.pins[0].number == "1–3000"
    assert len(drawn.title) < 200


@pytest.mark.parametrize(("latitude", "longitude"), [(90.1, 0), (0, -180.5), (float("nan"), 0)])
def test_point_off_the_globe_is_refused(latitude, longitude) -> None:
    with pytest.raises(ValueError, match="Not a place on Earth"):
        MapPoint(latitude, longitude, "", True)


latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
points = st.builds(MapPoint, latitudes, longitudes, st.text(max_size=30), st.booleans())
close_points = st.builds(
    MapPoint, st.floats(40, 55), st.floats(-5, 15), st.text(max_size=30), st.booleans()
)


@given(st.lists(points, min_size=1, max_size=30) | st.lists(close_points, min_size=1, max_size=30))
def test_any_points_are_drawn_inside_the_drawing(sites) -> None:
    drawn = mapped(*sites)
    for pin in drawn.pins:
        half = max(17.0, text_width(pin.number, 20) / 2)
        assert half <= pin.number_x <= drawn.width - half
        assert 0 < pin.x < drawn.width
        assert 49 < pin.y < drawn.height
    for dot in filter(None, (drawn.open_dots + drawn.other_dots).split("M")):
        x, y = map(int, dot.removesuffix("h0").split())
        assert 0 < x < drawn.width
        assert 0 < y < drawn.height


@given(st.lists(close_points, min_size=1, max_size=30))
def test_numbered_sites_are_each_on_one_pin_whose_number_can_be_read(sites) -> None:
    drawn = mapped(*sites)
    assert 1 <= drawn.numbered <= drawn.total == len(sites)
    assert 1 <= len(drawn.pins) <= 12
    for one, other in combinations(drawn.pins, 2):
        apart = max(abs(one.number_x - other.number_x), abs(one.number_y - other.number_y))
        assert apart >= 26


@given(st.floats(-47, 22), st.floats(113, 179) | st.floats(-180, -149))
def test_pacific_neighbors_stay_neighbors_across_the_antimeridian(latitude, longitude) -> None:
    """A degree apart on the globe is a few units apart on the map, on either side of 180."""
    east = longitude + 1 if longitude + 1 <= 180 else longitude - 359
    far = MapPoint(-13.83, -171.77, "Apia", True), MapPoint(-33.87, 151.2, "Sydney", True)
    here, there = MapPoint(latitude, longitude, "", True), MapPoint(latitude, east, "", True)
    (x, y), (x2, y2) = (
        (mapped(point, *far).pins[0].x, mapped(point, *far).pins[0].y) for point in (here, there)
    )
    assert abs(x - x2) <= 12
    assert abs(y - y2) <= 12
