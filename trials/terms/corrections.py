"""What a study team may correct at its site, and where a correction stands; labels for editors."""

from django.db.models import TextChoices


class Field(TextChoices):
    """What a correction is about, in the order of the registry's own form.

    All but STATUS and OTHER are of one contact. A value of STATUS is a `RecruitmentStatus`; what
    OTHER says stands in its note alone, and is never shown to readers.
    """

    STATUS = "STATUS", "Status of the site"
    NAME = "NAME", "Name of the contact"
    PHONE = "PHONE", "Phone number"
    PHONE_EXT = "PHONE_EXT", "Extension"
    EMAIL = "EMAIL", "Email address"
    OTHER = "OTHER", "Something else"


# The column of a registry contact that a correction is about.
COLUMNS: dict[Field, str] = {
    Field.NAME: "name",
    Field.PHONE: "phone",
    Field.PHONE_EXT: "phone_ext",
    Field.EMAIL: "email",
}


class Fate(TextChoices):
    """Where a correction stands."""

    WAITING = "WAITING", "Waits for an editor"
    ASKED = "ASKED", "Asked back"
    ACCEPTED = "ACCEPTED", "Accepted"
    DECLINED = "DECLINED", "Declined"
    WITHDRAWN = "WITHDRAWN", "Taken back"
    REPLACED = "REPLACED", "Gave way to a newer one"
    AGREED = "AGREED", "The registry agrees"
    MOVED = "MOVED", "The registry says something else"


# A declined correction that readers saw until an editor stopped it: coordinators.retracted
NO_LONGER_SHOWN = "No longer shown"
# Each of these waits for an editor; ASKED waits for the study team.
FOR_EDITORS = (Fate.WAITING, Fate.MOVED)
UNDECIDED = (Fate.WAITING, Fate.ASKED)
UNDER_WAY = (*FOR_EDITORS, Fate.ASKED)
# What readers see, or saw, of an answer: accepted, whatever the registry said since.
STANDING = (Fate.ACCEPTED, Fate.AGREED, Fate.MOVED)
# A question that nobody answered for so long comes back to the desk.
ASKED_DAYS = 30
