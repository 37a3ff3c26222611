"""Postal codes among typed words.

Border: one statement, and whether what stands around a code is true of it.
"""

from dataclasses import dataclass

from django.db import connection

from trials.geo.localities import Kind, Locality
from trials.geo.readings import Asked, CodeReading, Rest, code_readings
from trials.terms.areas import areas_meant
from trials.terms.countries import country_name
from trials.terms.postcodes import kept_code
from trials.terms.words import folded

# With each the places that sites of its city are at.
_CODES = """
SELECT code, country_code, city, latitude, longitude, ARRAY(
    SELECT place.id FROM trials_place AS place
    WHERE place.city = known.city AND place.country_code = known.country_code
        AND NOT place.is_packaged AND abs(place.latitude - known.latitude) < 0.5
        AND abs(place.longitude - known.longitude) < 1
)
FROM trials_postalcode AS known WHERE code = ANY(%s)
"""


def meant(asked: Asked) -> "list[CodeRow]":
    """Return the postal codes among the words, if what stands around them is true of them."""
    readings = code_readings(asked)
    if not readings:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CODES, [[code for reading in readings for code in reading.codes]])
        rows = [CodeRow(*row) for row in cursor.fetchall()]
    rows = [row for row in rows if kept_code(row.code, row.country_code) == row.code]
    for reading in readings:
        fitting = [row for row in rows if row.fits(reading)]
        if fitting:
            return fitting
    return []


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A row of `trials_postalcode`."""

    code: str
    country_code: str
    city: str
    latitude: float
    longitude: float
    site_places: list[int]

    @property
    def locality(self) -> Locality:
        """The point that the code stands for."""
        parts = (self.code, self.city, country_name(self.country_code))
        return Locality(
            kind=Kind.POINT,
            label=", ".join(part for part in parts if part),
            latitude=self.latitude,
            longitude=self.longitude,
            country_code=self.country_code,
        )

    def fits(self, reading: CodeReading) -> bool:
        """Tell whether the code was read, with its city, a region and its country or none around.

        The region is only asked to be in the country: codes know no regions.
        """
        around = " ".join(reading.around)
        city = folded(self.city)
        if self.code not in reading.codes:
            return False
        rest = f"{around} ".removeprefix(f"{city} ").strip().split()
        return any(self._is_in(rest[:size], rest[size:]) for size in range(len(rest) + 1))

    def _is_in(self, region: list[str], country: list[str]) -> bool:
        where = Rest(" ".join(region), " ".join(country))
        return where.is_in(self.country_code, country_name(self.country_code)) and (
            not region
            or any(area.country_code == self.country_code for area in areas_meant(where.region))
        )
