"""Points on the globe: square degrees as numbers, and how far two points are apart.

Latitudes are degrees north (-90 to 90), longitudes degrees east (-180 to 180), distances
kilometres on a sphere of 6,371.0088 km radius (the mean radius of the IUGG).
"""

import math

EARTH_KM = 6371.0088
KM_PER_MILE = 1.609344
_COLUMNS = 360
# A point just within reach must not fall into the next square by rounding; a metre, in degrees.
_ROUNDING = 1e-5


def cell(latitude: float, longitude: float) -> int:
    """Return the number of the square degree that holds a point, 0 to 64,799.

    Squares run eastward from 180° west, row by row northward from the South Pole; both poles and
    the 180th meridian belong to their last row and first column.
    """
    row = min(math.floor(latitude) + 90, 179)
    return row * _COLUMNS + (math.floor(longitude) + 180) % _COLUMNS


def cells_around(latitude: float, longitude: float, km: float) -> list[tuple[int, int]]:
    """Return the squares that a circle may touch, as ranges (first, last) of numbers.

    The half-width in longitude is asin(sin(r) / cos(lat)), wider than r / cos(lat); a circle that
    holds a pole touches every longitude, one that crosses the 180th meridian makes two ranges.
    """
    reach = math.degrees(km / EARTH_KM) + _ROUNDING
    south, north = latitude - reach, latitude + reach
    rows = range(max(math.floor(south), -90) + 90, min(math.floor(north) + 90, 179) + 1)
    if south <= -90 or north >= 90:
        columns = [(0, _COLUMNS - 1)]
    else:
        ratio = math.sin(math.radians(reach)) / math.cos(math.radians(latitude))
        columns = _columns(longitude, math.degrees(math.asin(min(1.0, ratio))))
    return [
        (row * _COLUMNS + west, row * _COLUMNS + east) for row in rows for west, east in columns
    ]


def _columns(longitude: float, half_width: float) -> list[tuple[int, int]]:
    west = math.floor(longitude - half_width) + 180
    east = math.floor(longitude + half_width) + 180
    if east - west >= _COLUMNS - 1:
        return [(0, _COLUMNS - 1)]
    west, east = west % _COLUMNS, east % _COLUMNS
    return [(west, east)] if west <= east else [(west, _COLUMNS - 1), (0, east)]


def kilometers(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Return the great-circle distance of two points (haversine, exact for near ones)."""
    south, north = math.radians(latitude), math.radians(to_latitude)
    eastward = math.radians(to_longitude - longitude)
    square = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin(eastward / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, square)))
