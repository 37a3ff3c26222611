"""Puts the packaged gazetteer in, so that places are found before the first site is read.

It is a migration and no step of the installation: nobody can forget it, and every test database
has it. It calls today's `geo.gazetteer`, so a later migration that changes the tables of places
must come before this one or take the call over; `manage.py load_places` refreshes the towns after
an update of the libraries.
"""

from typing import Any

from django.db import migrations

from trials.geo import gazetteer


def load(apps: Any, schema_editor: Any) -> None:
    """Write the packaged towns and ZIP codes."""
    gazetteer.load()


def unload(apps: Any, schema_editor: Any) -> None:
    """Remove them again."""
    gazetteer.unload()


class Migration(migrations.Migration):
    dependencies = [("trials", "0002_search")]
    operations = [migrations.RunPython(load, unload)]
