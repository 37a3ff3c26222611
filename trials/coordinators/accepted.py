"""What readers see beside the registry's details: corrections of study teams that editors accepted.

A value that the registry has by now is left out, and so is one that the registry moved on from:
an editor decides about it. Both are told at once, whenever the table was followed last.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from trials.coordinators.details import details_of, kept
from trials.coordinators.present import contact_of, registry_value
from trials.coordinators.values import agree, folded
from trials.models import Correction, Site
from trials.terms.contacts import ContactDetails, Details, Digests
from trials.terms.corrections import COLUMNS, Fate, Field

# A number comes before its extension, and names last: by them the others are told whose they are.
_ORDER = {Field.PHONE_EXT: 1, Field.NAME: 2}


@dataclass(frozen=True, slots=True)
class AcceptedValue:
    """A value from the study team, and the day on which it told us.

    `contact_name` is the present name of the contact in the registry, empty for the status. A
    value of STATUS is a `RecruitmentStatus`. `answer` is the key of the answer that it is of.
    """

    field: Field
    contact_name: str
    value: str
    on: date
    answer: int


def accepted_at(sites: Sequence[Site]) -> dict[int, list[AcceptedValue]]:
    """Return the accepted values of sites by their key, in one query; a silent site has no entry.

    Facilities and contacts of the sites are loaded.
    """
    by_key = {site.pk: site for site in sites}
    rows = Correction.objects.filter(site__in=by_key, fate=Fate.ACCEPTED)
    rows = rows.exclude(field=Field.OTHER).select_related("confirmation__settlement")
    newest: dict[int, dict[tuple[str, str], AcceptedValue]] = {}
    for row in rows.order_by("confirmation__confirmed_at", "pk"):
        site = by_key[row.site_id or 0]
        if value := _shown(row, site):
            newest.setdefault(site.pk, {})[value.field, folded(value.contact_name)] = value
    return {key: list(values.values()) for key, values in newest.items()}


def status_in(values: Sequence[AcceptedValue]) -> AcceptedValue | None:
    """Return the status among the accepted values of a site, None where it was not corrected."""
    return next((value for value in values if value.field == Field.STATUS), None)


def shows_contact(site: Site, values: Sequence[AcceptedValue]) -> bool:
    """Tell whether readers see a contact: one of the registry, or of the study team alone."""
    return bool(site.contacts.all()) or any(value.field in COLUMNS for value in values)


def digest_of(values: Sequence[AcceptedValue]) -> str:
    """Return what values beside the registry's are known again by; empty where there are none."""
    if not values:
        return ""
    known = sorted((value.field, folded(value.contact_name), value.value) for value in values)
    return sha256(json.dumps(known).encode()).hexdigest()


def seen_at(site: Site, values: Sequence[AcceptedValue]) -> str:
    """Return what all that readers see of a site is known again by: `values` are accepted ones."""
    return seen_of(details_of(site).digests) + digest_of(values)


def seen_of(digests: Digests) -> str:
    """Return what the registry's details are known again by, place and study included."""
    return sha256(json.dumps(kept(digests), sort_keys=True).encode()).hexdigest()


def shown_details(site: Site, values: Sequence[AcceptedValue]) -> Details:
    """Return what readers see of a site: the registry's details with accepted values put in.

    As the page does, a new number leaves out the registry's extension, which is of the old one.
    """
    details = details_of(site)
    people, status = list(details.contacts), details.own_status
    for value in sorted(values, key=lambda each: _ORDER.get(each.field, 0)):
        if value.field == Field.STATUS:
            status = value.value
            continue
        at = next((n for n, each in enumerate(people) if _is_of(value, each)), None)
        if at is None:
            people.append(ContactDetails(value.contact_name, "", "", ""))
            at = len(people) - 1
        new = {COLUMNS[value.field]: value.value}
        if value.field == Field.PHONE:
            new["phone_ext"] = ""
        people[at] = replace(people[at], **new)
    return replace(details, contacts=tuple(people), own_status=status)


def shown_digests(site: Site, values: Sequence[AcceptedValue]) -> dict[str, Any]:
    """Return digests of what readers see, to be kept; empty where it is the registry's alone."""
    return kept(shown_details(site, values).digests) if values else {}


def _is_of(value: AcceptedValue, contact: ContactDetails) -> bool:
    return folded(value.contact_name) == folded(contact.name)


def _shown(row: Correction, site: Site) -> AcceptedValue | None:
    """Return what readers see of an accepted correction, None where there is nothing to see."""
    field, country = Field(row.field), site.facility.country
    now = registry_value(site, row)
    if now is None or agree(field, row.new_value, now, country=country):
        return None
    if not agree(field, row.registry_value, now, country=country):
        return None
    contact = contact_of(site, row)
    on = row.confirmation.confirmed_at.date()
    name = contact.name if contact else ""
    return AcceptedValue(field, name, row.new_value, on, row.confirmation_id)
