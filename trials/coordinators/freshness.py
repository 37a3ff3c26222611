"""How many open sites have a confirmed contact, and what became of study teams' corrections.

Sites that the registry lists as open are counted by the database. Those that study teams have
spoken of are looked at as their pages show them: they are as many as teams answer for, however
large the registry is.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from trials.coordinators import details
from trials.coordinators.accepted import AcceptedValue, accepted_at, shows_contact, status_in
from trials.coordinators.standings import standings_at
from trials.models import Confirmation, Correction, ReaderReport, Site
from trials.terms.contacts import Answer, ContactStanding, ContactState
from trials.terms.corrections import STANDING, UNDER_WAY, Fate, Field
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
# Whatever became of them since: the registry agreed or moved on, or a newer one was accepted.
_ACCEPTED = (*STANDING, Fate.REPLACED)


def listed_as_open() -> "QuerySet[Site]":
    """Return the sites of public trials that the registry lists as open now.

    Readers see them so unless their study teams say something else.
    """
    return _that_could_be_open().filter(recruitment_status__in=OPEN_NOW)


def site_figures(today: date, step: Callable[[int], object]) -> SiteFigures:
    """Count open sites and those with a confirmed contact, by country, the greatest share first.

    `step` is told how many sites were looked at since it was told last.
    """
    found = listed_as_open().order_by().values_list("facility__country").annotate(Count("pk"))
    opened: Counter[str] = Counter(dict(found))
    confirmed: Counter[str] = Counter()
    for site in _spoken_of(today, step):
        opened[site.country] += site.is_open - site.is_listed
        confirmed[site.country] += site.is_confirmed
    return _figures(_by_country(opened), _by_country(confirmed))


def correction_figures(today: date) -> CorrectionFigures:
    """Count what study teams corrected and what was decided; a correction is of one field.

    Each counts by its newest decision. Where the registry agreed before anybody decided, there is
    none.
    """
    since = first_day(today, COUNTED_DAYS)
    rows = Correction.objects.order_by()
    decided = rows.filter(decided_at__date__gte=since)
    return CorrectionFigures(
        waiting=rows.filter(fate__in=UNDER_WAY).count(),
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


def _figures(opened: Counter[tuple[str, str]], confirmed: Counter[tuple[str, str]]) -> SiteFigures:
    """Return what was counted; a country without an open site is left out."""
    countries = [
        CountrySites(code, name, number, confirmed[code, name], confirmed[code, name] / number)
        for (code, name), number in (+opened).items()
    ]
    total, total_confirmed = opened.total(), confirmed.total()
    return SiteFigures(
        open=total,
        confirmed=total_confirmed,
        share=total_confirmed / total if total else None,
        confirmed_days=settings.CONTACT_DUE_DAYS,
        countries=tuple(sorted(countries, key=lambda row: (-row.share, -row.open, row.name))),
    )


def _by_country(sites: dict[str, int]) -> Counter[tuple[str, str]]:
    """Add up numbers by code and name; the registry has old and new words for a country."""
    numbers: Counter[tuple[str, str]] = Counter()
    for words, number in sites.items():
        code = country_code(words)
        numbers[code, country_name(code) if code else words.strip()] += number
    return numbers


@dataclass(frozen=True, slots=True)
class _Seen:
    """A site as the registry lists it and as readers see it; only an open one is confirmed."""

    country: str
    is_listed: bool
    is_open: bool
    is_confirmed: bool


def _spoken_of(today: date, step: Callable[[int], object]) -> Iterator[_Seen]:
    """Yield the sites of which study teams may have said more than the registry."""
    rows = _that_could_be_open().filter(pk__in=_told_of(today)).order_by()
    rows = rows.select_related("trial", "facility").prefetch_related("contacts")
    light = rows.only("recruitment_status", "trial__overall_status", *details.PLACE)
    sites = light.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(sites, _CHUNK)):
        reported = ReaderReport.objects.filter(site__in=chunk).reported(today)
        accepted = accepted_at(chunk)
        standings = standings_at(chunk, reported=reported, accepted=accepted)
        for site in chunk:
            yield _seen(site, standings[site.pk], accepted.get(site.pk, ()))
        step(len(chunk))


def _seen(site: Site, standing: ContactStanding, accepted: Sequence[AcceptedValue]) -> _Seen:
    """Return what readers see of a site, as `by_trial` and the page of its trial tell it."""
    listed = site.recruitment_status
    told = status_in(accepted)
    is_open = (told.value if told else listed) in OPEN_NOW and not standing.takes_nobody
    return _Seen(
        country=site.facility.country,
        is_listed=listed in OPEN_NOW,
        is_open=is_open,
        is_confirmed=is_open
        and shows_contact(site, accepted)
        and standing.state == ContactState.CONFIRMED,
    )


def _that_could_be_open() -> "QuerySet[Site]":
    """Return the sites of public trials, apart from those that the registry no longer checks."""
    rows = Site.everything.filter(trial__hidden_at=None, trial__left_registry_on=None)
    return rows.exclude(trial__overall_status=OverallStatus.UNKNOWN)


def _told_of(today: date) -> "QuerySet[Any, Any]":
    """Return the keys of sites that may count for more, or less, than the registry lists of them.

    They are open ones that were answered for lately or that were said to take nobody, and those
    whose status was corrected.
    """
    since = first_day(today, settings.CONTACT_DUE_DAYS)
    answers = Confirmation.objects.filter(
        Q(confirmed_at__date__gte=since) | Q(answer=Answer.NOT_RECRUITING),
        site__recruitment_status__in=OPEN_NOW,
    )
    statuses = Correction.objects.filter(field=Field.STATUS, fate=Fate.ACCEPTED)
    return answers.order_by().values("site").union(statuses.order_by().values("site"))
