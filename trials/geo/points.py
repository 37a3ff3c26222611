"""Sites as points on the globe, and the places that several of them share.

Border: degrees, labels and numbers; nothing here knows of a drawing.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One site: latitude -90..90 and longitude -180..180 in degrees, its place, and if it's open.

    The label reads from the small to the large, such as "Shenyang, Liaoning, China"; it is
    third-party text. Raises ValueError if the coordinates are out of range.
    """

    latitude: float
    longitude: float
    label: str
    open_now: bool

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"Not a place on Earth: {self.latitude}, {self.longitude}")


@dataclass(frozen=True, slots=True)
class Place:
    """Sites at the same coordinates: their numbers, rising, and their distinct labels."""

    latitude: float
    longitude: float
    numbers: tuple[int, ...]
    labels: tuple[str, ...]
    open_now: bool
    """True if one of the sites is open."""


def leading_places(points: Iterable[MapPoint], limit: int) -> list[Place]:
    """Number the points from 1 and group them by place, up to the first that'd be one too many."""
    shared: dict[tuple[float, float], list[tuple[int, MapPoint]]] = {}
    for number, point in enumerate(points, start=1):
        where = (point.latitude, point.longitude)
        if where not in shared and len(shared) == limit:
            break
        shared.setdefault(where, []).append((number, point))
    return [_place(sites) for sites in shared.values()]


def _place(sites: list[tuple[int, MapPoint]]) -> Place:
    first = sites[0][1]
    return Place(
        latitude=first.latitude,
        longitude=first.longitude,
        numbers=tuple(number for number, _ in sites),
        labels=tuple(dict.fromkeys(" ".join(point.label.split()) for _, point in sites)),
        open_now=any(point.open_now for _, point in sites),
    )
