"""`note_bounces`: read the delivery reports of mail that came back."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trials.coordinators.letters import bounces, delivery_reports
from trials.coordinators.letters.bounces import Noted
from trials.management.told import INTERRUPTED_CODE
from trials.terms.plain import count

_INTERRUPTED = "Stopped. What was read so far is written down; the rest is read by the next run."


class Command(BaseCommand):
    help = (
        "Read delivery reports (RFC 3464) of letters that came back: an address that takes no mail "
        "for good (a status such as 5.1.1) gets nothing more, and its letter is marked. A report "
        "is believed only if it returns a letter of ours to that address. Each counts once, so "
        "that a mailbox may be read again and again; other mail in it is passed over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Exit code: 0, or 1 where a file or folder could not be read. With --verbosity 0 "
            "nothing else is printed."
        )
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="a message, an mbox file or a Maildir folder; without one, standard input is read",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        problems: list[str] = []
        try:
            noted = bounces.note(_messages(options["paths"], problems))
        except KeyboardInterrupt:
            raise CommandError(_INTERRUPTED, returncode=INTERRUPTED_CODE) from None
        if options["verbosity"] > 0:
            self.stdout.write("\n".join(_told(noted)))
        if problems:
            raise CommandError("\n".join(problems))


def _told(noted: Noted) -> Iterator[str]:
    """Yield what the messages said, in sentences."""
    yield f"{count(noted.bounced, 'letter')} came back from an address that takes no mail."
    if noted.refused:
        yield f"{count(noted.refused, 'letter')} came back for another reason: see the desk."
    if noted.nothing_new:
        yield f"{count(noted.nothing_new, 'report')} said nothing new."
    if noted.not_ours:
        yield (
            f"{count(noted.not_ours, 'report')} returned no letter of ours to the address it "
            "names, and changed nothing."
        )
    if noted.no_reports:
        yield f"{count(noted.no_reports, 'message')} passed over: no delivery report."


def _messages(paths: list[str], problems: list[str]) -> Iterator[tuple[str, bytes]]:
    if not paths:
        yield "standard input", delivery_reports.read(sys.stdin.buffer)
    for path in paths:
        try:
            yield from delivery_reports.messages_in(Path(path))
        except delivery_reports.UnreadableError as error:
            problems.append(str(error))
