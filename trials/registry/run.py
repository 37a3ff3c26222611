"""One import run: sources in, trials written, totals and problems out.

The records of a batch are read while the batch before is written: reading keeps one core busy,
the database the other.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from trials import indexing
from trials.models import ImportProblem, ImportRun
from trials.registry import problems, sources
from trials.registry.batch import Batch, Batches
from trials.registry.decode import RejectedRecord
from trials.registry.mend import printable
from trials.registry.parse import ParsedStudy, parse
from trials.registry.write import Known, settle_presence, write_batch

_SHOWN_PROBLEMS = 10
# Any fixed number: two imports at once would give one trial two states.
_LOCK = 7193667
_SWITCH_SECONDS = 0.0003
# After so many changes the planner may be wrong about the size of tables.
_ENOUGH_TO_ANALYZE = 500
# After so many changes a clean-up of the search tables pays; else the database sees to it later.
_MANY_TRIALS = 5_000


class ImportBusyError(Exception):
    """Another import is running."""


@dataclass(slots=True)
class Totals:
    """What a run did, in records; `broken_sources` are files that could not be read to the end."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    odd_values: int = 0
    broken_sources: int = 0
    first_problems: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """All records that were met."""
        return self.new + self.changed + self.unchanged + self.rejected

    @property
    def complete(self) -> bool:
        """Whether everything in the sources was taken in."""
        return not self.rejected and not self.broken_sources


def import_studies(paths: list[str], advance: sources.Advance = lambda _: None) -> Totals:
    """Import all studies of files, folders, archives or standard input (`-`).

    `advance` hears of the bytes read. Raises SourceError before anything is read where a path is
    not there, ImportBusyError where another import runs.
    """
    files = sources.files_below(paths)
    with _only_import(), _interpreter_for_bulk():
        was_stopped = _wait_for_stopped_runs()
        said = printable("\n".join(paths))
        row = ImportRun.objects.create(started_at=timezone.now(), sources=said)
        writer = _Writer(row)
        with _in_background(writer.write) as submit:
            batches = Batches(submit)
            for piece in sources.pieces_of(files, advance):
                batches.take(piece)
            batches.flush()
        writer.finish(everything=was_stopped)
        ImportRun.objects.filter(pk=row.pk).update(finished_at=timezone.now())
        return writer.totals


class _Writer:
    """Writes batches and counts."""

    def __init__(self, row: ImportRun) -> None:
        self.row = row
        self.totals = Totals()
        self.vocabulary = indexing.Vocabulary()
        self.touched = indexing.Touched()

    def write(self, batch: Batch) -> None:
        """Write a batch whole; where the database refuses it, each study alone."""
        try:
            self._write(batch)
        except DatabaseError:
            studies, batch.studies = batch.studies, []
            self._write(batch)
            for study in studies:
                self._write_alone(study, batch.known)

    def _write_alone(self, study: ParsedStudy, known: dict[str, Known]) -> None:
        record = study.record
        try:
            self._write(Batch(known=known, studies=[parse(record)]))
        except DatabaseError as error:
            refused = RejectedRecord(f"The database refused it: {error}.", record.nct_id)
            problem = problems.rejection(record.source, record.position, refused)
            self._write(Batch(problems=[problem]))

    @transaction.atomic
    def _write(self, batch: Batch) -> None:
        totals, now = self._counted(batch), timezone.now()
        _commit_lazily()
        # First, for its lock: `_wait_for_stopped_runs` waits on it.
        ImportRun.objects.filter(pk=self.row.pk).update(
            read=totals.read,
            new=totals.new,
            changed=totals.changed,
            unchanged=totals.unchanged,
            rejected=totals.rejected,
        )
        known = [batch.known.get(study.record.nct_id) for study in batch.studies]
        self.touched.before([trial.trial_id for trial in known if trial])
        if batch.studies:
            write_batch(batch.studies, batch.known, run_id=self.row.pk, now=now)
        read = [*batch.unchanged, *(study.record.nct_id for study in batch.studies)]
        aliases = [alias for study in batch.studies for alias in study.aliases]
        moved = settle_presence(read, aliases, now=now)
        for problem in batch.problems:
            problem.run = self.row
        ImportProblem.objects.bulk_create(batch.problems)
        self._search_anew({*moved, *(study.trial["id"] for study in batch.studies)})
        self.totals = totals

    def _search_anew(self, trial_ids: set[int]) -> None:
        """Rewrite what searches read of some trials."""
        indexing.refresh(trial_ids, vocabulary=self.vocabulary)
        self.vocabulary.flush_if_full()
        self.touched.after(trial_ids)

    def finish(self, *, everything: bool) -> None:
        """Bring up to date what a search knows of words and conditions across trials.

        `everything` makes up for a run that was stopped before it came here.
        """
        self.vocabulary.flush()
        if everything or len(self.touched.trial_ids) >= _ENOUGH_TO_ANALYZE:
            indexing.analyze()
        if everything or self.touched.trial_ids:
            indexing.learn(None if everything else self.touched)
            indexing.count_trials(None if everything else self.touched.condition_ids)
        if len(self.touched.trial_ids) >= _MANY_TRIALS:
            indexing.tidy()

    def _counted(self, batch: Batch) -> Totals:
        """Return the totals as they will be once the batch is written."""
        before = self.totals
        new = sum(study.record.nct_id not in batch.known for study in batch.studies)
        rejected = sum(p.kind == ImportProblem.Kind.REJECTED for p in batch.problems)
        shown = [*before.first_problems, *map(problems.shown, batch.problems)]
        return Totals(
            new=before.new + new,
            changed=before.changed + len(batch.studies) - new,
            unchanged=before.unchanged + len(batch.unchanged),
            rejected=before.rejected + rejected,
            odd_values=before.odd_values + sum(len(study.slips) for study in batch.studies),
            broken_sources=before.broken_sources + len(batch.problems) - rejected,
            first_problems=shown[:_SHOWN_PROBLEMS],
        )


def _commit_lazily() -> None:
    """Let this transaction's commit return before it is on disk.

    It stays whole or absent; after a power cut the last half second of batches may be absent, and
    the next run writes them. The end of a run commits at once, and with it all before it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


@contextmanager
def _in_background(work: Callable[[Batch], None]) -> Iterator[Callable[[Batch], None]]:
    """Yield a function that runs `work` in a thread, one job at a time, at most one ahead.

    Inside a caller's transaction the work is done at once, on the caller's connection.
    """
    if connection.in_atomic_block:
        yield work
        return
    running: list[Future[None]] = []

    def submit(batch: Batch) -> None:
        wait()
        running.append(executor.submit(work, batch))

    def wait() -> None:
        while running:
            running.pop().result()

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="import-writer") as executor:
        try:
            yield submit
            wait()
        finally:
            executor.submit(connections.close_all).result()


@contextmanager
def _only_import() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportBusyError("Another import is running. Wait until it ends, then try again.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


@transaction.atomic
def _wait_for_stopped_runs() -> bool:
    """Wait until the database has done with a batch whose process was killed meanwhile.

    Returns whether the last run was stopped.
    """
    unfinished = ImportRun.objects.filter(finished_at__isnull=True).order_by("pk")
    list(unfinished.select_for_update().values_list("pk"))
    last = ImportRun.objects.order_by("pk").last()
    return bool(last and last.finished_at is None)


@contextmanager
def _interpreter_for_bulk() -> Iterator[None]:
    """Set the interpreter up for millions of rows; both settings were measured.

    The collector never finds a cycle in rows and takes a third of the time. And the writing thread
    would wait Python's 5 ms for its turn after each of a batch's hundreds of network calls: two
    threads need 3.5 ms a study that way, 2.3 ms with a tenth of it or less.
    """
    collected, interval = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        if collected:
            gc.enable()
