"""How the criteria are fitted on the doctor's sheet: type as large as they allow, whole lines.

Every text is given the height that it takes in print, in thousandths of an em: whole numbers, so
that sums are exact. The type steps down until all criteria fit. Where even the smallest does not
do, each side of the criteria ends early: what is left out is always its last part, and is counted.
Borders: knows nothing of a trial; paper, margins and type are those of `.doc` in site.css.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from trials.models import Criterion
from trials.pages.presenters.page import Line, Part

# Points. A4 is the narrower of the two papers and Letter the lower: both must hold the sheet.
_WIDTH = 533
_HEIGHT = 720  # the margins, the running header and a reserve for column ends are taken off
_BETWEEN_COLUMNS = 14
_LEADING = 1250
_GAP = 200
_INDENT = 1500

# Advances of the sheet's typeface, in thousandths of an em, in groups of nearly the same.
_GROUPS = {
    230: "',.:;!|`ijl",
    300: 'fr"t()[]{}-',
    380: "_1I/\\•",
    470: "yvzscxk*?–",
    540: "aeuL7J2hnoF<>^~≥≤",
    570: "bpqdgTEY",
    600: "34569PS8BRZV$+",
    650: "XAKC0#=",
    700: "DwGHNUOQ&",
    840: "@mMW—",
    920: "%",
}
_ADVANCES = {sign: advance for advance, signs in _GROUPS.items() for sign in signs}
_OTHER_SIGN = 560
_WIDE_SIGN = 1000
_SPACE = 280


@dataclass(frozen=True, slots=True)
class Type:
    """A size of type in points, and the columns of the criteria; `name` is its class in CSS."""

    name: str
    size: float
    columns: int

    @property
    def room(self) -> int:
        """The height of both sides, all columns one below the other."""
        return int(2 * _HEIGHT * self.columns * 1000 / self.size)

    @property
    def measure(self) -> int:
        """The width of the page."""
        return int(_WIDTH * 1000 / self.size)

    @property
    def column(self) -> int:
        """The width of one column."""
        gaps = _BETWEEN_COLUMNS * (self.columns - 1)
        return int((_WIDTH - gaps) * 1000 / self.columns / self.size)

    def across(self, heights: int) -> int:
        """Return what something as wide as the page takes of the room."""
        return heights * self.columns


# From the most readable to the smallest that may be printed.
TYPES = (
    Type("type-1", 9.5, 1),
    Type("type-2", 8.5, 2),
    Type("type-3", 7.7, 2),
    Type("type-4", 7, 2),
)


@dataclass(frozen=True, slots=True)
class Criteria:
    """One side of the criteria before it is fitted. `noun` names its lines: "inclusion"."""

    title: str
    instruction: str
    noun: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class SheetSide:
    """One side of the criteria as far as it fits: `left` of its `total` criteria do not."""

    title: str
    instruction: str
    noun: str
    parts: tuple[Part, ...]
    left: int
    total: int


def height(text: str, measure: int) -> int:
    """Return the height of a text that is set in a measure, with the gap below it."""
    return _lines(text, measure) * _LEADING + _GAP


def _lines(text: str, measure: int) -> int:
    """Break a text at its blanks as a browser does; a word too long is broken anywhere."""
    lines, used = 1, 0
    for word in text.split():
        length = _length(word)
        if used and used + _SPACE + length > measure:
            lines, used = lines + 1, 0
        used += length + (_SPACE if used else 0)
        more, used = divmod(used, measure) if used > measure else (0, used)
        lines += more
    return lines


def _length(word: str) -> int:
    return sum(map(_advance, word))


@cache
def _advance(sign: str) -> int:
    wide = unicodedata.east_asian_width(sign) in "WF"
    return _WIDE_SIGN if wide else _ADVANCES.get(sign, _OTHER_SIGN)


def fitting_sides(sides: Sequence[Criteria], measure: int, room: int) -> tuple[SheetSide, ...]:
    """Share the room among the sides: each gets what it needs, or else an equal part.

    What a short side leaves goes to the next; so inclusion never pushes exclusion off the sheet.
    """
    needs = [_parts_height(side.parts, measure) for side in sides]
    return tuple(
        _fitting(side, measure, share)
        for side, share in zip(sides, _shares(needs, max(room, 0)), strict=True)
    )


def _shares(needs: Sequence[int], room: int) -> list[int]:
    shares = [0] * len(needs)
    for done, index in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
        shares[index] = min(needs[index], room // (len(needs) - done))
        room -= shares[index]
    return shares


def _fitting(side: Criteria, measure: int, room: int) -> SheetSide:
    kept = _Shelf(measure, room).take(side.parts)
    total = criteria_in(side.parts)
    left = total - criteria_in(kept)
    return SheetSide(side.title, side.instruction, side.noun, kept, left, total)


def criteria_in(parts: Iterable[Part]) -> int:
    """Count the criteria of a tree: items and paragraphs with a text, at every level."""
    return sum(
        bool(line.text and line.role != Criterion.Role.HEADING) + criteria_in(line.parts)
        for part in parts
        for line in part.lines
    )


def _parts_height(parts: Iterable[Part], measure: int) -> int:
    return sum(
        _own_height(line, measure) + _parts_height(line.parts, _below(line, measure))
        for part in parts
        for line in part.lines
    )


def _own_height(line: Line, measure: int) -> int:
    """Return the height of a line without what stands below it; its box is as wide as a marker."""
    return height(f"☐ {line.marker} {line.text}", _below(line, measure))


def _below(line: Line, measure: int) -> int:
    """Return the measure of a line and of what stands below it; only items are indented."""
    return measure - (_INDENT if line.role == Criterion.Role.ITEM else 0)


class _Shelf:
    """Takes criteria in reading order while there is room, and nothing after the first too many.

    What only leads in ("all of:", a heading) stays with the first line below it, or goes.
    """

    def __init__(self, measure: int, room: int) -> None:
        self.measure = measure
        self.room = room
        self.is_full = False

    def take(self, parts: Iterable[Part], measure: int = 0) -> tuple[Part, ...]:
        kept = (
            replace(part, lines=tuple(self._lines(part.lines, measure or self.measure)))
            for part in parts
        )
        return tuple(part for part in kept if part.lines)

    def _lines(self, candidates: Iterable[Line], measure: int) -> Iterable[Line]:
        for line in candidates:
            needed = _own_height(line, measure)
            self.is_full = self.is_full or needed > self.room
            if self.is_full:
                return
            self.room -= needed
            below = self.take(line.parts, _below(line, measure))
            if line.parts and not below:
                return
            yield replace(line, parts=below)
