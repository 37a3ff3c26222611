"""Words the figures of a count: sentences, and rows of the two tables."""

from dataclasses import dataclass
from datetime import datetime

from trials.terms import plain as words
from trials.terms.freshness import (
    CorrectionFigures,
    Figures,
    RegistryFigures,
    ReportFigures,
    SiteFigures,
    TextFigures,
)
from trials.terms.plain.reports import report_outcome

_NO_COUNTRY = "Country not stated"


@dataclass(frozen=True, slots=True)
class Line:
    """A number with what it counts; `meaning` explains it."""

    label: str
    value: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A country: how many sites are open, how many of them confirmed, their share."""

    name: str
    open: str
    confirmed: str
    share: str


@dataclass(frozen=True, slots=True)
class FreshnessPage:
    """All that the page says."""

    counted: str
    counted_iso: str
    days: int
    sites: str
    confirmed_days: int
    countries: tuple[Row, ...]
    corrections: tuple[Line, ...]
    reports: tuple[Line, ...]
    outcomes: tuple[Line, ...]
    texts: tuple[Line, ...]
    grades: tuple[Line, ...]
    registry: str


def freshness_page(counted_at: datetime, figures: Figures) -> FreshnessPage:
    """Word what was counted at a moment."""
    return FreshnessPage(
        counted=_moment(counted_at),
        counted_iso=counted_at.isoformat(),
        days=figures.counted_days,
        sites=_sites(figures.sites),
        confirmed_days=figures.sites.confirmed_days,
        countries=tuple(
            Row(
                row.name or _NO_COUNTRY,
                words.number(row.open),
                words.number(row.confirmed),
                words.percent(row.confirmed, row.open),
            )
            for row in figures.sites.countries
        ),
        corrections=_corrections(figures.corrections),
        reports=_reports(figures.reports),
        outcomes=tuple(
            Line(report_outcome(code), words.number(number))
            for code, number in sorted(figures.reports.outcomes.items(), key=lambda it: -it[1])
        ),
        texts=_texts(figures.texts),
        grades=tuple(
            Line(f"Grade {row.grade}", words.number(row.texts)) for row in figures.texts.grades
        ),
        registry=_registry(figures.registry),
    )


def _moment(at: datetime) -> str:
    return f"{words.day_words(at.date())} at {at:%H:%M} UTC"


def _sites(sites: SiteFigures) -> str:
    if not sites.open:
        return "No site is open now."
    verb = "is" if sites.open == 1 else "are"
    total = f"{words.count(sites.open, 'site')} {verb} open now."
    if not sites.confirmed:
        return f"{total} The contact of none of them is confirmed."
    share = words.percent(sites.confirmed, sites.open)
    return (
        f"{total} The contacts of {words.number(sites.confirmed)} of them ({share}) are confirmed."
    )


def _corrections(found: CorrectionFigures) -> tuple[Line, ...]:
    return (
        Line("Sent to us", words.number(found.received), "A site can send several at once."),
        Line(
            "Accepted",
            words.number(found.accepted),
            "An editor agreed. A newer one may have replaced it since.",
        ),
        Line("Declined", words.number(found.declined), "An editor gave a reason."),
        Line(
            "Now in the registry, too",
            words.number(found.agreed),
            "The record says the same by now.",
        ),
        Line(
            "Waiting today",
            words.number(found.waiting),
            "For an editor, or for an answer of the study team.",
        ),
        Line("Time to decide", _within(found.median_days, "half of them")),
    )


def _reports(found: ReportFigures) -> tuple[Line, ...]:
    return (
        Line("Open today", words.number(found.open), "Nothing has become of them yet."),
        Line("Sent to us", words.number(found.received)),
        Line("Ended", words.number(found.ended)),
        Line(
            "Time until they ended",
            _within(found.median_days, "half of them"),
            _within(found.ninetieth_percentile_days, "9 in 10 of them")
            if found.ninetieth_percentile_days is not None
            else "",
        ),
    )


def _within(days: int | None, part: str) -> str:
    """Return within how many days a part of them was over."""
    if days is None:
        return "Not known yet"
    if days == 0:
        return f"{part.capitalize()}: on the same day"
    return f"{part.capitalize()}: {words.count(days, 'day')} or less"


def _texts(found: TextFigures) -> tuple[Line, ...]:
    mean = "Not known yet" if found.mean_grade is None else f"{found.mean_grade:.1f}"
    return (
        Line("Trials with our own words", words.number(found.published)),
        Line(
            "Behind the record",
            words.number(found.stale),
            "The record has changed since an editor last checked these pages. They say so.",
        ),
        Line("Reading grade, on average", mean),
    )


def _registry(found: RegistryFigures) -> str:
    if found.last_read_at is None:
        return "We have not read the registry yet."
    records = words.count(found.records, "record")
    return f"We last read it on {_moment(found.last_read_at)}: {records}."
