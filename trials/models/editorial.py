"""Our own words about a trial, wholly apart from registry facts: an import never writes here."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from trials.models.fields import paired
from trials.models.trial import Trial


class EditorialText(models.Model):
    """The plain-language text of one trial's page."""

    class State(models.TextChoices):
        """Whether patients see the text."""

        DRAFT = "DRAFT", "Draft"
        PUBLISHED = "PUBLISHED", "Published"

    trial = models.OneToOneField(Trial, on_delete=models.CASCADE, related_name="editorial")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    plain_title = models.TextField(blank=True)
    plain_summary = models.TextField(
        blank=True, help_text="One sentence: who it is for, what is tried, what it hopes to show"
    )
    what_it_studies = models.TextField(
        blank=True, help_text="Paragraphs parted by a blank line; list lines start with “- ”"
    )
    good_fit = ArrayField(models.TextField(), default=list, blank=True)
    not_a_fit = ArrayField(models.TextField(), default=list, blank=True)
    potential_benefit = models.TextField(blank=True)
    similar_studies = models.TextField(
        "how similar studies have performed",
        blank=True,
        help_text="Never as this trial's own results",
    )
    taking_part = models.TextField("what taking part involves", blank=True)
    based_on_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The record version that the text was written from"
    )
    reviewed_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="published_texts",
    )

    class Meta:
        indexes = [
            # The home page's newest reviews: TrialQuerySet.reviewed + .newest_review_first
            models.Index(
                models.F("reviewed_on").desc(nulls_last=True),
                models.F("trial").desc(),
                condition=Q(state="PUBLISHED"),
                name="editorialtext_newest_review",
            ),
        ]
        constraints = [
            paired("published_at", "published_by", "editorialtext_published_pair"),
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED")
                | Q(published_at__isnull=False, reviewed_on__isnull=False)
                & ~Q(plain_title="")
                & ~Q(plain_summary=""),
                name="editorialtext_published_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"Text for {self.trial_id}"

    @property
    def is_published(self) -> bool:
        """Whether patients see the text."""
        return self.state == self.State.PUBLISHED
