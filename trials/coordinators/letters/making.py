"""Letters that somebody asks for: they are put into the outbox, to be worded when they are sent."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials import audit
from trials.coordinators import addresses
from trials.coordinators.actions import check_desk, label_of
from trials.coordinators.errors import RefusedError
from trials.coordinators.letters import bounds, gate, switch
from trials.models import Coordinator, Letter, LetterTopic, Site, SiteCoordinator
from trials.terms.letters import LetterKind, LetterState, Occasion

LONGEST_QUESTION = 2_000
INVITED_AGAIN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A normal address, and who of us it is; None for a contact that the registry lists."""

    address: str
    coordinator: Coordinator | None = None


@transaction.atomic
def queue_sign_in(*, coordinator: Coordinator) -> Letter | None:
    """Put a letter with a link to sign in into the outbox.

    Return None where nothing can be sent: the coordinator has left, or asked too often. A letter
    that may not be sent is kept as dropped, so that the desk can tell why nobody gets it.
    """
    if not coordinator.address:
        return None
    digest = addresses.digest_of(coordinator.address)
    bounds.hold(digest)
    if bounds.asks_too_often(digest):
        return None
    return put(LetterKind.SIGN_IN, Recipient(coordinator.address, coordinator))


@transaction.atomic
def invite(*, site: Site, by: User, question: str = "") -> list[Letter]:
    """Put letters with a link to confirm a site's contact into the outbox, and return them.

    They go to the coordinators of the site; where it has none and the switch is on, to the contacts
    that the registry lists. Raise RefusedError where that leaves nobody.
    """
    check_desk(by)
    question = question.replace("\x00", "").strip()
    if len(question) > LONGEST_QUESTION:
        raise RefusedError(f"A question can have {LONGEST_QUESTION:,} characters.")
    kind = LetterKind.QUESTION if question else LetterKind.INVITATION
    wanted = recipients(site)
    if kind == LetterKind.INVITATION and _was_just_invited(site):
        raise RefusedError("A letter with a link to this site went out just now. Give it an hour.")
    letters = [put(kind, recipient, by) for recipient in wanted]
    LetterTopic.objects.bulk_create(
        LetterTopic(
            letter=letter,
            trial=site.trial,
            site=site,
            site_label=label_of(site),
            occasion=Occasion.ASKED,
            once=f"{Occasion.ASKED}:{site.pk}:{letter.pk}",
            question=question,
        )
        for letter in letters
    )
    audit.record(
        by=by,
        verb="write to site",
        subject="site contact",
        trial=site.trial,
        after={"place": label_of(site), "letters": len(letters)},
        reason=question,
    )
    return letters


def _was_just_invited(site: Site) -> bool:
    """Tell whether somebody pressed the button a moment ago: one press too many is one letter."""
    rows = Letter.objects.filter(
        kind=LetterKind.INVITATION,
        topics__site=site,
        made_at__gt=timezone.now() - INVITED_AGAIN_AFTER,
        state__in=(LetterState.WAITING, LetterState.SENDING, LetterState.SENT),
    )
    return rows.exists()


def recipients(site: Site) -> list[Recipient]:
    """Return who may get a letter about a site; raise RefusedError with why nobody may.

    Trial, facility and contacts of the site are loaded.
    """
    if not site.trial.is_public:
        raise RefusedError("Readers don’t see this trial: there is nothing to confirm.")
    wanted = _coordinators(site) or _registered(site)
    known = [each.address for each in wanted]
    full = f"This address has its {settings.LETTERS_A_DAY} letters for today. Try it tomorrow."
    problems = dict.fromkeys(bounds.full_today(known), full)
    problems |= gate.problems(known, LetterKind.INVITATION)
    allowed = [each for each in wanted if each.address not in problems]
    if not allowed:
        raise RefusedError(problems[known[0]])
    return allowed


@transaction.atomic
def hand_over(*, row: SiteCoordinator) -> Letter:
    """Put the letter to a colleague, to whom a site is handed over, into the outbox.

    It comes back as dropped where we may not write to that address; once for each hand-over.
    """
    once = f"{LetterKind.HAND_OVER}:{row.pk}"
    bounds.hold(addresses.digest_of(row.coordinator.address))
    known = LetterTopic.objects.select_related("letter").filter(once=once).first()
    if known is not None:
        return known.letter
    letter = put(LetterKind.HAND_OVER, Recipient(row.coordinator.address, row.coordinator))
    LetterTopic.objects.create(
        letter=letter,
        trial=row.trial,
        site=row.site,
        site_label=row.site_label,
        occasion=Occasion.ASKED,
        once=once,
    )
    return letter


def put(kind: LetterKind, recipient: Recipient, by: User | None = None) -> Letter:
    """Put a letter into the outbox; one that may not be sent is dropped at once."""
    problem = gate.problems([recipient.address], kind).get(recipient.address, "")
    return Letter.objects.create(
        kind=kind,
        address="" if problem else recipient.address,
        address_digest=addresses.digest_of(recipient.address),
        coordinator=recipient.coordinator,
        asked_by=by,
        state=LetterState.DROPPED if problem else LetterState.WAITING,
        made_at=timezone.now(),
        problem=problem,
    )


def _coordinators(site: Site) -> list[Recipient]:
    rows = SiteCoordinator.objects.filter(site=site, ended_on=None, taken_on__isnull=False)
    found = [row.coordinator for row in rows.select_related("coordinator").order_by("pk")]
    return [Recipient(each.address, each) for each in found if each.address]


def _registered(site: Site) -> list[Recipient]:
    nobody = "Nobody looks after this site here"
    found = dict.fromkeys(listed_addresses(site))
    if not found:
        raise RefusedError(f"{nobody}, and the registry lists no email address to write to.")
    if not switch.is_on():
        raise RefusedError(
            f"{nobody}, and letters to addresses that the registry lists are switched off."
        )
    return [Recipient(address) for address in found]


def listed_addresses(site: Site) -> list[str]:
    """Return the normal addresses among those that the registry lists at a site."""
    found = []
    for contact in site.contacts.all():
        try:
            found.append(addresses.normal(contact.email))
        except ValueError:
            continue
    return found
