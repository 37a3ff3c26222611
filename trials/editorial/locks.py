"""Who is writing: a lock that others see, that lapses by itself, and that a publisher can break."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit
from trials.editorial.errors import NotAllowedError
from trials.editorial.permissions import allows
from trials.models import EditorialText
from trials.terms.desk import Role


def holder(text: EditorialText) -> User | None:
    """Return who is writing now; nobody where the lock has lapsed."""
    if text.locked_at is None:
        return None
    lapsed = timezone.now() - timedelta(minutes=settings.LOCK_MINUTES)
    return text.locked_by if text.locked_at > lapsed else None


def check_free(text: EditorialText, by: User) -> None:
    """Raise NotAllowedError where somebody else is writing."""
    writer = holder(text)
    if writer is not None and writer != by:
        raise NotAllowedError(
            f"{name(writer)} is writing this text (since {text.locked_at:%H:%M} UTC). You can read "
            f"it. The lock lapses after {settings.LOCK_MINUTES} minutes without a word, and a "
            "publisher can break it."
        )


def name(person: User) -> str:
    """Return a person's name for others at the desk."""
    return person.get_full_name() or person.get_username()


def take(*, text: EditorialText, by: User) -> None:
    """Take the lock, or keep it: to be called with the text's row locked, or from its form.

    Raises NotAllowedError where somebody else has it.
    """
    check_free(text, by)
    text.locked_at, text.locked_by = timezone.now(), by
    text.save(update_fields=["locked_at", "locked_by"])


def release(*, text: EditorialText) -> None:
    """Give the lock back."""
    text.locked_at = text.locked_by = None
    text.save(update_fields=["locked_at", "locked_by"])


@transaction.atomic
def break_lock(*, text: EditorialText, reason: str, by: User) -> None:
    """Take the lock from whoever has it; what they save later meets the conflict page."""
    if not allows(by, Role.PUBLISHER):
        raise NotAllowedError(
            "Only a publisher can break a lock. Ask one, or wait until it lapses."
        )
    writer = holder(text)
    audit.record(
        by=by,
        verb="break lock",
        subject="text",
        trial=text.trial,
        before={"locked_by": writer.get_username() if writer else ""},
        reason=reason,
    )
    release(text=text)
