"""`send_reminders`: write to study teams whose contact is due to be confirmed. Once a day."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from trials.coordinators import letters
from trials.coordinators.actions import label_of
from trials.coordinators.letters import Sent, reminders, switch
from trials.coordinators.letters.message import one_line
from trials.coordinators.letters.reminders import Planned
from trials.coordinators.letters.suppression import domain_of
from trials.management.told import INTERRUPTED, INTERRUPTED_CODE, stopped, told
from trials.terms.plain import count

_LONGEST_PLACE = 120


class Command(BaseCommand):
    help = (
        "Send the reminders that are due: to coordinators about their sites, and, where the desk "
        "has switched that on, to the registry's contacts of sites that were confirmed before or "
        "that readers report. Never twice for the same thing, also when run twice at once or "
        "stopped midway. An address gets one letter about all its sites, and no more than "
        "LETTERS_A_DAY letters in a day; one run makes no more than LETTERS_A_RUN."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.epilog = (
            "Exit code: 0, also where another run is at work; 1 where the mail server could not be "
            "reached, or took nothing from us (what was made is sent by send_letters, the rest is "
            "made by the next run), or where another installation writes from this database; 130 "
            "stopped by Ctrl-C."
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="list what would go out, to which domain, about which site and why; write nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        due = reminders.plan(timezone.now().date())
        planned = (each for each in due if not letters.rests(each.address))
        try:
            switch.check_writes_here()
            if options["dry_run"]:
                self._list(planned)
                return
            with reminders.only_run():
                sent = self._send(planned)
        except reminders.RemindersBusyError as error:
            self.stdout.write(str(error))
            return
        except switch.NotFromHereError as error:
            raise CommandError(str(error)) from None
        except KeyboardInterrupt:
            raise CommandError(INTERRUPTED, returncode=INTERRUPTED_CODE) from None
        self.stdout.write(told(sent))
        if sent.must_stop:
            raise CommandError(stopped(sent))

    def _send(self, planned: Iterable[Planned]) -> Sent:
        """Make one letter after the other and send each at once; stop where nobody takes them."""
        sent = Sent()
        bar = tqdm(planned, unit=" letters", desc="Sending", disable=not self.stderr.isatty())
        for each in bar:
            letter = reminders.make(each)
            if letter is not None:
                sent.add(letters.attempt(letter.pk))
            if sent.must_stop:
                break
        bar.close()
        return sent

    def _list(self, planned: Iterable[Planned]) -> None:
        total = 0
        for letter in planned:
            total += 1
            self.stdout.write(f"…@{domain_of(letter.address)}")
            for topic in letter.topics:
                place = one_line(label_of(topic.site), _LONGEST_PLACE)
                self.stdout.write(f"    {topic.site.trial.nct_id}, {place}: {topic.occasion.label}")
        self.stdout.write(f"{count(total, 'letter')} would go out. Nothing was sent.")
        if total == settings.LETTERS_A_RUN:
            self.stdout.write("A run makes no more; the next one goes on from there.")
