"""Keys by which coordinators sign in: mailed, good once, and not for long.

Looking at a key changes nothing, however often a mail scanner does it. Of a key a digest is kept.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from trials.coordinators.errors import LinkIsOverError, Over
from trials.coordinators.links import digest_of
from trials.models import Coordinator, SignInKey

_LONGEST_KEY = 100


@transaction.atomic
def new_key(coordinator: Coordinator) -> str:
    """Return a new key of a coordinator, to be mailed; old ones of theirs are removed."""
    now = timezone.now()
    coordinator.sign_in_keys.filter(expires_at__lt=now - timedelta(days=1)).delete()
    key = secrets.token_urlsafe(24)
    SignInKey.objects.create(
        coordinator=coordinator,
        key_digest=digest_of(key),
        expires_at=now + timedelta(minutes=settings.SIGN_IN_MINUTES),
    )
    return key


def address_of(key: str) -> str:
    """Return the address to mail, whose page has the button to sign in."""
    query = QueryDict(mutable=True)
    query["key"] = key
    return f"{settings.PUBLIC_BASE_URL}{reverse('sign-in-enter')}?{query.urlencode()}"


def check(key: str) -> None:
    """Raise LinkIsOverError where a key can't be used."""
    _usable(key, is_locked=False)


@transaction.atomic
def use(key: str) -> Coordinator:
    """Return whose key it is, and use it up; raise LinkIsOverError where it can't be used."""
    row = _usable(key, is_locked=True)
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    return row.coordinator


def _usable(key: str, *, is_locked: bool) -> SignInKey:
    rows = SignInKey.objects.select_related("coordinator")
    if is_locked:
        rows = rows.select_for_update(of=["self"])
    row = rows.filter(key_digest=digest_of(key[:_LONGEST_KEY])).first()
    if row is None or row.coordinator.left_on is not None:
        raise LinkIsOverError(Over.UNREADABLE)
    if row.used_at is not None:
        raise LinkIsOverError(Over.USED)
    if row.expires_at <= timezone.now():
        raise LinkIsOverError(Over.EXPIRED)
    return row
