"""What a study team says that a field of its site should say; the registry's row stays as it is."""

from django.conf import settings
from django.db import models

from trials.models.coordinators import Confirmation
from trials.models.fields import paired
from trials.models.study_teams import AtASite
from trials.terms.corrections import UNDER_WAY, Fate, Field


class Correction(AtASite):
    """One field of one answer. `registry_value` is what the registry said when it was decided on.

    `contact_name` tells which contact of the site it is about, by the registry's name for it;
    `shown_value` is what readers saw when the study team wrote.
    """

    confirmation = models.ForeignKey(
        Confirmation, on_delete=models.PROTECT, related_name="corrections"
    )
    field = models.CharField(max_length=12, choices=Field.choices)
    contact_name = models.TextField(blank=True)
    registry_value = models.TextField(blank=True)
    shown_value = models.TextField(blank=True)
    new_value = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text="From the study team, for editors")
    fate = models.CharField(max_length=12, choices=Fate.choices, default=Fate.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decided_corrections",
    )
    reason = models.TextField(blank=True, help_text="Why it was declined, for the study team")
    question = models.TextField(blank=True, help_text="What an editor asks the study team")
    reply = models.TextField(blank=True, help_text="What the study team answered")
    ended_on = models.DateField(
        null=True, blank=True, help_text="When the registry agreed, or it was taken back"
    )

    class Meta:
        ordering = ["id"]
        indexes = [
            # What waits at the desk, or may come back to it: editorial.queue
            models.Index(
                fields=["confirmation"],
                condition=models.Q(fate__in=[str(fate) for fate in UNDER_WAY]),
                name="correction_for_editors",
            ),
            # Statuses that readers see: coordinators.freshness. What imports settle is nearly all
            # that there is, and is read by its key: coordinators.registry_says
            models.Index(
                fields=["id"],
                condition=models.Q(fate__in=[str(Fate.ACCEPTED), str(Fate.MOVED)]),
                name="correction_accepted",
            ),
        ]
        constraints = [paired("decided_at", "decided_by", "correction_decided_pair")]

    def __str__(self) -> str:
        return f"{self.site_label}: {self.get_field_display()}"
