"""Towns by name: rows of the gazetteer and of the registry's sites that are one town as one.

Border: one statement, and the rule of what is one town. Which town is meant is for `places`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from trials.geo.packaged import SAME_PLACE_KM
from trials.geo.readings import Rest, is_region_of, wider_country
from trials.terms.areas import is_area
from trials.terms.sphere import kilometers
from trials.terms.words import folded

# The places of some names, and the sites' places that share any name with a packaged town of
# those: "Peking" is found by the gazetteer alone, its trials by "Beijing".
_NAMED = """
WITH hit AS (
    SELECT name.key, place.* FROM trials_placename AS name
    JOIN trials_place AS place ON place.id = name.place_id
    WHERE name.key = ANY(%s) AND place.latitude IS NOT NULL AND place.country <> ''
)
SELECT key, id, city, state, country, country_code, state_key, latitude, longitude, population,
    is_packaged
FROM hit
UNION
SELECT hit.key, place.id, place.city, place.state, place.country, place.country_code,
    place.state_key, place.latitude, place.longitude, place.population, false
FROM hit
JOIN trials_placename AS own ON hit.is_packaged AND own.place_id = hit.id
JOIN trials_placename AS name ON name.key = own.key
JOIN trials_place AS place ON place.id = name.place_id AND NOT place.is_packaged
WHERE place.country_code = hit.country_code AND abs(place.latitude - hit.latitude) < 0.5
"""
# Where a city is named with its state, be it of the same name.
_TWICE = frozenset(("CA", "US"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `trials_place`."""

    id: int
    city: str
    state: str
    country: str
    country_code: str
    state_key: str
    latitude: float
    longitude: float
    population: int
    is_packaged: bool

    @property
    def label(self) -> str:
        """Its city, state and country; Beijing once, but New York, New York as Americans do."""
        is_same = folded(self.state) == folded(self.city) and self.country_code not in _TWICE
        parts = (self.city, "" if is_same else self.state, self.country)
        return ", ".join(part for part in parts if part)


@dataclass
class Town:
    """Places of one name that are one town; the first is the packaged one where there is one.

    `is_vague` where country and state do not tell it from a better known town of the name: some
    records put a city where a hamlet is that is called so too.
    """

    rows: list[Row]
    is_vague: bool = False

    @property
    def first(self) -> Row:
        """The row that gives the town its label and point."""
        return self.rows[0]

    @property
    def label(self) -> str:
        """City, state and country, and its point where those are not enough."""
        return f"{self.first.label} {_point(self.first)}" if self.is_vague else self.first.label

    @property
    def site_places(self) -> list[int]:
        """The ids of the places that sites are at."""
        return [row.id for row in self.rows if not row.is_packaged]

    @cached_property
    def key(self) -> str:
        """Its own name, folded."""
        return folded(self.first.city)

    @cached_property
    def regions(self) -> frozenset[str]:
        """The keys of the regions it is said to be in."""
        said = {folded(row.state) for row in self.rows} | {row.state_key for row in self.rows}
        return frozenset(said - {""})

    def is_called(self, rest: Rest) -> bool:
        """Tell whether what follows the town's name is true of it."""
        here = self.first
        return rest.is_in(here.country_code, here.country) and (
            not rest.region
            or rest.region == self.key
            or is_region_of(rest.region, country_code=here.country_code, keys=self.regions)
            or Rest("", rest.region).country_code == here.country_code
        )

    def takes(self, row: Row) -> bool:
        """Tell whether a row near by is this town: in the same state as far as states are sure."""
        return self.first.is_packaged or not _are_two_areas(self.first, row)


def named(keys: Collection[str]) -> dict[str, list[Town]]:
    """Return the towns of each of some folded names, the largest first."""
    found: dict[str, list[Row]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [list(keys)])
        for key, *columns in cursor.fetchall():
            found[key].append(Row(*columns))
    return {key: _grouped(rows) for key, rows in found.items()}


def _grouped(rows: Iterable[Row]) -> list[Town]:
    """Return towns: each packaged row is one, a site's row joins the one that it is nearest to."""
    towns: list[Town] = []
    for row in sorted(rows, key=_most_telling):
        near = [] if row.is_packaged else _near(towns, row)
        town = next((town for town in near if town.takes(row)), None)
        if town:
            town.rows.append(row)
        else:
            towns.append(Town([row], is_vague=not row.is_packaged and _is_vague(towns, row)))
    return towns


def _is_vague(towns: Iterable[Town], row: Row) -> bool:
    is_sure = is_area(row.country_code, row.state_key)
    return any(
        _are_one_country(town.first, row) and (not is_sure or town.first.state_key == row.state_key)
        for town in towns
    )


def _point(row: Row) -> str:
    north = "N" if row.latitude >= 0 else "S"
    east = "E" if row.longitude >= 0 else "W"
    return f"({abs(row.latitude):.1f}° {north} {abs(row.longitude):.1f}° {east})"


def _most_telling(row: Row) -> tuple[object, ...]:
    return (not row.is_packaged, -row.population, not row.state, len(row.label), row.label, row.id)


def _near(towns: Iterable[Town], row: Row) -> list[Town]:
    """Return the towns that a row may be, those of its own state before the nearest."""
    near = [
        (town.first.state_key != row.state_key, _distance(town.first, row), number, town)
        for number, town in enumerate(towns)
        if _are_one_country(town.first, row)
    ]
    return [town for _, km, _, town in sorted(near) if km < SAME_PLACE_KM]


def _are_one_country(one: Row, other: Row) -> bool:
    return wider_country(one.country_code) == wider_country(other.country_code)


def _are_two_areas(one: Row, other: Row) -> bool:
    return (
        one.state_key != other.state_key
        and is_area(one.country_code, one.state_key)
        and is_area(other.country_code, other.state_key)
    )


def _distance(one: Row, other: Row) -> float:
    return kilometers(one.latitude, one.longitude, other.latitude, other.longitude)
