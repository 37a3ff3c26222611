"""What editors do to texts and to the visibility of trials. Each action is one transaction.

What a search reads changes with it.
"""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import indexing
from trials.models import EditorialText, Trial


class NotAllowedError(Exception):
    """The action is not possible now; the message is the sentence that the editor reads."""


def check_publish(text: EditorialText) -> None:
    """Raise NotAllowedError where a text lacks what every published page shows."""
    wanted = {
        "a plain title": text.plain_title,
        "a one-sentence summary": text.plain_summary,
        "the date of the review": text.reviewed_on,
    }
    missing = [name for name, value in wanted.items() if not value]
    if missing:
        raise NotAllowedError(f"The text can't be published yet: it lacks {', '.join(missing)}.")


@transaction.atomic
def publish(*, text: EditorialText, by: User) -> None:
    """Show a text to patients, as written from the record's present version."""
    check_publish(text)
    text.state = EditorialText.State.PUBLISHED
    text.published_at = timezone.now()
    text.published_by = by
    text.based_on_version = text.trial.record_version
    text.save(update_fields=["state", "published_at", "published_by", "based_on_version"])
    indexing.refresh([text.trial_id])


@transaction.atomic
def unpublish(*, text: EditorialText) -> None:
    """Take a text back: the page falls back to the registry's facts."""
    text.state = EditorialText.State.DRAFT
    text.save(update_fields=["state"])
    indexing.refresh([text.trial_id])


@transaction.atomic
def save(*, text: EditorialText) -> None:
    """Save what an editor wrote; of a published text the public page changes at once."""
    text.save()
    indexing.refresh([text.trial_id])


@transaction.atomic
def delete(*, text: EditorialText) -> None:
    """Delete a text: the page falls back to the registry's facts."""
    text.delete()
    indexing.refresh([text.trial_id])


@transaction.atomic
def hide(*, trial: Trial, by: User, reason: str) -> None:
    """Take a trial's page out of sight."""
    trial.hidden_at = timezone.now()
    trial.hidden_by = by
    trial.hidden_reason = reason
    trial.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _search_anew(trial)


@transaction.atomic
def show(*, trial: Trial) -> None:
    """Bring a hidden trial's page back."""
    trial.hidden_at = None
    trial.hidden_by = None
    trial.hidden_reason = ""
    trial.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    _search_anew(trial)


def _search_anew(trial: Trial) -> None:
    """Take a trial into searches or out of them, and count its conditions."""
    indexing.count_trials([link.condition_id for link in trial.trial_conditions.all()])
    indexing.refresh([trial.pk])
