"""`send_letters`: send the letters that wait in the outbox. For a timer, every few minutes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from trials.coordinators import letters
from trials.coordinators.letters.switch import NotFromHereError
from trials.management.told import INTERRUPTED, INTERRUPTED_CODE, stopped, told


class Command(BaseCommand):
    help = (
        "Send the letters to study teams that wait. Safe to run at any time and twice at once: "
        "each letter goes out once at most. One that the mail server puts off is tried again after "
        "ever longer pauses; one that was cut off while it was sent is left to the desk."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Exit code: 0; 1 where the mail server could not be reached, or took nothing from us, "
            "or where another installation writes from this database; 130 stopped by Ctrl-C. "
            "Nothing is printed where nothing was to do, unless with --verbosity 2."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sent = letters.send_waiting()
        except NotFromHereError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError(INTERRUPTED, returncode=INTERRUPTED_CODE) from None
        if sent.states or options["verbosity"] > 1:
            self.stdout.write(told(sent))
        if sent.must_stop:
            raise CommandError(stopped(sent))
