"""Knowing rows again: which row of the new state is which row of the old one."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Self

from trials.registry.likeness import Likeness
from trials.registry.parsers.values import Row
from trials.registry.tables import Key, Table


@dataclass(slots=True)
class Matched:
    """Rows that go on (old, new), rows that are new, and rows that are no more."""

    kept: list[tuple[Row, Row]] = field(default_factory=list)
    added: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)


def match(table: Table, old: list[Row], new: list[Row]) -> Matched:
    """Match rows within their owners, and give the new ones that go on the ids of the old.

    Both lists are in record order.
    """
    matched = Matched()
    before, after = _by((table.owner,), old), _by((table.owner,), new)
    for owner in before | after:
        of_owner = _Matching(before.get(owner, []), after.get(owner, [])).of(table)
        matched.kept += of_owner.kept
        matched.added += of_owner.new
        matched.gone += of_owner.old
    for row, continued in matched.kept:
        continued["id"] = row["id"]
    return matched


class _Matching:
    """The rows of one owner: pairs found so far, and what is left over of both states."""

    def __init__(self, old: list[Row], new: list[Row]) -> None:
        self.kept: list[tuple[Row, Row]] = []
        self.old = old
        self.new = new

    def of(self, table: Table) -> Self:
        if table.steady:
            self._by_key(table.steady, only_steady=True)
        for key in table.keys:
            self._by_key(key)
        if table.alike:
            self._by_likeness(table.alike)
        return self

    def _by_key(self, key: Key, *, only_steady: bool = False) -> None:
        """Match rows with equal key columns, in order."""
        if not self.old or not self.new:
            return
        waiting = _by(key, self.old)
        pairs: list[tuple[Row, Row]] = []
        for values, arriving in _by(key, self.new).items():
            queue = waiting.get(values, [])
            says_something = not key or any(value != "" for value in values)
            if says_something and (len(queue) == len(arriving) or not only_steady):
                pairs += zip(queue, arriving, strict=False)
        self._keep(pairs)

    def _by_likeness(self, alike: Likeness) -> None:
        """Match the surest pairs first."""
        neighbours: dict[Hashable, set[int]] = defaultdict(set)
        for after, row in enumerate(self.new):
            for place in alike.near(row):
                neighbours[place].add(after)
        likely = [
            (-share, before, after)
            for before, row in enumerate(self.old)
            for after in set().union(*(neighbours[place] for place in alike.near(row)))
            if (share := alike.share(row, self.new[after]))
        ]
        old, new = dict(enumerate(self.old)), dict(enumerate(self.new))
        self._keep(
            [
                (old.pop(before), new.pop(after))
                for _, before, after in sorted(likely)
                if before in old and after in new
            ]
        )

    def _keep(self, pairs: list[tuple[Row, Row]]) -> None:
        self.kept += pairs
        done = {id(row) for pair in pairs for row in pair}
        self.old = [row for row in self.old if id(row) not in done]
        self.new = [row for row in self.new if id(row) not in done]


def _by(key: Key, rows: list[Row]) -> dict[tuple[object, ...], list[Row]]:
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in key)].append(row)
    return groups
