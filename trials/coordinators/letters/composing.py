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
from trials.coordinators.letters.occasions import Bases, occasions_of, standings, takes_people
from trials.coordinators.letters.places import Place, unheard
from trials.coordinators.letters.reminders import LINKS_A_LETTER
from trials.models import (
    Confirmation,
    Correction,
    Letter,
    LetterTopic,
    Site,
    SiteCoordinator,
    Trial,
)
from trials.terms.corrections import Fate
from trials.terms.letters import LetterKind, Occasion
from trials.terms.plain.letters import (
    IS_COORDINATOR,
    IS_HANDED_OVER,
    IS_LISTED,
    Known,
    subject,
    why,
)

_LONGEST_TITLE = 300
_LONGEST_PLACE = 120
_NOTHING_LEFT = "There is nothing left to ask: the sites were confirmed, or left."
_DECIDED = "Our editors no longer ask this: it was decided meanwhile."


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
    """A site to ask about, and why in words."""

    site: Site
    why: str
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
    topics = list(_still_asked(letter))
    if not topics:
        raise NothingToSayError(_DECIDED)
    due = list(_still_due(letter, topics))
    if not due:
        raise NothingToSayError(_NOTHING_LEFT)
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


def _still_asked(letter: Letter) -> Iterator[LetterTopic]:
    """Yield the topics of a letter without questions that editors no longer ask in these words."""
    for topic in letter.topics.all():
        asked = Correction.objects.filter(
            site=topic.site_id, fate=Fate.ASKED, question=topic.question
        )
        # Of a site that is gone nothing can be asked, which is another reason.
        if not topic.question or topic.site_id is None or asked.exists():
            yield topic


def _still_due(letter: Letter, topics: Sequence[LetterTopic]) -> Iterator[_Due]:
    """Yield the sites of topics that are still the reader's to answer for, and why to ask."""
    sites = _sites(topics)
    at = _AtSites(letter, list(sites.values()))
    for topic in topics:
        site = sites.get(topic.site_id or 0)
        if site is None or site.pk not in at.theirs or not site.trial.is_public:
            continue
        occasion: Occasion | None = Occasion.ASKED
        if topic.occasion != Occasion.ASKED:
            occasion = at.occasion(site) if takes_people(site) else None
        if occasion is not None:
            is_given = at.theirs[site.pk] is not None
            yield _Due(site, at.why(site, occasion), topic.question, is_given)


class _AtSites:
    """What there is to say to the reader of a letter about its sites, now."""

    def __init__(self, letter: Letter, sites: Sequence[Site]) -> None:
        self.today = timezone.now().date()
        self.theirs = _still_theirs(letter, sites)
        self.standings = standings(sites, self.today)
        self.bases = Bases(sites)
        self.unheard = unheard(list(self.theirs.values()), before=letter.pk)
        waiting = Confirmation.objects.filter(site__in=sites).waiting()
        self.waiting = set(waiting.values_list("site", flat=True))

    def occasion(self, site: Site) -> Occasion | None:
        """Return why to write about a site of theirs by now."""
        occasions = occasions_of(
            self.standings[site.pk],
            place=self.theirs[site.pk],
            is_unheard=self._is_new(site),
            answered_by=self.bases.answered_by.get(site.pk),
            today=self.today,
        )
        return next(occasions, None)

    def why(self, site: Site, occasion: Occasion) -> str:
        """Return that in words."""
        known = Known(
            is_new=self._is_new(site),
            was_answered=site.pk in self.bases.given,
            waits=site.pk in self.waiting,
        )
        return why(occasion, self.standings[site.pk], known)

    def _is_new(self, site: Site) -> bool:
        place = self.theirs[site.pk]
        return place is not None and place.key in self.unheard


def _sites(topics: Sequence[LetterTopic]) -> dict[int, Site]:
    """Return the sites of topics by their keys; no import can remove one meanwhile."""
    keys = [topic.site_id for topic in topics if topic.site_id is not None]
    held = Site.everything.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    rows = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    return rows.in_bulk(list(held.values_list("pk", flat=True)))


def _still_theirs(letter: Letter, sites: Sequence[Site]) -> dict[int, Place | None]:
    """Return which sites still belong to whom a letter is for, with a coordinator's place there."""
    rows = SiteCoordinator.objects.filter(site__in=sites, ended_on=None, taken_on__isnull=False)
    looked_after: dict[int | None, dict[int, Place]] = {}
    for row in rows:
        assert row.taken_on is not None  # noqa: S101  (asked for above)
        place = Place(row.pk, row.coordinator_id, row.taken_on)
        looked_after.setdefault(row.site_id, {})[row.coordinator_id] = place
    theirs: dict[int, Place | None] = {}
    for site in sites:
        places = looked_after.get(site.pk, {})
        if letter.coordinator_id in places:
            theirs[site.pk] = places[letter.coordinator_id]
        elif not places and letter.address in listed_addresses(site):
            theirs[site.pk] = None
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
        why=due.why,
        question=due.question,
        link=link,
    )


def _title(trial: Trial) -> str:
    return one_line(trial.brief_title or trial.nct_id, _LONGEST_TITLE)


def _sign_in_page() -> str:
    return f"{settings.PUBLIC_BASE_URL}{reverse('sign-in')}"
