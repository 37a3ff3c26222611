"""Distances in words: always "about", in kilometers and miles."""

from trials.terms.plain.basics import count, number
from trials.terms.sphere import KM_PER_MILE

# Where people think in miles, by ISO 3166 code.
_MILES = frozenset({"GB", "US"})


def thinks_in_miles(country_code: str) -> bool:
    """Tell whether people of a country expect miles first."""
    return country_code in _MILES


def distance(km: float, *, miles_first: bool = False) -> str:
    """Return "about 110 km (70 miles)" or, miles first, "about 70 miles (110 km)".

    Rounded to 1 below 10, to 10 below 1,000, else to 50; what rounds to nothing is "less than".
    """
    kilometers, miles = _rounded(km), _rounded(km / KM_PER_MILE)
    both = [f"{number(max(kilometers, 1))} km", count(max(miles, 1), "mile")]
    if miles_first:
        both.reverse()
    about = "about" if (miles if miles_first else kilometers) else "less than"
    return f"{about} {both[0]} ({both[1]})"


def radius(far: int, unit: str) -> str:
    """Return a distance that somebody chose, such as "1,000 km" or "60 miles"."""
    return count(far, "mile") if unit == "mi" else f"{number(far)} km"


def _rounded(far: float) -> int:
    step = 1 if far < 9.5 else 10 if far < 995 else 50
    return int(far / step + 0.5) * step
