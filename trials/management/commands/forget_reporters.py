"""`forget_reporters`: empty the digests of reports that no longer count together. Once a night."""

from typing import Any

from django.core.management import BaseCommand

from trials.editorial.reports import forget_reporters
from trials.terms.reports import COUNTED_DAYS


class Command(BaseCommand):
    help = (
        f"Empty what tells readers apart in reports that are {COUNTED_DAYS} days old or older. The "
        "reports stay. Safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        number = forget_reporters()
        noun = "report" if number == 1 else "reports"
        self.stdout.write(f"{number} {noun} can no longer be told apart by reader.")
