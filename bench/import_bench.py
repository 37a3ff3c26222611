"""How fast the importer is, and whether its memory stays flat: `import_bench.py --help`.

Builds files of studies by copying real-sized ones under new ids, imports them into a database of
its own in a temporary folder, and prints rates. Nothing here passes or fails.
"""

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLE = REPOSITORY.parent / "shared" / "data" / "registry" / "studies.jsonl.gz"
FIXTURES = REPOSITORY / "fixtures" / "studies"
FIRST_ID = 10_000_000
CHANGED_ONE_IN = 20
FLAT_PART = 5

ID = re.compile(rb'"nctId":\s*"(NCT[0-9]{8})"')
FACILITY = re.compile(rb'("facility":\s*")')
TITLE = re.compile(rb'("briefTitle":\s*")')


@dataclass(frozen=True)
class Used:
    """What a process used, PostgreSQL not counted: its peak memory in MB, and its CPU time."""

    peak: float
    cpu_seconds: float


@dataclass(frozen=True)
class Figures:
    """One import: what it was, and what it took."""

    name: str
    studies: int
    megabytes: float
    seconds: float
    used: Used

    def line(self) -> str:
        """Return the figures as a row of the table."""
        return (
            f"{self.name:<28} {self.studies:>9,} {self.seconds:>8.1f} "
            f"{self.studies / self.seconds:>9,.0f} {self.megabytes / self.seconds:>7.1f} "
            f"{1000 * self.used.cpu_seconds / self.studies:>7.2f} {self.used.peak:>8.0f}"
        )


def main() -> None:
    """Build the files, import them, print the figures."""
    arguments = _arguments()
    with _folder(keep=arguments.keep) as name:
        folder = Path(name)
        _say(f"Working in {folder}; load now {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
        for figures in _run(arguments.studies, folder):
            _say(figures.line() if isinstance(figures, Figures) else figures)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def _folder(*, keep: bool) -> Iterator[str]:
    name = tempfile.mkdtemp(prefix="import-bench-")
    yield name
    if not keep:
        shutil.rmtree(name, ignore_errors=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=20_000, help="how many to import")
    parser.add_argument("--keep", action="store_true", help="keep the files and the database")
    return parser.parse_args()


def _run(count: int, folder: Path) -> Iterator[Figures | str]:
    templates = _templates()
    part = max(1, count // FLAT_PART)
    few = _build(folder / "few.jsonl.gz", templates, part)
    many = _build(folder / "many.jsonl.gz", templates, count)
    changed = _build(folder / "changed.jsonl.gz", templates, count, change_one_in=CHANGED_ONE_IN)
    os.environ["FINDATRIAL_VAR"] = str(folder / "var")
    _hold_database()
    _manage("migrate", "--verbosity=0")
    yield f"{'':<28}   studies  seconds studies/s    MB/s  CPU ms  peak MB"
    first = _import("new, a fifth of them", few, part)
    yield first
    _manage("flush", "--no-input", "--verbosity=0")
    new = _import("new", many, count)
    yield new
    yield f"{'':<28} {_rows():,} rows in the tables, {_rows() / count:.0f} a study"
    same = _import("the same file again", many, count)
    yield same
    yield _import(f"one in {CHANGED_ONE_IN} changed", changed, count)
    ratio = new.used.peak / first.used.peak
    yield f"Peak memory for {FLAT_PART} times the studies: {ratio:.2f} times."
    yield f"Unchanged against new studies a second: {new.seconds / same.seconds:.1f} times."
    yield f"Load at the end {os.getloadavg()[0]:.1f}."


def _templates() -> list[bytes]:
    """Return studies to copy, one a line: the real sample where it is there, and our fixtures."""
    found = [path.read_bytes().replace(b"\n", b" ") for path in sorted(FIXTURES.glob("NCT*.json"))]
    if SAMPLE.exists():
        with gzip.open(SAMPLE) as file:
            found += [line.rstrip() for line in file]
    return found


@dataclass(frozen=True)
class Built:
    """A file of studies, and its size unpacked in MB."""

    path: Path
    megabytes: float


def _build(path: Path, templates: list[bytes], count: int, change_one_in: int = 0) -> Built:
    """Write so many copies. Every second round of the templates has places of its own."""
    size = 0
    with gzip.open(path, "wb", compresslevel=1) as file:
        for number, template in enumerate(islice(cycle(templates), count)):
            old = ID.search(template)
            study = template.replace(old[1], b"NCT%08d" % (FIRST_ID + number)) if old else template
            copy = number // len(templates)
            if copy % 2:
                study = FACILITY.sub(rb"\g<1>Round %d " % copy, study)
            if change_one_in and number % change_one_in == 0:
                study = TITLE.sub(rb"\g<1>Now: ", study, count=1)
            size += file.write(study + b"\n")
    return Built(path, size / 1e6)


def _hold_database() -> None:
    """Keep one server running between the imports."""
    sys.path.insert(0, str(REPOSITORY))
    from findatrial import demo

    demo.hold_database()


def _import(name: str, built: Built, count: int) -> Figures:
    start = time.perf_counter()
    used = _manage("import_studies", str(built.path))
    return Figures(name, count, built.megabytes, time.perf_counter() - start, used)


def _manage(*command: str) -> Used:
    """Run a command in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=REPOSITORY, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}.")
    return Used(usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def _rows() -> int:
    """Return how many rows the trials' tables hold."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "findatrial.settings")
    import django

    django.setup()
    from django.apps import apps

    return sum(
        model._default_manager.count() for model in apps.get_app_config("trials").get_models()
    )


if __name__ == "__main__":
    main()
