"""Reading the drawn coastlines back, to ask whether a pin stands on land."""

import math
import re
from itertools import pairwise

from trials.geo.regions import Region

Ring = list[tuple[int, int]]


def rings_of(path: str) -> list[Ring]:
    """Decode a land path: relative steps, each ring measured from the start of the one before."""
    rings, start = [], (0, 0)
    for steps in filter(None, path.split("z")):
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        ring = [start]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        rings.append(ring[1:])
        start = ring[1]
    return rings


def _crossings(ring: Ring, x: float, y: float) -> int:
    edges = pairwise([*ring, ring[0]])
    return sum(
        (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in edges
    )


def _distance(a: tuple[int, int], b: tuple[int, int], x: float, y: float) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    share = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)
    share = min(1.0, max(0.0, share))
    return math.dist((x, y), (a[0] + share * dx, a[1] + share * dy))


def offshore(region: Region, latitude: float, longitude: float) -> float:
    """Return how many drawing units off the drawn land a place lies; 0 on land."""
    x, y = region.projection.project(latitude, longitude)
    rings = rings_of(region.land)
    if sum(_crossings(ring, x, y) for ring in rings) % 2:
        return 0.0
    return min(_distance(a, b, x, y) for ring in rings for a, b in pairwise([*ring, ring[0]]))
