"""Which details a site shows, and where its contact stands: one query whatever the number of sites.

Nothing is stored about a state. A confirmation holds digests of what was confirmed, so an import
that changes a detail ends it without knowing of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils import timezone

from trials.models import Confirmation, Settlement, Site
from trials.terms.contacts import (
    Answer,
    ContactDetails,
    ContactStanding,
    Details,
    Digests,
    Told,
    state_of,
)
from trials.terms.reports import Outcome


def details_of(site: Site) -> Details:
    """Return what a study team confirms of a site, whose trial and contacts are loaded."""
    return Details(
        tuple(
            ContactDetails(row.name, row.phone, row.phone_ext, row.email)
            for row in site.contacts.all()
        ),
        site.recruitment_status,
        site.trial.overall_status,
    )


def standings(
    sites: Sequence[Site], *, reported: Collection[int | None]
) -> dict[int, ContactStanding]:
    """Return where the contact of each site stands, by the site's key, in one query.

    Trials and contacts are loaded; `reported` are the sites whose contact readers could not reach.
    """
    rows = Confirmation.objects.newest_of_sites([site.pk for site in sites])
    newest = {row.site_id: _told(row) for row in rows.select_related("settlement")}
    today = timezone.now().date()
    return {
        site.pk: state_of(
            [newest[site.pk]] if site.pk in newest else (),
            present=details_of(site).digests,
            today=today,
            due_days=settings.CONTACT_DUE_DAYS,
            overdue_days=settings.CONTACT_OVERDUE_DAYS,
            has_difficulty=site.pk in reported,
        )
        for site in sites
    }


def of_whole_study(*, reported: Collection[int | None]) -> ContactStanding:
    """Return where a contact of the whole study stands: there is no link to confirm one."""
    return ContactStanding(has_difficulty=None in reported)


def kept(digests: Digests) -> dict[str, Any]:
    """Return digests as the tables keep them."""
    return asdict(digests)


def _told(row: Confirmation) -> Told:
    settlement: Settlement | None = getattr(row, "settlement", None)
    return Told(
        Answer(row.answer),
        row.confirmed_at.date(),
        Digests(**row.digests),
        is_unfounded=settlement is not None and settlement.outcome == Outcome.NOTHING_WRONG,
        mended=Digests(**settlement.mended) if settlement and settlement.mended else None,
    )
