"""Which details a site shows, and what they are known again by.

Nothing is stored about a state. A confirmation holds digests of what was confirmed, so an import
that changes a detail ends it without knowing of it.
"""

from dataclasses import asdict
from typing import Any

from trials.models import Site
from trials.terms.contacts import ContactDetails, Details, Digests, place_digest

# The columns of a site's facility that `details_of` reads.
PLACE = ("facility__name", "facility__city", "facility__state", "facility__country")


def details_of(site: Site) -> Details:
    """Return what a study team confirms of a site.

    Its trial, facility and contacts are loaded.
    """
    return Details(
        tuple(
            ContactDetails(row.name, row.phone, row.phone_ext, row.email)
            for row in site.contacts.all()
        ),
        site.recruitment_status,
        site.trial.overall_status,
        _place(site),
    )


def place_of(site: Site) -> str:
    """Return the digest of the place where a site is; its facility is loaded."""
    return place_digest(_place(site))


def _place(site: Site) -> tuple[str, ...]:
    where = site.facility
    return where.name, where.city, where.state, where.country


def kept(digests: Digests) -> dict[str, Any]:
    """Return digests as the tables keep them."""
    return asdict(digests)
