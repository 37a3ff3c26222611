"""The regions of the world that a map can show, with their coastlines.

Border: reads `land.json`, which `scripts/build_map.py` draws from Natural Earth (public domain),
and chooses among its regions. What is drawn on top is `locator`.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec

from trials.geo.projection import Projection

Box = tuple[float, float, float, float]
"""South, west, north, east in degrees; a west greater than its east crosses 180 degrees."""


class Region(msgspec.Struct, frozen=True):
    """One view of the world: a drawing of `width` by `height` units and its land as an SVG path.

    `name` fits the sentence "Map of {name}". `home` are the boxes whose points the region may be
    chosen for; they lie far enough from the drawing's edge to leave room for a pin. The world has
    none: it is what remains.
    """

    key: str
    name: str
    width: int
    height: int
    projection: Projection
    home: tuple[Box, ...]
    land: str

    def holds(self, latitude: float, longitude: float) -> bool:
        """Tell whether a point (degrees) lies in the region's home."""
        return any(_inside(box, latitude, longitude) for box in self.home)


@cache
def regions() -> tuple[Region, ...]:
    """Return all regions, from the closest view to the widest; the last is the world."""
    text = Path(__file__).with_name("land.json").read_bytes()
    return msgspec.json.decode(text, type=tuple[Region, ...])


def region_for(coordinates: Iterable[tuple[float, float]]) -> Region:
    """Return the closest view that holds every (latitude, longitude), or else the world."""
    distinct = set(coordinates)
    *views, world = regions()
    return next((view for view in views if all(view.holds(*point) for point in distinct)), world)


def _inside(box: Box, latitude: float, longitude: float) -> bool:
    south, west, north, east = box
    if west > east:
        return south <= latitude <= north and not east < longitude < west
    return south <= latitude <= north and west <= longitude <= east
