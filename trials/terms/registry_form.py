"""The locations of the registry's own form: its elements by their names, in its order.

After the registry's definitions of its data elements. A person's name is several boxes there.
"""

from enum import StrEnum

from trials.terms.corrections import Field
from trials.terms.registry import RecruitmentStatus

_NAME = "First Name & Middle Initial & Last Name or Official Title"


class Element(StrEnum):
    """An element of a location, as the form names it; in the form's order."""

    FACILITY = "Facility Name"
    CITY = "City"
    STATE = "State/Province"
    ZIP = "ZIP/Postal Code"
    COUNTRY = "Country"
    STATUS = "Individual Site Status"
    CONTACT_NAME = f"Facility Contact: {_NAME}"
    CONTACT_PHONE = "Facility Contact: Phone"
    CONTACT_EXT = "Facility Contact: Ext"
    CONTACT_EMAIL = "Facility Contact: Email"
    BACKUP_NAME = f"Facility Contact Backup: {_NAME}"
    BACKUP_PHONE = "Facility Contact Backup: Phone"
    BACKUP_EXT = "Facility Contact Backup: Ext"
    BACKUP_EMAIL = "Facility Contact Backup: Email"


# Which element of the contact, and of the backups, a correction is about.
OF_CONTACT: dict[Field, tuple[Element, Element]] = {
    Field.NAME: (Element.CONTACT_NAME, Element.BACKUP_NAME),
    Field.PHONE: (Element.CONTACT_PHONE, Element.BACKUP_PHONE),
    Field.PHONE_EXT: (Element.CONTACT_EXT, Element.BACKUP_EXT),
    Field.EMAIL: (Element.CONTACT_EMAIL, Element.BACKUP_EMAIL),
}
ORDER = {element: place for place, element in enumerate(Element)}

# A site's status as the form offers it.
STATUSES: dict[str, str] = {
    RecruitmentStatus.NOT_YET_RECRUITING: "Not yet recruiting",
    RecruitmentStatus.RECRUITING: "Recruiting",
    RecruitmentStatus.ENROLLING_BY_INVITATION: "Enrolling by invitation",
    RecruitmentStatus.ACTIVE_NOT_RECRUITING: "Active, not recruiting",
    RecruitmentStatus.COMPLETED: "Completed",
    RecruitmentStatus.SUSPENDED: "Suspended",
    RecruitmentStatus.TERMINATED: "Terminated",
    RecruitmentStatus.WITHDRAWN: "Withdrawn",
    RecruitmentStatus.AVAILABLE: "Available",
}
# Whoever says that a site takes nobody says that it is none of these.
TAKES_PEOPLE = frozenset(
    (RecruitmentStatus.RECRUITING, RecruitmentStatus.ENROLLING_BY_INVITATION)
) | {RecruitmentStatus.AVAILABLE}
