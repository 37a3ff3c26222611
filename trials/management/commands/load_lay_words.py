"""`load_lay_words`: add pairs of everyday words and medical words from a file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import pluralize

from trials.editorial.lay_words import STARTING_SET, LayWordsError, load


class Command(BaseCommand):
    help = (
        "Add pairs of everyday words and medical words that are not there yet. A pair that an "
        "editor changed or struck stays as it is. Without FILE: the project's own pairs, which "
        "trials/editorial/lay_words.tsv holds and describes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=STARTING_SET, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load(options["file"])
        except LayWordsError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{count} pair{pluralize(count)} added.")
