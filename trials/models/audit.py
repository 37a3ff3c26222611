"""Who did what: rows that are written once. The database itself refuses to change or delete one."""

from django.conf import settings
from django.db import models

from trials.models.fields import paired
from trials.models.trial import Trial


class AuditEvent(models.Model):
    """One act of a person (or of a command in their name) on our words or on a trial's page."""

    done_at = models.DateTimeField()
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="audit_events"
    )
    verb = models.CharField(max_length=24, help_text="As the button said: submit, approve, assign…")
    trial = models.ForeignKey(
        Trial, null=True, blank=True, on_delete=models.PROTECT, related_name="audit_events"
    )
    subject = models.TextField(help_text="What it was done to, as “text”, “term: remission”")
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True, help_text="The note or reason that the person gave")

    class Meta:
        ordering = ["-id"]
        indexes = [
            # The history of a term or a pair of words: audit.history
            models.Index(fields=["subject", "-id"], name="auditevent_subject"),
            # A trial's history: audit.history
            models.Index(fields=["trial", "-id"], name="auditevent_trial"),
        ]
        constraints = [paired("done_at", "done_by", "auditevent_done_pair")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
