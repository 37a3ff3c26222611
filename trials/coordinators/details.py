"""Which details a site shows, and where its contact stands: one query whatever the number of sites.

Nothing is stored about a state. A confirmation holds digests of what was confirmed, so an import
that changes a detail ends it without knowing of it.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict, cast

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from trials.models import Confirmation, Correction, Settlement, Site, Trial
from trials.terms.contacts import (
    Answer,
    ContactDetails,
    ContactStanding,
    Details,
    Digests,
    Told,
    reach_digest,
    state_of,
)
from trials.terms.corrections import Fate, Field
from trials.terms.registry import OPEN_NOW, RecruitmentStatus
from trials.terms.reports import Outcome, Reported, is_reported

# A site without a status of its own has that of the study, which may take people.
_TAKING = {*OPEN_NOW, RecruitmentStatus.NOT_YET_RECRUITING, ""}

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Newest: TypeAlias = WithAnnotations[Confirmation, "Looked"]


class Looked(TypedDict):
    """What `standings` adds to an answer: whether readers see a value that it does not know, and
    whether editors declined a part of it.
    """

    is_overtaken: bool
    has_declined: bool


# The columns of a site's facility that `details_of` reads.
PLACE = ("facility__name", "facility__city", "facility__state", "facility__country")


def details_of(site: Site) -> Details:
    """Return what a study team confirms of a site.

    Its trial, facility and contacts are loaded.
    """
    where = site.facility
    return Details(
        tuple(
            ContactDetails(row.name, row.phone, row.phone_ext, row.email)
            for row in site.contacts.all()
        ),
        site.recruitment_status,
        site.trial.overall_status,
        (where.name, where.city, where.state, where.country),
    )


def standings(sites: Sequence[Site], *, reported: Reported) -> dict[int, ContactStanding]:
    """Return where the contact of each site stands, by the site's key, in one query.

    Trials, facilities and contacts are loaded; `reported` are contacts that readers could not
    reach: what they tried must still be what the site lists.
    Who confirmed the details before an editor accepted somebody else's correction of them has not
    seen what readers see now: that is no confirmation.
    """
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
        site.pk: state_of(
            [newest[site.pk]] if site.pk in newest else (),
            present=details_of(site).digests,
            today=today,
            due_days=settings.CONTACT_DUE_DAYS,
            overdue_days=settings.CONTACT_OVERDUE_DAYS,
            has_difficulty=is_reported(reported, site.pk, reach_digest(site.contacts.all())),
        )
        for site in sites
    }


def takes_nobody(site: Site, standing: ContactStanding) -> bool:
    """Tell whether a study team says that its site takes nobody, and the registry does not."""
    return standing.told == Answer.NOT_RECRUITING and site.recruitment_status in _TAKING


def of_whole_study(trial: Trial, *, reported: Reported) -> ContactStanding:
    """Return where a contact of the whole study stands: there is no link to confirm one.

    Central contacts are loaded.
    """
    reach = reach_digest(trial.central_contacts.all())
    return ContactStanding(has_difficulty=is_reported(reported, None, reach))


def kept(digests: Digests) -> dict[str, Any]:
    """Return digests as the tables keep them."""
    return asdict(digests)


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
