"""Who runs a trial, and who works with them."""

from django.db import models

from trials.models.fields import code_field, name_start
from trials.models.trial import Trial
from trials.terms.registry import AgencyClass


class Sponsor(models.Model):
    """An organisation; the registry knows it by its name and class alone."""

    name = models.TextField()
    agency_class = code_field(AgencyClass)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "agency_class"], name="sponsor_once")
        ]
        indexes = [
            # Organisations by how their name starts: admin.organisations
            models.Index(name_start("name"), name="sponsor_name_start"),
        ]

    def __str__(self) -> str:
        return self.name


class TrialSponsor(models.Model):
    """A sponsor's part in one trial."""

    class Role(models.TextChoices):
        """Lead sponsor or collaborator."""

        LEAD = "LEAD"
        COLLABORATOR = "COLLABORATOR"

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="trial_sponsors")
    sponsor = models.ForeignKey(Sponsor, on_delete=models.PROTECT, related_name="trial_sponsors")
    role = models.CharField(max_length=12, choices=Role.choices)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["trial"], condition=models.Q(role="LEAD"), name="trialsponsor_one_lead"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sponsor_id} {self.role}"
