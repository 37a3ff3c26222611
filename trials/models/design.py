"""What happens in a trial: its groups, what is tested, what is measured."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models.functions import Lower

from trials.models.fields import code_field
from trials.models.trial import Trial
from trials.terms.registry import ArmType, InterventionType


class Arm(models.Model):
    """A group of participants who get the same."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="arms")
    position = models.PositiveIntegerField()
    label = models.TextField(blank=True)
    type = code_field(ArmType)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label


class Intervention(models.Model):
    """A treatment, test or other thing that a trial studies."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="interventions")
    position = models.PositiveIntegerField()
    type = code_field(InterventionType)
    name = models.TextField()
    description = models.TextField(blank=True)
    other_names = ArrayField(models.TextField(), default=list, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            # All trials of a treatment, whatever the length of its name: indexing.learned
            HashIndex(Lower("name"), name="intervention_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ArmIntervention(models.Model):
    """That a group gets an intervention."""

    arm = models.ForeignKey(Arm, on_delete=models.CASCADE, related_name="arm_interventions")
    intervention = models.ForeignKey(
        Intervention, on_delete=models.CASCADE, related_name="arm_interventions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arm", "intervention"],
                name="armintervention_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return f"{self.arm_id} gets {self.intervention_id}"


class OutcomeMeasure(models.Model):
    """Something that the study team measures."""

    class Kind(models.TextChoices):
        """How much weight the measure has."""

        PRIMARY = "PRIMARY"
        SECONDARY = "SECONDARY"
        OTHER = "OTHER"

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="outcome_measures")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    position = models.PositiveIntegerField(help_text="Within its kind")
    measure = models.TextField()
    description = models.TextField(blank=True)
    time_frame = models.TextField(blank=True)

    class Meta:
        ordering = ["kind", "position"]

    def __str__(self) -> str:
        return self.measure
