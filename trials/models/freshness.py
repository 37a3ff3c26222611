"""How fresh the portal is: figures that were counted together, for the freshness page."""

from django.db import models


class FreshnessCount(models.Model):
    """The figures of one count. The newest counts; older ones show how things went."""

    counted_at = models.DateTimeField()
    figures = models.JSONField(help_text="As coordinators.freshness writes them")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.counted_at:%Y-%m-%d %H:%M}"
