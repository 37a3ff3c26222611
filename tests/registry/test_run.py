"""A run as a whole: reading ahead while writing, one at a time, kill -9 at any instant."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count

from registry import records
from registry.database import Importer, content_hashes, contents
from registry.records import Json, whole
from trials import models
from trials.registry import batch, run
from trials.registry.decode import record_of
from trials.registry.run import ImportBusyError, import_studies

REPOSITORY = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.django_db(transaction=True)


def studies(count: int, status: str = "RECRUITING") -> list[Json]:
    return [
        whole(number, lambda p: p["statusModule"].update(overallStatus=status))
        for number in range(1, count + 1)
    ]


def hashes(*found: Json) -> dict[str, bytes]:
    made = [record_of(records.raw(study), "", "") for study in found]
    return {record.nct_id: record.content_hash for record in made}


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "BATCH_RECORDS", 5)


def test_planner_sees_the_sizes_of_tables_before_all_conditions_are_counted(
    take: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it took them for empty: the count of 12,000 conditions needed minutes."""
    monkeypatch.setattr(run, "_ENOUGH_TO_ANALYZE", 5)
    seen = []
    monkeypatch.setattr(run.indexing, "count_trials", lambda _: seen.append(planned_sizes()))

    take(*studies(33))

    assert seen == [
        {"trials_trial": 33, "trials_trialcondition": models.TrialCondition.objects.count()}
    ]


def planned_sizes() -> dict[str, int]:
    tables = [model._meta.db_table for model in (models.Trial, models.TrialCondition)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relname = ANY(%s)", [tables])
        return {name: round(rows) for name, rows in cursor.fetchall()}


def test_batches_are_written_in_the_background(
    take: Importer, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = set()
    write = run._Writer.write

    def watched(self: run._Writer, written: batch.Batch) -> None:
        threads.add(threading.current_thread().name.rpartition("_")[0])
        write(self, written)

    monkeypatch.setattr(run._Writer, "write", watched)
    found = studies(33)

    totals = take(*found)

    assert threads == {"import-writer"}
    assert (totals.new, totals.rejected) == (33, 0)
    assert content_hashes() == hashes(*found)


def test_trial_that_comes_again_in_the_next_batch_ends_as_the_last(
    take: Importer, small_batches: None
) -> None:
    done = studies(12, "COMPLETED")

    totals = take(*studies(12), *done, *done[:3])

    assert (totals.new, totals.changed, totals.unchanged) == (12, 12, 3)
    assert content_hashes() == hashes(*done)


def test_failure_of_the_writer_ends_the_run(
    take: Importer, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(run, "write_batch", fail)
    with pytest.raises(RuntimeError, match="disk on fire"):
        take(*studies(33))
    monkeypatch.undo()

    assert content_hashes() == {}
    assert models.ImportRun.objects.get().finished_at is None
    assert take(*studies(33)).new == 33


def test_failure_of_a_source_keeps_what_was_submitted(take: Importer, small_batches: None) -> None:
    take.path.write_bytes(records.lines(*studies(12)))

    def advance(_: int) -> None:
        if models.Trial.everything.count() >= 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_studies([str(take.path)] * 3, advance)

    assert content_hashes() == hashes(*studies(10))  # two batches; the third was being gathered
    totals = take(*studies(12))
    assert (totals.unchanged, totals.new) == (10, 2)


@pytest.fixture
def another_connection() -> Iterator[psycopg.Connection]:
    connection.ensure_connection()
    params = {
        k: v
        for k, v in connection.get_connection_params().items()
        if k in ("dbname", "user", "host", "port", "password")
    }
    with psycopg.connect(**params, autocommit=True) as other:
        yield other


def test_two_imports_at_once_the_second_says_so(
    take: Importer, another_connection: psycopg.Connection
) -> None:
    another_connection.execute("SELECT pg_advisory_lock(%s)", [run._LOCK])

    with pytest.raises(ImportBusyError, match=r"^Another import is running\. .*\.$"):
        take(whole())
    assert not models.ImportRun.objects.exists()

    another_connection.execute("SELECT pg_advisory_unlock(%s)", [run._LOCK])
    assert take(whole()).new == 1


def test_run_waits_for_the_last_batch_of_one_that_was_killed(
    take: Importer, another_connection: psycopg.Connection
) -> None:
    """A killed process leaves the database finishing its batch: reading then would be too early."""
    take(*studies(1))
    models.ImportRun.objects.update(finished_at=None)
    another_connection.execute("BEGIN")
    another_connection.execute("UPDATE trials_importrun SET read = read")
    another_connection.execute("UPDATE trials_trial SET brief_title = 'late'")
    worker = threading.Thread(target=lambda: (take(*studies(1)), connection.close()))

    worker.start()
    worker.join(0.3)
    waited = worker.is_alive()
    another_connection.execute("COMMIT")
    worker.join(10)

    assert waited
    assert not worker.is_alive()
    assert models.ImportRun.objects.filter(finished_at=None).count() == 1


# --- kill -9 -----------------------------------------------------------------------------------


# Starts imports into the tests' database as processes of their own, in small batches. It has
# loaded everything already, so that each starts at once.
LAUNCHER = """
import os, sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from trials.registry import batch, run
batch.BATCH_RECORDS = 7
for line in sys.stdin:
    pid = os.fork()
    if not pid:
        run.import_studies([line.strip()])
        os._exit(0)
    print(pid, flush=True)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


class Launcher:
    def __init__(self) -> None:
        name = settings.DATABASES["default"]["NAME"]
        self.process = subprocess.Popen(
            [sys.executable, "-c", LAUNCHER, name], cwd=REPOSITORY, text=True, bufsize=1,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "findatrial.settings"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def import_and_kill(self, source: Path, seconds: float) -> bool:
        """Import a file and kill the import after some time; False where it had ended before."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{source}\n")
        pid = int(self.process.stdout.readline())
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return int(self.process.stdout.readline()) == signal.SIGKILL


@pytest.fixture
def launcher(db: None) -> Iterator[Launcher]:
    launched = Launcher()
    yield launched
    with launched.process as process:
        assert process.stdin
        process.stdin.close()


def test_kill_at_any_instant_leaves_every_trial_before_or_after(
    take: Importer, tmp_path: Path, launcher: Launcher
) -> None:
    """Half of the trials are there in an older state, half are new; 20 kills in between."""
    count, chance = 120, random.Random(20)
    old, new = studies(count // 2), studies(count, "COMPLETED")
    take(*old)
    before, after = hashes(*old), hashes(*new)
    source = tmp_path / "new.jsonl"
    source.write_bytes(records.lines(*new))
    kills, states, longest = 0, set(), 0.5
    while kills < 20 or (len(states) == 1 and kills < 60):
        kills += launcher.import_and_kill(source, chance.uniform(0, longest))
        states.add(_check_every_trial(before, after))
        if content_hashes() == after:
            models.Trial.everything.all().delete()
            take(*old)
        elif len(states) == 1:
            longest *= 1.2  # a busy machine needs longer to come to the work
    assert len(states) > 1, "no kill came in the middle of the work"

    assert take(*new).complete
    assert content_hashes() == after
    finished = contents_without_numbers()
    models.Trial.everything.all().delete()
    take(*new)
    assert contents_without_numbers() == finished


def _check_every_trial(before: dict[str, bytes], after: dict[str, bytes]) -> tuple[int, int]:
    """Return how many trials are as they were and as they will be; none may be anything else."""
    trials = models.Trial.everything.annotate(
        count_of_sites=Count("sites", distinct=True),
        count_of_criteria=Count("criteria", distinct=True),
    )
    found, as_after = content_hashes(), 0
    for trial in trials:
        is_new = found[trial.nct_id] == after[trial.nct_id]
        as_after += is_new
        assert is_new or found[trial.nct_id] == before[trial.nct_id]
        assert trial.overall_status == ("COMPLETED" if is_new else "RECRUITING")
        assert (trial.count_of_sites, trial.count_of_criteria) == (3, 6)
    row = models.ImportRun.objects.latest("pk")
    assert row.new + row.changed == models.RecordVersion.objects.filter(run=row).count()
    return len(found) - as_after, as_after


def contents_without_numbers() -> dict[str, list[str]]:
    """Return what the rows say, whatever numbers they got and when."""
    return {
        name: sorted(
            str({column: value for column, value in row.items() if _says_something(column)})
            for row in rows
        )
        for name, rows in contents().items()
    }


def _says_something(column: str) -> bool:
    return column not in ("id", "imported_at", "record_version") and not column.endswith("_id")
