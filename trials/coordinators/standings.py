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
    """What `standings` adds to an answer: whether readers see a value that it does not know, and
    whether editors declined a part of it.
    """

    is_overtaken: bool
    has_declined: bool


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
    Who confirmed the details before an editor accepted somebody else's correction of them has not
    seen what readers see now: that is no confirmation.
    """
    beside = accepted_at(sites) if accepted is None else accepted
    rows = Confirmation.objects.newest_of_sites([site.pk for site in sites])
    rows = rows.select_related("settlement").annotate(
        is_overtaken=Exists(_accepted_since()), has_declined=Exists(_declined())
    )
    told = [(row, _told(row)) for row in cast("list[Newest]", list(rows))]
    newest = {
        row.site_id: each for row, each in told if not (row.is_overtaken and each.is_confirmation)
    }
    today = timezone.now().date()
    return {
        site.pk: _standing(site, newest.get(site.pk), beside.get(site.pk, ()), reported, today)
        for site in sites
    }


def _standing(
    site: Site,
    told: Told | None,
    beside: Sequence[AcceptedValue],
    reported: Reported,
    today: date,
) -> ContactStanding:
    shown = shown_details(site, beside)
    found = state_of(
        [told] if told else (),
        present=details_of(site).digests,
        shown=shown.digests,
        today=today,
        due_days=settings.CONTACT_DUE_DAYS,
        overdue_days=settings.CONTACT_OVERDUE_DAYS,
        has_difficulty=is_reported(reported, site.pk, reach_digest(shown.contacts)),
    )
    takes_nobody = found.told == Answer.NOT_RECRUITING and _may_take(shown)
    return replace(found, takes_nobody=takes_nobody)


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


def _accepted_since() -> "QuerySet[Correction]":
    """Return what was accepted of other answers after the outer one was given."""
    rows = Correction.objects.filter(
        site=OuterRef("site"), fate=Fate.ACCEPTED, decided_at__gt=OuterRef("confirmed_at")
    )
    return rows.exclude(confirmation=OuterRef("pk")).exclude(field=Field.OTHER)


def _declined() -> "QuerySet[Correction]":
    """Return what editors declined of the outer answer, or stopped showing."""
    return Correction.objects.filter(confirmation=OuterRef("pk"), fate=Fate.DECLINED)


def _told(row: "Newest") -> Told:
    settlement: Settlement | None = getattr(row, "settlement", None)
    mended = settlement.mended if settlement else row.shown if row.answer == Answer.RIGHT else {}
    return Told(
        Answer(row.answer),
        row.confirmed_at.date(),
        Digests(**row.digests),
        is_unfounded=settlement is not None and settlement.outcome == Outcome.NOTHING_WRONG,
        mended=Digests(**mended) if mended else None,
        is_declined=settlement is not None and row.has_declined,
    )
