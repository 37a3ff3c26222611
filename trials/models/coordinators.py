"""What study teams tell us of their sites, and the links by which they do.

An answer is that of a coordinator who signed in, or of the holder of a link, who has no account and
no name here. Of a link no address is kept, only digests.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, Min, OuterRef, Q
from django.utils import timezone

from trials.models.fields import paired
from trials.models.study_teams import AtASite, Coordinator
from trials.terms.contacts import CORRECTIONS, Answer
from trials.terms.corrections import ASKED_DAYS, FOR_EDITORS, Fate
from trials.terms.reports import Outcome


def digests_field() -> "models.JSONField[Any, Any]":
    """Return a column for digests of a site's details."""
    return models.JSONField(
        default=dict, help_text="Digests of the details: trials.terms.contacts.Digests"
    )


class ConfirmationLink(AtASite):
    """A link for the contact of one site, good for one answer. Its key is kept as a digest only.

    `made_by` is empty where a reminder made it; `question` is what an editor asks by it.
    `coordinator` is whom it was mailed to: it ends when they no longer look after the site.
    """

    digests = digests_field()
    key_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="made_links",
    )
    coordinator = models.ForeignKey(
        Coordinator, null=True, blank=True, on_delete=models.PROTECT, related_name="links"
    )
    question = models.TextField(blank=True)
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
            paired("revoked_at", "revoked_by", "confirmationlink_revoked_pair"),
        ]

    def __str__(self) -> str:
        return f"Link for {self.site_label}"


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    """Answers of study teams."""

    def waiting(self) -> "ConfirmationQuerySet":
        """Return those that ask for a change and wait for an editor, the oldest first.

        An answer without corrections waits until it is settled or the study team gives another.
        One with corrections waits where an editor has to decide about one, not while the study team
        is asked about all of them.
        """
        newer = Confirmation.objects.filter(
            site=OuterRef("site"), confirmed_at__gt=OuterRef("confirmed_at")
        )
        is_bare = Q(settlement=None) & ~_with(Q(corrections__isnull=False)) & ~Q(Exists(newer))
        rows = self.filter(answer__in=CORRECTIONS).filter(is_bare | _for_editors())
        return rows.order_by("confirmed_at", "pk")

    def asked(self) -> "ConfirmationQuerySet":
        """Return those about which the study team is asked and nobody else, longest asked first."""
        asked = _with(Q(corrections__fate=Fate.ASKED))
        rows = self.filter(asked, answer__in=CORRECTIONS).exclude(_for_editors())
        since = Min("corrections__decided_at", filter=Q(corrections__fate=Fate.ASKED))
        return rows.annotate(asked_at=since).order_by("asked_at", "pk")

    def newest_of_sites(self, sites: list[int]) -> "ConfirmationQuerySet":
        """Return the newest answer of each site, apart from those found to be unfounded."""
        rows = self._founded(sites)
        return rows.order_by("site_id", "-confirmed_at", "-pk").distinct("site_id")

    def newest_of_each_kind(self, sites: list[int]) -> "ConfirmationQuerySet":
        """Return the newest of each of the four answers of each site, unfounded ones left out."""
        rows = self._founded(sites)
        return rows.order_by("site_id", "answer", "-confirmed_at", "-pk").distinct(
            "site_id", "answer"
        )

    def _founded(self, sites: list[int]) -> "ConfirmationQuerySet":
        """Return the answers of sites, apart from those in which nothing was found wrong.

        One of which editors declined a part counts: the study team does not stand by what it said
        before.
        """
        declined = Exists(
            Confirmation.objects.filter(pk=OuterRef("pk"), corrections__fate=Fate.DECLINED)
        )
        unfounded = Q(settlement__outcome=Outcome.NOTHING_WRONG) & ~declined
        return self.filter(site__in=sites).exclude(unfounded)


def _for_editors() -> Q:
    """Return what picks answers with a correction that an editor has to decide about.

    A question comes back to the desk once the study team has spoken of the site again, by a link,
    or has long been silent.
    """
    long_ago = timezone.now() - timedelta(days=ASKED_DAYS)
    later = Confirmation.objects.filter(
        site=OuterRef("site"), confirmed_at__gt=OuterRef("corrections__decided_at")
    )
    asked = Q(corrections__fate=Fate.ASKED)
    is_back = asked & (Q(corrections__decided_at__lt=long_ago) | Q(Exists(later)))
    return _with(Q(corrections__fate__in=FOR_EDITORS)) | _with(is_back)


def _with(condition: Q) -> Q:
    """Return what picks answers by their corrections, each once."""
    return Q(Exists(Confirmation.objects.filter(condition, pk=OuterRef("pk"))))


class Confirmation(AtASite):
    """One answer of a study team, by a link or by a coordinator who signed in.

    Written once; the database refuses to change or delete it. `digests` are of the registry's
    details, `shown` of these with the corrections that stood beside them, empty where none did.
    """

    digests = digests_field()
    shown = digests_field()
    answer = models.CharField(max_length=16, choices=Answer.choices)
    confirmed_at = models.DateTimeField()
    link = models.OneToOneField(
        ConfirmationLink,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="confirmation",
    )
    coordinator = models.ForeignKey(
        Coordinator,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="confirmations",
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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(link__isnull=False, coordinator__isnull=True)
                | models.Q(link__isnull=True, coordinator__isnull=False),
                name="confirmation_by_link_or_coordinator",
            )
        ]

    def __str__(self) -> str:
        return f"{self.site_label}: {self.get_answer_display()}"


class Settlement(models.Model):
    """What became of an answer that asked for a change.

    Nobody settled it where its corrections ended by themselves: the registry agreed with them, or
    the study team took them back. `mended` are the digests of the details once the registry has
    every accepted correction of the answer; empty where none was accepted.
    """

    confirmation = models.OneToOneField(
        Confirmation, on_delete=models.PROTECT, related_name="settlement"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="settlements",
    )
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    note = models.TextField(blank=True, help_text="What the desk found, for other editors")
    mended = digests_field()

    class Meta:
        constraints = [paired("settled_at", "settled_by", "settlement_settled_pair")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.confirmation_id}"
