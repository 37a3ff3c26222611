"""Versions of records, and live texts that were written from the first of them, for tests."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from tests import factories as make
from trials.models import ImportRun, Passage, RecordVersion, Revision, Trial
from trials.terms.desk import Part
from trials.terms.sources import Source


def make_versions(trial: Trial, *changes: Sequence[Source]) -> None:
    """Give a trial the versions after its first, a day apart, each with what it changed."""
    run = ImportRun.objects.create(started_at=make.NOW)
    for number, changed in enumerate(((), *changes), start=1):
        RecordVersion.objects.create(
            trial=trial,
            run=run,
            number=number,
            content_hash=bytes(32),
            raw=b"",
            imported_at=make.NOW + timedelta(days=number),
            changed_fields=[source.value for source in changed],
        )
    trial.record_version = len(changes) + 1
    trial.save(update_fields=["record_version"])


def make_live(trial: Trial, sources: Mapping[Part, Sequence[Source]], **values: Any) -> Revision:
    """Give a trial a live text whose passages were written from its first version."""
    text = make.make_published_text(trial, **{"based_on_version": 1} | values)
    revision = Revision.objects.create(
        text=text, number=1, saved_at=make.NOW, saved_by=make.make_user(), **text.words
    )
    for part, said in sources.items():
        Passage.objects.create(
            revision=revision,
            part=part,
            based_on_version=1,
            sources=[source.value for source in said],
        )
    text.live = text.head = revision
    text.save(update_fields=["live", "head"])
    return revision
