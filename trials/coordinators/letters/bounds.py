"""How many letters an address gets: a bound a day, and an hourly one for links to sign in."""

from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from trials.coordinators import addresses
from trials.models import Letter
from trials.terms.letters import LetterKind, LetterState

SIGN_INS_AN_HOUR = 5
_WENT_OUT = (LetterState.SENDING, LetterState.SENT, LetterState.BOUNCED)


def hold(digest: str) -> None:
    """Let letters to one address be counted one after the other, until the transaction ends."""
    key = int(digest[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def full_today(normal_addresses: Collection[str]) -> set[str]:
    """Return which of some addresses got, or wait for, as many letters as they may in a day."""
    digests = {addresses.digest_of(address): address for address in normal_addresses}
    rows = _of_today(Q(state=LetterState.WAITING)).filter(address_digest__in=digests)
    numbers = rows.order_by().values_list("address_digest").annotate(number=Count("pk"))
    return {digests[digest] for digest, number in numbers if number >= settings.LETTERS_A_DAY}


def went_out_today(digest: str) -> bool:
    """Tell whether as many letters as an address may get in a day went out to it."""
    return _of_today().filter(address_digest=digest).count() >= settings.LETTERS_A_DAY


def asks_too_often(digest: str) -> bool:
    """Tell whether somebody asked for as many links to sign in as an address gets in an hour."""
    since = timezone.now() - timedelta(hours=1)
    asked = Letter.objects.filter(address_digest=digest, kind=LetterKind.SIGN_IN, made_at__gt=since)
    return asked.count() >= SIGN_INS_AN_HOUR


def _of_today(too: Q | None = None) -> "QuerySet[Letter]":
    """Return the letters that went out today, and others; links to sign in don't count."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    went_out = Q(sent_at__gte=midnight, state__in=_WENT_OUT)
    rows = Letter.objects.exclude(kind=LetterKind.SIGN_IN)
    return rows.filter(went_out | too if too else went_out)
