"""Where a trial runs: the place (facility) and this trial at that place (site)."""

from django.db import models

from trials.models.fields import code_field, name_start, point_rule
from trials.models.trial import Trial
from trials.terms.registry import RecruitmentStatus


class Facility(models.Model):
    """A hospital, clinic or other place, as records write it; shared by trials."""

    name = models.TextField(blank=True)
    city = models.TextField(blank=True)
    state = models.TextField(blank=True)
    zip = models.TextField(blank=True)
    country = models.TextField(blank=True)
    key = models.UUIDField(unique=True, help_text="Digest of name, city, state, zip and country")

    class Meta:
        verbose_name_plural = "facilities"
        indexes = [
            # Places by how their name starts: admin.organisations
            models.Index(name_start("name"), name="facility_name_start"),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.city, self.country) if part)


class Site(models.Model):
    """One trial at one facility, with a recruitment status of its own."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="sites")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="sites")
    position = models.PositiveIntegerField(help_text="Order in the record")
    recruitment_status = code_field(RecruitmentStatus)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    everything = models.Manager()

    class Meta:
        ordering = ["position"]
        constraints = [point_rule("site_point")]
        indexes = [
            # Sites without coordinates, of the newest trials first: models.problem_lists
            models.Index(
                fields=["-trial", "-id"],
                include=["recruitment_status", "facility"],
                condition=models.Q(latitude__isnull=True),
                name="site_without_point",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} at {self.facility_id}"
