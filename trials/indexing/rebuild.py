"""Writing everything that a search reads anew, and keeping its tables quick to read."""

from array import array
from collections.abc import Callable, Iterator

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, transaction
from django.db.models import Model

from trials import models
from trials.indexing.conditions import count_trials
from trials.indexing.learned import learn
from trials.indexing.refresh import refresh
from trials.indexing.vocabulary import Vocabulary
from trials.terms.facets import OPEN_OR_SOON

_BATCH = 250
_READ = (
    models.SearchRow,
    models.SearchText,
    models.TrialPlace,
    models.SearchWord,
    models.Place,
    models.PlaceName,
    models.PostalCode,
    models.CountrySet,
    models.Synonym,
    models.Condition,
)
# What learning and counting read.
_COUNTED = (
    models.Trial,
    models.Condition,
    models.TrialCondition,
    models.MeshTerm,
    models.TrialMeshTerm,
    models.Intervention,
)
_OPEN_FIRST = "SELECT id FROM trials_trial ORDER BY overall_status = ANY(%s) DESC, id"


def rebuild(start: Callable[[int], object], advance: Callable[[int], object]) -> int:
    """Write all search rows, the vocabulary, learned words and counts; open trials come first.

    Returns the number of trials. `start` hears of it, `advance` of each batch written. Each batch
    is a transaction: a rebuild that is stopped leaves rows that are right, and can be run again.
    Not to be called within a transaction.
    """
    analyze()
    learn()
    trial_ids = _trial_ids()
    start(len(trial_ids))
    _forget_words()
    if not models.SearchRow.objects.exists():
        _drop_word_indexes()
    vocabulary = Vocabulary()
    for batch in _batches(trial_ids):
        _write(batch, vocabulary)
        advance(len(batch))
    vocabulary.flush()
    _restore_word_indexes()
    count_trials()
    tidy()
    return len(trial_ids)


def analyze() -> None:
    """Have the planner see how large the tables are that learning and counting read.

    It goes by what it saw last. Where that was before many trials came, it may take a table for
    empty and read it once for each condition: minutes instead of a second.
    """
    with connection.cursor() as cursor:
        for model in _COUNTED:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def tidy() -> None:
    """Make the search tables quick to read after many changes; nothing within a transaction.

    The planner needs their statistics, and an index alone answers only for pages known as clean.
    """
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for model in _READ:
            cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(model._meta.db_table)}")


def _trial_ids() -> "array[int]":
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_FIRST, [list(OPEN_OR_SOON)])
        return array("q", (trial_id for (trial_id,) in cursor))


def _batches(trial_ids: "array[int]") -> Iterator[list[int]]:
    for first in range(0, len(trial_ids), _BATCH):
        yield list(trial_ids[first : first + _BATCH])


@transaction.atomic
def _write(trial_ids: list[int], vocabulary: Vocabulary) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
    refresh(trial_ids, vocabulary=vocabulary)
    vocabulary.flush_if_full()


def _forget_words() -> None:
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(models.SearchWord._meta.db_table)
        cursor.execute(f"TRUNCATE {table}")


def _word_indexes() -> Iterator[tuple[type[Model], GinIndex]]:
    for model in (models.SearchRow, models.SearchText):
        for index in model._meta.indexes:
            if isinstance(index, GinIndex):
                yield model, index


def _drop_word_indexes() -> None:
    """Drop what is made in a tenth of the time once all rows are there."""
    with connection.schema_editor() as editor:
        for model, index in _word_indexes():
            if index.name in _present(model):
                editor.remove_index(model, index)


def _restore_word_indexes() -> None:
    """Make the indexes that this rebuild, or one that was stopped, dropped."""
    for model, index in _word_indexes():
        if index.name not in _present(model):
            with connection.schema_editor() as editor:
                editor.execute("SET LOCAL maintenance_work_mem = '256MB'")
                editor.add_index(model, index)


def _present(model: type[Model]) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, model._meta.db_table))
