"""The places of sites: each city once for each of its points, its name, and postal codes.

Only adds: a place that no trial names any more stays, for a record may name it again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import connection

from trials.indexing.facts import SiteFacts
from trials.terms.areas import area_key, is_area
from trials.terms.countries import country_code
from trials.terms.postcodes import kept_code
from trials.terms.sphere import cell
from trials.terms.words import folded


class City(NamedTuple):
    """A city as a record writes it."""

    city: str
    state: str
    country: str


Point = tuple[float, float] | None
# The places of each city by their points, the oldest first
Known = defaultdict[City, dict[Point, int]]

# OFFSET 0 makes it one look-up a city: else the planner may read all places there are.
_FIND = """
SELECT place.id, place.city, place.state, place.country, place.latitude, place.longitude
FROM unnest(%s::text[], %s::text[], %s::text[]) AS said (city, state, country)
CROSS JOIN LATERAL (
    SELECT id, city, state, country, latitude, longitude, is_packaged FROM trials_place
    WHERE city = said.city AND state = said.state AND country = said.country
    OFFSET 0
) AS place
WHERE NOT place.is_packaged ORDER BY place.id
"""
# Many records name no state, or a county: the region is then that of the town of the name there.
_ADD = """
WITH added AS (
    INSERT INTO trials_place (city, state, country, country_code, state_key, latitude, longitude,
        cell, population, is_packaged)
    SELECT city, state, country, country_code, CASE WHEN is_area THEN state_key ELSE coalesce((
            SELECT town.state_key FROM trials_placename AS name
            JOIN trials_place AS town ON town.id = name.place_id AND town.is_packaged
            WHERE name.key = said.key AND town.country_code = said.country_code
                AND town.state_key <> '' AND abs(town.latitude - said.latitude) < 0.5
                AND abs(town.longitude - said.longitude) < 1
            ORDER BY abs(town.latitude - said.latitude) + abs(town.longitude - said.longitude)
            LIMIT 1
        ), state_key) END, latitude, longitude, cell, 0, false
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bool[],
            %s::float[], %s::float[], %s::int[])
        AS said (city, state, country, key, country_code, state_key, is_area, latitude, longitude,
            cell)
    ON CONFLICT DO NOTHING
    RETURNING id, city
)
INSERT INTO trials_placename (key, place_id)
SELECT said.key, added.id
FROM added JOIN unnest(%s::text[], %s::text[]) AS said (city, key) USING (city)
ON CONFLICT DO NOTHING
"""
_ADD_CODES = """
INSERT INTO trials_postalcode (code, country_code, city, latitude, longitude)
SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::float[], %s::float[])
ON CONFLICT DO NOTHING
"""


def settle(sites: Iterable[SiteFacts]) -> "Places":
    """Return the places of sites; write those that are not there yet.

    Five statements at most, whatever the number.
    """
    wanted = {(_city(site), _point(site)) for site in sites if site.city or site.country}
    known = _found({city for city, _ in wanted})
    missing = {(city, point) for city, point in wanted if _place(known, city, point) is None}
    # A site without a point goes where others of its city have one.
    pointed = {city for city, point in missing if point}
    missing = {(city, point) for city, point in missing if point or city not in pointed}
    if missing:
        _add(missing)
        known = _found({city for city, _ in wanted})
    _add_codes(sites)
    return Places(known)


class Places:
    """The places of the sites that were settled."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def of(self, site: SiteFacts) -> int | None:
        """Return the id of a site's place; None where the record names neither city nor country."""
        return _place(self._known, _city(site), _point(site))


def _city(site: SiteFacts) -> City:
    return City(site.city, site.state, site.country)


def _point(site: SiteFacts) -> Point:
    if site.latitude is None or site.longitude is None:
        return None
    return site.latitude, site.longitude


def _place(known: Mapping[City, dict[Point, int]], city: City, point: Point) -> int | None:
    places = known.get(city, {})
    if point is None:
        point = next((other for other in places if other), None)
    return places.get(point)


def _found(cities: Iterable[City]) -> Known:
    known: Known = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_FIND, _columns(cities, 3))
        for place_id, city, state, country, latitude, longitude in cursor.fetchall():
            point = None if latitude is None else (latitude, longitude)
            known[City(city, state, country)][point] = place_id
    return known


def _add(missing: Iterable[tuple[City, Point]]) -> None:
    # In order, so that two writers of the same cities don't wait for each other in a ring.
    rows = [
        (
            *city,
            folded(city.city),
            country_code(city.country) or city.country,
            *_region(city),
            *(point or (None, None)),
            cell(*point) if point else None,
        )
        for city, point in sorted(missing, key=lambda pair: (pair[0], pair[1] or ()))
    ]
    names = {city.city: folded(city.city) for city, _ in missing}
    named = [(city, key) for city, key in names.items() if key]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [*_columns(rows, 10), *_columns(named, 2)])


def _region(city: City) -> tuple[str, bool]:
    """Return the key of a city's state, and whether it is a region known by its name."""
    country = country_code(city.country)
    key = area_key(country, city.state)
    return key, is_area(country, key)


def _add_codes(sites: Iterable[SiteFacts]) -> None:
    codes: dict[tuple[str, str], tuple[str, float, float]] = {}
    for site in sites:
        point, country = _point(site), country_code(site.country)
        code = kept_code(site.zip, country)
        if code and point and country:
            codes.setdefault((code, country), (site.city, *point))
    rows = [(*key, *place) for key, place in sorted(codes.items())]
    with connection.cursor() as cursor:
        cursor.execute(_ADD_CODES, _columns(rows, 5))


def _columns(rows: Iterable[tuple[object, ...]], width: int) -> list[list[object]]:
    """Turn rows into columns, which travel as arrays."""
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
