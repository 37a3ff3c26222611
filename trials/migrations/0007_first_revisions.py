"""Texts from before the desk get their first revision: their words, signed where published."""

from django.db import migrations
from django.utils import timezone

from trials.editorial.sources import USUAL
from trials.terms.desk import Part


def add_revisions(apps, schema_editor):
    texts = apps.get_model("trials", "EditorialText")
    revisions = apps.get_model("trials", "Revision")
    passages = apps.get_model("trials", "Passage")
    users = apps.get_model("auth", "User")
    for text in texts.objects.filter(head=None).select_related("trial"):
        by = text.published_by or users.objects.filter(is_superuser=True).order_by("pk").first()
        if by is None:
            continue
        at = text.published_at or timezone.now()
        revision = revisions.objects.create(
            text=text,
            number=1,
            saved_at=at,
            saved_by=by,
            note="The words from before revisions were kept",
            **{part.value: getattr(text, part.value) for part in Part},
        )
        passages.objects.bulk_create(
            passages(
                revision=revision,
                part=part.value,
                based_on_version=text.based_on_version or text.trial.record_version,
                sources=[source.value for source in USUAL[part]],
                signed_at=at if text.is_live else None,
                signed_by=by if text.is_live else None,
            )
            for part in Part
        )
        text.head, text.since = revision, at
        text.live = revision if text.is_live else None
        text.save(update_fields=["head", "live", "since"])


class Migration(migrations.Migration):
    dependencies = [("trials", "0006_desk")]
    operations = [migrations.RunPython(add_revisions, migrations.RunPython.noop)]
