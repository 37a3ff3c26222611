"""Letters to study teams: what was or will be sent, to whom nothing is, and the desk's switch.

A letter keeps its address until it is over; what stays is a keyed digest. Its words, and the keys
in them, are made when it is sent and kept nowhere. Each row knows which installation wrote it: a
copy of the database must not write to anybody, and with another key nobody is known again.
"""

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from trials.models.fields import paired
from trials.models.study_teams import AtASite, Coordinator
from trials.terms.letters import LetterKind, LetterState, Occasion, SuppressedFor


def this_installation() -> str:
    """Return by what rows know this installation: a digest under its key of its own address.

    A demo is known by its key alone, for it may be started at any port.
    """
    address = settings.PUBLIC_BASE_URL if settings.PRODUCTION else ""
    return salted_hmac("trials.letters.installation", address, algorithm="sha256").hexdigest()


def installation_field() -> "models.CharField[str, str]":
    """Return a column for the installation that wrote a row; empty in rows from before it."""
    return models.CharField(
        max_length=64,
        default=this_installation,
        editable=False,
        help_text="Which installation wrote it",
    )


class Letter(models.Model):
    """One letter to one address; `asked_by` is empty where nobody at the desk asked for it."""

    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    address = models.EmailField(blank=True, help_text="Emptied once the letter is over")
    address_digest = models.CharField(max_length=64)
    coordinator = models.ForeignKey(
        Coordinator, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="asked_letters",
    )
    state = models.CharField(
        max_length=12, choices=LetterState.choices, default=LetterState.WAITING
    )
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True, help_text="When sending it began")
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="Why it was not sent, or did not arrive")
    installation = installation_field()

    class Meta:
        ordering = ["-id"]
        indexes = [
            # What waits to be sent, the oldest first: coordinators.letters
            models.Index(
                fields=["id"],
                condition=models.Q(state=str(LetterState.WAITING)),
                name="letter_waiting",
            ),
            # What an address got today: coordinators.letters
            models.Index(fields=["address_digest", "sent_at"], name="letter_of_address"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"


class LetterTopic(AtASite):
    """A site that a letter is about, and why. `once` lets no second letter say the same."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="topics")
    occasion = models.CharField(max_length=12, choices=Occasion.choices)
    once = models.CharField(max_length=120, unique=True)
    question = models.TextField(blank=True, help_text="What an editor asks")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.site_label}: {self.get_occasion_display()}"


class SuppressedAddress(models.Model):
    """An address to which nothing is sent; known by its digest, and by its domain for the desk."""

    address_digest = models.CharField(max_length=64, unique=True)
    domain = models.CharField(max_length=253, blank=True)
    why = models.CharField(max_length=12, choices=SuppressedFor.choices)
    detail = models.TextField(blank=True, help_text="What the mail server said")
    since = models.DateField()
    unsubscribed_on = models.DateField(
        null=True,
        blank=True,
        help_text="When the reader said so; it outlasts whatever else keeps letters back",
    )
    installation = installation_field()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "suppressed addresses"

    def __str__(self) -> str:
        return f"…@{self.domain}: {self.get_why_display()}"


class MailSwitch(models.Model):
    """That somebody allowed, or stopped, letters to addresses that the registry lists.

    The newest row counts, where this installation wrote it; without one nothing goes to such an
    address. It also tells which installation may write at all.
    """

    is_on = models.BooleanField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mail_switches"
    )
    reason = models.TextField()
    installation = installation_field()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "mail switches"
        constraints = [paired("set_at", "set_by", "mailswitch_set_pair")]

    def __str__(self) -> str:
        return "on" if self.is_on else "off"
