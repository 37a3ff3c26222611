"""Dates as people say them: "15 June 2026", "June 2026", "2026". Never in digits alone."""

import calendar
from dataclasses import dataclass
from datetime import date

from trials.terms.plain.basics import NOT_STATED
from trials.terms.registry import DateType
from trials.terms.values import PartialDate, Precision

_TYPES: dict[str, str] = {DateType.ACTUAL: "actual", DateType.ESTIMATED: "expected"}


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date in words, the same for machines (`iso`, empty for silence), and its kind.

    `kind` is "expected", "actual", or empty where the record doesn't say.
    """

    words: str
    iso: str
    kind: str

    def __str__(self) -> str:
        return f"{self.words} ({self.kind})" if self.kind else self.words


def day_words(day: date) -> str:
    """Return "15 June 2026"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def date_words(day: date | None, precision: str, kind: str = "") -> DateWords:
    """Word a partial date: its first day, a `Precision`, and a `DateType` or an empty text."""
    if day is None:
        return DateWords(NOT_STATED, "", "")
    exact = Precision(precision or Precision.DAY)
    iso = PartialDate(day, exact).isoformat()
    words = {
        Precision.DAY: day_words(day),
        Precision.MONTH: f"{calendar.month_name[day.month]} {day.year}",
        Precision.YEAR: str(day.year),
    }[exact]
    return DateWords(words, iso, _TYPES.get(kind, ""))
