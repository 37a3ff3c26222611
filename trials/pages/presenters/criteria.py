"""The criteria tree as nested lists: one disclosure a side, in the reading order of the record."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from trials.models import Criterion, Trial
from trials.pages.presenters.page import Line, Part, Side
from trials.pages.presenters.prose import Notes, Text
from trials.wording.fields import eligibility_of

Wording = Callable[[str], Text]

_TITLES = {
    Criterion.Section.INCLUSION: "Full inclusion criteria (what must be true)",
    Criterion.Section.EXCLUSION: "Full exclusion criteria (what must not be true)",
    Criterion.Section.OTHER: "Other parts of the criteria, on neither side",
}
_NEITHER = (
    "The record does not say on which side these stand. Some may be reasons not to join. "
    "Ask the study team."
)
_AS_WRITTEN = "Full criteria, as the record has them"


def sides(trial: Trial, notes: Notes) -> tuple[Side, ...]:
    """Return the disclosures of a trial's criteria; none where the record has no text."""
    rows = list(trial.criteria.all())
    if not rows:
        blocks = notes.blocks(eligibility_of(trial).criteria_text)
        return (Side("criteria", _AS_WRITTEN, notes.take(), blocks=blocks),) if blocks else ()
    trees = list(side_rows(rows).items())
    if [section for section, _ in trees] == [Criterion.Section.OTHER]:
        parts = tree(trees[0][1], notes.text)
        return (Side("criteria", _AS_WRITTEN, notes.take(), parts),)
    return tuple(_side(section, kept, notes) for section, kept in trees)


def _side(section: Criterion.Section, rows: Sequence[Criterion], notes: Notes) -> Side:
    parts = tree(rows, notes.text)
    remark = _NEITHER if section == Criterion.Section.OTHER else ""
    return Side(str(section), _TITLES[section], notes.take(), parts, remark=remark)


def side_rows(rows: Sequence[Criterion]) -> dict[Criterion.Section, list[Criterion]]:
    """Split criteria into sides: the first to appear comes first, "other" always last.

    A heading above lines of several sides ("Cohort A") is repeated on each of them, so that no
    line loses what it belongs to. Every row is on at least one side.
    """
    parents = {row.pk: row for row in rows}
    repeated = set()
    found = {}
    for section in _order(rows):
        own = [row for row in rows if row.section == section]
        if all(row.pk in repeated for row in own):
            continue
        above = {ancestor.pk for row in own for ancestor in _ancestors(row, parents)}
        above -= {row.pk for row in own}
        repeated |= above
        found[section] = [row for row in rows if row.section == section or row.pk in above]
    return found


def _order(rows: Sequence[Criterion]) -> list[Criterion.Section]:
    seen = list(dict.fromkeys(Criterion.Section(row.section) for row in rows))
    return sorted(seen, key=lambda section: section == Criterion.Section.OTHER)


def _ancestors(row: Criterion, parents: dict[int, Criterion]) -> Iterator[Criterion]:
    while row.parent_id is not None:
        row = parents[row.parent_id]
        yield row


def tree(rows: Sequence[Criterion], word: Wording) -> tuple[Part, ...]:
    """Nest the rows of one side, in reading order, and word their texts."""
    children: dict[int | None, list[Criterion]] = defaultdict(list)
    for row in rows:
        children[row.parent_id].append(row)

    def parts(parent: int | None) -> tuple[Part, ...]:
        lines = [
            Line(row.role, shown_marker(row), word(row.text), parts(row.pk))
            for row in children[parent]
        ]
        return tuple(
            Part(_tag(group) if is_list else "", group)
            for is_list, members in groupby(lines, lambda line: line.role == Criterion.Role.ITEM)
            for group in [tuple(members)]
        )

    return parts(None)


def shown_marker(row: Criterion) -> str:
    """Return an item's marker: numbers and letters as written, every kind of bullet as a dot."""
    if row.role != Criterion.Role.ITEM:
        return row.marker
    return row.marker if _counts(row.marker) else "•"


def _tag(lines: Sequence[Line]) -> str:
    return "ol" if all(_counts(line.marker) for line in lines) else "ul"


def _counts(marker: str) -> bool:
    """Whether a marker is a number or a letter; a bare "o" is a bullet that somebody typed."""
    return marker != "o" and any(sign.isalnum() for sign in marker)
