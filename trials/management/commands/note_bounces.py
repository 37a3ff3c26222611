"""`note_bounces`: read the delivery reports of mail that came back."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trials.coordinators.letters import bounces, delivery_reports
from trials.terms.plain import count


class Command(BaseCommand):
    help = (
        "Read delivery reports (RFC 3464) of letters that came back: an address that takes no mail "
        "for good (a status such as 5.1.1) gets nothing more, and its letter is marked. Each "
        "report counts once, so that a mailbox may be read again and again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = "Exit code: 0, or 1 where a message was no report or could not be read."
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="a message, an mbox file or a Maildir folder; without one, standard input is read",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        problems: list[str] = []
        noted = bounces.note(_messages(options["paths"], problems))
        self.stdout.write(f"{count(noted.bounced, 'letter')} came back.")
        if noted.nothing_new:
            self.stdout.write(f"{count(noted.nothing_new, 'report')} said nothing new.")
        if problems := [*problems, *noted.problems]:
            raise CommandError("\n".join(problems))


def _messages(paths: list[str], problems: list[str]) -> Iterator[tuple[str, bytes]]:
    if not paths:
        yield "standard input", delivery_reports.read(sys.stdin.buffer)
    for path in paths:
        try:
            yield from delivery_reports.messages_in(Path(path))
        except delivery_reports.UnreadableError as error:
            problems.append(str(error))
