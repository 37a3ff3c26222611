"""Coordinators, the sites in their hands, and what they add to them.

A coordinator is an address that reads mail, and has no password. `AtASite` is the base of all that
study teams say or get: it belongs to a site and outlives it.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from trials.models.sites import Site
from trials.models.trial import Trial
from trials.terms.site_facts import SiteFactKind


class AtASite(models.Model):
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

    class Meta:
        abstract = True


class Coordinator(models.Model):
    """Somebody of a study team. Whoever leaves is forgotten: name and address are emptied."""

    address = models.EmailField(blank=True, help_text="In lower case; empty for who has left")
    name = models.CharField(max_length=120, blank=True)
    left_on = models.DateField(null=True, blank=True)
    # A session holds this number; another number here ends it.
    session_number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address"], condition=~Q(address=""), name="coordinator_address_once"
            ),
            models.CheckConstraint(
                condition=Q(address=Lower(F("address"))), name="coordinator_address_lower"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) & ~Q(address="")
                | Q(left_on__isnull=False, address="", name=""),
                name="coordinator_who_left_is_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address or "somebody who has left"


class SignInKey(models.Model):
    """A mailed key to sign in with, good once. Of the key itself a digest is kept."""

    coordinator = models.ForeignKey(
        Coordinator, on_delete=models.CASCADE, related_name="sign_in_keys"
    )
    key_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Key of {self.coordinator_id}"


class SiteCoordinatorQuerySet(models.QuerySet["SiteCoordinator"]):
    """Who looks after which site."""

    def gone(self) -> "SiteCoordinatorQuerySet":
        """Return those whose site the registry removed while they looked after it."""
        return self.filter(site=None, ended_on=None, taken_on__isnull=False).order_by("pk")


class SiteCoordinator(AtASite):
    """That a coordinator looks after a site: given at the desk, or handed over by a colleague.

    A site that a colleague hands over waits until the coordinator takes it on.
    """

    coordinator = models.ForeignKey(Coordinator, on_delete=models.PROTECT, related_name="sites")
    given_on = models.DateField()
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="given_sites",
    )
    handed_by = models.ForeignKey(
        Coordinator,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handed_sites",
    )
    taken_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = SiteCoordinatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["coordinator", "site"],
                condition=Q(ended_on__isnull=True),
                name="sitecoordinator_once",
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=False, handed_by__isnull=True)
                | Q(given_by__isnull=True, handed_by__isnull=False),
                name="sitecoordinator_given_or_handed",
            ),
        ]

    def __str__(self) -> str:
        return self.site_label


class SiteFact(AtASite):
    """What a study team adds about a site. Rows are never changed: the newest of a kind counts."""

    kind = models.CharField(max_length=12, choices=SiteFactKind.choices)
    values = ArrayField(
        models.CharField(max_length=16),
        default=list,
        help_text="Codes of terms.site_facts.ANSWERS, or of languages; empty takes the fact back",
    )
    place = models.CharField(
        max_length=64,
        blank=True,
        help_text="Digest of the place of which it was said; empty in older rows",
    )
    coordinator = models.ForeignKey(
        Coordinator, on_delete=models.PROTECT, related_name="site_facts"
    )
    said_on = models.DateField()

    class Meta:
        indexes = [
            # The newest of each kind at the sites of a page
            models.Index(fields=["site", "kind", "-id"], name="sitefact_newest")
        ]

    def __str__(self) -> str:
        return f"{self.site_label}: {self.get_kind_display()}"
