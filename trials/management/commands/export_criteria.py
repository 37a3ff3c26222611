"""`export_criteria`: write the criteria trees of trials as JSON Lines."""

import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from trials.registry.export import criteria_lines, known_ids
from trials.terms.values import canonical_nct_id


class Command(BaseCommand):
    help = (
        "Write the eligibility criteria of trials as JSON Lines, ordered by NCT id: nctId, and "
        "nodes in reading order with text, section, depth, role and marker. Hidden trials are "
        "among them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = "Exit code: 0 all were written, 1 an id was not found."
        parser.add_argument(
            "ids", nargs="*", metavar="NCT", help="ids of trials; all trials without any"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted, unknown = self._wanted(options["ids"])
        if wanted or not options["ids"]:
            for line in criteria_lines(wanted):
                self.stdout.write(line)
        for said in unknown:
            self.stderr.write(self.style.ERROR(said))
        if unknown:
            sys.exit(1)

    def _wanted(self, said: Iterable[str]) -> tuple[set[str], list[str]]:
        """Return the known ids, and a sentence for each other one."""
        found, sentences = set(), []
        for text in said:
            try:
                found.add(canonical_nct_id(text))
            except ValueError as error:
                sentences.append(f"{error}.")
        known = known_ids(found)
        sentences += [f"There is no trial {nct_id}." for nct_id in sorted(found - known)]
        return known, sentences
