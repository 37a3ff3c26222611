import pytest

from tests.factories import make_criterion, make_trial
from trials.models import Criterion, Trial
from trials.pages.presenters.criteria import shown_marker, side_rows, sides, tree
from trials.pages.presenters.page import Part
from trials.pages.presenters.prose import Notes, plain

pytestmark = pytest.mark.django_db
EXCLUSION, OTHER = Criterion.Section.EXCLUSION, Criterion.Section.OTHER
HEADING, PARAGRAPH = Criterion.Role.HEADING, Criterion.Role.PARAGRAPH


@pytest.fixture
def trial() -> Trial:
    return make_trial()


def outline(parts: tuple[Part, ...]) -> list[object]:
    """Return a tree as lists: a list's tag and lines, or the text of a line that stands alone."""
    found: list[object] = []
    for part in parts:
        lines: list[object] = []
        for line in part.lines:
            lines.append(f"{line.marker} {line.text}".strip())
            lines += outline(line.parts)
        found.append((part.tag, lines))
    return found


def side_outlines(trial: Trial) -> dict[str, list[object]]:
    return {side.title.partition(" (")[0]: outline(side.parts) for side in sides(trial, Notes())}


def test_sides_are_split_and_nested_in_reading_order(trial: Trial) -> None:
    kidney = make_criterion(trial, "Kidney:", marker="1.")
    make_criterion(trial, "clearance above 30", parent=kidney, marker="a)")
    make_criterion(trial, "no dialysis", parent=kidney, marker="b)")
    make_criterion(trial, "Adults", marker="2.")
    make_criterion(trial, "Pregnancy", section=EXCLUSION, marker="*")

    assert side_outlines(trial) == {
        "Full inclusion criteria": [
            ("ol", ["1. Kidney:", ("ol", ["a) clearance above 30", "b) no dialysis"]), "2. Adults"])
        ],
        "Full exclusion criteria": [("ul", ["• Pregnancy"])],
    }


def test_sides_that_repeat_keep_their_order_and_their_group(trial: Trial) -> None:
    for group in ("Group A", "Group B"):
        head = make_criterion(trial, group, role=HEADING, section=OTHER)
        make_criterion(trial, f"in {group}", parent=head, section=Criterion.Section.INCLUSION)
        make_criterion(trial, f"out {group}", parent=head, section=EXCLUSION)

    assert side_outlines(trial) == {
        "Full inclusion criteria": [
            ("", ["Group A", ("ul", ["• in Group A"]), "Group B", ("ul", ["• in Group B"])])
        ],
        "Full exclusion criteria": [
            ("", ["Group A", ("ul", ["• out Group A"]), "Group B", ("ul", ["• out Group B"])])
        ],
    }


def test_unknown_side_is_never_inclusion(trial: Trial) -> None:
    make_criterion(trial, "Measurable disease", section=OTHER)

    (side,) = sides(trial, Notes())
    assert side.title == "Full criteria, as the record has them"


def test_other_side_comes_last_and_says_so(trial: Trial) -> None:
    make_criterion(trial, "Ask first", section=OTHER, role=PARAGRAPH)
    make_criterion(trial, "Adults")

    assert list(side_outlines(trial)) == [
        "Full inclusion criteria",
        "Other parts of the criteria, on neither side",
    ]


def test_every_row_is_on_a_side(trial: Trial) -> None:
    head = make_criterion(trial, "Both", role=HEADING, section=OTHER)
    make_criterion(trial, "note", parent=head, role=Criterion.Role.NOTE)
    make_criterion(trial, "in", parent=head, section=Criterion.Section.INCLUSION)
    make_criterion(trial, "alone", section=OTHER, role=HEADING)
    rows = list(trial.criteria.all())

    shown = {row.pk for kept in side_rows(rows).values() for row in kept}

    assert shown == {row.pk for row in rows}


def test_criteria_without_a_tree_are_shown_as_written() -> None:
    trial = make_trial(eligibility={"criteria_text": "Adults.\n\n* who sleep badly"})

    (side,) = sides(trial, Notes())

    assert side.title == "Full criteria, as the record has them"
    assert len(side.blocks) == 2


def test_no_criteria_have_no_side() -> None:
    assert sides(make_trial(), Notes()) == ()


@pytest.mark.parametrize(
    ("written", "shown"),
    [("1.", "1."), ("(iii)", "(iii)"), ("*", "•"), ("-", "•"), ("o", "•"), ("", "•"), ("①", "①")],
)
def test_markers_of_items_are_readable(written: str, shown: str) -> None:
    assert shown_marker(Criterion(role=Criterion.Role.ITEM, marker=written)) == shown


def test_tree_words_every_text_in_reading_order(trial: Trial) -> None:
    first = make_criterion(trial, "one")
    make_criterion(trial, "two", parent=first)
    make_criterion(trial, "three")
    heard: list[str] = []

    tree(list(trial.criteria.all()), lambda text: heard.append(text) or plain(text))

    assert heard == ["one", "two", "three"]
