"""`send_letters`: send the letters that wait in the outbox. For a timer, every few minutes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trials.coordinators import letters
from trials.management.told import told


class Command(BaseCommand):
    help = (
        "Send the letters to study teams that wait. Safe to run at any time and twice at once: "
        "each letter goes out once at most. One that the mail server puts off is tried again after "
        "ever longer pauses; one that was cut off while it was sent is left to the desk."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = "Exit code: 0, or 1 where the mail server could not be reached."

    def handle(self, *args: Any, **options: Any) -> None:
        sent = letters.send_waiting()
        self.stdout.write(told(sent))
        if sent.is_unreachable:
            raise CommandError("The mail server could not be reached. The letters wait.")
