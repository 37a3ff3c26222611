"""How the doctor's sheet takes criteria in order while there is room, and counts the rest."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from trials.pages.presenters.fitting import (
    TYPES,
    Criteria,
    SheetSide,
    Type,
    criteria_in,
    fitting_sides,
    height,
)
from trials.pages.presenters.page import Line, Part
from trials.pages.presenters.prose import plain

MEASURE = 50_000
LINE = height("a", MEASURE)


def item(text: str, *below: Part) -> Line:
    return Line("item", "•", plain(text), below)


def listing(*found: Line) -> Part:
    return Part("ul", found)


def fitted(room: int, *trees: Part) -> tuple[SheetSide, ...]:
    sides = [Criteria("Title", "Tick.", "criteria", (tree,)) for tree in trees]
    return fitting_sides(sides, MEASURE, room)


def texts(parts: tuple[Part, ...]) -> list[str]:
    return [
        text
        for part in parts
        for line in part.lines
        for text in (str(line.text), *texts(line.parts))
    ]


def test_fitting_takes_all_where_there_is_room() -> None:
    (side,) = fitted(2 * LINE, listing(item("a"), item("b")))

    assert texts(side.parts) == ["a", "b"]
    assert (side.left, side.total) == (0, 2)


def test_fitting_counts_every_line_that_it_leaves_out() -> None:
    tree = listing(item("a"), item("b", listing(item("c"), item("d"))), item("e"))
    (side,) = fitted(LINE, tree)

    assert texts(side.parts) == ["a"]
    assert (side.left, side.total) == (4, 5)


def test_fitting_leaves_no_gap_before_a_short_criterion() -> None:
    (side,) = fitted(3 * LINE, listing(item("a"), item("word " * 400), item("z")))

    assert texts(side.parts) == ["a"]


def test_fitting_goes_on_inside_a_criterion_that_is_longer_than_the_room() -> None:
    long = item("any of:", listing(*(item(f"x{number}") for number in range(20))))
    (side,) = fitted(4 * LINE, listing(item("a"), long, item("z")))

    assert texts(side.parts) == ["a", "any of:", "x0", "x1"]
    assert side.left == 19


def test_fitting_never_ends_on_words_that_only_lead_in() -> None:
    group = Line("heading", "", plain("Group B"), (listing(item("b")),))
    (side,) = fitted(2 * LINE, listing(item("a"), item("all of:", listing(item("x")))))
    (headed,) = fitted(2 * LINE, Part("", (Line("paragraph", "", plain("a")), group)))

    assert texts(side.parts) == ["a"]
    assert texts(headed.parts) == ["a"]


def test_fitting_gives_a_long_side_what_a_short_one_leaves() -> None:
    long = listing(*(item("word") for _ in range(60)))
    inclusion, exclusion = fitted(46 * LINE, long, listing(item("no")))

    assert exclusion.left == 0
    assert len(texts(inclusion.parts)) == 45


def test_fitting_treats_two_long_sides_alike() -> None:
    long = listing(*(item("word") for _ in range(60)))
    inclusion, exclusion = fitted(80 * LINE, long, long)

    assert inclusion.left == exclusion.left == 20


def test_criteria_are_items_and_paragraphs_with_a_text() -> None:
    heading = Line("heading", "", plain("Group B"), (listing(item("b"), item("")),))

    assert criteria_in((Part("", (heading, Line("paragraph", "", plain("c")))),)) == 2


def test_height_counts_wide_signs_as_wide() -> None:
    assert height("语" * 100, MEASURE) > height("x" * 100, MEASURE)


def test_height_breaks_lines_between_words() -> None:
    assert height(f"{'x' * 60} {'x' * 60}", 40_000) == 2 * height("x", 40_000) - 200


@pytest.mark.parametrize(("larger", "smaller"), list(pairwise(TYPES)))
def test_smaller_type_has_more_room(larger: Type, smaller: Type) -> None:
    assert larger.room * larger.column < smaller.room * smaller.column


@pytest.mark.parametrize("kind", TYPES)
def test_type_is_the_same_in_the_style_sheet(kind: Type) -> None:
    css = Path(settings.BASE_DIR / "static" / "site.css").read_text()
    first = rf"\.doc{{--f:{kind.size:g}pt;"
    assert re.search(rf"\.{kind.name}{{--f:{kind.size:g}pt}}|{first}", css)
    assert kind.size >= 7


_TEXTS = st.lists(st.text(alphabet="ab ", min_size=1, max_size=400), max_size=20)


@given(_TEXTS, _TEXTS, st.integers(0, 100 * LINE))
def test_fitting_stays_within_its_room(first: list[str], second: list[str], room: int) -> None:
    sides = fitted(room, listing(*map(item, first)), listing(*map(item, second)))

    used = sum(height(f"• {text}", MEASURE) for side in sides for text in texts(side.parts))
    assert used <= room


@given(_TEXTS, st.integers(0, 40 * LINE))
def test_fitting_keeps_the_first_criteria(found: list[str], room: int) -> None:
    (side,) = fitted(room, listing(*map(item, found)))

    kept = texts(side.parts)
    assert kept == [" ".join(text.split()) for text in found][: len(kept)]
    assert side.total == sum(bool(text.strip()) for text in found)
