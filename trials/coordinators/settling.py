"""When every correction of an answer has its end, the answer is settled.

A settled answer counts as a confirmation of what the study team saw with the accepted values put
in, and of nothing that the registry changed meanwhile.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from trials.coordinators.accepted import accepted_at, shown_details
from trials.coordinators.details import kept
from trials.coordinators.present import contact_of, registry_value
from trials.coordinators.values import agree, folded
from trials.models import Confirmation, Correction, Settlement, Site
from trials.terms.contacts import ContactDetails, Details, Digests, mended_digests
from trials.terms.corrections import COLUMNS, STANDING, UNDECIDED, Fate, Field
from trials.terms.reports import Outcome

_NOBODY = ContactDetails(name="", phone="", phone_ext="", email="")


def settle_if_decided(confirmation: Confirmation, site: Site | None, by: User | None) -> None:
    """Settle an answer none of whose corrections is undecided; `by` is None where nobody did it.

    Call it in the transaction of the last decision, with the answer locked. Where the registry
    agrees with a value in other signs, these are what readers see.
    """
    rows = list(confirmation.corrections.order_by("pk"))
    if any(row.fate in UNDECIDED for row in rows):
        return
    standing = [row for row in rows if row.fate in STANDING]
    found = Settlement.objects.filter(confirmation=confirmation).first()
    was_corrected = found is not None and found.outcome == Outcome.CORRECTED
    # What was right once and is shown no more was no idle word: what was said before stays over.
    outcome = Outcome.CORRECTED if standing or was_corrected else Outcome.NOTHING_WRONG
    settlement = found or Settlement(confirmation=confirmation)
    if settlement.outcome != outcome:
        settlement.settled_by, settlement.settled_at = by, timezone.now() if by else None
    settlement.outcome = outcome
    told = Digests(**(confirmation.shown or confirmation.digests))
    before = Digests(**settlement.mended) if settlement.mended else told
    settlement.mended = _mended(told, before, site, standing)
    settlement.save()


def _mended(
    told: Digests, before: Digests, site: Site | None, standing: Sequence[Correction]
) -> dict[str, str]:
    """Return the digests of the details once the registry has every value that stands.

    Empty where none has a value, or one is a note: what it says mends nothing that readers see, so
    something here must still change.
    """
    if not standing or any(row.field == Field.OTHER for row in standing):
        return {}
    if site is None:
        return kept(before)
    others = [
        value
        for value in accepted_at([site]).get(site.pk, ())
        if value.answer != standing[0].confirmation_id
    ]
    base = shown_details(site, others)
    # What readers saw is the registry's value, unless another was accepted before; that one had no
    # extension.
    seen = [
        _details_with(base, site, standing, lambda row: row.shown_value),
        _details_with(base, site, standing, lambda row: row.registry_value),
        _details_with(base, site, standing, lambda row: row.shown_value, is_new=True),
    ]
    mended = _details_with(base, site, standing, lambda row: _as_registered(site, row), is_new=True)
    return kept(
        mended_digests(
            told,
            seen=[details.digests for details in seen],
            mended=mended.digests,
            otherwise=before,
        )
    )


def _as_registered(site: Site, row: Correction) -> str:
    """Return a new value as the registry writes it, where it says the same."""
    now, country = registry_value(site, row), site.facility.country
    is_same = now is not None and agree(Field(row.field), row.new_value, now, country=country)
    return now if is_same and now is not None else row.new_value


def _details_with(
    base: Details,
    site: Site,
    rows: Sequence[Correction],
    value: Callable[[Correction], str],
    *,
    is_new: bool = False,
) -> Details:
    """Return a site's details with other values in the fields that corrections are about.

    `is_new` tells that a number is one that the registry's extension does not belong to.
    """
    keys = [contact.pk for contact in site.contacts.all()]
    people, status = list(base.contacts), base.own_status
    added = {COLUMNS[Field(row.field)]: value(row) for row in rows if row.field in COLUMNS}
    if not people and any(added.values()):
        people.append(replace(_NOBODY, **added))
    with_extension = {contact_of(site, row) for row in rows if row.field == Field.PHONE_EXT}
    for row in rows:
        contact = contact_of(site, row)
        if row.field == Field.STATUS:
            status = value(row)
        elif contact is not None:
            index = keys.index(contact.pk)
            new = {COLUMNS[Field(row.field)]: value(row)}
            if is_new and row.field == Field.PHONE and contact not in with_extension:
                new["phone_ext"] = ""
            people[index] = replace(people[index], **new)
    return replace(base, contacts=tuple(people), own_status=status)


def newer_standing(row: Correction, site: Site) -> Correction | None:
    """Return what was accepted last of the same field, where a later answer brought it."""
    newer = _of_the_same(row, site, STANDING, "gt")
    return newer[-1] if newer else None


def end_earlier(row: Correction, site: Site) -> None:
    """Let what earlier answers say of the same field give way: the study team has said more.

    What nobody has decided gives way, too; where nothing of its answer is left to decide, that is
    settled by itself. The site is locked, so that nobody else decides on one of its corrections.
    """
    earlier = _of_the_same(row, site, (*UNDECIDED, *STANDING), "lt")
    answers = Confirmation.objects.filter(pk__in={each.confirmation_id for each in earlier})
    undecided = {each.confirmation_id for each in earlier if each.fate in UNDECIDED}
    locked = list(answers.select_for_update().order_by("pk"))
    rows = Correction.objects.filter(pk__in=[each.pk for each in earlier])
    for each in rows.select_for_update().order_by("pk"):
        if each.fate in UNDECIDED:  # an editor asked about it at most, and nobody decided
            each.decided_at = each.decided_by = None
        each.fate, each.ended_on = Fate.REPLACED, timezone.now().date()
        each.save(update_fields=["fate", "ended_on", "decided_at", "decided_by"])
    for answer in locked:
        if answer.pk in undecided:
            settle_if_decided(answer, site, None)


def _of_the_same(
    row: Correction, site: Site, fates: Sequence[Fate], than: Literal["lt", "gt"]
) -> list[Correction]:
    """Return corrections of the same field of the same contact by earlier or later answers."""
    told = row.confirmation
    at_once = Q(confirmation__confirmed_at=told.confirmed_at)
    is_wanted = Q(**{f"confirmation__confirmed_at__{than}": told.confirmed_at}) | (
        at_once & Q(**{f"confirmation__{than}": told.pk})
    )
    rows = Correction.objects.filter(is_wanted, site=site, field=row.field, fate__in=fates)
    rows = rows.select_related("confirmation__settlement")
    found = rows.order_by("confirmation__confirmed_at", "pk")
    return [each for each in found if _about(each, site) == _about(row, site)]


def _about(row: Correction, site: Site) -> int | str:
    """Return what the contact of a correction is known by, its name where it is gone."""
    contact = contact_of(site, row)
    return contact.pk if contact else folded(row.contact_name)
