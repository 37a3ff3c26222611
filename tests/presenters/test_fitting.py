"""How the doctor's sheet takes whole criteria while there is room."""

from hypothesis import given
from hypothesis import strategies as st

from trials.pages.presenters.fitting import fitting_sides, height
from trials.pages.presenters.page import Line, Part
from trials.pages.presenters.prose import plain


def item(text: str, *below: Part) -> Line:
    return Line("item", "•", plain(text), below)


def listing(*found: Line) -> Part:
    return Part("ul", found)


def texts(parts: tuple[Part, ...]) -> list[str]:
    return [
        text
        for part in parts
        for line in part.lines
        for text in (str(line.text), *texts(line.parts))
    ]


def test_fitting_takes_all_where_there_is_room() -> None:
    (side,) = fitting_sides([("In", (listing(item("a"), item("b")),))], 50)

    assert texts(side.parts) == ["a", "b"]
    assert side.left_out == ""


def test_fitting_counts_what_it_leaves_out() -> None:
    many = listing(*(item("word " * 20) for _ in range(30)))
    (side,) = fitting_sides([("In", (many,))], 130)

    assert len(texts(side.parts)) == 10
    assert side.left_out == "20 more criteria are on the trial’s page."


def test_fitting_never_parts_a_criterion_from_what_is_below_it() -> None:
    long = item("all of:", listing(*(item("x") for _ in range(20))))
    (side,) = fitting_sides([("In", (listing(item("a"), long, item("z")),))], 100)

    assert texts(side.parts) == ["a"]
    assert side.left_out == "2 more criteria are on the trial’s page."


def test_fitting_leaves_out_a_criterion_longer_than_the_sheet() -> None:
    (side,) = fitting_sides([("In", (listing(item("word " * 4000)),))], 1000)

    assert side.parts == ()
    assert side.left_out == "1 criterion is on the trial’s page."


def test_fitting_keeps_a_heading_with_its_first_criterion() -> None:
    group = Line("heading", "", plain("Group B"), (listing(item("word " * 100)),))
    parts = (listing(item("a")), Part("", (group,)))
    (side,) = fitting_sides([("In", parts)], 40)

    assert texts(side.parts) == ["a"]
    assert side.left_out == "1 more criterion is on the trial’s page."


def test_fitting_gives_a_long_side_what_a_short_one_leaves() -> None:
    long = (listing(*(item("word") for _ in range(60))),)
    short = (listing(item("no")),)
    inclusion, exclusion = fitting_sides([("In", long), ("Out", short)], 600)

    assert exclusion.left_out == ""
    assert len(texts(inclusion.parts)) == 45


def test_height_counts_wide_signs_twice() -> None:
    assert height("语" * 100) > height("x" * 100)


_TEXTS = st.text(alphabet="ab ", min_size=1, max_size=400)


@given(st.lists(_TEXTS, max_size=20), st.lists(_TEXTS, max_size=20), st.integers(0, 800))
def test_fitting_stays_within_its_room(first: list[str], second: list[str], room: int) -> None:
    trees = [("In", (listing(*map(item, first)),)), ("Out", (listing(*map(item, second)),))]

    sides = fitting_sides(trees, room)

    used = sum(height(f"• {text}", 102) for side in sides for text in texts(side.parts))
    assert used <= room


@given(st.lists(_TEXTS, min_size=1, max_size=20), st.integers(0, 400))
def test_fitting_counts_every_criterion(found: list[str], room: int) -> None:
    (side,) = fitting_sides([("In", (listing(*map(item, found)),))], room)

    left = int(side.left_out.split()[0]) if side.left_out else 0
    assert len([1 for part in side.parts for _ in part.lines]) + left == len(found)
