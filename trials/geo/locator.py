"""A small map of a trial's sites, drawn as SVG with no tile server, no script and no third party.

Border: in come points, out comes a `LocatorMap` that `templates/components/map.html` draws as it
stands. Pure arithmetic and words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trials.geo.labels import Anchor, Box, Pinned, place_names
from trials.geo.markers import HEAD, TAIL, Marker, markers, spot
from trials.geo.points import MapPoint, leading_places
from trials.geo.regions import Region, region_for
from trials.geo.wording import map_caption, map_title

MAX_PLACES = 12  # numbered on one map; more would cover the land
MAX_DOTS = 300  # for the sites without a number
_DOT_CELL = 4  # drawing units within which dots are one
_NUMBER_RISE = 25  # from a pin's tip to the foot of its number


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered pin: its tip (x, y), its outline, and the places of its number and name.

    `number` is a site's number in the given order, or several: "4", "1–3, 7", "1 +9". `name` is
    drawn at (`name_x`, `name_y`) with SVG's `anchor`, on wide screens only if `wide_only`; `anchor`
    is None where there is no room for it. A pin for several sites is open if one of them is.
    """

    x: int
    y: int
    outline: str
    number: str
    number_x: int
    number_y: int
    name: str
    name_x: int
    name_y: int
    anchor: Anchor | None
    wide_only: bool
    open_now: bool


@dataclass(frozen=True, slots=True)
class LocatorMap:
    """A map of `total` sites, the first `numbered` on pins, of `width` by `height` units.

    `land`, `open_dots` and `other_dots` are SVG path data; each dot is a step of no length, to be
    drawn with a line cap, and "" means none. `title` says in words what the map shows; `caption`
    explains its marks and may be empty. `region_name` fits "Map of …".
    """

    region_name: str
    width: int
    height: int
    land: str
    pins: tuple[Pin, ...]
    open_dots: str
    other_dots: str
    numbered: int
    total: int
    title: str
    caption: str


def locator_map(points: Sequence[MapPoint], *, order: str = "first") -> LocatorMap | None:
    """Map the points, or return None if there are none.

    Points are numbered from 1 in the given order, up to the 13th distinct place; it and all after
    it are dots. `order` names that order in the caption: "first", "nearest". Sites at one place,
    or so close that their pins would hide each other, share a pin.
    """
    if not points:
        return None
    region = region_for((point.latitude, point.longitude) for point in points)
    places = leading_places(points, MAX_PLACES)
    numbered, total = sum(len(place.numbers) for place in places), len(points)
    dots = _dots(points[numbered:], region)
    pins = _pins(markers(places, region), region)
    caption = map_caption(
        numbered,
        total,
        order=order,
        all_open=all(point.open_now for point in points),
        any_more=any(" +" in pin.number + (pin.name if pin.anchor else "") for pin in pins),
    )
    return LocatorMap(
        region_name=region.name,
        width=region.width,
        height=region.height,
        land=region.land,
        pins=pins,
        open_dots=_dot_path(dots, open_now=True),
        other_dots=_dot_path(dots, open_now=False),
        numbered=numbered,
        total=total,
        title=map_title(region.name, places, total - numbered),
        caption=caption,
    )


def _pins(shapes: Sequence[Marker], region: Region) -> tuple[Pin, ...]:
    """Find room for the names and put each pin together."""
    pinned = [Pinned(shape.head, shape.tail, shape.name) for shape in shapes]
    named = place_names(pinned, Box(0, 0, region.width, region.height))
    return tuple(
        Pin(
            x=shape.x,
            y=shape.y,
            outline=shape.outline,
            number=shape.number,
            number_x=int(shape.head.left + shape.head.right) // 2,
            number_y=shape.y - _NUMBER_RISE,
            name=shape.name,
            name_x=place.x if place else shape.x,
            name_y=shape.y - TAIL - HEAD // 2,
            anchor=place.anchor if place else None,
            wide_only=place is not None and place.wide_only,
            open_now=shape.open_now,
        )
        for shape, place in zip(shapes, named, strict=True)
    )


def _dots(points: Iterable[MapPoint], region: Region) -> list[tuple[bool, int, int]]:
    """Return dots (open now, x, y), thinned on a grid until they are few enough.

    Of several in one cell an open one stays, so that thinning never hides an open site behind a
    closed one.
    """
    distinct = {(site.open_now, *spot(region, site.latitude, site.longitude)) for site in points}
    cell = _DOT_CELL
    while True:
        kept = {(dot[1] // cell, dot[2] // cell): dot for dot in sorted(distinct)}
        if len(kept) <= MAX_DOTS:
            return list(kept.values())
        cell *= 2


def _dot_path(dots: Iterable[tuple[bool, int, int]], *, open_now: bool) -> str:
    return "".join(f"M{x} {y}h0" for is_open, x, y in dots if is_open == open_now)
