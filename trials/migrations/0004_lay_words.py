"""Puts the project's pairs of everyday words and medical words in.

It calls today's `editorial.lay_words`, so a later migration that changes `Synonym` must come before
this one or take the call over.
"""

from typing import Any

from django.db import migrations

from trials.editorial import lay_words


def load(apps: Any, schema_editor: Any) -> None:
    """Add the pairs that are not there."""
    lay_words.load()


class Migration(migrations.Migration):
    dependencies = [("trials", "0003_gazetteer")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
