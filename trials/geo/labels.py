"""Where the names beside a map's pins fit.

Border: boxes and text widths, in drawing units; it knows nothing of places or projections.

The page's style sheet sets map text in two sizes, larger on small screens so that it stays
readable there. A name gets a place at the larger size if it can; else at the smaller, and is then
marked to be shown on wide screens only; else none.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Anchor = Literal["start", "end"]

NARROW_SIZE, WIDE_SIZE = 27, 15  # text heights of `.map text` below and from 48em
_GAP = 6  # between a pin and its name
_EDGE = 4  # between a name and the drawing's edge
_THIN, _BROAD = frozenset("fijlrt ,.'()-"), frozenset("MWmw")


class Box(NamedTuple):
    """A rectangle on the drawing; y grows downward."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box", slack: float = 0) -> bool:
        """Tell whether the two share more than `slack` units both across and down."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > slack and down > slack

    def within(self, frame: "Box") -> bool:
        """Tell whether the box lies inside the frame."""
        return (
            frame.left <= self.left
            and self.right <= frame.right
            and frame.top <= self.top
            and self.bottom <= frame.bottom
        )


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pin that wants a name: the boxes of its head and of its tail, and the name."""

    head: Box
    tail: Box
    name: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a name goes: its anchor at `x`, and whether it fits on wide screens only."""

    x: int
    anchor: Anchor
    wide_only: bool


def text_width(text: str, size: float) -> float:
    """Estimate a text's width in the site's type, on the generous side."""
    return size * sum(map(_em, text))


def place_names(pins: Sequence[Pinned], frame: Box) -> list[Placement | None]:
    """Give each pin's name a place beside it, earlier pins first: right, else left, else none.

    No placed name leaves the frame, covers a pin, or covers another name on any screen.
    """
    inner = Box(frame.left + _EDGE, frame.top, frame.right - _EDGE, frame.bottom)
    found: list[Placement | None] = [None] * len(pins)
    for size in (NARROW_SIZE, WIDE_SIZE):
        taken = [box for pin in pins for box in (pin.head, pin.tail)]
        taken += [_box(pin, at, size) for pin, at in zip(pins, found, strict=True) if at]
        for index, pin in enumerate(pins):
            if found[index] is None and pin.name:
                found[index] = _first_free(pin, size, taken, inner)
    return found


def _first_free(pin: Pinned, size: int, taken: list[Box], frame: Box) -> Placement | None:
    """Return the first side with room, and note it in `taken`."""
    wide_only = size == WIDE_SIZE
    for placement in (
        Placement(round(pin.head.right) + _GAP, "start", wide_only),
        Placement(round(pin.head.left) - _GAP, "end", wide_only),
    ):
        box = _box(pin, placement, size)
        if box.within(frame) and not any(box.overlaps(other) for other in taken):
            taken.append(box)
            return placement
    return None


def _box(pin: Pinned, placement: Placement, size: int) -> Box:
    width = text_width(pin.name, size)
    left = placement.x if placement.anchor == "start" else placement.x - width
    middle = (pin.head.top + pin.head.bottom) / 2
    return Box(left, middle - size * 0.6, left + width, middle + size * 0.6)


def _em(character: str) -> float:
    """Return a character's width as a share of the type size."""
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in _THIN:
        return 0.37
    if character in _BROAD:
        return 0.88
    return 0.7 if character.isupper() else 0.58
