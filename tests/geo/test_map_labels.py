"""Names stand beside their pins where there is room."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from trials.geo.labels import (
    NARROW_SIZE,
    WIDE_SIZE,
    Box,
    Pinned,
    Placement,
    place_names,
    text_width,
)

FRAME = Box(0, 0, 640, 400)


def pinned(x: int, y: int, name: str) -> Pinned:
    return Pinned(Box(x - 17, y - 49, x + 17, y - 15), Box(x - 7, y - 15, x + 7, y), name)


def name_box(pin: Pinned, at: Placement, size: float) -> Box:
    width = text_width(pin.name, size)
    left = at.x if at.anchor == "start" else at.x - width
    middle = (pin.head.top + pin.head.bottom) / 2
    return Box(left, middle - size / 2, left + width, middle + size / 2)


def test_name_stands_to_the_right() -> None:
    assert place_names([pinned(320, 200, "Shenyang")], FRAME) == [Placement(343, "start", False)]


def test_name_at_the_right_edge_stands_to_the_left() -> None:
    (placement,) = place_names([pinned(600, 200, "Shenyang")], FRAME)
    assert placement is not None
    assert placement.anchor == "end"


def test_name_too_long_for_small_screens_is_for_wide_ones() -> None:
    long = "San Carlos de Bariloche"
    (placement,) = place_names([pinned(320, 200, long)], FRAME)
    assert placement is not None
    assert placement.wide_only


def test_name_without_room_is_left_out() -> None:
    assert place_names([pinned(320, 200, "Llanfairpwllgwyngyll " * 3)], FRAME) == [None]


def test_pin_without_a_name_takes_no_room() -> None:
    first, second = place_names([pinned(100, 200, ""), pinned(100, 120, "Lima")], FRAME)
    assert first is None
    assert second is not None


def test_width_counts_marks_as_nothing_and_ideographs_as_full() -> None:
    assert text_width("e\u0301", 10) == text_width("e", 10)
    assert text_width("東京", 10) == 20


spots = st.tuples(st.integers(18, 622), st.integers(50, 399), st.text(max_size=12))


@given(st.lists(spots, max_size=12))
def test_names_cover_neither_pins_nor_each_other_nor_leave_the_frame(drawn) -> None:
    pins = [pinned(*spot) for spot in drawn]
    found = place_names(pins, FRAME)
    for size in (NARROW_SIZE, WIDE_SIZE):
        boxes = [
            name_box(pin, at, size)
            for pin, at in zip(pins, found, strict=True)
            if at and (size == WIDE_SIZE or not at.wide_only)
        ]
        assert all(box.within(FRAME) for box in boxes)
        assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
        solid = [box for pin in pins for box in (pin.head, pin.tail)]
        assert not any(box.overlaps(pin) for box in boxes for pin in solid)
