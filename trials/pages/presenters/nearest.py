"""Where a trial's nearest site is, and whether a nearer one is closed."""

from dataclasses import dataclass

from trials.geo.places import Locality
from trials.search.answers import NearestSite
from trials.search.query import Unit
from trials.terms import plain
from trials.terms.countries import country_code
from trials.terms.registry import OPEN_NOW


@dataclass(frozen=True, slots=True)
class Nearest:
    """The site in words: a label, where it is, and a sentence about a nearer one (may be empty)."""

    label: str
    words: str
    note: str


def nearest(site: NearestSite, asked: Locality, unit: Unit) -> Nearest:
    """Return the words for a trial's site, as seen from the place that was asked for."""
    miles_first = unit is Unit.MI or plain.thinks_in_miles(asked.country_code)
    parts = [_where(site, asked)]
    if site.km is not None:
        parts.append(plain.distance(site.km, miles_first=miles_first))
    if site.status and site.status not in OPEN_NOW:
        words = plain.status(site.status).words
        parts.append(words[:1].lower() + words[1:])
    return Nearest(
        label="Site" if site.km is None else "Nearest site",
        words=" · ".join(parts),
        note=_closed(site, miles_first=miles_first),
    )


def _where(site: NearestSite, asked: Locality) -> str:
    """Return the city with its region, at home, or with its country, abroad."""
    at_home = country_code(site.country) == asked.country_code
    wider = site.state if at_home and site.state else site.country
    return plain.place(plain.Place(site.city, "", wider)) or "Place not stated"


def _closed(site: NearestSite, *, miles_first: bool) -> str:
    if site.closed_km is None:
        return ""
    where = f" in {site.closed_city}" if site.closed_city else ""
    far = plain.distance(site.closed_km, miles_first=miles_first)
    return f"A nearer site{where}, {far}, is not taking new people."
