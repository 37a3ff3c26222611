"""Reminders: who is due to hear from us, and making their letters.

Addresses are read in one sorted stream of what coordinators look after, what was confirmed before
and what readers report: work grows with these, never with the registry, and no more than a few
hundred sites are in memory. One letter an address bundles its sites.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BigIntegerField, DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower, Trim
from django.utils import timezone

from trials.coordinators import addresses
from trials.coordinators.actions import label_of
from trials.coordinators.letters import bounds, gate, switch
from trials.coordinators.letters.occasions import (
    STUDY_TAKES_NOBODY,
    TAKES_NOBODY,
    Bases,
    occasions_of,
    once,
    standings,
)
from trials.coordinators.letters.places import Place, unheard
from trials.models import (
    Confirmation,
    Letter,
    LetterTopic,
    ReaderReport,
    Site,
    SiteContact,
    SiteCoordinator,
)
from trials.terms.letters import LetterKind, Occasion

_LOCK = 20_261_129
_CHUNK = 500
# Whoever can't sign in gets no more sites in a letter than it has links; the next run has the rest.
LINKS_A_LETTER = 10


class RemindersBusyError(Exception):
    """Another run is sending reminders; the words are for whoever started this one."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A site, and why it is in a letter."""

    site: Site
    occasion: Occasion
    once: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A letter that is due: to whom, and about what. `coordinator` is a key, None for a contact."""

    address: str
    coordinator: int | None
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A site of an address.

    `given` is the key of its coordinator's place there, if it has one, and `since` its first day.
    """

    address: str
    coordinator: int | None
    site: int
    given: int | None
    since: date | None

    @property
    def place(self) -> Place | None:
        """The coordinator's place."""
        if self.coordinator is None or self.given is None or self.since is None:
            return None
        return Place(self.given, self.coordinator, self.since)


@contextmanager
def only_run() -> Iterator[None]:
    """Hold the right to send reminders; raise RemindersBusyError where another run has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise RemindersBusyError("Another run is sending reminders. This one leaves it to it.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def plan(today: date) -> Iterator[Planned]:
    """Yield the letters that are due, by address, and no more than one run may make."""
    return islice(_all_due(today), settings.LETTERS_A_RUN)


@transaction.atomic
def make(planned: Planned) -> Letter | None:
    """Put a reminder into the outbox; None where others say all of it meanwhile."""
    letter = Letter.objects.create(
        kind=LetterKind.REMINDER,
        address=planned.address,
        address_digest=addresses.digest_of(planned.address),
        coordinator_id=planned.coordinator,
        made_at=timezone.now(),
    )
    LetterTopic.objects.bulk_create(
        (
            LetterTopic(
                letter=letter,
                trial=topic.site.trial,
                site=topic.site,
                site_label=label_of(topic.site),
                occasion=topic.occasion,
                once=topic.once,
            )
            for topic in planned.topics
        ),
        ignore_conflicts=True,
    )
    if letter.topics.exists():
        return letter
    letter.delete()
    return None


def _all_due(today: date) -> Iterator[Planned]:
    waiting: list[_Place] = []
    for _, places in groupby(_places(today), key=lambda place: place.address):
        waiting += places
        if len(waiting) >= _CHUNK:
            yield from _due_among(waiting, today)
            waiting = []
    yield from _due_among(waiting, today)


def _places(today: date) -> Iterator[_Place]:
    rows = _given()
    if switch.is_on():
        rows = rows.union(_confirmed_before(), _reported(today), all=True)
    for row in rows.order_by("address", "site").iterator(chunk_size=_CHUNK):
        yield _Place(*row)


def _given() -> "QuerySet[Any, Any]":
    """Return the places of coordinators."""
    rows = SiteCoordinator.objects.filter(
        _takes_people("site"),
        site__isnull=False,
        taken_on__isnull=False,
        ended_on=None,
        coordinator__left_on=None,
    )
    found = rows.annotate(address=F("coordinator__address")).order_by()
    return found.values_list("address", "coordinator", "site", "pk", "taken_on")


def _confirmed_before() -> "QuerySet[Any, Any]":
    """Return the places of the registry's contacts, where a site was confirmed and has nobody."""
    answered = Confirmation.objects.filter(site__isnull=False).order_by()
    return _listed(answered.values("site"))


def _reported(today: date) -> "QuerySet[Any, Any]":
    """Return the places of the registry's contacts that readers report, where a site has nobody."""
    reported = ReaderReport.objects.filter(site__isnull=False).difficulties(today)
    # They are few, and a contact has to be found by them: the database would rather read them all.
    return _listed(sorted(set(reported.values_list("site", flat=True))))


def _listed(sites: Any) -> "QuerySet[Any, Any]":
    """Return the places of the registry's contacts at some sites, where these have nobody."""
    looked_after = SiteCoordinator.objects.filter(
        site=OuterRef("site"), ended_on=None, taken_on__isnull=False
    )
    rows = SiteContact.objects.filter(
        ~Exists(looked_after), _takes_people("site"), site__in=sites
    ).exclude(email="")
    nobody = Value(None, output_field=BigIntegerField())
    never = Value(None, output_field=DateField())
    found = rows.annotate(
        address=Lower(Trim("email")), coordinator=nobody, given=nobody, since=never
    ).order_by()
    return found.values_list("address", "coordinator", "site", "given", "since")


def _takes_people(site: str) -> Q:
    """Return the rule that readers see a site, and that it takes people or may do so again."""
    seen = {f"{site}__trial__hidden_at": None, f"{site}__trial__left_registry_on": None}
    return (
        Q(**seen)
        & ~Q(**{f"{site}__recruitment_status__in": TAKES_NOBODY})
        & ~Q(**{f"{site}__trial__overall_status__in": STUDY_TAKES_NOBODY})
    )


def _due_among(places: Sequence[_Place], today: date) -> Iterator[Planned]:
    """Yield the letters to the addresses of some places, which hold all places of each."""
    rows = Site.everything.filter(pk__in={place.site for place in places})
    sites = list(rows.select_related("trial", "facility").prefetch_related("contacts"))
    due = _Due(sites, places, today)
    planned = [
        letter
        for _, group in groupby(places, key=lambda place: place.address)
        if (letter := due.letter(list(group)))
    ]
    said = _said_already(planned)
    new = [letter for each in planned if (letter := _without(each, said))]
    known = [letter.address for letter in new]
    closed = bounds.full_today(known).union(gate.problems(known, LetterKind.REMINDER))
    yield from (letter for letter in new if letter.address not in closed)


class _Due:
    """What is due at some sites."""

    def __init__(self, sites: Sequence[Site], places: Sequence[_Place], today: date) -> None:
        self.today = today
        self.sites = {site.pk: site for site in sites}
        self.standings = standings(sites, today)
        self.bases = Bases(sites)
        self.unheard = unheard([each.place for each in places])

    def letter(self, places: Sequence[_Place]) -> Planned | None:
        """Return the letter to one address, None where nothing is due or it is no address.

        A site has all its reasons in it: which of them are new is seen of many letters at once.
        """
        try:
            address = addresses.normal(places[0].address)
        except ValueError:
            return None
        digest = addresses.digest_of(address)
        topics = tuple(topic for place in places for topic in self._topics(place, digest))
        coordinator = next((each.coordinator for each in places if each.coordinator), None)
        return Planned(address, coordinator, topics) if topics else None

    def _topics(self, at: _Place, digest: str) -> Iterator[Topic]:
        site = self.sites.get(at.site)
        if site is None:
            return  # an import removed it just now
        occasions = occasions_of(
            self.standings[site.pk],
            place=at.place,
            is_unheard=at.given in self.unheard,
            answered_by=self.bases.answered_by.get(site.pk),
            today=self.today,
        )
        for occasion in occasions:
            basis = self.bases.of(site, occasion, at.given)
            yield Topic(site, occasion, once(occasion, site, basis, digest))


def _said_already(planned: Sequence[Planned]) -> set[str]:
    keys = [topic.once for letter in planned for topic in letter.topics]
    return set(LetterTopic.objects.filter(once__in=keys).values_list("once", flat=True))


def _without(letter: Planned, said: set[str]) -> Planned | None:
    """Return a letter without what was said already, None where nothing is left of it.

    Each site is in it once, with the first of its reasons.
    """
    first: dict[int, Topic] = {}
    for topic in letter.topics:
        if topic.once not in said:
            first.setdefault(topic.site.pk, topic)
    topics = tuple(first.values())
    if letter.coordinator is None:
        topics = topics[:LINKS_A_LETTER]
    return replace(letter, topics=topics) if topics else None
