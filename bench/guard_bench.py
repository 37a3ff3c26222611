"""What the guard finds: recall by kind of error, and false alarms. `guard_bench.py --help`.

Runs the guard on the sets of seeded errors that the tests keep. Nothing here passes or fails by
itself; decision 0018 keeps what it said.
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.editorial.checks import scoring

SETS = ("errors", "holdout")


def main() -> None:
    """Print the score of every set, alone and among the statements of a whole record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", action="store_true", help="also print what went wrong")
    arguments = parser.parse_args()
    for name in SETS:
        rows = scoring.read(name)
        for in_a_record in (False, True):
            started = time.perf_counter()
            result = scoring.score(rows, in_a_record=in_a_record)
            seconds = time.perf_counter() - started
            _print(name, in_a_record, result, seconds)
            if arguments.rows:
                _print_rows(result)


def _print(name: str, in_a_record: bool, result: scoring.Score, seconds: float) -> None:
    where = "among 12 other statements" if in_a_record else "alone"
    print(f"{name}, {where}: {result.rows.total()} errors, {result.pairs} right rewrites")
    print(f"  recall {result.recall:.1%}", end="")
    for kind in sorted(result.rows):
        print(f" · {kind} {result.recall_of(kind):.1%} of {result.rows[kind]}", end="")
    print(f"\n  right rewrites with a false alarm {result.alarm_rate:.1%} · {seconds:.1f} s")


def _print_rows(result: scoring.Score) -> None:
    for row in result.missed:
        print(f"  missed {row.id} ({row.kind}): {row.wrong} · {' ¶ '.join(row.statements)}")
    for row, finding in result.alarms:
        print(f"  alarm  {row.id}: {finding.check} “{finding.quote}” · “{finding.source}”")


if __name__ == "__main__":
    main()
