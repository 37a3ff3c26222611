"""What the registry says today to what a correction is about."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from trials.coordinators.details import details_of
from trials.coordinators.values import agree, folded
from trials.models import Correction, Settlement, Site, SiteContact
from trials.terms.contacts import Details, Digests
from trials.terms.corrections import COLUMNS, Fate, Field

_TAKEN_BACK = (Fate.DECLINED, Fate.WITHDRAWN, Fate.REPLACED)


def registry_value(site: Site, about: Correction) -> str | None:
    """Return the registry's value, None where it no longer lists the contact.

    Where it lists nobody, a contact without a name is one that it could list: it says nothing of
    it. An extension belongs to a number: where the contact has another one by now, it is None too.
    Facility and contacts of the site are loaded.
    """
    if about.field == Field.OTHER:
        return ""
    if about.field == Field.STATUS:
        return site.recruitment_status
    contact = contact_of(site, about)
    if contact is None:
        return "" if not about.contact_name and not site.contacts.all() else None
    if about.field == Field.PHONE_EXT and not _has_its_number(site, contact, about):
        return None
    return _value(contact, Field(about.field))


def contact_of(site: Site, about: Correction) -> SiteContact | None:
    """Return the contact that a correction is about, None where it is about none or it is gone.

    A contact is known by its name. Another name is taken for the same contact only where it has the
    new value, or where nothing but names has changed at the site and it has the old value, or is
    the only one there is: colleagues share numbers, and whoever comes after somebody is not them.
    """
    if about.field not in COLUMNS:
        return None
    field, country = Field(about.field), site.facility.country
    everybody = list(site.contacts.all())

    def says(value: str) -> Callable[[SiteContact], bool]:
        return lambda contact: agree(field, _value(contact, field), value, country=country)

    named = [each for each in everybody if folded(each.name) == folded(about.contact_name)]
    corrected = list(filter(says(about.new_value), named or everybody)) if about.new_value else []
    if corrected:
        return corrected[0]
    unchanged = list(filter(says(about.registry_value), named or everybody))
    if named:
        return unchanged[0] if unchanged and about.registry_value else named[0]
    if not _has_other_names_only(site, about):
        return None
    found = unchanged if len(everybody) > 1 else everybody
    return found[0] if len(found) == 1 else None


def _has_other_names_only(site: Site, about: Correction) -> bool:
    """Tell whether numbers and addresses are those that the study team told of, or corrected."""
    now = details_of(site).digests
    known = list(_told(about))
    return any(now.phones == each.phones for each in known) and any(
        now.emails == each.emails for each in known
    )


def _told(about: Correction) -> Iterator[Digests]:
    """Yield the digests of what a study team told of, and of what it was corrected to."""
    if about.confirmation_id is None:  # it is being written
        return
    yield Digests(**about.confirmation.digests)
    settlement: Settlement | None = getattr(about.confirmation, "settlement", None)
    if settlement is not None and settlement.mended:
        yield Digests(**settlement.mended)


def _has_its_number(site: Site, contact: SiteContact, about: Correction) -> bool:
    """Tell whether a contact has the number of which the study team gives the extension.

    A correction that is being written has it. Otherwise the site's numbers are as they were told
    of, the extension apart, or the study team itself says the number.
    """
    if about.confirmation_id is None:
        return True
    told = Digests(**about.confirmation.digests).phones
    extensions = {contact.phone_ext, about.registry_value, about.shown_value}
    if any(_with_extension(site, contact, each).digests.phones == told for each in extensions):
        return True
    numbers = Correction.objects.filter(
        site=site, field=Field.PHONE, contact_name=about.contact_name
    ).exclude(fate__in=_TAKEN_BACK)
    return any(
        agree(Field.PHONE, contact.phone, number, country=site.facility.country)
        for number in numbers.values_list("new_value", flat=True)
    )


def _with_extension(site: Site, contact: SiteContact, extension: str) -> Details:
    details = details_of(site)
    keys = [each.pk for each in site.contacts.all()]
    people = list(details.contacts)
    index = keys.index(contact.pk)
    people[index] = replace(people[index], phone_ext=extension)
    return replace(details, contacts=tuple(people))


def _value(contact: SiteContact, field: Field) -> str:
    value: str = getattr(contact, COLUMNS[field])
    return value
