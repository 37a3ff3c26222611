"""What changed between versions of records that the database keeps."""

from collections.abc import Iterable

import zstandard
from django.db import connection

from trials.models import RecordVersion
from trials.registry.changes.differences import Difference, differences
from trials.registry.changes.fields import changed
from trials.registry.decode import RejectedRecord, record_of
from trials.registry.study import Study
from trials.registry.versions import raw_bytes
from trials.terms.sources import Source


def between(trial_id: int, first: int, last: int) -> list[Difference]:
    """Return what differs between two versions of a trial's record.

    Raises RecordVersion.DoesNotExist for a number that the trial has not, RejectedRecord where a
    version can't be read any more.
    """
    versions = RecordVersion.objects.filter(trial_id=trial_id)
    before, after = (study_of(bytes(versions.get(number=number).raw)) for number in (first, last))
    return differences(before, after)


def changed_since(states: Iterable[tuple[int, int, Study]]) -> dict[int, list[Source] | None]:
    """Return what changed in the records of some trials, by the trials' ids.

    Each state is a trial's id, the number of the version that was its newest, and the study as it
    is now. None stands for a version that can't be read any more: what changed is not known.
    """
    now = {trial_id: (number, study) for trial_id, number, study in states}
    if not now:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT trial_id, raw FROM trials_recordversion "
            "JOIN unnest(%s::bigint[], %s::int[]) AS newest (trial_id, number) "
            "USING (trial_id, number)",
            [list(now), [number for number, _ in now.values()]],
        )
        return {trial_id: _changed(bytes(raw), now[trial_id][1]) for trial_id, raw in cursor}


def study_of(kept: bytes) -> Study:
    """Return the study of a version as it is kept; raises RejectedRecord where it can't be read."""
    try:
        raw = raw_bytes(kept)
    except zstandard.ZstdError as error:
        raise RejectedRecord(f"What is kept of the record can't be unpacked: {error}.") from None
    return record_of(raw, "", "").study


def _changed(kept: bytes, now: Study) -> list[Source] | None:
    try:
        return changed(study_of(kept), now)
    except RejectedRecord:
        return None
