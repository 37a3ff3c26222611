"""The places that a typed text may mean: towns, postal codes, regions, countries.

Border: who is a candidate. Which of them is the likeliest is for `places`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db import connection

from trials.geo import codes, towns
from trials.geo.localities import Kind, Locality
from trials.geo.readings import Asked, Reading, Rest, spellings
from trials.geo.towns import Town
from trials.terms.areas import Area, areas_meant
from trials.terms.countries import CODES, country_meant, country_name
from trials.terms.words import folded

# Regions that are no known areas are what the registry's sites call so.
_REGIONS = """
SELECT country_code, state_key, min(state), min(country) FROM trials_place
WHERE NOT is_packaged AND country_code = ANY(%s) AND state_key = ANY(%s)
GROUP BY country_code, state_key
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant, with what decides between it and others.

    `site_places` are the ids of a town's places that trials run at; a region's or country's are
    found by its keys. `is_own_name` tells that the town is called so itself, not only also.
    """

    locality: Locality
    population: int = 0
    site_places: list[int] = field(default_factory=list)
    is_own_name: bool = True


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those that fit all that was typed, and those that fit its name alone."""

    fitting: list[Candidate]
    namesakes: list[Candidate]


def candidates(asked: Asked) -> Candidates:
    """Return who may be meant; at most three statements, each of look-ups in an index."""
    coded = codes.meant(asked)
    if coded:
        each = [Candidate(code.locality, site_places=code.site_places) for code in coded]
        return Candidates(each, [])
    readings = list(asked.readings())
    areas = list(_areas(readings))
    keys = {spelling for reading in readings for spelling in spellings(reading.name)}
    by_key = towns.named(keys | {area.key for area in areas})
    fitting, namesakes = _of_towns(readings, by_key)
    fitting += [_of_area(area, by_key) for area in areas]
    fitting += _of_country(asked.name)
    fitting += [] if fitting else _of_sites_regions(readings)
    if asked.is_marked:
        exact = [one for one in fitting if folded(one.locality.label) == asked.key]
        fitting = exact or fitting
    return Candidates(fitting, namesakes)


def of_each(readings: Sequence[Reading]) -> list[list[Candidate]]:
    """Return for each of some readings who may be meant by it; one statement."""
    by_key = towns.named({reading.name for reading in readings})
    return [
        [
            *_of_towns([reading], by_key)[0],
            *(_of_area(area, by_key) for area in _areas([reading])),
            *(_of_country(reading.name) if reading.is_whole else []),
        ]
        for reading in readings
    ]


def _of_towns(
    readings: Iterable[Reading], by_key: Mapping[str, list[Town]]
) -> tuple[list[Candidate], list[Candidate]]:
    """Return the towns of the longest name that fits, and those that the longest name alone fits.

    A region that nobody knows is forgiven between commas, where one town of the country is left.
    """
    namesakes: list[Candidate] = []
    for reading in readings:
        called = [
            (town, key) for key in sorted(spellings(reading.name)) for town in by_key.get(key, [])
        ]
        fitting = [(town, key) for town, key in called if any(map(town.is_called, reading.rests))]
        if not fitting and reading.is_parted:
            fitting = _forgiven(called, reading.rests)
        if fitting:
            return _once(fitting), []
        namesakes = namesakes or _once(called)
    return [], namesakes


def _forgiven(called: list[tuple[Town, str]], rests: Iterable[Rest]) -> list[tuple[Town, str]]:
    countries = [Rest("", rest.country) for rest in rests if rest.country_code]
    left = [(town, key) for town, key in called if any(map(town.is_called, countries))]
    return left if len(left) == 1 else []


def _once(called: Iterable[tuple[Town, str]]) -> list[Candidate]:
    """Return towns as candidates; of several with one label, which no one could tell apart, one."""
    found: dict[str, Candidate] = {}
    for town, key in called:
        here = town.first
        locality = Locality(
            kind=Kind.POINT,
            label=town.label,
            latitude=here.latitude,
            longitude=here.longitude,
            country_code=here.country_code,
            state_key=here.state_key,
        )
        found.setdefault(
            town.label,
            Candidate(locality, here.population, town.site_places, key in spellings(town.key)),
        )
    return list(found.values())


def _areas(readings: Iterable[Reading]) -> Iterator[Area]:
    """Yield the areas of the longest name that is one, in the country that follows it, if any."""
    for reading in readings:
        meant = [
            area
            for area in areas_meant(reading.name)
            if any(not rest.region and rest.is_in(area.country_code, "") for rest in reading.rests)
        ]
        if meant:
            yield from meant
            return


def _of_area(area: Area, by_key: Mapping[str, list[Town]]) -> Candidate:
    """Return an area; it says that it is one where its label would be that of a town in it."""
    label = f"{area.name}, {country_name(area.country_code)}"
    if any(folded(town.label) == folded(label) for town in by_key.get(area.key, [])):
        label = f"{area.name} (region), {country_name(area.country_code)}"
    return Candidate(
        Locality(Kind.REGION, label, country_code=area.country_code, state_key=area.key)
    )


def _of_sites_regions(readings: list[Reading]) -> list[Candidate]:
    """Return regions that only the registry's sites name, of the longest name that is one."""
    rests = {
        reading.name: [rest for rest in reading.rests if not rest.region]
        for reading in readings
        if any(
            not rest.region and (rest.country_code or not rest.country) for rest in reading.rests
        )
    }
    with connection.cursor() as cursor:
        cursor.execute(_REGIONS, [_countries(rests.values()), list(rests)])
        found = cursor.fetchall()
    longest = max((len(key) for _, key, _, _ in found), default=0)
    return [
        Candidate(Locality(Kind.REGION, f"{state}, {country}", country_code=code, state_key=key))
        for code, key, state, country in found
        if len(key) == longest and any(rest.is_in(code, country) for rest in rests[key])
    ]


def _countries(rests: Iterable[list[Rest]]) -> list[str]:
    """Return the codes to look in: every country's, where one name has no country after it."""
    said = {rest.country_code for each in rests for rest in each}
    return list(CODES) if "" in said else list(said)


def _of_country(text: str) -> list[Candidate]:
    """Return the country of a name; it says that it is one where a region is called so too."""
    code = country_meant(text)
    if not code:
        return []
    name = country_name(code)
    label = f"{name} (country)" if areas_meant(name) else name
    return [Candidate(Locality(Kind.COUNTRY, label, country_code=code))]


def with_trials(candidate: Candidate, trials: int) -> Candidate:
    """Return a candidate with the number of its trials."""
    return replace(candidate, locality=replace(candidate.locality, trials=trials))
