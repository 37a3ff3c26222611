"""Who can take part: limits as columns, criteria as a tree of rows."""

from django.db import models
from django.db.models import F, Q

from trials.models.fields import code_field, codes_field
from trials.models.trial import Trial
from trials.terms.registry import SamplingMethod, Sex, StandardAge


class Eligibility(models.Model):
    """A trial's limits and the registry's original criteria text."""

    trial = models.OneToOneField(Trial, on_delete=models.CASCADE, related_name="eligibility")
    criteria_text = models.TextField(blank=True)
    minimum_age = models.TextField(blank=True, help_text="As the registry writes it")
    maximum_age = models.TextField(blank=True, help_text="As the registry writes it")
    minimum_age_months = models.FloatField(
        null=True, blank=True, help_text="Empty means no lower limit (or one that can't be read)"
    )
    maximum_age_months = models.FloatField(
        null=True, blank=True, help_text="Empty means no upper limit (or one that can't be read)"
    )
    standard_ages = codes_field(StandardAge)
    sex = code_field(Sex)
    gender_based = models.BooleanField(null=True, blank=True)
    gender_description = models.TextField(blank=True)
    healthy_volunteers = models.BooleanField(null=True, blank=True)
    study_population = models.TextField(blank=True)
    sampling_method = code_field(SamplingMethod)

    class Meta:
        verbose_name_plural = "eligibility"
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_age_months__isnull=True)
                | Q(maximum_age_months__isnull=True)
                | Q(minimum_age_months__lte=F("maximum_age_months")),
                name="eligibility_age_range",
            ),
            models.CheckConstraint(
                condition=(Q(minimum_age_months__isnull=True) | Q(minimum_age_months__gte=0))
                & (Q(maximum_age_months__isnull=True) | Q(maximum_age_months__gte=0)),
                name="eligibility_age_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"Eligibility of {self.trial_id}"


class Criterion(models.Model):
    """One node of the tree that the criteria text is read into, in reading order."""

    class Section(models.TextChoices):
        """The side that a node stands on."""

        INCLUSION = "inclusion"
        EXCLUSION = "exclusion"
        OTHER = "other"

    class Role(models.TextChoices):
        """What a node is."""

        HEADING = "heading"
        ITEM = "item"
        PARAGRAPH = "paragraph"
        NOTE = "note"

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    position = models.PositiveIntegerField(help_text="Reading order within the trial")
    depth = models.PositiveIntegerField()
    section = models.CharField(max_length=9, choices=Section.choices)
    role = models.CharField(max_length=9, choices=Role.choices)
    marker = models.TextField(blank=True, help_text="The list marker as written")
    text = models.TextField()

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True, depth=0) | Q(parent__isnull=False, depth__gt=0),
                name="criterion_parent_and_depth",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
