"""What is known of a site's contact: what its study team told us, what stands today, and why.

`state_of` is a function of what was told and of the day, and of nothing else. Details are compared
by digests, one of each part, so that a changed record says what changed.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from django.db.models import TextChoices

from trials.terms.registry import OverallStatus


class Answer(TextChoices):
    """What a study team says to the details of its site; labels are for editors."""

    RIGHT = "RIGHT", "these details are right"
    CHANGE = "CHANGE", "something must change"
    NOT_RECRUITING = "NOT_RECRUITING", "not taking people"
    NOT_MY_SITE = "NOT_MY_SITE", "not their site"


# Each of these waits for an editor.
CORRECTIONS = (Answer.CHANGE, Answer.NOT_RECRUITING, Answer.NOT_MY_SITE)


class ContactState(StrEnum):
    """Where a contact stands. Due and overdue: confirmed a while ago, and nothing has changed."""

    NOT_CONFIRMED = "not confirmed"
    CONFIRMED = "confirmed"
    DUE = "due"
    OVERDUE = "overdue"
    REPORTED_WRONG = "reported wrong"


class Detail(StrEnum):
    """A part of what is confirmed. WHO_HAS_WHICH: the same names and numbers, paired anew."""

    PLACE = "place"
    NAMES = "names"
    PHONES = "phones"
    EMAILS = "emails"
    STATUS = "status"
    STUDY = "study"
    WHO_HAS_WHICH = "who has which"


_SPACING = str.maketrans("", "", " \u00a0\t-‐‑–.()")


@dataclass(frozen=True, slots=True, order=True)
class ContactDetails:
    """One contact as the registry has it."""

    name: str
    phone: str
    phone_ext: str
    email: str

    @property
    def number(self) -> tuple[str, str]:
        """What is dialed: the same however it is spaced. Letters and signs that count stay."""
        return self.phone.translate(_SPACING), self.phone_ext.strip()

    @property
    def address(self) -> str:
        """Where mail goes, however it is written."""
        return self.email.strip().casefold()


@dataclass(frozen=True, slots=True)
class Digests:
    """What a set of details can be known again by; the order of contacts does not matter.

    `whole` is of contacts and status together. `place`, `study` and `own`, the status that the site
    has of its own, are empty in what was kept before they were looked at: nothing is said then.
    """

    names: str
    phones: str
    emails: str
    status: str
    whole: str
    place: str = ""
    study: str = ""
    own: str = ""

    def changed(self, since: "Digests") -> tuple[Detail, ...]:
        """Return the parts that are no longer as they were; empty where nothing has changed."""
        parts = [each for each in _PARTS if getattr(self, each) != getattr(since, each)]
        if _differ(self.own, since.own) and Detail.STATUS not in parts:
            parts.append(Detail.STATUS)
        if not parts and self.whole != since.whole:
            parts = [Detail.WHO_HAS_WHICH]
        if _differ(self.place, since.place):
            parts.insert(0, Detail.PLACE)
        if _differ(self.study, since.study) and Detail.STATUS not in parts:
            parts.append(Detail.STUDY)
        return tuple(parts)


_PARTS = (Detail.NAMES, Detail.PHONES, Detail.EMAILS, Detail.STATUS)


@dataclass(frozen=True, slots=True)
class Details:
    """Exactly what a study team is asked about: its contacts, its site's status, and where it is.

    `overall` is the status of the whole study: it shows where the site has none of its own, and
    where the registry no longer checks sites. `place` names the facility, its city and country.
    """

    contacts: tuple[ContactDetails, ...]
    own_status: str
    overall: str
    place: tuple[str, ...] = ()

    @property
    def digests(self) -> Digests:
        """What these details are known again by."""
        asks_overall = not self.own_status or self.overall == OverallStatus.UNKNOWN
        status = self.overall if asks_overall else self.own_status
        people = sorted(self.contacts)
        return Digests(
            names=_digest(sorted(person.name for person in people)),
            phones=_digest(sorted(person.number for person in people)),
            emails=_digest(sorted(person.address for person in people)),
            status=_digest(status),
            whole=_digest(
                [
                    sorted([each.name, *each.number, each.address] for each in people),
                    status,
                ]
            ),
            place=place_digest(self.place),
            study=_digest(self.overall),
            own=_digest(self.own_status),
        )


class Reachable(Protocol):
    """Somebody with a phone number or an email address."""

    @property
    def phone(self) -> str:
        """The number as it is written."""

    @property
    def phone_ext(self) -> str:
        """The extension, empty without one."""

    @property
    def email(self) -> str:
        """The address as it is written."""


def reach_digest(people: Iterable[Reachable]) -> str:
    """Return what the ways to reach some people are known again by: what a reader tried."""
    contacts = [ContactDetails("", each.phone, each.phone_ext, each.email) for each in people]
    return _digest(sorted([*contact.number, contact.address] for contact in contacts))


def place_digest(parts: Iterable[str]) -> str:
    """Return what a place is known again by, from the names of its facility, city and country."""
    return _digest([_words(part) for part in parts])


def _differ(one: str, other: str) -> bool:
    """Tell whether two digests are known, and of different things."""
    return bool(one and other) and one != other


def _words(text: str) -> list[str]:
    """Return the words of a place's name: other signs and capitals make no other place."""
    return re.findall(r"\w+", text.casefold())


def _digest(value: object) -> str:
    return sha256(json.dumps(value).encode()).hexdigest()


def mended_digests(
    told: Digests, *, seen: Sequence[Digests], mended: Digests, otherwise: Digests
) -> Digests:
    """Return the digests of what a study team stands by once its corrections are accepted.

    `mended` are those of today's details with the corrections put in, `seen` of today's details as
    they may have been before. Where no `seen` is what was told of, the registry has changed more
    than was corrected, which nobody confirmed: such a part stays as it is `otherwise`.
    """
    parts = {
        part: getattr(
            mended
            if any(getattr(each, part) == getattr(told, part) for each in seen)
            else otherwise,
            part,
        )
        for part in ("names", "phones", "emails", "status", "whole")
    }
    own = mended.own if parts["status"] == mended.status else otherwise.own
    return Digests(**parts, place=told.place, study=told.study, own=own)


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of a study team, to which details, and whether editors found nothing wrong.

    `mended` are the digests of the details once the registry takes over what editors accepted of
    the answer, or what stood beside them when they were confirmed; None where there is nothing.
    `is_declined` tells that editors declined a part: the study team does not stand by what readers
    see then, and does not hear that it is wrong. `is_reopened` tells that readers see a status
    which the study team gave later.
    """

    answer: Answer
    on: date
    digests: Digests
    is_unfounded: bool = False
    mended: Digests | None = None
    is_declined: bool = False
    is_reopened: bool = False

    @property
    def is_confirmation(self) -> bool:
        """Whether the study team stands by what readers see."""
        return self.answer == Answer.RIGHT or (
            self.answer == Answer.CHANGE and self.mended is not None and not self.is_declined
        )

    @property
    def stands_by(self) -> Digests:
        """What the study team stands by: the registry's details, or as they were corrected."""
        return self.mended or self.digests


@dataclass(frozen=True, slots=True)
class ContactStanding:
    """A contact's state and what it rests on.

    `told` is the study team's answer that counts, `since` its day; `changed` are the parts that the
    registry changed after a confirmation. `by_answers` leaves out what readers report.
    `closed_on` is the day on which the study team said that the site takes nobody, as long as that
    stands; `takes_nobody` tells that the site would show as open all the same.
    """

    by_answers: ContactState = ContactState.NOT_CONFIRMED
    told: Answer | None = None
    since: date | None = None
    changed: tuple[Detail, ...] = ()
    has_difficulty: bool = False
    closed_on: date | None = None
    takes_nobody: bool = False

    @property
    def state(self) -> ContactState:
        """The contact's state: readers who can't reach it outweigh a confirmation."""
        return ContactState.REPORTED_WRONG if self.has_difficulty else self.by_answers


def state_of(
    told: Iterable[Told],
    *,
    present: Digests,
    shown: Digests | None = None,
    today: date,
    due_days: int,
    overdue_days: int,
    has_difficulty: bool = False,
) -> ContactStanding:
    """Return where a contact stands today.

    `told` is in the order in which it was told. The newest answer counts, apart from those in which
    editors found nothing wrong. `present` are the registry's details, `shown` what readers see:
    these with accepted corrections put in, None where there are none. A study team confirms what
    readers see, and objects to what the registry says. `has_difficulty` says that enough readers
    could not reach it.
    """
    counting = [each for each in told if not each.is_unfounded]
    if not counting:
        return ContactStanding(has_difficulty=has_difficulty)
    newest = counting[-1]
    changed = present.changed(newest.digests)
    if newest.is_confirmation:
        unlike = (shown or present).changed(newest.stands_by)
        changed = tuple(detail for detail in unlike if detail in changed)
        if unlike and not changed:
            # What readers see is another correction, or one less: the registry has not changed it.
            return ContactStanding(has_difficulty=has_difficulty)
        days = (today - newest.on).days
        by_answers = _NOT_CONFIRMED if unlike else _by_age(days, due_days, overdue_days)
        return ContactStanding(by_answers, Answer.RIGHT, newest.on, changed, has_difficulty)
    if newest.is_declined or _about(newest.answer).intersection(changed):
        # The record is no longer the one that they told us about, or editors went through all that
        # they said: nobody has confirmed this one.
        return ContactStanding(has_difficulty=has_difficulty)
    wrong = ContactState.REPORTED_WRONG
    return ContactStanding(wrong, newest.answer, newest.on, has_difficulty=has_difficulty)


def closed_since(told: Iterable[Told], *, present: Digests) -> date | None:
    """Return the day on which the study team said that its site takes nobody, if that stands.

    `told` is in the order in which it was told, `present` the registry's details. It stands until
    the study team confirms what readers see or gives a status, or the registry changes the status
    or the place. Who corrects a phone number says nothing of the status.
    """
    for each in reversed([each for each in told if not each.is_unfounded]):
        if each.answer == Answer.RIGHT:
            return None
        if each.answer == Answer.NOT_RECRUITING:
            changed = present.changed(each.digests)
            is_over = each.is_reopened or _about(each.answer).intersection(changed)
            return None if is_over else each.on
    return None


_NOT_CONFIRMED = ContactState.NOT_CONFIRMED
_CONTACT = frozenset(
    {Detail.PLACE, Detail.NAMES, Detail.PHONES, Detail.EMAILS, Detail.WHO_HAS_WHICH}
)


def _about(answer: Answer) -> frozenset[Detail]:
    """Return the parts whose change in the registry ends what an answer says."""
    if answer == Answer.NOT_RECRUITING:
        return frozenset({Detail.STATUS, Detail.PLACE})
    return _CONTACT if answer == Answer.NOT_MY_SITE else _CONTACT | {Detail.STATUS}


def _by_age(days: int, due_days: int, overdue_days: int) -> ContactState:
    if days >= overdue_days:
        return ContactState.OVERDUE
    return ContactState.DUE if days >= due_days else ContactState.CONFIRMED


# Confirmed lately enough to be counted as such without saying when.
COUNTED = frozenset({ContactState.CONFIRMED, ContactState.DUE})


@dataclass(frozen=True, slots=True)
class Tally:
    """How the contacts of one study stand together.

    `confirmed` counts those of its `places` that are confirmed and not overdue, the last of them
    on `newest`; `is_overdue` tells that some were confirmed long ago.
    """

    places: int
    confirmed: int = 0
    newest: date | None = None
    is_overdue: bool = False
    has_difficulty: bool = False


def tally(
    standings: Iterable[ContactStanding], *, places: int, has_difficulty: bool = False
) -> Tally:
    """Return how contacts stand together; those left out of `standings` are not confirmed.

    `has_difficulty` says that readers report one of them, or the contact of the whole study.
    """
    known = list(standings)
    days = [each.since for each in known if each.state in COUNTED and each.since is not None]
    return Tally(
        places=places,
        confirmed=len(days),
        newest=max(days, default=None),
        is_overdue=any(each.state == ContactState.OVERDUE for each in known),
        has_difficulty=has_difficulty or any(each.has_difficulty for each in known),
    )
