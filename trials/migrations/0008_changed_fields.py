"""Kept versions learn which fields they changed, and an index finds those that changed any."""

from itertools import groupby
from operator import attrgetter

from django.db import migrations, models

from trials.registry.changes.fields import changed
from trials.registry.changes.kept import study_of
from trials.registry.decode import RejectedRecord

_AT_ONCE = 200


def fill(apps, schema_editor):
    versions = apps.get_model("trials", "RecordVersion")
    several = versions.objects.filter(number=2).values("trial")
    rows = versions.objects.filter(trial__in=several).order_by("trial", "number")
    done = []
    for _, of_trial in groupby(rows.iterator(chunk_size=_AT_ONCE), attrgetter("trial_id")):
        done += _filled(of_trial)
        if len(done) >= _AT_ONCE:
            versions.objects.bulk_update(done, ["changed_fields"])
            done = []
    versions.objects.bulk_update(done, ["changed_fields"])


def _filled(of_trial):
    """Return a trial's versions after the first; nothing is claimed of what can't be read."""
    before = None
    for version in of_trial:
        study = _study(bytes(version.raw))
        if before is not None and study is not None:
            version.changed_fields = [field.value for field in changed(before, study)]
            yield version
        before = study
        version.raw = b""  # it is done with, and large


def _study(kept):
    try:
        return study_of(kept)
    except RejectedRecord:
        return None


class Migration(migrations.Migration):
    dependencies = [("trials", "0007_first_revisions")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="recordversion",
            index=models.Index(
                condition=models.Q(("changed_fields", []), _negated=True),
                fields=["trial", "number"],
                include=("changed_fields", "imported_at"),
                name="recordversion_changed",
            ),
        ),
    ]
