"""The figures of the freshness page: what is counted, and over which days.

A count is kept, shown as a page and sent as JSON by the names below; docs/freshness.md says what
each means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

# Over so many days what came and what was decided is counted, today among them.
COUNTED_DAYS = 365


@dataclass(frozen=True, slots=True)
class CountrySites:
    """The open sites of one country, and those whose contact stands as confirmed.

    `code` is ISO 3166's, empty where the registry's words for the country are not known, or where
    it says none: `name` has the words.
    """

    code: str
    name: str
    open: int
    confirmed: int
    share: float


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """The same of all countries; `share` is None without an open site.

    A site is confirmed for `confirmed_days`, while its details have not changed since.
    """

    open: int
    confirmed: int
    share: float | None
    confirmed_days: int
    countries: tuple[CountrySites, ...]


@dataclass(frozen=True, slots=True)
class CorrectionFigures:
    """Fields that study teams corrected. `waiting` is today's, the rest is of COUNTED_DAYS."""

    waiting: int
    received: int
    accepted: int
    declined: int
    agreed: int
    median_days: int | None


@dataclass(frozen=True, slots=True)
class ReportFigures:
    """What readers reported. `open` is today's, the rest is of COUNTED_DAYS.

    `outcomes` counts those that ended by their `terms.reports.Outcome`.
    """

    open: int
    received: int
    ended: int
    outcomes: dict[str, int]
    median_days: int | None
    ninetieth_percentile_days: int | None


@dataclass(frozen=True, slots=True)
class GradeTexts:
    """How many texts have a reading grade from `grade` to just under the next."""

    grade: int
    texts: int


@dataclass(frozen=True, slots=True)
class TextFigures:
    """Our editors' texts that readers see; `stale`: the record changed since an editor looked."""

    published: int
    stale: int
    graded: int
    mean_grade: float | None
    grades: tuple[GradeTexts, ...]


@dataclass(frozen=True, slots=True)
class RegistryFigures:
    """The newest import that ended: when, and how many records it read; None before the first."""

    last_read_at: datetime | None
    records: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that one count found."""

    counted_days: int
    sites: SiteFigures
    corrections: CorrectionFigures
    reports: ReportFigures
    texts: TextFigures
    registry: RegistryFigures


def first_day(today: date, days: int) -> date:
    """Return the first of so many days that end today."""
    return today - timedelta(days=days - 1)


def days_until(percent: int, waits: Mapping[int, int]) -> int | None:
    """Return within how many days at least so many percent were over; None where nothing was.

    `waits` counts things by the whole days that each took.
    """
    wanted = -(-sum(waits.values()) * percent // 100)
    over = 0
    for days in sorted(waits):
        over += waits[days]
        if over >= wanted:
            return days
    return None
