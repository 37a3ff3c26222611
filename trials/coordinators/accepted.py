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
from trials.terms.contacts import ContactDetails
from trials.terms.corrections import COLUMNS, Fate, Field


@dataclass(frozen=True, slots=True)
class AcceptedValue:
    """A value from the study team, and the day on which it told us.

    `contact_name` is the present name of the contact in the registry, empty for the status. A
    value of STATUS is a `RecruitmentStatus`.
    """

    field: Field
    contact_name: str
    value: str
    on: date


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


def digest_of(values: Sequence[AcceptedValue]) -> str:
    """Return what values beside the registry's are known again by; empty where there are none."""
    if not values:
        return ""
    known = sorted((value.field, folded(value.contact_name), value.value) for value in values)
    return sha256(json.dumps(known).encode()).hexdigest()


def seen_at(site: Site, values: Sequence[AcceptedValue]) -> str:
    """Return what all that readers see of a site is known again by: `values` are accepted ones."""
    return details_of(site).digests.whole + digest_of(values)


def shown_digests(site: Site, values: Sequence[AcceptedValue]) -> dict[str, Any]:
    """Return digests of a site's details with accepted values put in, to be kept; empty without.

    When the registry takes these over, readers see what they saw before.
    """
    if not values:
        return {}
    details = details_of(site)
    people, status = list(details.contacts), details.own_status
    # Names last: by them the others are told whose they are.
    for value in sorted(values, key=lambda each: each.field == Field.NAME):
        if value.field == Field.STATUS:
            status = value.value
            continue
        at = next((n for n, each in enumerate(people) if _is_of(value, each)), None)
        if at is None:
            people.append(ContactDetails(value.contact_name, "", "", ""))
            at = len(people) - 1
        people[at] = replace(people[at], **{COLUMNS[value.field]: value.value})
    return kept(replace(details, contacts=tuple(people), own_status=status).digests)


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
    return AcceptedValue(field, contact.name if contact else "", row.new_value, on)
