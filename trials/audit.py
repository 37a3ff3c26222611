"""Who did what to which of our words, in the transaction of the act itself.

A row is written once; the database refuses to change or delete one. Nothing here holds a reader's
words or a patient's data: subjects are our own texts, terms and trials.
"""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from trials.models import AuditEvent, Trial


def record(
    *,
    by: User,
    verb: str,
    subject: str,
    trial: Trial | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEvent:
    """Write down one act; call it inside the act's own transaction.

    `before` and `after` hold what changed, as JSON values by name.
    """
    return AuditEvent.objects.create(
        done_at=timezone.now(),
        done_by=by,
        verb=verb,
        trial=trial,
        subject=subject,
        before=before or {},
        after=after or {},
        reason=reason,
    )


def history(*, trial: Trial | None = None, subject: str = "") -> "QuerySet[AuditEvent]":
    """Return the acts on a trial, or on one subject, the newest first."""
    events = AuditEvent.objects.select_related("done_by")
    return events.filter(trial=trial) if trial else events.filter(subject=subject)
