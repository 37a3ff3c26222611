"""Our own words about a trial, wholly apart from registry facts: an import never writes here.

`EditorialText` is one trial's place on the desk and holds the words that patients see. What is
worked on are its revisions, of which none ever changes; publishing copies one into the text.
"""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from trials.models.fields import paired
from trials.models.trial import Trial
from trials.terms.desk import Part, State
from trials.terms.sources import Source


def _person(name: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    """Return a column for who did something; `name` is how the person's page lists the rows."""
    options = {"null": True, "blank": True} | options
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name=name, **options
    )


class Words(models.Model):
    """The eight fields of a text; `trials.terms.desk.Part` lists them."""

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

    class Meta:
        abstract = True

    @property
    def words(self) -> dict[str, Any]:
        """The fields by the names of their columns."""
        return {part.value: getattr(self, part.value) for part in Part}


class EditorialText(Words):
    """One trial's place on the desk. Its words are those that patients see while `is_live`."""

    State = State

    trial = models.OneToOneField(Trial, on_delete=models.CASCADE, related_name="editorial")
    state = models.CharField(max_length=12, choices=State.choices, default=State.NOT_STARTED)
    since = models.DateTimeField(
        null=True, blank=True, help_text="When the working copy came into its state"
    )
    head = models.ForeignKey(
        "trials.Revision",
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="+",
        help_text="The newest revision: the working copy",
    )

    is_live = models.BooleanField(default=False, help_text="Whether patients see the words")
    live = models.ForeignKey(
        "trials.Revision",
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="+",
        help_text="The revision that the words of the page come from",
    )
    based_on_version = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="The record version that an editor last held the page against",
    )
    reviewed_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = _person("published_texts")
    scheduled_at = models.DateTimeField(
        null=True, blank=True, help_text="When the approved text goes live by itself"
    )
    scheduled_by = _person("scheduled_texts")

    assigned_to = _person("assigned_texts")
    locked_at = models.DateTimeField(
        null=True, blank=True, help_text="When the writer who has the lock was last heard of"
    )
    locked_by = _person("locked_texts")
    requeued_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody asked for another look at the page"
    )
    requeued_by = _person("requeued_texts")

    class Meta:
        permissions = [
            ("write_text", "Can write texts"),
            ("review_text", "Can review texts"),
            ("publish_text", "Can publish texts"),
        ]
        indexes = [
            # The home page's newest reviews: TrialQuerySet.reviewed + .newest_review_first
            models.Index(
                F("reviewed_on").desc(nulls_last=True),
                F("trial").desc(),
                condition=Q(is_live=True),
                name="editorialtext_newest_review",
            ),
            # Texts that wait for somebody, longest first: editorial.queue
            models.Index(fields=["state", "since"], name="editorialtext_waiting"),
            # Scheduled texts that are due: editorial.assignments.publish_due
            models.Index(
                fields=["scheduled_at"],
                condition=Q(scheduled_at__isnull=False),
                name="editorialtext_scheduled",
            ),
        ]
        constraints = [
            paired("published_at", "published_by", "editorialtext_published_pair"),
            paired("scheduled_at", "scheduled_by", "editorialtext_scheduled_pair"),
            paired("locked_at", "locked_by", "editorialtext_locked_pair"),
            paired("requeued_at", "requeued_by", "editorialtext_requeued_pair"),
            models.CheckConstraint(
                condition=Q(is_live=False)
                | Q(
                    published_at__isnull=False,
                    reviewed_on__isnull=False,
                    based_on_version__isnull=False,
                )
                & ~Q(plain_title="")
                & ~Q(plain_summary=""),
                name="editorialtext_live_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state="PUBLISHED") | Q(is_live=True),
                name="editorialtext_published_is_live",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_at__isnull=True) | Q(state="APPROVED"),
                name="editorialtext_scheduled_is_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"Text for {self.trial_id}"


class Revision(Words):
    """One saved state of a text's words. It is written once and never changed.

    `covers` says for each criterion (by the digest of its text) which line covers it or why none
    does: {digest: {"line": "…"} or {"reason": "…", "by": "ada"}}. `answers` are the typed reasons
    that stand against findings of the guard: {finding's key: {"reason": "…", "by": "ada"}}.
    """

    text = models.ForeignKey(EditorialText, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(help_text="1 for the first")
    saved_at = models.DateTimeField()
    saved_by = _person("revisions", null=False, blank=False)
    note = models.TextField(blank=True, help_text="Why, for other editors")
    covers = models.JSONField(default=dict, blank=True)
    answers = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["text", "number"], name="revision_number_once"),
            paired("saved_at", "saved_by", "revision_saved_pair"),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.text_id}"


class Passage(models.Model):
    """Where one field of a revision comes from: record version, source fields, who signed it."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="passages")
    part = models.CharField(max_length=20, choices=Part.choices)
    based_on_version = models.PositiveIntegerField(
        help_text="The record version that the field was last held against"
    )
    sources = ArrayField(
        models.CharField(max_length=32, choices=Source.choices),
        help_text="The fields of the record that it was written from",
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = _person("signed_passages")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "part"], name="passage_part_once"),
            paired("signed_at", "signed_by", "passage_signed_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.revision_id}"


class UnsavedWords(models.Model):
    """What somebody typed and could not save; their next visit finds it again."""

    text = models.ForeignKey(EditorialText, on_delete=models.CASCADE, related_name="unsaved_words")
    kept_at = models.DateTimeField()
    kept_by = _person("unsaved_words", null=False, blank=False)
    words = models.JSONField(help_text="The form's fields as they were sent")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "kept_by"], name="unsavedwords_once"),
            paired("kept_at", "kept_by", "unsavedwords_kept_pair"),
        ]

    def __str__(self) -> str:
        return f"Words of {self.kept_by_id} for {self.text_id}"
