#!/usr/bin/env python3
"""Draw the coastlines of `trials/geo/land.json` from Natural Earth.

Run by hand when a region is added or redrawn (half a minute); the portal only reads the result.

    npm install --prefix /tmp/atlas world-atlas
    python scripts/build_map.py /tmp/atlas/node_modules/world-atlas/land-50m.json

Input is a TopoJSON file of the npm package `world-atlas` (Natural Earth, public domain). Output is
one small SVG path for each region, with its projection. Land only: no borders, which may be in
dispute. The projection formulas are the portal's own, so that pins and coast agree.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from trials.geo.projection import Projection  # noqa: E402  (after the path is set)
from trials.geo.regions import Box, Region  # noqa: E402  (after the path is set)

Point = tuple[float, float]  # longitude and latitude, or x and y
Ring = list[Point]  # closed: the last point joins the first, which isn't repeated

WIDTH = 640
HEIGHT_RANGE = (320, 460)
SIDE, TOP, BOTTOM = 40, 60, 16  # room around a region's home for pins and their heads
BLEED = 4  # land is drawn this far past the edge, so that no coast line runs along it
HALF_WINDOW = 110  # degrees of longitude either side of the center that a regional map may see
HALF_WORLD = 192  # the world map repeats a little of each side beyond its margins
SOUTH, NORTH = -60.0, 84.0  # no trial runs in Antarctica
SMALLEST_ISLAND, SMALLEST_DRAWN = 3.3, 1.5  # square drawing units, before and after rounding
ARCTIC, SMALLEST_ARCTIC_ISLAND = 66, 90.0  # few people live there, and its islands are many
ISLAND_DETAIL = 0.35  # share of an island's size that its coast may stray, so that it stays
SOURCE_DETAIL = 0.3  # drawing units; no map needs more, and less makes for a faster search
FINEST = 0.9  # drawing units a simplified coast may stray, before the path is held to its size
ALL_PATHS, MAX_PATH = 41_200, 3_900  # bytes, together and each


class Plan(NamedTuple):
    """A region to draw: its name in a sentence and the boxes in which it feels at home.

    Boxes follow the name, not the drawing: Tunis lies on the map of Western Europe, but a trial
    that runs in Tunis only should not be told that it runs there.
    """

    key: str
    name: str
    home: tuple[Box, ...]


PLANS = (
    Plan(
        "united-states",
        "the United States and southern Canada",
        (
            (32.6, -125, 54, -63.4),
            (31.7, -114, 32.6, -77),
            (27.8, -103.5, 31.7, -80),
            (25.85, -99, 27.8, -80),
            (24.4, -83, 25.85, -80),
        ),
    ),
    Plan("north-america", "North America", ((14, -160.5, 72, -52), (50, -180, 60, -160))),
    Plan(
        "central-america",
        "Mexico, Central America, and the Caribbean",
        (
            (24, -117.5, 32.75, -97),
            (12.7, -117.5, 27.5, -59),
            (7, -93, 12.7, -77.3),
            (10, -62, 12.7, -59),
        ),
    ),
    Plan("south-america", "South America", ((-55.5, -81.5, 12.7, -34.5),)),
    Plan(
        "western-europe",
        "Western Europe",
        ((38, -10.7, 60.5, 18.7), (35.95, -10.7, 38, -0.5), (35.7, 12, 38, 18.7)),
    ),
    Plan("europe", "Europe", ((38, -24.5, 71.3, 45), (35.95, -10, 38, -0.5), (34.5, 12, 38, 32))),
    Plan("mediterranean", "Europe and the Mediterranean", ((29, -25, 71.3, 50.5),)),
    Plan(
        "africa",
        "Africa",
        (
            (-35, -25.5, 12.7, 58),
            (12, -25.5, 18, 43.2),
            (18, -25.5, 31, 37.4),
            (31, -25.5, 37.5, 34),
        ),
    ),
    Plan("middle-east", "the Middle East", ((12.3, 25, 42, 63.3),)),
    Plan("russia", "Russia and Central Asia", ((36, 20, 70, 143),)),
    Plan("south-asia", "South Asia", ((5.5, 60.8, 28.2, 96), (28.2, 60.8, 37.3, 81))),
    Plan("east-asia", "East Asia", ((21.6, 97, 51, 146), (18, 108.3, 21.6, 146))),
    Plan("southeast-asia", "Southeast Asia", ((-11, 92.3, 21.6, 141), (21.6, 92.3, 28.5, 101.5))),
    Plan("asia", "Asia", ((-11, 44, 56, 149),)),
    Plan("australia", "Australia and New Zealand", ((-47.3, 113, -9.3, 179),)),
    Plan("pacific", "the Pacific", ((-47.3, 113, 22.5, -148),)),
)


# --- Topology -------------------------------------------------------------------------------


def decode(topology: dict[str, Any]) -> list[Ring]:
    """Return every ring of the topology's land, in degrees, holes included.

    TopoJSON stores each arc as whole-number steps; `~n` in a ring means arc n, backward. Arcs of a
    ring share their end points.
    """
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [
        [
            (x * scale[0] + shift[0], y * scale[1] + shift[1])
            for x, y in accumulate(arc, lambda a, b: (a[0] + b[0], a[1] + b[1]))
        ]
        for arc in topology["arcs"]
    ]
    return [
        [
            point
            for index in ring
            for point in (arcs[index] if index >= 0 else arcs[~index][::-1])[:-1]
        ]
        for geometry in topology["objects"]["land"]["geometries"]
        for polygon in geometry["arcs"]
        for ring in polygon
    ]


# --- Shapes ---------------------------------------------------------------------------------


def unroll(ring: Ring) -> Ring:
    """Follow the ring around the globe without the jump at 180°; a ring around a pole is empty."""
    longitude, out = ring[0][0], []
    for next_longitude, latitude in ring:
        longitude += (next_longitude - longitude + 180) % 360 - 180
        out.append((longitude, latitude))
    return out if abs(longitude - ring[0][0]) < 180 else []


def clip(ring: Ring, west: float, south: float, east: float, north: float) -> Ring:
    """Cut the ring to a rectangle (Sutherland and Hodgman, 1974)."""
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        out: Ring = []
        for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
            inside_a, inside_b = sign * (a[axis] - limit) >= 0, sign * (b[axis] - limit) >= 0
            if inside_a:
                out.append(a)
            if inside_a != inside_b:
                share = (limit - a[axis]) / (b[axis] - a[axis])
                out.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
        ring = out
    return ring


def densify(ring: Ring, step: float = 2.0) -> Ring:
    """Add points to long edges, which are straight in degrees but curved on the map."""
    out: Ring = []
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        parts = max(1, math.ceil(math.dist(a, b) / step))
        out += [
            (a[0] + (b[0] - a[0]) * i / parts, a[1] + (b[1] - a[1]) * i / parts)
            for i in range(parts)
        ]
    return out


def simplify(ring: Ring, tolerance: float) -> Ring:
    """Thin the ring so that it strays at most `tolerance` (Douglas and Peucker, 1973)."""
    far = max(range(len(ring)), key=lambda i: math.dist(ring[0], ring[i]))
    line = [*ring, ring[0]]
    kept = {0, far, len(ring)}
    todo = [(0, far), (far, len(ring))]
    while todo:
        first, last = todo.pop()
        between = range(first + 1, last)
        worst = max(between, key=lambda i: stray(line[i], line[first], line[last]), default=None)
        if worst is not None and stray(line[worst], line[first], line[last]) > tolerance:
            kept.add(worst)
            todo += [(first, worst), (worst, last)]
    return [line[i] for i in sorted(kept - {len(ring)})]


def stray(point: Point, a: Point, b: Point) -> float:
    """Return how far the point lies from the segment a to b."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    return math.dist(point, (a[0] + share * dx, a[1] + share * dy))


def area(ring: Sequence[Point]) -> float:
    """Return the ring's area, without sign."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, *ring[:1]]))) / 2


# --- Drawing --------------------------------------------------------------------------------


def outlines(rings: Iterable[Ring], region: Region, half_window: float) -> Iterator[Ring]:
    """Yield the rings that a drawing sees, in drawing units, cut a little past its edge."""
    projection, middle = region.projection, region.projection.longitude
    edge = -BLEED, -BLEED, region.width + BLEED, region.height + BLEED
    for ring in rings:
        arctic = min(latitude for _, latitude in ring) > ARCTIC
        smallest = SMALLEST_ARCTIC_ISLAND if arctic else SMALLEST_ISLAND
        for turn in (-360, 0, 360):
            turned = [(longitude + turn, latitude) for longitude, latitude in ring]
            seen = densify(clip(turned, middle - half_window, SOUTH, middle + half_window, NORTH))
            drawn = [place(projection, longitude, latitude) for longitude, latitude in seen]
            drawn = clip(drawn, *edge)
            if area(drawn) >= smallest:
                yield simplify(drawn, SOURCE_DETAIL)


def place(projection: Projection, longitude: float, latitude: float) -> Point:
    """Project one point, letting the world map run on past its edge."""
    x, y = projection.project(latitude, longitude)
    if projection.kind == "miller":
        x = projection.x + projection.scale * math.radians(longitude - projection.longitude)
    return x, y


def path(rings: Iterable[Ring], tolerance: float) -> str:
    """Write the rings as one SVG path of whole numbers and relative steps."""
    out, start = [], (0, 0)
    for ring in rings:
        fair = min(tolerance, math.sqrt(area(ring)) * ISLAND_DETAIL)
        whole = [(round(x), round(y)) for x, y in simplify(ring, fair)]
        points = [point for i, point in enumerate(whole) if point != whole[i - 1]]
        if len(points) < 3 or area(points) < SMALLEST_DRAWN:
            continue
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise([start, *points])]
        numbers = " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-")
        out.append(f"m{numbers}z")
        start = points[0]
    return "".join(out)


def paths_within(total: int, each: int, drawings: list[list[Ring]]) -> list[str]:
    """Return the finest paths that keep to both sizes in bytes, all drawn with one fineness.

    A drawing too long for `each` is drawn coarser than the others.
    """
    tolerance = FINEST
    while True:
        drawn = [path_within(each, rings, tolerance) for rings in drawings]
        if sum(map(len, drawn)) <= total:
            return drawn
        tolerance *= 1.07


def path_within(limit: int, rings: list[Ring], tolerance: float) -> str:
    """Return the finest path, of this tolerance or more, that isn't longer than `limit` bytes."""
    while len(drawn := path(rings, tolerance)) > limit:
        tolerance *= 1.07
    return drawn


# --- Regions --------------------------------------------------------------------------------


def fit(home: tuple[Box, ...]) -> tuple[Projection, int]:
    """Return the largest azimuthal projection that holds the home boxes, and the map's height."""
    boxes = [(s, w, n, e if e > w else e + 360) for s, w, n, e in home]
    souths, wests, norths, easts = zip(*boxes, strict=True)
    latitude, longitude = (min(souths) + max(norths)) / 2, (min(wests) + max(easts)) / 2
    unit = Projection("azimuthal", latitude, longitude, 1, 0, 0)
    edge = [
        place(unit, x, y)
        for s, w, n, e in boxes
        for x, y in densify([(w, s), (e, s), (e, n), (w, n)])
    ]
    left, right = min(x for x, _ in edge), max(x for x, _ in edge)
    top, bottom = min(y for _, y in edge), max(y for _, y in edge)
    scale = min(
        (WIDTH - 2 * SIDE) / (right - left), (HEIGHT_RANGE[1] - TOP - BOTTOM) / (bottom - top)
    )
    height = max(HEIGHT_RANGE[0], math.ceil((bottom - top) * scale) + TOP + BOTTOM)
    spare = height - TOP - BOTTOM - (bottom - top) * scale
    return (
        Projection(
            "azimuthal",
            latitude,
            (longitude + 180) % 360 - 180,
            round(scale, 2),
            round(WIDTH / 2 - (left + right) / 2 * scale, 2),
            round(TOP + spare / 2 - top * scale, 2),
        ),
        height,
    )


def view(plan: Plan) -> Region:
    """Return a plan's region, without its land yet."""
    projection, height = fit(plan.home)
    return Region(plan.key, plan.name, WIDTH, height, projection, plan.home, land="")


def world() -> Region:
    """Return the whole world, cut in the Bering Strait, without its land yet."""
    margin, height, equator = 18, 316, 202
    scale = round((WIDTH - 2 * margin) / math.tau, 2)
    projection = Projection("miller", 0, 11, scale, WIDTH / 2, equator)
    return Region("world", "the world", WIDTH, height, projection, (), land="")


def build(topology: dict[str, Any]) -> list[Region]:
    """Return the regions of land.json, from the closest view to the widest."""
    rings = [unrolled for ring in decode(topology) if (unrolled := unroll(ring))]
    views = sorted(map(view, PLANS), key=lambda region: -region.projection.scale)
    whole = world()
    drawings = [list(outlines(rings, region, HALF_WINDOW)) for region in views]
    drawings.append(list(outlines(rings, whole, HALF_WORLD)))
    lands = paths_within(ALL_PATHS, MAX_PATH, drawings)
    return [
        msgspec.structs.replace(region, land=land)
        for region, land in zip([*views, whole], lands, strict=True)
    ]


def main() -> None:
    """Parse arguments, draw, print sizes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("topology", type=Path, help="world-atlas land-50m.json or land-110m.json")
    parser.add_argument(
        "--output", type=Path, default=ROOT / "trials/geo/land.json", help="default: %(default)s"
    )
    options = parser.parse_args()
    regions = build(json.loads(options.topology.read_text(encoding="utf-8")))
    for region in regions:
        print(f"{region.key:16} {region.height} units high, {len(region.land):,} bytes")
    lines = b",\n".join(map(msgspec.json.encode, regions))
    size = options.output.write_bytes(b"[\n" + lines + b"\n]\n")
    print(f"{options.output}: {size:,} bytes")


if __name__ == "__main__":
    main()
