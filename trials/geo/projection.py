"""Map projections: degrees on the globe to units on a drawing.

Border: formulas only. Which part of the world a drawing shows is `regions`; what is drawn on it is
`locator`. The script that draws the coastlines uses these same formulas, so pins and coast agree.

Formulas: J. P. Snyder, "Map Projections: A Working Manual", USGS Professional Paper 1395 (1987),
pages 88 (Miller cylindrical) and 185 (Lambert azimuthal equal-area).
"""

from math import cos, log, pi, radians, sin, sqrt, tan
from typing import Literal

from msgspec import Struct

Kind = Literal["azimuthal", "miller"]

_FARTHEST = 1e-9  # keeps the one point opposite the center, which has no place on the map, finite


class Projection(Struct, frozen=True):
    """One map's way from degrees to drawing units; y grows downward.

    `latitude` and `longitude` (degrees) are the point drawn at (`x`, `y`), the map's center;
    `scale` is the Earth's radius in drawing units. "azimuthal" keeps areas true and knows no edge
    at 180 degrees, so it suits any region; "miller" suits the whole world and ignores `latitude`.
    """

    kind: Kind
    latitude: float
    longitude: float
    scale: float
    x: float
    y: float

    def project(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Take degrees (latitude -90..90, longitude -180..180) to x and y in drawing units."""
        formula = _azimuthal if self.kind == "azimuthal" else _miller
        east, north = formula(
            radians(latitude), radians(self.latitude), radians(longitude - self.longitude)
        )
        return self.x + self.scale * east, self.y - self.scale * north


def _azimuthal(latitude: float, center: float, longitude: float) -> tuple[float, float]:
    """Lambert azimuthal equal-area; radians, longitude from the center's."""
    across = cos(latitude) * cos(longitude)
    closeness = 1 + sin(center) * sin(latitude) + cos(center) * across
    stretch = sqrt(2 / max(closeness, _FARTHEST))
    east = cos(latitude) * sin(longitude)
    north = cos(center) * sin(latitude) - sin(center) * across
    return stretch * east, stretch * north


def _miller(latitude: float, _center: float, longitude: float) -> tuple[float, float]:
    """Miller cylindrical; radians, longitude from the center's, brought into -pi..pi."""
    return (longitude + pi) % (2 * pi) - pi, 1.25 * log(tan(pi / 4 + 0.4 * latitude))
