"""What the record changed since words were written from it: computed when asked, nothing is pushed.

Every version of a record names the fields that differ from the version before. A passage is stale
where a later version than its own changed one of the fields that it was written from.
"""

from collections.abc import Iterable
from itertools import chain

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    Func,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)

from trials.models import EditorialText, RecordVersion, Revision, Trial
from trials.terms.desk import Part
from trials.terms.sources import UNREMARKABLE, Source, Urgency, sources_of

_REMARKABLE = [source.value for source in Source if source not in UNREMARKABLE]


def stale_parts(revision: Revision) -> dict[Part, list[Source]]:
    """Return the fields of a revision that rest on what changed since, each with what changed."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE_PARTS, [revision.pk])
        found: dict[str, list[str]] = dict(cursor.fetchall())
    return {part: _in_order(found[part.value]) for part in Part if part.value in found}


def changes_since(trial: Trial, version: int) -> list[Source]:
    """Return the fields that a trial's record changed after a version, bookkeeping left out."""
    rows = RecordVersion.objects.filter(trial=trial, number__gt=version)
    changed = chain.from_iterable(rows.values_list("changed_fields", flat=True))
    return [source for source in _in_order(changed) if source not in UNREMARKABLE]


def changed_texts() -> "QuerySet[EditorialText]":
    """Return the live texts whose record changed since an editor last held the page against it.

    Each has the fields that changed as `changed_sources`, how urgent the most urgent of them is as
    `urgency` (0 most, 2 least), and as `changed_since` from when on the page has been behind.
    """
    newer = RecordVersion.objects.filter(
        trial=OuterRef("trial"),
        number__gt=OuterRef("based_on_version"),
        changed_fields__overlap=_REMARKABLE,
    ).exclude(changed_fields=[])
    return EditorialText.objects.filter(Exists(newer), is_live=True).annotate(
        changed_sources=_ChangedSources(
            "trial_id", "based_on_version", left_out=",".join(sorted(UNREMARKABLE))
        ),
        urgency=Subquery(newer.order_by(_RANK).values(rank=_RANK)[:1]),
        changed_since=Subquery(newer.order_by("number").values("imported_at")[:1]),
    )


_RANK = Case(
    *(
        When(changed_fields__overlap=[source.value for source in sources_of(grade)], then=rank)
        for rank, grade in enumerate((Urgency.URGENT, Urgency.HIGH))
    ),
    default=2,
    output_field=IntegerField(),
)


class _ChangedSources(Func):
    """The fields that the versions of a trial after a number changed, bookkeeping left out."""

    template = (
        "ARRAY(SELECT DISTINCT source FROM trials_recordversion newer, "
        "unnest(newer.changed_fields) AS source WHERE newer.trial_id = %(expressions)s "
        "AND source <> ALL('{%(left_out)s}'))"
    )
    arg_joiner = " AND newer.number > "
    output_field = ArrayField(CharField(max_length=32))


# A passage without words is none: the page speaks for the record there.
_STALE_PARTS = """
    SELECT passage.part, array_agg(DISTINCT source)
    FROM trials_passage passage
    JOIN trials_revision revision ON revision.id = passage.revision_id
    JOIN trials_editorialtext text ON text.id = revision.text_id
    JOIN trials_recordversion newer
        ON newer.trial_id = text.trial_id AND newer.number > passage.based_on_version
    CROSS JOIN unnest(newer.changed_fields) AS source
    WHERE passage.revision_id = %s AND source = ANY(passage.sources)
    GROUP BY passage.part
"""


def _in_order(values: Iterable[str]) -> list[Source]:
    said = set(values)
    return [source for source in Source if source.value in said]
