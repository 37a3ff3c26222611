"""Letters to study teams: what was or will be sent, to whom nothing is, and the desk's switch.

A letter keeps its address until it is over; what stays is a keyed digest. Its words, and the keys
in them, are made when it is sent and kept nowhere.
"""

from django.conf import settings
from django.db import models

from trials.models.fields import paired
from trials.models.study_teams import AtASite, Coordinator
from trials.terms.letters import LetterKind, LetterState, Occasion, SuppressedFor


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

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "suppressed addresses"

    def __str__(self) -> str:
        return f"…@{self.domain}: {self.get_why_display()}"


class MailSwitch(models.Model):
    """That somebody allowed, or stopped, letters to addresses that the registry lists.

    The newest row counts; without one nothing goes to such an address.
    """

    is_on = models.BooleanField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mail_switches"
    )
    reason = models.TextField()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "mail switches"
        constraints = [paired("set_at", "set_by", "mailswitch_set_pair")]

    def __str__(self) -> str:
        return "on" if self.is_on else "off"
