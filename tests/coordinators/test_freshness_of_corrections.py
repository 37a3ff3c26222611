"""Figures of corrections are those of a ledger of what editors, study teams and imports did."""

import random
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.coordinators.correcting import NEW_PHONE, asked_by, make_corrections, phone
from tests.coordinators.rows import make_open_site
from trials.coordinators import corrections, freshness
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import RefusedError
from trials.models import Coordinator, Correction, Site
from trials.terms.freshness import COUNTED_DAYS, CorrectionFigures

pytestmark = pytest.mark.django_db


class Clock:
    """What the portal takes for now: some days ago."""

    days_ago = 0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let a test do things on other days."""
    told, now = Clock(), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: now() - timedelta(days=told.days_ago))
    return told


def figures() -> CorrectionFigures:
    return freshness.correction_figures(timezone.now().date())


def accept(site: Site, by: User, *proposed: Proposed, days_ago: int = 0) -> None:
    """Let a study team have corrected its site, and an editor accept all of it."""
    for row in make_corrections(site, *proposed, days_ago=days_ago):
        corrections.accept(correction=row, by=by)


def corrections_counted() -> tuple[int, ...]:
    """Return how many were received, accepted, declined, agreed with, and are waiting."""
    found = figures()
    return found.received, found.accepted, found.declined, found.agreed, found.waiting


def test_corrections_before_the_first_are_nothing() -> None:
    assert corrections_counted() == (0, 0, 0, 0, 0)
    assert figures().median_days is None


def test_correction_that_gave_way_to_a_newer_one_was_accepted(ada: User) -> None:
    site = make_open_site()
    accept(site, ada, phone("+254 20 1"))
    accept(site, ada, phone("+254 20 2"))
    assert corrections_counted() == (2, 2, 0, 0, 0)


def test_correction_that_the_registry_has_by_now_was_accepted_all_the_same(ada: User) -> None:
    site = make_open_site()
    (row,) = make_corrections(site, phone())
    site.contacts.update(phone=NEW_PHONE)
    corrections.accept(correction=row, by=ada)
    assert corrections_counted() == (1, 1, 0, 1, 0)


def test_correction_that_the_registry_took_over_after_a_question_was_accepted_by_nobody(
    ada: User,
) -> None:
    site = make_open_site()
    (row,) = make_corrections(site, phone(), days_ago=9)
    corrections.ask_back(correction=row, question="Whose number is it?", by=ada)
    assert corrections_counted() == (1, 0, 0, 0, 1)
    site.contacts.update(phone=NEW_PHONE)
    corrections.follow_registry()
    assert corrections_counted() == (1, 0, 0, 1, 0)
    assert figures().median_days is None


def test_correction_that_we_stopped_showing_counts_as_declined(ada: User) -> None:
    (row,) = make_corrections(make_open_site(), phone())
    corrections.accept(correction=row, by=ada)
    corrections.retract(correction=row, reason="A wrong number.", by=ada)
    assert corrections_counted() == (1, 0, 1, 0, 0)


@pytest.mark.parametrize(("days", "counts"), [(COUNTED_DAYS - 1, 1), (COUNTED_DAYS, 0)])
def test_corrections_are_of_the_last_year(days: int, counts: int, ada: User, clock: Clock) -> None:
    site = make_open_site()
    clock.days_ago = days
    accept(site, ada, phone())
    site.contacts.update(phone=NEW_PHONE)
    corrections.follow_registry()
    (other,) = make_corrections(make_open_site(), phone())
    corrections.decline(correction=other, reason="A wrong number.", by=ada)
    clock.days_ago = 0
    assert corrections_counted() == (2 * counts, counts, counts, counts, 0)


@pytest.mark.parametrize("seed", range(4))
def test_corrections_are_those_of_a_ledger(seed: int, ada: User, clock: Clock) -> None:
    """Editors, study teams and the registry do as they please for 500 days."""
    ledger = Ledger(random.Random(seed), ada, clock)
    for days_ago in sorted(ledger.dice.choices(range(500), k=200), reverse=True):
        clock.days_ago = days_ago
        with suppress(RefusedError):
            ledger.act()
    clock.days_ago = 0
    lines = ledger.lines
    recently = range(365)
    decided = [line for line in lines if line.decided in recently]
    assert corrections_counted() == (
        sum(line.sent in recently for line in lines),
        sum(line.is_accepted for line in decided),
        sum(not line.is_accepted for line in decided),
        sum(line.agreed in recently for line in lines),
        sum(line.waits for line in lines),
    )
    took = sorted(line.sent - line.decided for line in decided if line.decided is not None)
    assert figures().median_days == took[(len(took) - 1) // 2]
    assert min(corrections_counted()) > 0


@dataclass
class Line:
    """What happened to one correction, and how many days ago.

    `beside` is the registry's number beside which it was accepted, while readers see it or an
    editor may let them see it again. `agreed` is None again once the registry has gone back.
    """

    row: Correction
    sent: int
    decided: int | None = None
    is_accepted: bool = False
    agreed: int | None = None
    waits: bool = True
    beside: str = ""

    def close(self) -> None:
        self.waits, self.beside = False, ""


class Ledger:
    """Acts at random, and writes down what was done. Twelve sites, each of one phone number."""

    def __init__(self, dice: random.Random, by: User, clock: Clock) -> None:
        self.dice, self.by, self.clock = dice, by, clock
        self.lines: list[Line] = []
        self.team = Coordinator.objects.create(address="cora@clinic.example")
        self.sites = [make_open_site(name=f"Ward {number}") for number in range(12)]
        self.listed = {site.pk: site.contacts.get().phone for site in self.sites}

    def act(self) -> None:
        """Do one thing; RefusedError where it can't be done, and nothing is written down."""
        deeds = [self.accept, self.accept, self.decline, self.retract, self.ask, self.withdraw]
        kind = self.dice.random()
        if kind < 0.3 or not self.lines:
            self.propose(self.dice.choice(self.sites))
        elif kind < 0.4:
            self.change(self.dice.choice(self.sites))
        else:
            self.dice.choice(deeds)(self.dice.choice(self.lines[-8:]))

    def number(self) -> str:
        return f"+254 20 272400{self.dice.randrange(6)}"

    def propose(self, site: Site) -> None:
        (row,) = asked_by(self.team, site, phone(self.number()))
        self.lines.append(Line(row, self.clock.days_ago))

    def accept(self, line: Line) -> None:
        corrections.accept(correction=line.row, by=self.by)
        self.end_before(line)
        line.decided, line.is_accepted, line.waits = self.clock.days_ago, True, False
        line.beside = self.listed[line.row.site_id]
        self.compare(line)

    def decline(self, line: Line) -> None:
        corrections.decline(correction=line.row, reason="No.", by=self.by)
        line.decided, line.is_accepted = self.clock.days_ago, False
        line.close()

    def retract(self, line: Line) -> None:
        corrections.retract(correction=line.row, reason="No.", by=self.by)
        line.decided, line.is_accepted = self.clock.days_ago, False
        line.close()

    def ask(self, line: Line) -> None:
        corrections.ask_back(correction=line.row, question="Whose is it?", by=self.by)

    def withdraw(self, line: Line) -> None:
        corrections.withdraw(correction=line.row, coordinator=self.team)
        line.close()

    def change(self, site: Site) -> None:
        self.listed[site.pk] = self.number()
        site.contacts.update(phone=self.listed[site.pk])
        corrections.follow_registry()
        for line in self.lines:
            is_undecided = line.waits and not line.beside
            if line.waits or line.beside or line.agreed is not None:
                self.compare(line)
            if is_undecided and not line.waits:  # the registry has the newer word
                self.end_before(line)

    def end_before(self, line: Line) -> None:
        for earlier in self.lines[: self.lines.index(line)]:
            if earlier.row.site_id == line.row.site_id:
                earlier.close()
                earlier.agreed = None

    def compare(self, line: Line) -> None:
        """Write down whether the registry says the same by now, or something else again."""
        listed = self.listed[line.row.site_id]
        if line.row.new_value == listed:
            if line.agreed is None:
                line.agreed = self.clock.days_ago
            line.close()
        elif line.agreed is not None:  # and no longer does: back to the desk
            line.agreed, line.waits = None, True
            line.beside = line.row.new_value if line.decided is not None else ""
        elif line.beside:
            line.waits = listed != line.beside
