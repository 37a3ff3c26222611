"""Letters that were cut off or refused: what is free to be said again, and sending one again.

The address of a refused letter is gone, as of any that is over. It is found again where it came
from, in the coordinator's account or among a site's contacts, and known by its digest.
"""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from trials import audit
from trials.coordinators import addresses
from trials.coordinators.actions import check_desk
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters.making import listed_addresses
from trials.coordinators.letters.switch import SUBJECT
from trials.models import Letter, LetterTopic, Site
from trials.terms.letters import LetterKind, LetterState

# After that a letter found as being sent is no longer: its process is gone.
CUT_OFF_AFTER = timedelta(minutes=15)
# A reminder to an address whose server refused us comes after so long, or by the desk's button.
REST = timedelta(days=7)
_OFFERED_FOR = timedelta(days=30)


def cut_off() -> "QuerySet[Letter]":
    """Return the letters of which nobody knows if they went out."""
    return Letter.objects.filter(_cut_off())


def left_to_the_desk() -> "QuerySet[Letter]":
    """Return the letters that somebody at the desk can send again: cut off, or refused of late.

    A link to sign in is not among the refused: nobody waits for it any more.
    """
    refused = Q(state=LetterState.REFUSED, sent_at__gte=timezone.now() - _OFFERED_FOR)
    return Letter.objects.filter(_cut_off() | refused & ~Q(kind=LetterKind.SIGN_IN))


def rests(address: str) -> bool:
    """Tell whether a letter to a normal address was refused so lately that no reminder follows."""
    return Letter.objects.filter(
        address_digest=addresses.digest_of(address),
        state=LetterState.REFUSED,
        sent_at__gte=timezone.now() - REST,
    ).exists()


def free(letter: Letter) -> None:
    """Give the keys of a letter back: it surely did not go out, and another may say the same."""
    said = LetterTopic.objects.filter(letter=letter).exclude(once__endswith=_freed(letter))
    said.update(once=Concat(F("once"), Value(_freed(letter))))


@transaction.atomic
def send_again(*, letter: Letter, by: User) -> None:
    """Let a letter wait to be sent again.

    Of one that was cut off somebody accepts that it comes twice. Raise RefusedError for any other
    letter than those that are left to the desk, and where its address is gone.
    """
    check_desk(by)
    row = left_to_the_desk().select_for_update(of=["self"]).filter(pk=letter.pk).first()
    if row is None:
        raise RefusedError("This letter was not cut off or refused of late.")
    address = _address(row)
    if not address:
        raise RefusedError("The letter’s address is no longer known here: ask the site anew.")
    _hold_keys(row)
    Letter.objects.filter(pk=row.pk).update(
        state=LetterState.WAITING, tries=0, problem="", address=address
    )
    audit.record(
        by=by, verb="send again", subject=SUBJECT, after={"letter": row.get_kind_display()}
    )


def _cut_off() -> Q:
    return Q(state=LetterState.SENDING, sent_at__lt=timezone.now() - CUT_OFF_AFTER)


def _freed(letter: Letter) -> str:
    return f"/{letter.pk}"


def _hold_keys(letter: Letter) -> None:
    """Take back the keys that a letter gave up; RefusedError where another letter has them."""
    topics = list(letter.topics.all())
    for topic in topics:
        topic.once = topic.once.removesuffix(_freed(letter))
    try:
        with transaction.atomic():
            LetterTopic.objects.bulk_update(topics, ["once"])
    except IntegrityError:
        raise RefusedError("Another letter says this by now.") from None


def _address(letter: Letter) -> str:
    """Return the address of a letter, empty where nothing has it any more."""
    known = [letter.address]
    if letter.coordinator is not None:
        known.append(letter.coordinator.address)
    sites = Site.everything.filter(pk__in=letter.topics.values("site"))
    for site in sites.prefetch_related("contacts"):
        known += listed_addresses(site)
    digest = letter.address_digest
    return next((each for each in known if each and addresses.digest_of(each) == digest), "")
