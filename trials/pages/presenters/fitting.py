"""How much of the criteria fits on the doctor's sheet: whole criteria, in order, counted by height.

Every text is given the height that it takes in print, in tenths of a line: whole numbers, so that
sums are exact. Criteria are taken while there is room; what does not fit is counted and said to be
on the trial's page. No criterion is ever cut, and none is parted from what stands below it.
"""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from trials.models import Criterion
from trials.pages.presenters.page import Line, Part
from trials.terms import plain as words

LINE = 10
LINE_WIDTH = 106  # characters of a full line at the sheet's print size (see site.css)
_GAP = 3
_INDENT = 4


@dataclass(frozen=True, slots=True)
class SheetSide:
    """One side of the criteria as far as it fits; `left_out` says what does not, or is empty."""

    title: str
    parts: tuple[Part, ...]
    left_out: str


def height(text: str, width: int = LINE_WIDTH) -> int:
    """Return the height of a text with the gap below it; wide signs count double."""
    cells = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return max(1, math.ceil(cells / width)) * LINE + _GAP


def fitting_sides(
    trees: Sequence[tuple[str, tuple[Part, ...]]], room: int
) -> tuple[SheetSide, ...]:
    """Share the room among the sides: each gets what it needs, or else an equal part.

    What a short side leaves goes to the next; so inclusion never pushes exclusion off the sheet.
    """
    needs = [sum(map(_part_height, parts)) for _, parts in trees]
    shares = _shares(needs, room)
    return tuple(
        _fitting(title, parts, share) for (title, parts), share in zip(trees, shares, strict=True)
    )


def _shares(needs: Sequence[int], room: int) -> list[int]:
    shares = [0] * len(needs)
    for done, index in enumerate(sorted(range(len(needs)), key=needs.__getitem__)):
        shares[index] = min(needs[index], room // (len(needs) - done))
        room -= shares[index]
    return shares


def _fitting(title: str, parts: tuple[Part, ...], room: int) -> SheetSide:
    shelf = _Shelf(room)
    kept = shelf.take(parts)
    return SheetSide(title, kept, _left_out(shelf.left, any_kept=bool(kept)))


def _left_out(count: int, *, any_kept: bool) -> str:
    if not count:
        return ""
    more = "more " if any_kept else ""
    if count == 1:
        return f"1 {more}criterion is on the trial’s page."
    return f"{words.number(count)} {more}criteria are on the trial’s page."


def _part_height(part: Part, depth: int = 0) -> int:
    return sum(_line_height(line, depth) for line in part.lines)


def _line_height(line: Line, depth: int) -> int:
    own = height(f"{line.marker} {line.text}", LINE_WIDTH - _INDENT * (depth + 1))
    return own + sum(_part_height(part, depth + 1) for part in line.parts)


class _Shelf:
    """Takes whole criteria while there is room, in order, and counts the rest.

    A heading is no criterion: it stays with the first one below it that is taken.
    """

    def __init__(self, room: int) -> None:
        self.room = room
        self.is_full = False
        self.left = 0

    def take(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        kept = (replace(part, lines=tuple(self._lines(part.lines))) for part in parts)
        return tuple(part for part in kept if part.lines)

    def _lines(self, candidates: Iterable[Line]) -> Iterable[Line]:
        for line in candidates:
            if line.role == Criterion.Role.HEADING:
                yield from self._heading(line)
            elif self._fits(line):
                yield line
            else:
                self.left += 1

    def _fits(self, line: Line) -> bool:
        needed = _line_height(line, 0)
        self.is_full = self.is_full or needed > self.room
        if not self.is_full:
            self.room -= needed
        return not self.is_full

    def _heading(self, line: Line) -> Iterable[Line]:
        own = height(str(line.text))
        self.room -= own
        below = self.take(line.parts)
        if below or not (line.parts or self.is_full):
            yield replace(line, parts=below)
        else:
            self.room += own
