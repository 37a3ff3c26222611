"""How long counting the freshness figures takes at two sizes: `freshness_bench.py --help`.

Uses the databases of `desk_bench.py` (made where they are not there), adds answers of study teams,
counts in process, asks the page, and prints both and their ratios. Nothing here passes or fails.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from desk_bench import ALL_TRIALS, REPOSITORY, manage, set_up_portal, start


def main() -> None:
    """Be the parent that measures both databases, or the child that measures one."""
    arguments = _arguments()
    if arguments.folder:
        _measure(arguments.folder, arguments.trials)
        return
    found = [_figures(arguments.databases, n) for n in (arguments.trials // 10, arguments.trials)]
    sys.stdout.write(_written(*found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument(
        "--trials", type=int, default=ALL_TRIALS, help="how many trials (default 600,000)"
    )
    parser.add_argument(
        "--databases", type=Path, default=REPOSITORY / "var", help="the folder of desk-bench-…"
    )
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _figures(databases: Path, trials: int) -> dict[str, Any]:
    """Make a database ready where it is not, and measure it in a process of its own."""
    folder = databases / f"desk-bench-{trials}"
    folder.mkdir(parents=True, exist_ok=True)
    options = [f"--folder={folder}", f"--trials={trials}"]
    manage(folder, "migrate", "--verbosity=0")
    manage(folder, "collectstatic", "--no-input", "--verbosity=0")
    if not (folder / "filled").exists():
        fill = str(REPOSITORY / "bench" / "desk_bench.py")
        start([sys.executable, fill, "--fill", *options], folder, web=False)
    start([sys.executable, __file__, *options], folder, web=False)
    figures: dict[str, Any] = json.loads((folder / "freshness.json").read_text())
    return figures


def _measure(folder: Path, trials: int) -> None:
    set_up_portal()
    from freshness import fill, measure

    answered = folder / "answered"
    if not answered.exists():
        fill.fill_answers(trials)
        answered.touch()
    (folder / "freshness.json").write_text(json.dumps(measure.run()))


def _written(small: dict[str, Any], full: dict[str, Any]) -> str:
    """Return the table of both, and what a million sites cost at each size."""
    lines = [f"{'':<28}{'small':>12}{'full':>12}{'×':>8}"]
    for name in ("sites", "open", "confirmed", "texts"):
        lines.append(_line(name, small[name], full[name], "{:,.0f}"))
    for name in full["seconds"]:
        pair = small["seconds"][name], full["seconds"][name]
        lines.append(_line(f"{name}, s", *pair, "{:.2f}"))
        million = (1e6 * each / of["sites"] for each, of in zip(pair, (small, full), strict=True))
        lines.append(_line("  s a million sites", *million, "{:.2f}"))
    lines.append(_line("memory at most, MB", small["memory"], full["memory"], "{:.0f}"))
    for path, page in full["pages"].items():
        for name in page:
            lines.append(_line(f"{path} {name}", small["pages"][path][name], page[name], "{:.1f}"))
    return "\n".join(lines) + "\n"


def _line(name: str, small: float, full: float, form: str) -> str:
    ratio = f"{full / small:.1f}" if small else "–"
    return f"{name:<28}{form.format(small):>12}{form.format(full):>12}{ratio:>8}"


if __name__ == "__main__":
    main()
