"""Where the contact of a site stands: two queries whatever the number of sites."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, TypedDict, cast

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from trials.coordinators.accepted import AcceptedValue, accepted_at, shown_details
from trials.coordinators.details import details_of
from trials.models import Confirmation, Correction, Settlement, Site, Trial
from trials.terms.contacts import (
    Answer,
    ContactStanding,
    Details,
    Digests,
    Told,
    closed_since,
    reach_digest,
    state_of,
)
from trials.terms.corrections import Fate, Field
from trials.terms.registry import OPEN_NOW, OPEN_SOON
from trials.terms.reports import Outcome, Reported, is_reported

# A record may give neither the site nor the study a status.
_TAKING = {*OPEN_NOW, *OPEN_SOON, ""}

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Newest: TypeAlias = WithAnnotations[Confirmation, "Looked"]


class Looked(TypedDict):
    """What `standings` adds to an answer: whether editors declined a part of it, and whether
    readers see a status that the study team gave later.
    """

    has_declined: bool
    is_reopened: bool


def standings_at(
    sites: Sequence[Site],
    *,
    reported: Reported,
    accepted: Mapping[int, Sequence[AcceptedValue]] | None = None,
) -> dict[int, ContactStanding]:
    """Return where the contact of each site stands, by the site's key, in two queries.

    Trials, facilities and contacts are loaded; `reported` are contacts that readers could not
    reach: what they tried must still be what the site lists. `accepted` is what `accepted_at`
    returns, where it was asked already.
    """
    beside = accepted_at(sites) if accepted is None else accepted
    rows = Confirmation.objects.newest_of_each_kind([site.pk for site in sites])
    rows = rows.select_related("settlement").annotate(
        has_declined=Exists(_declined()), is_reopened=Exists(_status_since())
    )
    told: dict[int | None, list[Told]] = {}
    for row in sorted(cast("list[Newest]", list(rows)), key=lambda row: (row.confirmed_at, row.pk)):
        told.setdefault(row.site_id, []).append(_told(row))
    today = timezone.now().date()
    return {
        site.pk: _standing(site, told.get(site.pk, ()), beside.get(site.pk, ()), reported, today)
        for site in sites
    }


def _standing(
    site: Site,
    told: Sequence[Told],
    beside: Sequence[AcceptedValue],
    reported: Reported,
    today: date,
) -> ContactStanding:
    shown = shown_details(site, beside)
    present = details_of(site).digests
    found = state_of(
        told,
        present=present,
        shown=shown.digests,
        today=today,
        due_days=settings.CONTACT_DUE_DAYS,
        overdue_days=settings.CONTACT_OVERDUE_DAYS,
        has_difficulty=is_reported(reported, site.pk, reach_digest(shown.contacts)),
    )
    closed_on = closed_since(told, present=present)
    takes_nobody = closed_on is not None and _may_take(shown)
    return replace(found, closed_on=closed_on, takes_nobody=takes_nobody)


def _may_take(shown: Details) -> bool:
    """Tell whether a site would show as one that takes people, or by its study's status may."""
    status = shown.own_status or shown.overall
    return status in _TAKING


def of_whole_study(trial: Trial, *, reported: Reported) -> ContactStanding:
    """Return where a contact of the whole study stands: there is no link to confirm one.

    Central contacts are loaded.
    """
    reach = reach_digest(trial.central_contacts.all())
    return ContactStanding(has_difficulty=is_reported(reported, None, reach))


def _status_since() -> "QuerySet[Correction]":
    """Return the status that readers see and that the study team gave after the outer answer."""
    return Correction.objects.filter(
        site=OuterRef("site"),
        field=Field.STATUS,
        fate=Fate.ACCEPTED,
        confirmation__confirmed_at__gt=OuterRef("confirmed_at"),
    )


def _declined() -> "QuerySet[Correction]":
    """Return what editors declined of the outer answer, or stopped showing."""
    return Correction.objects.filter(confirmation=OuterRef("pk"), fate=Fate.DECLINED)


def _told(row: "Newest") -> Told:
    settlement: Settlement | None = getattr(row, "settlement", None)
    mended = settlement.mended if settlement else row.shown if row.answer == Answer.RIGHT else {}
    is_unfounded = settlement is not None and settlement.outcome == Outcome.NOTHING_WRONG
    return Told(
        Answer(row.answer),
        row.confirmed_at.date(),
        Digests(**row.digests),
        is_unfounded=is_unfounded and not row.has_declined,
        mended=Digests(**mended) if mended else None,
        is_declined=settlement is not None and row.has_declined,
        is_reopened=row.is_reopened,
    )
