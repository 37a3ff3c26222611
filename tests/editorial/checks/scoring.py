"""How many seeded errors the guard finds, and how often it is wrong about a right rewrite."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from trials.editorial.checks.findings import Finding
from trials.editorial.checks.guard import Side, Source, compare

SEEDED = Path(__file__).with_name("seeded")
_SECTIONS = {"I": "inclusion", "E": "exclusion"}
# Statements of other rows that stand around a row's own, as in a whole record.
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One seeded error."""

    id: str
    kind: str
    side: Side | None
    statements: tuple[str, ...]
    faithful: str
    wrong: str


@dataclass(slots=True)
class Score:
    """What the guard made of a set."""

    rows: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[Row] = field(default_factory=list)
    pairs: int = 0
    alarms: list[tuple[Row, Finding]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of all errors that were found."""
        return self.found.total() / self.rows.total()

    def recall_of(self, kind: str) -> float:
        """The share of a kind's errors that were found."""
        return self.found[kind] / self.rows[kind]

    @property
    def alarm_rate(self) -> float:
        """The share of right rewrites with any finding."""
        return len({row.faithful for row, _ in self.alarms}) / self.pairs


def read(name: str) -> list[Row]:
    """Return the rows of a set, as "errors"."""
    lines = (SEEDED / f"{name}.tsv").read_text("utf-8").splitlines()
    rows = csv.DictReader(
        (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    return [
        Row(
            row["id"],
            row["kind"],
            None if row["side"] == "none" else Side(row["side"]),
            tuple(row["source"].split(" ¶ ")),
            row["faithful"],
            row["wrong"],
        )
        for row in rows
    ]


def source_of(statements: Iterable[str]) -> Source:
    """Return a source from statements as the sets write them."""
    text, criteria = [], []
    for statement in statements:
        mark, _, words = statement.partition(": ")
        if mark in _SECTIONS:
            criteria.append((_SECTIONS[mark], words))
        else:
            text.append(words)
    return Source("\n".join(text), tuple(criteria))


def score(rows: list[Row], *, in_a_record: bool) -> Score:
    """Run the guard on a set: each row alone, or among statements of other rows as in a record."""
    result = Score()
    everything = list(dict.fromkeys(one for row in rows for one in row.statements))
    answers: dict[str, list[Finding]] = {}
    for row in rows:
        around = _around(row, everything) if in_a_record else ()
        source = source_of((*row.statements, *around))
        if row.faithful not in answers:
            answers[row.faithful] = compare(row.faithful, source, side=row.side)
            result.alarms += [(row, finding) for finding in answers[row.faithful]]
        known = {finding.key for finding in answers[row.faithful]}
        result.rows[row.kind] += 1
        if any(f.key not in known for f in compare(row.wrong, source, side=row.side)):
            result.found[row.kind] += 1
        else:
            result.missed.append(row)
    result.pairs = len(answers)
    return result


def _around(row: Row, everything: list[str]) -> list[str]:
    at = max(everything.index(one) for one in row.statements) + 1
    others = everything[at : at + _AROUND]
    return [*others, *everything[: _AROUND - len(others)]]
