"""Rewriting what a search reads of some trials, in the caller's transaction.

A fixed number of statements for any number of trials; COPY for what is new.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection, transaction

from trials.indexing import facts, places, rows
from trials.indexing.facts import Facts
from trials.indexing.places import Places
from trials.indexing.vocabulary import Vocabulary
from trials.models import SearchRow, SearchText, TrialPlace, bulk

_OLD = (SearchRow, SearchText, TrialPlace)
_ROW = (
    "trial_id",
    "is_open",
    "signature",
    "country_set_id",
    "minimum_age_months",
    "maximum_age_months",
    "posted_on",
    "changed_on",
    "vector",
    "padding",
)
# PostgreSQL moves a vector out of its row only where the row has more than 2 kB. The blanks make it
# so, and shrink to nothing: decision 0016.
_PADDING = " " * 2_100
# Any fixed number, for one refresh at a time: two of one trial would both add its row.
_LOCK = 7193668
# Countries travel as one text: an array of arrays has to be a rectangle.
_SEPARATOR = "\x1f"
_ADD_COUNTRY_SETS = """
INSERT INTO trials_countryset (codes)
SELECT codes FROM (SELECT string_to_array(text, %(separator)s) AS codes
    FROM unnest(%(texts)s::text[]) AS text) AS said
WHERE NOT EXISTS (SELECT FROM trials_countryset AS known WHERE known.codes = said.codes)
ON CONFLICT DO NOTHING
"""
_FIND_COUNTRY_SETS = """
SELECT text, id FROM unnest(%(texts)s::text[]) AS text
JOIN trials_countryset ON codes = string_to_array(text, %(separator)s)
"""


def refresh(trial_ids: Collection[int], *, vocabulary: Vocabulary | None = None) -> None:
    """Rewrite the search rows of trials; those that are not public lose theirs.

    Waits for other refreshes to be committed: it should come last in a transaction.
    `vocabulary` counts their words, where it is a reading of their records.
    """
    if trial_ids:
        found = _rewrite(sorted(set(trial_ids)))
        if vocabulary is not None:
            vocabulary.add(found)


@transaction.atomic
def _rewrite(ids: list[int]) -> list[Facts]:
    """Rewrite the rows of trials; return the facts of the public ones."""
    _wait_for_others()
    found = facts.read(ids)
    settled = places.settle([site for trial in found for site in trial.sites])
    country_sets = _country_sets({_country_text(trial) for trial in found})
    _delete(ids)
    vectors = [rows.vectors(trial) for trial in found]
    bulk.copy_in(
        SearchRow,
        _ROW,
        (
            (*_columns(trial, country_sets), words, "" if rows.is_open(trial) else _PADDING)
            for trial, (words, _) in zip(found, vectors, strict=True)
        ),
    )
    texts = ((trial.trial_id, text) for trial, (_, text) in zip(found, vectors, strict=True))
    bulk.copy_in(SearchText, ("trial_id", "vector"), texts)
    bulk.copy_in(TrialPlace, ("trial_id", "place_id", "is_open"), _trial_places(found, settled))
    return found


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        # An editor who hides a trial waits for a batch of an import or a rebuild: longer than a
        # page may.
        cursor.execute("SET LOCAL lock_timeout = '20s'; SET LOCAL statement_timeout = '25s'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _delete(trial_ids: list[int]) -> None:
    with connection.cursor() as cursor:
        for model in _OLD:
            table = connection.ops.quote_name(model._meta.db_table)
            # The name is a model's own, quoted; the values travel apart.
            cursor.execute(f"DELETE FROM {table} WHERE trial_id = ANY(%s)", [trial_ids])  # noqa: S608


def _columns(trial: Facts, country_sets: dict[str, int]) -> tuple[object, ...]:
    """Return what a search row holds before its vector."""
    most = trial.maximum_age_months
    return (
        trial.trial_id,
        rows.is_open(trial),
        rows.signature(trial),
        country_sets[_country_text(trial)],
        trial.minimum_age_months or 0.0,
        float("inf") if most is None else most,
        trial.posted_on,
        trial.changed_on,
    )


def _trial_places(found: Iterable[Facts], settled: Places) -> Iterable[tuple[int, int, bool]]:
    for trial in found:
        is_open = rows.is_open(trial)
        place_ids = {settled.of(site) for site in rows.counting_sites(trial)}
        for place_id in place_ids:
            if place_id is not None:
                yield trial.trial_id, place_id, is_open


def _country_text(trial: Facts) -> str:
    return _SEPARATOR.join(rows.country_codes(trial))


def _country_sets(texts: Collection[str]) -> dict[str, int]:
    """Return the ids of sets of countries; write those that are not there yet."""
    values: dict[str, Any] = {"texts": sorted(texts), "separator": _SEPARATOR}
    with connection.cursor() as cursor:
        cursor.execute(_ADD_COUNTRY_SETS, values)
        cursor.execute(_FIND_COUNTRY_SETS, values)
        return dict(cursor.fetchall())
