"""What study teams tell us of their sites, and the links by which they do.

Whoever answers has no account and no name here: an answer is that of the holder of a link, which
an editor made for the contact that the registry lists. No address is kept, only digests.
"""

from django.conf import settings
from django.db import models

from trials.models.fields import paired
from trials.models.sites import Site
from trials.models.trial import Trial
from trials.terms.contacts import CORRECTIONS, Answer
from trials.terms.reports import Outcome


class OfASite(models.Model):
    """What belongs to a site and outlives it: an import removes sites without knowing of us."""

    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="+")
    # The migration gives the tables a reference that the database itself sets to null.
    site = models.ForeignKey(
        Site,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        db_constraint=False,
        related_name="%(class)ss",
    )
    site_label = models.TextField(help_text="The place as the registry named it then")
    digests = models.JSONField(help_text="Digests of the details: trials.terms.contacts.Digests")

    class Meta:
        abstract = True


class ConfirmationLink(OfASite):
    """A link for the contact of one site, good for one answer. Its key is kept as a digest only."""

    key_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="made_links"
    )
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revoked_links",
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            paired("made_at", "made_by", "confirmationlink_made_pair"),
            paired("revoked_at", "revoked_by", "confirmationlink_revoked_pair"),
        ]

    def __str__(self) -> str:
        return f"Link for {self.site_label}"


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """Answers of study teams."""

    def waiting(self) -> "ConfirmationQuerySet":
        """Return those that ask for a change and that no editor has settled, the oldest first."""
        rows = self.filter(answer__in=CORRECTIONS, settlement=None)
        return rows.order_by("confirmed_at", "pk")

    def newest_of_sites(self, sites: list[int]) -> "ConfirmationQuerySet":
        """Return the newest answer of each site, apart from those found to be unfounded."""
        rows = self.filter(site__in=sites).exclude(settlement__outcome=Outcome.NOTHING_WRONG)
        return rows.order_by("site_id", "-confirmed_at", "-pk").distinct("site_id")


class Confirmation(OfASite):
    """One answer of a study team. Written once; the database refuses to change or delete it."""

    answer = models.CharField(max_length=16, choices=Answer.choices)
    confirmed_at = models.DateTimeField()
    link = models.OneToOneField(
        ConfirmationLink, on_delete=models.PROTECT, related_name="confirmation"
    )

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            # The newest answer of each site of a page: coordinators.details
            models.Index(fields=["site", "-confirmed_at", "-id"], name="confirmation_newest"),
            # What waits at the desk, the oldest first: editorial.queue
            models.Index(
                fields=["confirmed_at"],
                condition=models.Q(answer__in=[str(answer) for answer in CORRECTIONS]),
                name="confirmation_corrections",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_label}: {self.get_answer_display()}"


class Settlement(models.Model):
    """What an editor made of an answer that asked for a change."""

    confirmation = models.OneToOneField(
        Confirmation, on_delete=models.PROTECT, related_name="settlement"
    )
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="settlements"
    )
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    note = models.TextField(blank=True, help_text="What the desk found, for other editors")

    class Meta:
        constraints = [paired("settled_at", "settled_by", "settlement_settled_pair")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.confirmation_id}"
