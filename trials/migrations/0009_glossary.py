"""Puts the project's glossary in, and writes down which texts use which terms."""

from typing import Any

from django.db import migrations

from trials.editorial import starting_terms
from trials.editorial.term_uses import refresh_all_uses


def load(apps: Any, schema_editor: Any) -> None:
    """Add the terms that are not there."""
    starting_terms.load(apps.get_model("trials", "GlossaryTerm"))


def write_uses(apps: Any, schema_editor: Any) -> None:
    """Fill `TermUse`. It calls today's `editorial.term_uses`, so a later migration that changes
    `TermUse` or the words of `EditorialText` must come before this one or take the call over.
    """
    refresh_all_uses()


class Migration(migrations.Migration):
    dependencies = [("trials", "0008_changed_fields")]
    operations = [
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunPython(write_uses, migrations.RunPython.noop),
    ]
