"""What a letter says. Words and keys are made here, as the letter is sent, and kept nowhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from trials.coordinators import links, sign_in
from trials.coordinators.actions import label_of
from trials.coordinators.letters.making import listed_addresses
from trials.coordinators.letters.message import Words, one_line, written
from trials.coordinators.letters.occasions import occasion_of, standings, takes_people
from trials.coordinators.letters.reminders import LINKS_A_LETTER
from trials.models import Letter, Site, SiteCoordinator, Trial
from trials.terms.contacts import ContactStanding
from trials.terms.letters import LetterKind, Occasion
from trials.terms.plain.letters import IS_COORDINATOR, IS_HANDED_OVER, IS_LISTED, subject, why

_LONGEST_TITLE = 300
_LONGEST_PLACE = 120


class NothingToSayError(Exception):
    """A letter that has become pointless; the words say why, for the desk."""


@dataclass(frozen=True, slots=True)
class TopicWords:
    """A site in a letter. `link` is where to answer."""

    title: str
    nct_id: str
    place: str
    why: str
    question: str
    link: str


@dataclass(frozen=True, slots=True)
class _Due:
    """A site to ask about, why, and where its contact stands."""

    site: Site
    occasion: Occasion
    standing: ContactStanding
    question: str
    is_given: bool


@transaction.atomic
def compose(letter: Letter) -> EmailMultiAlternatives:
    """Return a letter ready to be sent, with new keys; raise NothingToSayError where it is over."""
    if letter.kind == LetterKind.SIGN_IN:
        return written(letter, _sign_in(letter))
    if letter.kind == LetterKind.HAND_OVER:
        return written(letter, _hand_over(letter))
    return written(letter, _about_sites(letter))


def _sign_in(letter: Letter) -> Words:
    assert letter.coordinator is not None  # noqa: S101  (queue_sign_in writes it)
    key = sign_in.new_key(letter.coordinator)
    said = {"link": sign_in.address_of(key), "minutes": settings.SIGN_IN_MINUTES}
    return Words("sign_in", subject(LetterKind.SIGN_IN, []), said)


def _hand_over(letter: Letter) -> Words:
    waiting = SiteCoordinator.objects.filter(
        coordinator=letter.coordinator, ended_on=None, taken_on=None, site__isnull=False
    )
    topic = letter.topics.filter(site__in=waiting.values("site")).select_related("trial").first()
    row = waiting.filter(site=topic.site_id).select_related("handed_by").first() if topic else None
    if topic is None or row is None or not topic.trial.is_public:
        raise NothingToSayError("The site no longer waits to be taken on.")
    place = one_line(topic.site_label, _LONGEST_PLACE)
    said = {
        "place": place,
        "title": _title(topic.trial),
        "nct_id": topic.trial.nct_id,
        "colleague": row.handed_by.address if row.handed_by else "",
        "link": _sign_in_page(),
    }
    return Words("hand_over", subject(LetterKind.HAND_OVER, [place]), said, IS_HANDED_OVER)


def _about_sites(letter: Letter) -> Words:
    """Return the words about the sites that there is still a reason to ask about."""
    due = list(_still_due(letter))
    if not due:
        raise NothingToSayError("There is nothing left to ask: the sites were confirmed, or left.")
    said = [_topic_words(letter, each) for each in due[:LINKS_A_LETTER]]
    context: dict[str, Any] = {
        "topics": said,
        "more": len(due) - len(said),
        "sign_in": _sign_in_page() if letter.coordinator else "",
        "days": settings.CONFIRM_LINK_DAYS,
    }
    places = [one_line(label_of(each.site), _LONGEST_PLACE) for each in due]
    reason = IS_COORDINATOR if letter.coordinator else IS_LISTED
    return Words("sites", subject(LetterKind(letter.kind), places), context, reason)


def _still_due(letter: Letter) -> Iterator[_Due]:
    """Yield the sites of a letter that are still its reader's to answer for, and why to ask."""
    sites = _sites(letter)
    theirs = _still_theirs(letter, list(sites.values()))
    today = timezone.now().date()
    standing = standings(list(sites.values()), today)
    for topic in letter.topics.filter(site__in=theirs):
        site = sites[topic.site_id or 0]
        occasion: Occasion | None = Occasion.ASKED
        if topic.occasion != Occasion.ASKED:
            if not takes_people(site):
                continue
            occasion = occasion_of(standing[site.pk], is_given=theirs[site.pk], today=today)
        if occasion is not None and site.trial.is_public:
            yield _Due(site, occasion, standing[site.pk], topic.question, theirs[site.pk])


def _sites(letter: Letter) -> dict[int, Site]:
    """Return a letter's sites by their keys; no import can remove one meanwhile."""
    keys = letter.topics.filter(site__isnull=False).values("site")
    held = Site.everything.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    rows = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    return rows.in_bulk(list(held.values_list("pk", flat=True)))


def _still_theirs(letter: Letter, sites: Sequence[Site]) -> dict[int, bool]:
    """Return which sites still belong to whom a letter is for, and if as their coordinator."""
    places = SiteCoordinator.objects.filter(site__in=sites, ended_on=None, taken_on__isnull=False)
    looked_after: dict[int | None, set[int]] = {}
    for place in places:
        looked_after.setdefault(place.site_id, set()).add(place.coordinator_id)
    theirs: dict[int, bool] = {}
    for site in sites:
        if letter.coordinator_id in looked_after.get(site.pk, ()):
            theirs[site.pk] = True
        elif site.pk not in looked_after and letter.address in listed_addresses(site):
            theirs[site.pk] = False
    return theirs


def _topic_words(letter: Letter, due: _Due) -> TopicWords:
    _, link = links.make(
        due.site,
        label=label_of(due.site),
        made_by=letter.asked_by,
        # Of a site that is not in their hands they are a contact that the registry lists.
        coordinator=letter.coordinator if due.is_given else None,
        question=due.question,
    )
    return TopicWords(
        title=_title(due.site.trial),
        nct_id=due.site.trial.nct_id,
        place=one_line(label_of(due.site), _LONGEST_PLACE),
        why=why(due.occasion, due.standing.since, due.standing.changed),
        question=due.question,
        link=link,
    )


def _title(trial: Trial) -> str:
    return one_line(trial.brief_title or trial.nct_id, _LONGEST_TITLE)


def _sign_in_page() -> str:
    return f"{settings.PUBLIC_BASE_URL}{reverse('sign-in')}"
