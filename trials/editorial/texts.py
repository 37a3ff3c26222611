"""A trial's place on the desk, fetched for a change."""

from django.utils import timezone

from trials.models import EditorialText, Trial


def text_of(trial: Trial) -> EditorialText:
    """Return a trial's place on the desk; makes it where there was none."""
    return EditorialText.objects.get_or_create(trial=trial, defaults={"since": timezone.now()})[0]


def locked(pk: int) -> EditorialText:
    """Return a text whose row nobody else can change until the transaction ends."""
    rows = EditorialText.objects.select_for_update(of=["self"])
    return rows.select_related("trial", "head", "live").get(pk=pk)
