"""How quick the admin is on a full registry: `desk_bench.py --help`.

Fills two databases of its own by SQL, a full one and a small one, asks every list and form of the
admin in process, and prints what each costs on both. Nothing here passes or fails by itself.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
ALL_TRIALS = 600_000
SMALL = 2_000


def main() -> None:
    """Be the parent that asks both databases, or the child that asks one."""
    arguments = _arguments()
    if arguments.fill:
        set_up_portal()
        _fill(arguments.folder, arguments.trials)
    elif arguments.ask:
        set_up_portal()
        from desk import measure

        figures = measure.run(arguments.rounds, only=arguments.only)
        (arguments.folder / "figures.json").write_text(json.dumps(figures))
    else:
        _compare(arguments)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--trials", type=int, default=ALL_TRIALS, help="how many trials (default 600,000)"
    )
    parser.add_argument("--rounds", type=int, default=7, help="how often each page is asked")
    parser.add_argument("--only", default="", help="ask only pages whose name has this")
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _compare(arguments: argparse.Namespace) -> None:
    """Fill and ask both databases, each in processes with that database's settings."""
    found = []
    for trials in (SMALL, arguments.trials):
        folder = REPOSITORY / "var" / f"desk-bench-{trials}"
        folder.mkdir(parents=True, exist_ok=True)
        manage(folder, "migrate", "--verbosity=0")
        manage(folder, "collectstatic", "--no-input", "--verbosity=0")
        if not (folder / "filled").exists():
            sys.stdout.write(f"Filling a database of {trials:,} trials …\n")
            _again(folder, "--fill", f"--trials={trials}")
        _again(
            folder, "--ask", f"--rounds={arguments.rounds}", f"--only={arguments.only}", web=True
        )
        found.append(json.loads((folder / "figures.json").read_text()))
    from desk import report

    sys.stdout.write(report.written(*found, sizes=(SMALL, arguments.trials)))


def manage(folder: Path, *command: str) -> None:
    """Run a command of the portal on the database of a folder."""
    start([sys.executable, "manage.py", *command], folder, web=False)


def _again(folder: Path, *options: str, web: bool = False) -> None:
    """Start this file again; filling takes the time that the web role has not."""
    start([sys.executable, __file__, f"--folder={folder}", *options], folder, web=web)


def start(command: list[str], folder: Path, *, web: bool) -> None:
    """Run a program with the settings of a folder's database."""
    settings = {
        "FINDATRIAL_VAR": str(folder.resolve()),
        "FINDATRIAL_PROCESS": "web" if web else "command",
    }
    subprocess.run(command, cwd=REPOSITORY, env=os.environ | settings, check=True)


def set_up_portal() -> None:
    """Be a process of the portal, on the embedded database that FINDATRIAL_VAR names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "findatrial.settings")
    sys.path.insert(0, str(REPOSITORY))
    import django

    django.setup()
    from findatrial import demo

    demo.hold_database()


def _fill(folder: Path, trials: int) -> None:
    from desk import fill

    from trials.editorial.permissions import ensure_groups

    ensure_groups()
    fill.fill_registry(trials, say=_say)
    fill.vacuum()
    (folder / "filled").touch()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
