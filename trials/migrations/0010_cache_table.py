"""The table of the cache that the web processes share (wrong tries to log in, used codes)."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("trials", "0008_changed_fields"), ("trials", "0009_glossary")]

    operations = [
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
