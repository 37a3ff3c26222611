"""Places in words: one place, and how many sites a trial has where."""

from collections.abc import Sequence
from typing import NamedTuple

from trials.terms.plain.basics import count

NO_SITES = "No sites listed yet"
_WITH_ARTICLE = frozenset(
    {
        "Bahamas",
        "Central African Republic",
        "Czech Republic",
        "Democratic Republic of the Congo",
        "Dominican Republic",
        "Gambia",
        "Netherlands",
        "Philippines",
        "Russian Federation",
        "United Arab Emirates",
        "United Kingdom",
        "United States",
    }
)


class Place(NamedTuple):
    """Where a site is, as the record writes it; any part may be empty."""

    city: str
    state: str
    country: str


def place(where: Place) -> str:
    """Return "Shenyang, Liaoning, China", without repeating a city that is its own region."""
    return ", ".join(dict.fromkeys(part for part in where if part))


def with_article(name: str) -> str:
    """Return a place's name as a sentence has it: "the United States", "China"."""
    return f"the {name}" if name in _WITH_ARTICLE else name


def sites(places: Sequence[Place]) -> str:
    """Return "1 site (Shenyang, Liaoning)", "12 sites in 3 countries" or "No sites listed yet"."""
    countries = {where.country for where in places if where.country}
    return sites_counted(
        len(places),
        countries=len(countries),
        country=next(iter(countries), ""),
        only=places[0] if places else None,
    )


def sites_counted(total: int, *, countries: int, country: str, only: Place | None) -> str:
    """Return the words of `sites` from counts alone, for a card of a trial with 3,000 sites.

    `country` is read where there is one country, `only` where there is one site.
    """
    if not total:
        return NO_SITES
    if total == 1 and only:
        where = place(only._replace(country="")) or only.country
        return f"1 site ({where})" if where else "1 site"
    words = count(total, "site")
    if countries > 1:
        return f"{words} in {count(countries, 'country', 'countries')}"
    return f"{words} in {with_article(country)}" if country else words
