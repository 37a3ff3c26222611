"""`count_freshness`: count the figures of the freshness page. Once an hour."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from django.core.management import BaseCommand
from django.db import connection, transaction
from django.db.models import Min
from django.db.models.functions import TruncDate
from django.utils import timezone
from tqdm import tqdm

from trials.coordinators.freshness import correction_figures, site_figures
from trials.editorial.freshness import report_figures, text_figures
from trials.models import FreshnessCount
from trials.registry.freshness import registry_figures
from trials.terms.freshness import COUNTED_DAYS, Figures

# Older counts are thinned to the first of each day.
_KEPT_DAYS = 30


class Command(BaseCommand):
    help = (
        "Count how fresh the portal is: confirmed contacts, corrections, reports, texts, the last "
        "import. The freshness page shows the newest count. Safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        with (
            tqdm(unit=" rows", desc="Counting", disable=not self.stderr.isatty()) as bar,
            transaction.atomic(),
        ):
            _freeze()
            figures = count(now.date(), bar.update)
        with transaction.atomic():
            FreshnessCount.objects.create(counted_at=now, figures=msgspec.to_builtins(figures))
            _thin_out(now)
        self.stdout.write(
            f"Confirmed sites: {figures.sites.confirmed:,} of {figures.sites.open:,}. "
            f"Stale texts: {figures.texts.stale:,} of {figures.texts.published:,}. "
            f"Open reports: {figures.reports.open:,}."
        )


def count(today: date, step: Callable[[int], object]) -> Figures:
    """Count everything; `step` is told how many rows were looked at since it was told last."""
    return Figures(
        counted_days=COUNTED_DAYS,
        sites=site_figures(today, step),
        corrections=correction_figures(today),
        reports=report_figures(today),
        texts=text_figures(step),
        registry=registry_figures(),
    )


def _freeze() -> None:
    """Let all statements of this transaction see one moment, whatever goes on meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _thin_out(now: datetime) -> None:
    """Of days longer ago keep one count each."""
    old = FreshnessCount.objects.filter(counted_at__lt=now - timedelta(days=_KEPT_DAYS))
    days = old.order_by().annotate(day=TruncDate("counted_at")).values("day")
    old.exclude(pk__in=days.annotate(first=Min("pk")).values("first")).delete()
