"""`load_study_teams`: what invented study teams of the demonstration said."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from trials.coordinators.demonstration import StudyTeamsError, load
from trials.editorial import reports
from trials.models import Site
from trials.terms.plain import count
from trials.terms.reports import ReportKind


class Command(BaseCommand):
    help = (
        "Write down what invented study teams said about the demonstration's sites "
        "(fixtures/README.md describes the file). Only for a new demonstration: never in "
        "production, and only where there are no coordinators yet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", metavar="FILE", help="a TOML file")
        parser.add_argument("--by", required=True, metavar="NAME", help="who of the desk decides")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is for the demonstration: what it writes is invented.")
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"There is nobody with the name {options['by']!r}.")
        try:
            found = load(Path(options["path"]), by)
        except StudyTeamsError as error:
            raise CommandError(str(error)) from None
        for site, said in found:
            for reader in range(said.get("reports", {}).get("readers", 0)):
                _report(site, ReportKind(said["reports"]["kind"]), f"192.0.2.{reader}")
        self.stdout.write(f"{count(len(found), 'site')} have been spoken of.")


def _report(site: Site, kind: ReportKind, address: str) -> None:
    place = f"{site.facility.name}, {site.facility.city}"
    reports.send(trial=site.trial, kind=kind, site=site, place=place, address=address)
