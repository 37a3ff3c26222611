"""Pins as shapes: where their tips stand, how wide their heads are, which must be joined.

Border: from places to outlines in drawing units. Names beside the pins are `labels`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from trials.geo.labels import Box, text_width
from trials.geo.points import Place
from trials.geo.regions import Region
from trials.geo.wording import pin_name, pin_number, short_name

HEAD, TAIL = 34, 15  # heights of a pin's head and of the tail that points at the place
_TAIL_HALF = 7  # half the tail's width
_NUMBER_SIZE = 20  # text height of `.map .m-n`
_NUMBER_ROOM = 5  # either side of a number in its head
_CROWDED = 8  # where heads share more than this both ways, a number can't be read


@dataclass(frozen=True, slots=True)
class Marker:
    """A pin whose tip is at (x, y), for the sites of one place or of several close ones."""

    x: int
    y: int
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    open_now: bool
    width: int
    """Of the drawing, whose sides a wide head gives way to."""

    @property
    def number(self) -> str:
        """The text in the head."""
        return pin_number(self.numbers)

    @property
    def name(self) -> str:
        """The text beside the pin."""
        return pin_name(self.names)

    @property
    def head(self) -> Box:
        """The head's box; it stands on the tail."""
        half = math.ceil(text_width(self.number, _NUMBER_SIZE) / 2 + _NUMBER_ROOM)
        half = max(HEAD // 2, half)
        middle = min(max(self.x, half + 1), self.width - half - 1)
        base = self.y - TAIL
        return Box(middle - half, base - HEAD, middle + half, base)

    @property
    def tail(self) -> Box:
        """The box of the tail, down to its tip."""
        return Box(self.x - _TAIL_HALF, self.y - TAIL, self.x + _TAIL_HALF, self.y)

    @property
    def outline(self) -> str:
        """SVG path data: round if open, square if not, so that shape tells as well as color."""
        left, _, right, _ = map(int, self.head)
        tail = f"M{self.x} {self.y}l-7-15H"
        if not self.open_now:
            return f"{tail}{left}v-34H{right}v34H{self.x + 7}z"
        if right - left > HEAD:
            return f"{tail}{left + 17}a17 17 0 0 1 0-34H{right - 17}a17 17 0 0 1 0 34H{self.x + 7}z"
        left, right = left - self.x, right - self.x
        drop = f"c0-11 {left}-17 {left}-32a17 17 0 0 1 34 0c0 15 {-right} 21 {-right} 32z"
        return f"M{self.x} {self.y}{drop}"

    def joined(self, other: "Marker") -> "Marker":
        """Return this pin, standing for the other's sites too."""
        return Marker(
            x=self.x,
            y=self.y,
            numbers=tuple(sorted(self.numbers + other.numbers)),
            names=tuple(dict.fromkeys(self.names + other.names)),
            open_now=self.open_now or other.open_now,
            width=self.width,
        )


def spot(region: Region, latitude: float, longitude: float) -> tuple[int, int]:
    """Return where a point is drawn: always on the drawing, with room above for a pin."""
    x, y = region.projection.project(latitude, longitude)
    top, bottom = HEAD + TAIL + 1, region.height - 1
    return min(max(round(x), 1), region.width - 1), min(max(round(y), top), bottom)


def markers(places: Sequence[Place], region: Region) -> list[Marker]:
    """Return pins for the places in their order, joined where they'd hide each other's numbers."""
    return _uncrowded([_marker(place, region) for place in places])


def _marker(place: Place, region: Region) -> Marker:
    x, y = spot(region, place.latitude, place.longitude)
    names = tuple(dict.fromkeys(filter(None, map(short_name, place.labels))))
    return Marker(x, y, place.numbers, names, place.open_now, region.width)


def _uncrowded(crowd: list[Marker]) -> list[Marker]:
    """Join the later of two crowded pins into the earlier, until none are crowded."""
    for one, other in combinations(crowd, 2):
        if one.head.overlaps(other.head, _CROWDED):
            joined = [one.joined(other) if pin is one else pin for pin in crowd]
            return _uncrowded([pin for pin in joined if pin is not other])
    return crowd
