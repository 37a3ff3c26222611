"""Everyday words and medical words: what else a search for one should look for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from trials.models.fields import paired


class Synonym(models.Model):
    """That a search for one wording also looks for another.

    Editors' pairs (`EDITOR`) work both ways unless they say otherwise; learned pairs lead from a
    wording that records use to the MeSH heading or other name that the registry gave it, and need
    the support of several trials. A pair that an editor struck stays, so that it is not learned
    again.
    """

    class Origin(models.TextChoices):
        """Who says so."""

        EDITOR = "EDITOR", "Our editors"
        CONDITION = "CONDITION", "Learned: condition and MeSH heading"
        INTERVENTION = "INTERVENTION", "Learned: treatment and its other name"

    words = models.TextField(help_text="What people type, as “heart attack”")
    also = models.TextField(help_text="What a search also looks for, as “myocardial infarction”")
    words_key = models.TextField(editable=False, help_text="The stems of the words")
    also_key = models.TextField(editable=False, help_text="The stems of the other words")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.EDITOR)
    one_way = models.BooleanField(
        default=False,
        help_text="Tick where the second wording is broader: a search for it should not look "
        "for the first one",
    )
    trials = models.PositiveIntegerField(
        default=0, help_text="How many trials support a learned pair"
    )
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="struck_synonyms",
    )
    note = models.TextField(blank=True, help_text="Why, for other editors")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["words_key", "also_key"], name="synonym_once"),
            models.CheckConstraint(
                condition=~Q(words_key=F("also_key")), name="synonym_of_something_else"
            ),
            paired("struck_at", "struck_by", "synonym_struck_pair"),
        ]
        indexes = [
            # Both ways, of pairs that hold: search
            models.Index(
                fields=["words_key"],
                condition=Q(struck_at__isnull=True),
                name="synonym_words",
            ),
            models.Index(
                fields=["also_key"],
                condition=Q(struck_at__isnull=True, one_way=False, origin="EDITOR"),
                name="synonym_also",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.also}"


class ConditionIntroduction(models.Model):
    """Our editors' plain words on top of a condition's page."""

    condition = models.OneToOneField(
        "trials.Condition", on_delete=models.CASCADE, related_name="introduction"
    )
    text = models.TextField(help_text="Two or three short sentences for a patient")
    reviewed_on = models.DateField()

    def __str__(self) -> str:
        return f"Introduction to {self.condition_id}"
