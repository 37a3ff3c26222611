"""What the registry says today to what a correction is about."""

from collections.abc import Callable
from typing import Protocol

from trials.coordinators.values import agree, folded
from trials.models import Site, SiteContact
from trials.terms.corrections import COLUMNS, Field


class Corrected(Protocol):
    """What a correction is about, and what it says."""

    field: str
    contact_name: str
    registry_value: str
    new_value: str


def registry_value(site: Site, about: Corrected) -> str | None:
    """Return the registry's value, None where it no longer lists the contact.

    Where it lists nobody, a contact without a name is one that it could list: it says nothing of
    it. Facility and contacts of the site are loaded.
    """
    if about.field == Field.OTHER:
        return ""
    if about.field == Field.STATUS:
        return site.recruitment_status
    contact = contact_of(site, about)
    if contact is None:
        return "" if not about.contact_name and not site.contacts.all() else None
    return _value(contact, Field(about.field))


def contact_of(site: Site, about: Corrected) -> SiteContact | None:
    """Return the contact that a correction is about, None where it is about none or it is gone.

    A contact is known by its name. Where the registry names it differently by now, it is the one
    that has the new value, or the old one, or else the only one there is.
    """
    if about.field not in COLUMNS:
        return None
    field, country = Field(about.field), site.facility.country
    everybody = list(site.contacts.all())

    def says(value: str) -> Callable[[SiteContact], bool]:
        return lambda contact: agree(field, _value(contact, field), value, country=country)

    named = [each for each in everybody if folded(each.name) == folded(about.contact_name)]
    for wanted in (about.new_value, about.registry_value):
        fitting = next(filter(says(wanted), named or everybody), None) if wanted else None
        if fitting:
            return fitting
    if named:
        return named[0]
    return everybody[0] if len(everybody) == 1 else None


def _value(contact: SiteContact, field: Field) -> str:
    value: str = getattr(contact, COLUMNS[field])
    return value
