"""`load_editorial`: publish texts from TOML files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import pluralize

from trials.editorial.load import TextFileError, files_below, load_texts


class Command(BaseCommand):
    help = (
        "Publish the plain-language texts of TOML files (fixtures/README.md describes their keys). "
        "The trials must have been imported. A text that is there already is replaced."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="file or folder")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = load_texts(files_below(options["paths"]))
        except TextFileError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{count} text{pluralize(count)} published.")
