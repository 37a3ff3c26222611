"""How many open sites have a confirmed contact, and what became of study teams' corrections.

Open sites are counted by the database; where a contact stands is asked of `details` alone, and of
no more sites than had an answer lately.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from django.conf import settings
from django.db.models import Count, QuerySet

from trials.coordinators import details
from trials.models import Correction, ReaderReport, Site
from trials.terms.contacts import ContactState
from trials.terms.corrections import UNDECIDED, Fate
from trials.terms.countries import country_code, country_name
from trials.terms.freshness import (
    COUNTED_DAYS,
    CorrectionFigures,
    CountrySites,
    SiteFigures,
    days_until,
    first_day,
)
from trials.terms.registry import OPEN_NOW, OverallStatus

_CHUNK = 1_000
_ACCEPTED = (Fate.ACCEPTED, Fate.AGREED, Fate.MOVED)


def open_sites() -> "QuerySet[Site]":
    """Return the sites of public trials that readers see as open now."""
    rows = Site.everything.filter(
        recruitment_status__in=OPEN_NOW,
        trial__hidden_at=None,
        trial__left_registry_on=None,
    )
    return rows.exclude(trial__overall_status=OverallStatus.UNKNOWN)


def site_figures(today: date, step: Callable[[int], object]) -> SiteFigures:
    """Count open sites and those that show as confirmed, by country, the greatest share first.

    `step` is told how many sites were looked at since it was told last.
    """
    found = open_sites().order_by().values_list("facility__country").annotate(Count("pk"))
    opened = _by_country(dict(found))
    confirmed = _by_country(Counter(_countries_of_confirmed(today, step)))
    countries = [
        CountrySites(code, name, number, confirmed[code, name], confirmed[code, name] / number)
        for (code, name), number in opened.items()
    ]
    total, total_confirmed = opened.total(), confirmed.total()
    return SiteFigures(
        open=total,
        confirmed=total_confirmed,
        share=total_confirmed / total if total else None,
        confirmed_days=settings.CONTACT_DUE_DAYS,
        countries=tuple(sorted(countries, key=lambda row: (-row.share, -row.open, row.name))),
    )


def correction_figures(today: date) -> CorrectionFigures:
    """Count what study teams corrected and what was decided; a correction is of one field."""
    since = first_day(today, COUNTED_DAYS)
    rows = Correction.objects.order_by()
    decided = rows.filter(decided_at__date__gte=since)
    return CorrectionFigures(
        waiting=rows.filter(fate__in=[*UNDECIDED, Fate.MOVED]).count(),
        received=rows.filter(confirmation__confirmed_at__date__gte=since).count(),
        accepted=decided.filter(fate__in=_ACCEPTED).count(),
        declined=decided.filter(fate=Fate.DECLINED).count(),
        agreed=rows.filter(fate=Fate.AGREED, ended_on__gte=since).count(),
        median_days=days_until(50, _waits(decided.filter(fate__in=[*_ACCEPTED, Fate.DECLINED]))),
    )


def _waits(decided: "QuerySet[Correction]") -> Counter[int]:
    """Return how many corrections were decided after so many days."""
    days = decided.values_list("confirmation__confirmed_at__date", "decided_at__date")
    waits: Counter[int] = Counter()
    for received, settled, number in days.annotate(Count("pk")):
        waits[(settled - received).days] += number
    return waits


def _by_country(sites: dict[str, int]) -> Counter[tuple[str, str]]:
    """Add up numbers by code and name; the registry has old and new words for a country."""
    numbers: Counter[tuple[str, str]] = Counter()
    for words, number in sites.items():
        code = country_code(words)
        numbers[code, country_name(code) if code else words.strip()] += number
    return numbers


def _countries_of_confirmed(today: date, step: Callable[[int], object]) -> Iterator[str]:
    """Yield the country of each open site whose contact readers see as confirmed."""
    since = first_day(today, settings.CONTACT_DUE_DAYS)
    answered = open_sites().filter(confirmations__confirmed_at__date__gte=since).order_by()
    countries = dict(answered.values_list("pk", "facility__country").distinct())
    keys = sorted(countries)
    for start in range(0, len(keys), _CHUNK):
        sites = _with_details(keys[start : start + _CHUNK])
        reported = ReaderReport.objects.filter(site__in=sites).reported(today)
        standings = details.standings(sites, reported=reported)
        for key, standing in standings.items():
            if standing.state == ContactState.CONFIRMED:
                yield countries[key]
        step(len(sites))


def _with_details(keys: list[int]) -> list[Site]:
    """Return sites with no more than what `details` needs."""
    rows = Site.everything.filter(pk__in=keys).select_related("trial", "facility")
    rows = rows.only("recruitment_status", "trial__overall_status", *details.PLACE)
    return list(rows.prefetch_related("contacts"))
