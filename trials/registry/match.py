"""Knowing rows again: which row of the new state is which row of the old one."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Self

from trials.registry.likeness import Likeness
from trials.registry.parsers.values import Row
from trials.registry.tables import Key, Table
from trials.registry.twins import Pair, Twins

# A likely pair: its share below zero, so that the surest sorts first, and where its two rows stand.
_Likely = tuple[float, int, int]


@dataclass(slots=True)
class Matched:
    """Rows that go on (old, new), rows that are new, and rows that are no more."""

    kept: list[Pair] = field(default_factory=list)
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
        self.kept: list[Pair] = []
        self.old = old
        self.new = new

    def of(self, table: Table) -> Self:
        for key in table.keys:
            self._by_key(key, table.twins)
        if table.alike and table.twins:
            self._by_likeness_of_twins(table.alike, table.keys[-1], table.twins)
        elif table.alike:
            self._by_likeness(table.alike)
        return self

    def _by_key(self, key: Key, twins: Twins | None) -> None:
        """Match rows with equal key columns, as twins are told apart or else in order."""
        if not self.old or not self.new:
            return
        waiting = _by(key, self.old)
        pairs: list[Pair] = []
        for values, arriving in _by(key, self.new).items():
            queue = waiting.get(values, [])
            if twins:
                pairs += twins.pairs(queue, arriving)
            elif not key or any(value != "" for value in values):
                pairs += zip(queue, arriving, strict=False)
        self._keep(pairs)

    def _by_likeness(self, alike: Likeness) -> None:
        """Match the surest pairs first."""
        old, new = dict(enumerate(self.old)), dict(enumerate(self.new))
        self._keep(
            [
                (old.pop(before), new.pop(after))
                for _, before, after in sorted(_likely(alike, self.old, self.new))
                if before in old and after in new
            ]
        )

    def _by_likeness_of_twins(self, alike: Likeness, key: Key, twins: Twins) -> None:
        """Match what is alike, the surest first, as twins are told apart.

        Rows with equal key columns are compared as one. What is surely like something is not given
        to what it is less like, even if nothing comes of it.
        """
        old, new = list(_by(key, self.old).values()), list(_by(key, self.new).values())
        order = {id(row): number for number, row in enumerate((*self.old, *self.new))}
        pairs: list[Pair] = []
        for links in _surest_first(_likely(alike, [g[0] for g in old], [g[0] for g in new])):
            for befores, afters in _hanging_together(links):
                pairs += twins.pairs(
                    sorted(chain(*(old[n] for n in befores)), key=lambda row: order[id(row)]),
                    sorted(chain(*(new[n] for n in afters)), key=lambda row: order[id(row)]),
                    fits=lambda one, other: bool(alike.share(one, other)),
                )
        self._keep(pairs)

    def _keep(self, pairs: list[Pair]) -> None:
        self.kept += pairs
        done = {id(row) for pair in pairs for row in pair}
        self.old = [row for row in self.old if id(row) not in done]
        self.new = [row for row in self.new if id(row) not in done]


def _likely(alike: Likeness, old: list[Row], new: list[Row]) -> list[_Likely]:
    neighbours: dict[Hashable, set[int]] = defaultdict(set)
    for after, row in enumerate(new):
        for place in alike.near(row):
            neighbours[place].add(after)
    return [
        (-share, before, after)
        for before, row in enumerate(old)
        for after in set().union(*(neighbours[place] for place in alike.near(row)))
        if (share := alike.share(row, new[after]))
    ]


def _surest_first(likely: list[_Likely]) -> Iterator[set[tuple[int, int]]]:
    """Yield the pairs of each share, without what was in a surer one."""
    old: set[int] = set()
    new: set[int] = set()
    for surest in sorted({share for share, _, _ in likely}):
        links = {
            (before, after)
            for share, before, after in likely
            if share == surest and before not in old and after not in new
        }
        yield links
        old.update(before for before, _ in links)
        new.update(after for _, after in links)


def _hanging_together(links: set[tuple[int, int]]) -> Iterator[tuple[set[int], set[int]]]:
    """Part pairs into groups, so that no two groups have an old or a new one in common."""
    news_of: dict[int, set[int]] = defaultdict(set)
    olds_of: dict[int, set[int]] = defaultdict(set)
    for before, after in links:
        news_of[before].add(after)
        olds_of[after].add(before)
    while news_of:
        fresh = {next(iter(news_of))}
        befores, afters = set(fresh), set[int]()
        while fresh:
            reached = set[int]().union(*(news_of.pop(before) for before in fresh)) - afters
            afters |= reached
            fresh = set[int]().union(*(olds_of[after] for after in reached)) - befores
            befores |= fresh
        yield befores, afters


def _by(key: Key, rows: list[Row]) -> dict[tuple[object, ...], list[Row]]:
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[name] for name in key)].append(row)
    return groups
