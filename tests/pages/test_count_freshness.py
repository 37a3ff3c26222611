"""`count_freshness`: one moment, one row, old rows thinned out. In transactions of its own."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.core.management import call_command
from django.db import InternalError, connection
from django.test import Client
from django.utils import timezone

from tests.coordinators.rows import make_answer, make_open_site
from tests.factories import make_published_text, make_trial
from trials.management.commands import count_freshness
from trials.models import FreshnessCount, ImportRun, ReaderReport, Trial
from trials.terms.freshness import Figures

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]


def newest() -> Figures:
    return msgspec.convert(FreshnessCount.objects.first().figures, Figures)


def run_import(*, ended: datetime | None, read: int) -> None:
    ImportRun.objects.create(
        started_at=datetime(2026, 11, 1, tzinfo=UTC), finished_at=ended, read=read, unchanged=read
    )


def elsewhere(act: Callable[[], object]) -> None:
    """Do something in a transaction of another connection, and wait until it is done."""

    def run() -> None:
        act()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)


def report(trial: Trial) -> None:
    ReaderReport.objects.create(trial=trial, kind="WRONG", reported_on=timezone.now().date())


def test_count_is_what_the_page_shows(pat: Client, capsys: pytest.CaptureFixture[str]) -> None:
    make_answer(make_open_site())
    site = make_open_site(country="France")
    report(site.trial)
    make_published_text(site.trial)
    run_import(ended=datetime(2026, 11, 3, 4, 5, tzinfo=UTC), read=12)
    before = timezone.now()
    call_command("count_freshness")
    said = capsys.readouterr().out
    assert "Confirmed sites: 1 of 2. Stale texts: 0 of 1. Open reports: 1." in said
    row = FreshnessCount.objects.get()
    assert before <= row.counted_at <= timezone.now()
    figures = newest()
    assert (figures.sites.confirmed, figures.texts.published, figures.reports.open) == (1, 1, 1)
    assert [country.code for country in figures.sites.countries] == ["KE", "FR"]
    html = pat.get("/freshness/").content.decode()
    assert "3 November 2026 at 04:05 UTC: 12 records." in html
    assert pat.get("/freshness.json").json()["figures"]["sites"]["share"] == 0.5


def test_count_of_an_empty_database_is_nothing() -> None:
    call_command("count_freshness", verbosity=0)
    figures = newest()
    assert (figures.sites.open, figures.registry.last_read_at) == (0, None)


def test_registry_was_last_read_by_an_import_that_ended_and_read_something() -> None:
    ended = datetime(2026, 11, 3, tzinfo=UTC)
    run_import(ended=ended, read=7)
    run_import(ended=ended - timedelta(days=1), read=9)
    run_import(ended=ended + timedelta(days=1), read=0)
    run_import(ended=None, read=5)
    call_command("count_freshness")
    registry = newest().registry
    assert (registry.last_read_at, registry.records) == (ended, 7)


def test_figures_are_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others write while it counts is seen by none of its statements, or by all."""
    trial = make_trial()
    report(trial)
    counted = count_freshness.site_figures

    def slow(*args: object) -> object:
        found = counted(*args)
        elsewhere(lambda: (report(trial), make_published_text(make_trial())))
        return found

    monkeypatch.setattr(count_freshness, "site_figures", slow)
    call_command("count_freshness")
    assert ReaderReport.objects.count() == 2
    assert (newest().reports.open, newest().texts.published) == (1, 0)


def test_counting_can_write_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        count_freshness, "report_figures", lambda _: FreshnessCount.objects.all().delete()
    )
    FreshnessCount.objects.create(counted_at=timezone.now(), figures={})
    with pytest.raises(InternalError, match="read-only"):
        call_command("count_freshness")
    assert FreshnessCount.objects.count() == 1


def test_of_old_days_one_count_is_kept() -> None:
    now = timezone.now()
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    days = [0, 1, 28, 33, 34, 900]
    for day in days:
        for hour in (3, 9, 11):
            at = noon - timedelta(days=day, hours=12 - hour)
            FreshnessCount.objects.create(counted_at=at, figures={"hour": hour})
    call_command("count_freshness")
    kept = [
        ((now.date() - row.counted_at.date()).days, row.figures["hour"])
        for row in FreshnessCount.objects.order_by("pk")[:18]
        if "hour" in row.figures
    ]
    assert kept == [
        *((day, hour) for day in (0, 1, 28) for hour in (3, 9, 11)),
        (33, 3),
        (34, 3),
        (900, 3),
    ]
