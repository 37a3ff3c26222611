"""Taking a trial's whole page out of sight, and bringing it back."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit, indexing
from trials.models import Trial


@transaction.atomic
def hide(*, trial: Trial, by: User, reason: str) -> None:
    """Take a trial's page out of sight."""
    trial.hidden_at = timezone.now()
    trial.hidden_by = by
    trial.hidden_reason = reason
    trial.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    audit.record(by=by, verb="hide", subject="trial", trial=trial, reason=reason)
    _search_anew(trial)


@transaction.atomic
def show(*, trial: Trial, by: User) -> None:
    """Bring a hidden trial's page back."""
    before = {"hidden_reason": trial.hidden_reason}
    trial.hidden_at = None
    trial.hidden_by = None
    trial.hidden_reason = ""
    trial.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    audit.record(by=by, verb="show", subject="trial", trial=trial, before=before)
    _search_anew(trial)


def _search_anew(trial: Trial) -> None:
    """Take a trial into searches or out of them, and count its conditions."""
    indexing.count_trials([link.condition_id for link in trial.trial_conditions.all()])
    indexing.refresh([trial.pk])
