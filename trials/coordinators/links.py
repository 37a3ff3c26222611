"""Links by which the contact of a site answers: signed, expiring, each good for one answer.

A key names its site, the digest of the details that it was made for, and a secret of which the
database keeps a digest alone. It travels in the query string, which no log of ours keeps. Looking
changes nothing, however often a mail scanner does it.
"""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.db.models import prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from trials.coordinators.details import details_of, kept
from trials.coordinators.errors import LinkIsOverError, Over
from trials.models import Confirmation, ConfirmationLink, Coordinator, Site, SiteCoordinator
from trials.terms.contacts import Digests

_SALT = "trials.coordinators.links"
_LONGEST_KEY = 1_000


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def make(
    site: Site,
    *,
    label: str,
    made_by: User | None,
    coordinator: Coordinator | None = None,
    question: str = "",
) -> tuple[ConfirmationLink, str]:
    """Make a link for the contact of a site, whose trial, facility and contacts are loaded.

    Return its row and its address, which nothing kept can make again. `label` are the words by
    which the site is known once it is gone. A link for a coordinator ends with their place there.
    """
    now, secret = timezone.now(), secrets.token_urlsafe(24)
    link = ConfirmationLink.objects.create(
        trial=site.trial,
        site=site,
        site_label=label,
        digests=kept(details_of(site).digests),
        key_digest=digest_of(secret),
        made_at=now,
        made_by=made_by,
        coordinator=coordinator,
        question=question,
        expires_at=now + timedelta(days=settings.CONFIRM_LINK_DAYS),
    )
    return link, _address(link, secret)


def opened(key: str, *, is_locked: bool = False) -> ConfirmationLink:
    """Return the link of a key with its site, trial and contacts, ready to be answered.

    `is_locked` holds the link until the end of the transaction, so that one answer wins. Raise
    LinkIsOverError for every other key.
    """
    site_id, whole, secret = _read(key)
    rows = ConfirmationLink.objects.select_related("trial", "site__trial", "site__facility")
    if is_locked:
        # The site first, in the order of an import that removes it and so lets go of the link.
        Site.everything.select_for_update(no_key=True).filter(pk=site_id).first()
        rows = rows.select_for_update(of=["self"])
    link = rows.filter(key_digest=digest_of(secret)).first()
    if link is None or link.digests["whole"] != whole or link.site_id not in {site_id, None}:
        raise LinkIsOverError(Over.UNREADABLE)
    if over := _why_over(link):
        raise LinkIsOverError(over)
    return link


def is_open(link: ConfirmationLink) -> bool:
    """Tell whether a link may still be answered as far as its own row says."""
    return _own_end(link) is None


def works(link: ConfirmationLink, site: Site) -> bool:
    """Tell whether an open link is still for what its site shows, and for whom it was made."""
    is_same = not details_of(site).digests.changed(Digests(**link.digests))
    return is_same and _is_still_theirs(link)


def _address(link: ConfirmationLink, secret: str) -> str:
    query = QueryDict(mutable=True)
    query["key"] = signing.dumps([link.site_id, link.digests["whole"], secret], salt=_SALT)
    return f"{settings.PUBLIC_BASE_URL}{reverse('confirm')}?{query.urlencode()}"


def _read(key: str) -> tuple[int, str, str]:
    try:
        site_id, whole, secret = signing.loads(key[:_LONGEST_KEY], salt=_SALT)
    except (signing.BadSignature, ValueError):
        raise LinkIsOverError(Over.UNREADABLE) from None
    return site_id, whole, secret


def _why_over(link: ConfirmationLink) -> Over | None:
    if over := _own_end(link):
        return over
    site: Site | None = link.site
    if site is None or not site.trial.is_public:
        return Over.GONE
    prefetch_related_objects([site], "contacts")
    return Over.CHANGED if details_of(site).digests.changed(Digests(**link.digests)) else None


def _own_end(link: ConfirmationLink) -> Over | None:
    """Return what ended a link, whatever became of its site."""
    # Asked of the table: the link's row may have waited for the lock of another answer.
    if Confirmation.objects.filter(link=link).exists():
        return Over.USED
    if link.revoked_at is not None or not _is_still_theirs(link):
        return Over.REVOKED
    return Over.EXPIRED if link.expires_at <= timezone.now() else None


def _is_still_theirs(link: ConfirmationLink) -> bool:
    """Tell whether the coordinator whom a link was mailed to looks after its site; else nobody."""
    if link.coordinator_id is None:
        return True
    places = SiteCoordinator.objects.filter(coordinator=link.coordinator_id, site=link.site_id)
    return places.filter(ended_on=None, taken_on__isnull=False).exists()
