"""`forget_reporters`: end old reports, and empty digests that no longer count. Once a night."""

from typing import Any

from django.core.management import BaseCommand

from trials.editorial.reports import end_old, forget_reporters
from trials.terms.reports import COUNTED_DAYS, TOO_OLD_DAYS


class Command(BaseCommand):
    help = (
        f"Empty what tells readers apart in reports that are {COUNTED_DAYS} days old or older, and "
        f"end the reports that nobody has answered in {TOO_OLD_DAYS} days. Their rows stay. Safe "
        "to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        ended, forgotten = end_old(), forget_reporters()
        self.stdout.write(f"{_reports(ended)} ended, too old to look into.")
        self.stdout.write(f"{_reports(forgotten)} can no longer be told apart by reader.")


def _reports(number: int) -> str:
    return f"{number} report" if number == 1 else f"{number} reports"
