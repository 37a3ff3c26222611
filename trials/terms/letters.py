"""What the portal writes to study teams, when, and why it may not; labels are for editors."""

from django.db.models import TextChoices


class LetterKind(TextChoices):
    """What a letter is for. Only REMINDERs are sent without anybody asking."""

    SIGN_IN = "SIGN_IN", "Link to sign in"
    INVITATION = "INVITATION", "Link to confirm a contact"
    REMINDER = "REMINDER", "Reminder"
    QUESTION = "QUESTION", "Question about a correction"
    HAND_OVER = "HAND_OVER", "A site is handed over"


class Occasion(TextChoices):
    """Why a site is in a letter."""

    GIVEN = "GIVEN", "in their hands now"
    FIRST = "FIRST", "not confirmed"
    DUE = "DUE", "due"
    OVERDUE = "OVERDUE", "overdue"
    CHANGED = "CHANGED", "changed in the registry"
    REPORTED = "REPORTED", "readers could not reach it"
    TAKES_NOBODY = "TAKES_NOBODY", "said long ago that it takes nobody"
    ASKED = "ASKED", "an editor asks"


class LetterState(TextChoices):
    """Where a letter stands.

    SENDING is written before the mail server is spoken to: a letter found in it was cut off, may
    have gone out, and is never sent again by itself.
    """

    WAITING = "WAITING", "Waiting"
    SENDING = "SENDING", "Being sent, or cut off"
    SENT = "SENT", "Sent"
    REFUSED = "REFUSED", "Refused by the mail server"
    BOUNCED = "BOUNCED", "Came back"
    DROPPED = "DROPPED", "Not sent"


class SuppressedFor(TextChoices):
    """Why nothing more is sent to an address."""

    UNSUBSCRIBED = "UNSUBSCRIBED", "The reader unsubscribed"
    BOUNCED = "BOUNCED", "Mail came back"
    DESK = "DESK", "Somebody at the desk decided so"
