"""Values with rules of their own: NCT ids, partial dates, ages, condition slugs.

Each is parsed from the registry's text; a text that breaks the rule raises ValueError with a
sentence that the importer records as a problem.
"""

import calendar
import hashlib
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from django.utils.text import slugify

# OpenAPI 2.0.3: ^[Nn][Cc][Tt]0*[1-9]\d{0,7}$
_NCT_ID = re.compile(r"^nct0*([1-9][0-9]{0,7})$", re.IGNORECASE)
_PARTIAL_DATE = re.compile(r"^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$")
_AGE = re.compile(r"^([0-9]{1,9}) (Year|Month|Week|Day|Hour|Minute)s?$")

# A month is a twelfth of 365.25 days, so that 12 months are a year and 18 years compare exactly.
_DAYS_PER_MONTH = 365.25 / 12
_MONTHS_PER_UNIT = {
    "Year": 12.0,
    "Month": 1.0,
    "Week": 7 / _DAYS_PER_MONTH,
    "Day": 1 / _DAYS_PER_MONTH,
    "Hour": 1 / 24 / _DAYS_PER_MONTH,
    "Minute": 1 / 1440 / _DAYS_PER_MONTH,
}
_MONTHS_LIMIT = 12 * 200.0

# Signs that slugify would drop although they tell conditions apart (HER2+ and HER2- are opposites).
_TELLING_SIGNS = (
    (re.compile(r"\+"), " plus "),
    (re.compile(r"(?<=\w)[-−](?=[\s,;)/]|$)"), " minus "),
    (re.compile(r"[<≤]"), " under "),
    (re.compile(r"[>≥]"), " over "),
    (re.compile(r"%"), " percent "),
)
_SLUG_LENGTH = 100


def canonical_nct_id(text: str) -> str:
    """Return an NCT id in its canonical form, `NCT` and eight digits, from any accepted form."""
    match = _NCT_ID.match(text.strip())
    if not match:
        raise ValueError(f"“{text[:40]}” is not an NCT id (NCT and eight digits)")
    return f"NCT{int(match[1]):08d}"


class Precision(StrEnum):
    """How exactly the registry states a date."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exact as the registry gives it; `first_day` is its earliest possible day."""

    first_day: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `yyyy`, `yyyy-MM` or `yyyy-MM-dd`."""
        match = _PARTIAL_DATE.match(text.strip())
        if not match:
            raise ValueError(f"“{text[:40]}” is not a date (yyyy, yyyy-MM or yyyy-MM-dd)")
        year, month, day = match.groups()
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        try:
            return cls(date(int(year), int(month or 1), int(day or 1)), precision)
        except ValueError:
            raise ValueError(f"“{text[:40]}” is a day that the calendar does not have") from None

    @property
    def last_day(self) -> date:
        """The latest day that the date can mean."""
        first = self.first_day
        if self.precision is Precision.YEAR:
            return date(first.year, 12, 31)
        if self.precision is Precision.MONTH:
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
        return first

    def isoformat(self) -> str:
        """Return the registry's text: `yyyy`, `yyyy-MM` or `yyyy-MM-dd`."""
        length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]
        return self.first_day.isoformat()[:length]


@dataclass(frozen=True, slots=True)
class Age:
    """An age limit: how many of which unit (`Year`, `Month`, `Week`, `Day`, `Hour`, `Minute`)."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `18 Years`, `6 Months`, `1 Day` …; up to 200 years."""
        match = _AGE.match(text.strip())
        if not match:
            raise ValueError(f"“{text[:40]}” is not an age such as “18 Years” or “6 Months”")
        age = cls(int(match[1]), match[2])
        if age.months > _MONTHS_LIMIT:
            raise ValueError(f"“{text[:40]}” is more than 200 years")
        return age

    @property
    def months(self) -> float:
        """The age in months; exact for years and months."""
        return self.count * _MONTHS_PER_UNIT[self.unit]


def condition_slug(name: str) -> str:
    """Return the address part of a condition; also what makes two spellings one condition.

    Case, accents, spaces and hyphens do not tell conditions apart; `+`, a closing `-`, `<`, `>`
    and `%` do. Never empty; at most 100 characters.
    """
    worded = name
    for sign, word in _TELLING_SIGNS:
        worded = sign.sub(word, worded)
    slug = slugify(worded, allow_unicode=True)
    if slug and len(slug) <= _SLUG_LENGTH:
        return slug
    digest = hashlib.sha256(name.casefold().encode()).hexdigest()[:10]
    return f"{slug[: _SLUG_LENGTH - 11]}-{digest}".lstrip("-")
