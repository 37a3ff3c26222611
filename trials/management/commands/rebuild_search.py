"""`rebuild_search`: write everything that a search reads anew."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from tqdm import tqdm

from trials import indexing

_AGAIN = (
    "What was written is kept. Run the command again: until it ends, searches are slower and "
    "misspelt words are not corrected."
)


class Command(BaseCommand):
    help = (
        "Write the search rows, places, vocabulary and learned words of all trials anew. Imports "
        "and editors keep them up to date; this is for a restored database or new search rules. "
        "It may run while the portal serves; misspelt words are found less well until it ends. "
        "It may be stopped, and has to be run again then."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        start = time.monotonic()
        self.stderr.write("Learning words…")
        with tqdm(unit=" trials", desc="Rebuilding", disable=not self.stderr.isatty()) as bar:
            try:
                trials = indexing.rebuild(bar.reset, bar.update)
            except KeyboardInterrupt:
                raise CommandError(f"Stopped. {_AGAIN}", returncode=130) from None
            except OperationalError as error:
                raise CommandError(f"The database failed: {error}. {_AGAIN}") from None
        self.stdout.write(f"{trials:,} trials in {time.monotonic() - start:,.0f} s.")
