"""Addresses to which nothing is sent: known by their digests, and by their domains for the desk."""

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit
from trials.coordinators import addresses
from trials.coordinators.actions import check_desk
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters.switch import SUBJECT
from trials.models import SuppressedAddress
from trials.terms.letters import LetterKind, SuppressedFor

_LONGEST_DETAIL = 300
# What a row gives way to. That a reader unsubscribed is kept besides, whatever else is the matter.
_RANKS = (SuppressedFor.UNSUBSCRIBED, SuppressedFor.BOUNCED, SuppressedFor.DESK)


def domain_of(address: str) -> str:
    """Return what the desk may see of an address."""
    return address.rpartition("@")[2][:253]


def blocks(why: str, kind: str) -> bool:
    """Tell whether a row of the list keeps a kind of letter back.

    Who unsubscribed can still ask for a link to sign in.
    """
    return not (why == SuppressedFor.UNSUBSCRIBED and kind == LetterKind.SIGN_IN)


def is_suppressed(address: str, kind: LetterKind) -> bool:
    """Tell whether the list keeps a kind of letter from a normal address."""
    return address in suppressed_among([address], kind)


def suppressed_among(normal_addresses: Collection[str], kind: LetterKind) -> set[str]:
    """Return from which of some normal addresses the list keeps a kind of letter; one query."""
    digests = {addresses.digest_of(address): address for address in normal_addresses}
    rows = SuppressedAddress.objects.filter(address_digest__in=digests)
    return {digests[row.address_digest] for row in rows if blocks(row.why, kind)}


def found(digest: str) -> SuppressedAddress | None:
    """Return what the list has about the address of a digest."""
    return SuppressedAddress.objects.filter(address_digest=digest).first()


def suppress(*, address: str, why: SuppressedFor, detail: str = "") -> None:
    """Let nothing more go to a normal address."""
    suppress_known(addresses.digest_of(address), domain_of(address), why, detail)


@transaction.atomic
def suppress_known(digest: str, domain: str, why: SuppressedFor, detail: str = "") -> None:
    """Let nothing more go to the address of a digest.

    A weightier reason stands as it is; that a reader unsubscribed is kept beside it.
    """
    today = timezone.now().date()
    wish = {"unsubscribed_on": today} if why == SuppressedFor.UNSUBSCRIBED else {}
    values = {"domain": domain, "why": why, "detail": detail[:_LONGEST_DETAIL], "since": today}
    rows = SuppressedAddress.objects.select_for_update()
    row, is_new = rows.get_or_create(address_digest=digest, defaults=values | wish)
    if is_new or (row.unsubscribed_on and wish):
        return
    is_weightier = _RANKS.index(why) > _RANKS.index(SuppressedFor(row.why))
    if changed := (values if is_weightier else {}) | wish:
        SuppressedAddress.objects.filter(pk=row.pk).update(**changed)


@transaction.atomic
def resubscribe(digest: str) -> None:
    """Take back that a reader stopped letters; what the desk or a mail server said stays."""
    rows = SuppressedAddress.objects.filter(address_digest=digest)
    rows.filter(why=SuppressedFor.UNSUBSCRIBED).delete()
    rows.update(unsubscribed_on=None)


@transaction.atomic
def add(*, address: str, reason: str, by: User) -> None:
    """Let the desk put an address on the list.

    Raise ValueError with a sentence for what is no address, RefusedError for whoever may not.
    """
    check_desk(by)
    address = addresses.normal(address)
    reason = reason.replace("\x00", "").strip()[:_LONGEST_DETAIL]
    suppress(address=address, why=SuppressedFor.DESK, detail=reason)
    audit.record(
        by=by,
        verb="suppress",
        subject=SUBJECT,
        after={"domain": domain_of(address)},
        reason=reason,
    )


@transaction.atomic
def lift(*, row: SuppressedAddress, by: User) -> bool:
    """Take back why an address is on the list, and return whether it is off it.

    Who unsubscribed stays on it for that, until it is lifted, too. Raise RefusedError for whoever
    may not, and where the address is on it no longer.
    """
    check_desk(by)
    held = SuppressedAddress.objects.select_for_update().filter(pk=row.pk).first()
    if held is None:
        raise RefusedError("This address is no longer on the list.")
    before = {"why": held.get_why_display()}
    wished_on = None if held.why == SuppressedFor.UNSUBSCRIBED else held.unsubscribed_on
    if wished_on:
        held.why, held.since, held.detail = SuppressedFor.UNSUBSCRIBED, wished_on, ""
        held.save(update_fields=["why", "since", "detail"])
    else:
        held.delete()
    audit.record(by=by, verb="lift", subject=SUBJECT, before=before, after={"domain": held.domain})
    return not wished_on
