"""How quick searches are on a registry of synthetic trials: `search_bench.py --help`.

Makes studies, imports them into a database of its own, asks a fixed mix of searches of the whole
portal in process, and the same of bare SQL and of an SQLite FTS5 table. Nothing here passes or
fails by itself; docs/performance.md keeps what it said.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

REPOSITORY = Path(__file__).resolve().parent.parent
REPORT = REPOSITORY / "docs" / "performance.md"
# What follows it in the report is kept.
BY_HAND = "\n## Beside the figures\n"
ALL_STUDIES = 600_000
SEED = 1


def main() -> None:
    """Bring the database about, ask, print, and write the report where it is wanted."""
    arguments = _arguments()
    folder: Path = arguments.database or REPOSITORY / "var" / f"bench-{arguments.studies}"
    folder.mkdir(parents=True, exist_ok=True)
    _set_up_portal(folder)
    _load(folder, arguments.studies)

    from searching import measure, peer, report

    peer_file = folder / "peer.sqlite3"
    if not peer_file.exists():
        _say("Writing the peer's SQLite file …")
        peer.build(peer_file)
    figures = measure.run(peer_file, rounds=arguments.rounds, say=_say)
    text = report.written(figures, command=_command(arguments))
    _say(text)
    if arguments.report:
        REPORT.write_text(text + _written_by_hand())


def _written_by_hand() -> str:
    """Return what people wrote below the figures of the report before."""
    before = REPORT.read_text() if REPORT.exists() else ""
    return "".join(before.partition(BY_HAND)[1:])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--studies", type=int, default=ALL_STUDIES, help="how many trials (default 600,000)"
    )
    parser.add_argument(
        "--database",
        type=Path,
        metavar="FOLDER",
        help="a folder with the database of an earlier run, to ask it again (var/bench-N)",
    )
    parser.add_argument("--rounds", type=int, default=3, help="how often each search is asked")
    parser.add_argument("--report", action="store_true", help="write docs/performance.md")
    return parser.parse_args()


def _set_up_portal(folder: Path) -> None:
    """Be the web role, on the embedded database in this folder."""
    os.environ |= {"FINDATRIAL_VAR": str(folder.resolve()), "FINDATRIAL_PROCESS": "web"}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "findatrial.settings")
    sys.path.insert(0, str(REPOSITORY))
    import django

    django.setup()
    from findatrial import demo

    demo.hold_database()


def _load(folder: Path, studies: int) -> None:
    """Make and import the studies, once; an import that was stopped goes on."""
    done = folder / "loaded"
    _manage("migrate", "--verbosity=0")
    _manage("collectstatic", "--no-input", "--verbosity=0")
    if done.exists():
        return
    _say(f"Making and importing {studies:,} studies …")
    made = _started("make_registry", f"--studies={studies}", f"--seed={SEED}", into_pipe=True)
    _manage("import_studies", "-", source=made.stdout)
    if made.wait():
        raise SystemExit("make_registry failed.")
    _vacuum()
    done.touch()


def _manage(*command: str, source: IO[bytes] | None = None) -> None:
    process = _started(*command, source=source)
    if process.wait():
        raise SystemExit(f"{command[0]} ended with {process.returncode}.")


def _started(
    *command: str, source: IO[bytes] | None = None, into_pipe: bool = False
) -> subprocess.Popen[bytes]:
    """Start a management command; commands have the time that the web role has not."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *command],
        cwd=REPOSITORY,
        env=os.environ | {"FINDATRIAL_PROCESS": "command"},
        stdin=source,
        stdout=subprocess.PIPE if into_pipe else None,
    )


def _vacuum() -> None:
    """Bring statistics and visibility up to date, as autovacuum does in its own time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("RESET statement_timeout")


def _command(arguments: argparse.Namespace) -> str:
    at = f" --studies {arguments.studies}" if arguments.studies != ALL_STUDIES else ""
    return f".venv/bin/python bench/search_bench.py{at} --rounds {arguments.rounds} --report"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
