"""`import_studies`: read registry records into the portal."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from tqdm import tqdm

from trials.coordinators.registry_says import Followed, follow_registry, followed_words
from trials.registry import sources
from trials.registry.run import ImportBusyError, Totals, import_studies

_LINE_EVERY_SECONDS = 20
_FINISH_LATER = "What was imported is kept; run the command again to finish the work."


class Command(BaseCommand):
    help = (
        "Import ClinicalTrials.gov studies (API v2 JSON): single studies, API answers, arrays, "
        "JSON Lines, .gz, .zip, and folders of these. Running it again changes only what differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Exit code: 0 everything was taken in, 1 something was rejected or could not be read."
        )
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="file or folder; “-” is standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[str] = options["paths"]
        try:
            totals = self._import(paths)
        except (sources.SourceError, ImportBusyError) as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError(f"Stopped. {_FINISH_LATER}", returncode=130) from None
        except OperationalError as error:
            raise CommandError(f"The database failed: {error}. {_FINISH_LATER}") from None
        self._report(totals)
        self._follow()
        if not totals.complete:
            sys.exit(1)

    def _import(self, paths: list[str]) -> Totals:
        size = sources.total_size(sources.files_below(paths))
        if self.stderr.isatty():
            with tqdm(total=size, unit="B", unit_scale=True, desc="Importing") as bar:
                return import_studies(paths, bar.update)
        return import_studies(paths, _PlainProgress(self, size).advance)

    def _follow(self) -> None:
        """Hold study teams' corrections against what was imported."""
        followed = follow_registry()
        if followed != Followed():
            self.stdout.write(followed_words(followed))

    def _report(self, totals: Totals) -> None:
        for name in ("read", "new", "changed", "unchanged", "rejected"):
            self.stdout.write(f"{name:<10} {getattr(totals, name):>10,}")
        if totals.odd_values:
            self.stdout.write(
                f"{totals.odd_values:,} odd values were set aside; the admin lists them under "
                "“Import problems”."
            )
        for problem in totals.first_problems:
            self.stderr.write(self.style.ERROR(problem))
        if not totals.complete:
            self.stderr.write("All problems are in the admin under “Import problems”.")


class _PlainProgress:
    """A line now and then where no terminal shows a bar."""

    def __init__(self, command: Command, size: int | None) -> None:
        self.command = command
        self.size = size
        self.read = 0
        self.next = time.monotonic() + _LINE_EVERY_SECONDS

    def advance(self, count: int) -> None:
        self.read += count
        if time.monotonic() >= self.next:
            self.next = time.monotonic() + _LINE_EVERY_SECONDS
            of = f" of {self.size / 1e6:,.0f}" if self.size else ""
            self.command.stderr.write(f"{self.read / 1e6:,.0f}{of} MB read")
