"""Results made by hand: presenters word what a search answers, wherever that came from."""

from typing import Any

from trials.geo.places import Found, Kind, Locality
from trials.search.answers import Results
from trials.search.filters import search_of
from trials.search.words.plan import Plan, Understanding

BEIJING = Locality(Kind.POINT, "Beijing, China", 39.9, 116.4, "CN", "", 31)
LEEDS = Locality(Kind.POINT, "Leeds, England, United Kingdom", 53.8, -1.5, "GB", "england", 12)
UNITED_STATES = Locality(Kind.COUNTRY, "United States", country_code="US")


def answer(query: str = "", *, place: Locality | None = None, **values: Any) -> Results:
    """Return the answer to a search: no hits, 63 trials, its words taken as they are."""
    search = search_of(query)
    found = Found(place) if search.place else None
    row: dict[str, Any] = {
        "search": search,
        "words": Understanding(),
        "plan": Plan(""),
        "found": found,
        "locality": place,
        "total": 63,
        "hits": (),
    }
    return Results(**(row | values))
