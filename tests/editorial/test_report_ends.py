"""Every report reaches an end, and what readers are told is a function of events and the clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coordinators.rows import invited, make_open_site
from tests.factories import make_site, make_trial
from trials.coordinators import actions
from trials.coordinators.errors import LinkIsOverError
from trials.editorial import reports
from trials.models import ReaderReport, Site, Trial
from trials.terms.contacts import Answer
from trials.terms.reports import ABOUT_A_CONTACT, ABOUT_THE_PAGE, Outcome, ReportKind

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def send(site: Site | None, kind: ReportKind, reader: int, trial: Trial | None = None) -> None:
    reports.send(
        trial=trial or site.trial,
        kind=kind,
        site=site,
        place="A place" if site else "",
        address=f"192.0.2.{10 + reader}",
    )


def outcomes() -> list[str]:
    return list(ReaderReport.objects.order_by("pk").values_list("outcome", flat=True))


# --- By an answer -----------------------------------------------------------------------------


@pytest.mark.parametrize("answer", list(Answer))
def test_answer_of_the_study_team_ends_the_reports_of_its_contact(
    sam: User, answer: Answer
) -> None:
    site = make_open_site()
    for reader, kind in enumerate((*ABOUT_A_CONTACT, ReportKind.WRONG)):
        send(site, kind, reader)
    assert {place for place, _ in reports.difficulty(site.trial)} == {site.pk}
    actions.confirm(key=invited(site, sam), answer=answer)
    assert outcomes() == [*["ANSWERED"] * 3, ""]
    for row in ReaderReport.objects.filter(outcome="ANSWERED"):
        assert (row.closed_at is not None, row.closed_by, row.reporter) == (True, None, "")
    assert reports.difficulty(site.trial) == set()


def test_answer_ends_no_report_of_another_place_and_none_that_has_ended(
    sam: User, ada: User
) -> None:
    site = make_open_site()
    other = make_site(site.trial, name="Ward 2")
    send(site, ReportKind.NO_CONTACT, 1)
    reports.close(report=ReaderReport.objects.get(), outcome=Outcome.PASSED_ON, by=ada)
    send(other, ReportKind.NO_CONTACT, 1)
    send(None, ReportKind.NO_CONTACT, 1, site.trial)
    actions.confirm(key=invited(site, sam), answer=Answer.RIGHT)
    assert outcomes() == ["PASSED_ON", "", ""]


def test_link_that_is_over_ends_no_report(sam: User) -> None:
    site = make_open_site()
    key = invited(site, sam)
    actions.confirm(key=key, answer=Answer.RIGHT)
    send(site, ReportKind.NO_CONTACT, 1)
    with pytest.raises(LinkIsOverError):
        actions.confirm(key=key, answer=Answer.RIGHT)
    assert outcomes() == [""]


def test_reader_can_report_again_after_an_answer(sam: User) -> None:
    site = make_open_site()
    send(site, ReportKind.NO_CONTACT, 1)
    actions.confirm(key=invited(site, sam), answer=Answer.RIGHT)
    send(site, ReportKind.NO_CONTACT, 1)
    assert outcomes() == ["ANSWERED", ""]


# --- By the clock -----------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "outcome"), [(180, ""), (181, "TOO_OLD")])
def test_old_report_ends_by_itself(
    days: int, outcome: str, capsys: pytest.CaptureFixture[str]
) -> None:
    trial = make_trial()
    for kind in (ReportKind.HARD_WORDS, ReportKind.NO_ANSWER):
        send(None, kind, 1, trial)
    ReaderReport.objects.update(reported_on=timezone.now().date() - timedelta(days=days))
    send(None, ReportKind.WRONG, 1, trial)
    call_command("forget_reporters")
    assert outcomes() == [outcome, outcome, ""]
    assert ("2 reports ended" if outcome else "0 reports ended") in capsys.readouterr().out
    assert reports.end_old() == 0


def test_report_that_has_ended_does_not_end_again(ada: User) -> None:
    trial = make_trial()
    send(None, ReportKind.WRONG, 1, trial)
    reports.close(report=ReaderReport.objects.get(), outcome=Outcome.CORRECTED, by=ada)
    ReaderReport.objects.update(reported_on=date(2020, 1, 1))
    assert reports.end_old() == 0
    assert outcomes() == ["CORRECTED"]


# --- Any sequence -----------------------------------------------------------------------------

Event = tuple[str, int, int, int]
SENT = st.tuples(st.just("send"), st.integers(0, 4), st.integers(0, 3), st.integers(0, 4))
EVENTS = st.lists(
    st.one_of(
        SENT,
        SENT,
        SENT,
        st.tuples(st.just("answer"), st.integers(0, 1), st.just(0), st.just(0)),
        st.tuples(st.just("close"), st.integers(0, 9), st.just(0), st.just(0)),
        st.tuples(st.just("wait"), st.sampled_from([1, 20, 59, 60, 100]), st.just(0), st.just(0)),
    ),
    max_size=25,
)
KINDS = (*ABOUT_A_CONTACT, ABOUT_THE_PAGE[0])


@dataclass
class Told:
    """What a person with a pencil would keep of the events: open reports, each with its day."""

    today: date
    open: list[tuple[int, ReportKind, int, date]] = field(default_factory=list)

    def send(self, reader: int, kind: ReportKind, place: int) -> None:
        same = [row for row in self.open if row[:3] == (reader, kind, place)]
        if all((self.today - row[3]).days >= 60 for row in same):
            self.open.append((reader, kind, place, self.today))

    def answer(self, place: int) -> None:
        self.open = [row for row in self.open if row[2] != place or row[1] not in ABOUT_A_CONTACT]

    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.open = [row for row in self.open if (self.today - row[3]).days <= 180]

    def difficulties(self) -> set[int]:
        return {place for place in range(5) if len(self.readers(place)) >= 3}

    def readers(self, place: int) -> set[int]:
        return {
            reader
            for reader, kind, where, day in self.open
            if where == place and kind in ABOUT_A_CONTACT and (self.today - day).days < 60
        }


@contextmanager
def clock() -> Iterator[list[datetime]]:
    """Let the clock stand still; readers are told apart by the last digits of their address."""
    now = [START]
    with (
        patch("django.utils.timezone.now", lambda: now[0]),
        patch.object(reports, "_digest", lambda _purpose, value: value[-4:]),
        override_settings(REPORTS_A_DAY=1_000),
    ):
        yield now


@settings(max_examples=40)
@given(EVENTS)
def test_difficulty_is_a_function_of_events_and_the_clock(events: list[Event]) -> None:
    with transaction.atomic(), clock() as now:
        found, expected = _played(events, now)
        transaction.set_rollback(True)
    assert found == expected


@settings(max_examples=15)
@given(st.lists(SENT, max_size=12), st.integers(0, 4), st.randoms())
def test_reports_of_a_day_tell_the_same_in_any_order_and_two_readers_tell_nothing(
    events: list[Event], reader: int, dice
) -> None:
    shuffled = dice.sample(events, len(events))
    of_two = [(verb, reader + number % 2, *rest) for number, (verb, _, *rest) in enumerate(events)]
    with transaction.atomic(), clock() as now:
        first, second, none = (_played(each, now)[0] for each in (events, shuffled, of_two))
        transaction.set_rollback(True)
    assert first[-1:] == second[-1:]
    assert not any(none)


def _played(events: list[Event], now: list[datetime]) -> tuple[list[set[int]], list[set[int]]]:
    """Let everything happen; return after each event who is told of a difficulty, and should be."""
    by = User.objects.get_or_create(username="dee", is_superuser=True)[0]
    trial = make_trial()
    sites = [make_open_site(trial, name=f"Ward {number}") for number in range(2)]
    places: list[Site | None] = [*sites, None]
    numbers = {site.pk if site else None: number for number, site in enumerate(places)}
    told, found, expected = Told(now[0].date()), [], []
    for verb, first, second, third in events:
        if verb == "send":
            place = third % 3
            send(places[place], KINDS[second], first, trial)
            told.send(first, KINDS[second], place)
        elif verb == "answer":
            actions.confirm(key=invited(sites[first], by), answer=list(Answer)[first])
            told.answer(first)
        elif verb == "close" and first < len(told.open):
            row = reports.open_reports(trial).order_by("pk")[first]
            reports.close(report=row, outcome=Outcome.CORRECTED, by=by)
            del told.open[first]
        elif verb == "wait":
            now[0] += timedelta(days=first)
            call_command("forget_reporters", verbosity=0)
            told.wait(first)
        assert reports.open_reports(trial).count() == len(told.open)
        found.append({numbers[site] for site, _ in reports.difficulty(trial)})
        expected.append(told.difficulties())
    return found, expected
