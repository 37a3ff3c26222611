"""Where a trial runs: the place (facility) and this trial at that place (site)."""

from django.db import models

from trials.models.fields import code_field, point_rule
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

    def __str__(self) -> str:
        return f"{self.trial_id} at {self.facility_id}"
