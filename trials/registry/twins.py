"""Telling twins apart: rows that look the same, by the rows that belong to each of them.

A record may list “Research Site, Springfield” twice. What tells the two clinics apart is whom one
asks there. In doubt nothing is paired: no clinic takes another's row.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from trials.registry.likeness import words
from trials.registry.parsers.values import Row

Pair = tuple[Row, Row]
Fits = Callable[[Row, Row], bool]
# What a row says to each clue, in the clues' order.
_Said = tuple[frozenset[object], ...]

# A record that tells a thousand sites apart one after the other only is nobody's.
_MOST_ROUNDS = 50
# More digits than these are a country code, written or not.
_TELLING_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Twins:
    """What tells rows apart that their table's keys do not.

    A row holds those that belong to it under the name `by`. Two rows are one if all of these are
    equal in the columns of `whole`, or else if they share one that is equal in the first columns of
    `shared`, or else in the next. Where that leaves it open, `lastly` is the column to go by.
    """

    by: str
    whole: tuple[str, ...]
    shared: tuple[tuple[str, ...], ...]
    lastly: str

    def pairs(
        self, old: list[Row], new: list[Row], fits: Fits = lambda _old, _new: True
    ) -> list[Pair]:
        """Return which old row is which new one; both lists are in record order.

        One and one are the same whatever they say. Otherwise what belongs to them decides; what it
        says nothing of is paired in order, if as many are left on both sides. Of rows that do not
        `fits` no pair is made.
        """
        if not old or not new:
            return []
        if len(old) == len(new) == 1:
            return [(old[0], new[0])] if fits(old[0], new[0]) else []
        pairing = _Pairing(self, old, new, fits)
        pairing.by_clues()
        pairing.by_order()
        return pairing.pairs

    def said_by(self, row: Row) -> _Said:
        """Return what a row says to each clue: all that belongs to it, then each part of it."""
        whole = frozenset(self._values(row, self.whole))
        return (
            frozenset([whole] if whole else []),
            *(frozenset(self._values(row, columns)) for columns in self.shared),
        )

    def _values(self, row: Row, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
        found = [tuple(_folded(name, one[name]) for name in columns) for one in row[self.by]]
        return [values for values in found if any(values)]


class _Pairing:
    """Twins of two states: pairs found so far, and what is left over."""

    def __init__(self, twins: Twins, old: list[Row], new: list[Row], fits: Fits) -> None:
        self.pairs: list[Pair] = []
        self._old = old
        self._new = new
        self._fits = fits
        self._lastly = twins.lastly
        self._said = {id(row): twins.said_by(row) for row in (*old, *new)}
        self._clues = 1 + len(twins.shared)

    def by_clues(self) -> None:
        """Pair whom a clue names alone; every pair may leave another one alone."""
        for _ in range(_MOST_ROUNDS):
            if not any(self._by_clue(number) for number in range(self._clues)):
                return

    def by_order(self) -> None:
        """Pair those that say the same in order, then those that are left."""
        for said, (old, new) in self._groups(self._clues).items():
            if any(said):
                self._keep(self._in_order(old, new))
        pairs = self._in_order(self._old, self._new)
        common = self._in_common()
        if all(self._fits(*pair) and self._moves_nothing(pair, common) for pair in pairs):
            self._keep(pairs)

    def _by_clue(self, number: int) -> bool:
        """Pair the only two that say the same to this clue and to all before; tell if any did."""
        found = [
            (old[0], new[0])
            for said, (old, new) in self._groups(number + 1).items()
            if said[number] and len(old) == len(new) == 1
        ]
        return self._keep(found)

    def _groups(self, clues: int) -> dict[_Said, tuple[list[Row], list[Row]]]:
        """Group what is left by what is heard on both sides, of the first clues."""
        common = self._in_common()
        groups: dict[_Said, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
        for side, rows in enumerate((self._old, self._new)):
            for row in rows:
                groups[self._of_common(row, common)[:clues]][side].append(row)
        return groups

    def _in_common(self) -> _Said:
        def all_of(rows: list[Row], number: int) -> frozenset[object]:
            return frozenset().union(*(self._said[id(row)][number] for row in rows))

        return tuple(all_of(self._old, n) & all_of(self._new, n) for n in range(self._clues))

    def _of_common(self, row: Row, common: _Said) -> _Said:
        return tuple(said & known for said, known in zip(self._said[id(row)], common, strict=True))

    def _in_order(self, old: list[Row], new: list[Row]) -> list[Pair]:
        """Pair rows in order, where the last column tells which ones or as many are left."""
        waiting, arriving = self._by_column(old), self._by_column(new)
        told = [
            pair
            for value, rows in waiting.items()
            if len(rows) == len(arriving[value])
            for pair in zip(rows, arriving[value], strict=True)
        ]
        if len(told) < len(old) == len(new):
            return list(zip(old, new, strict=True))
        return told

    def _by_column(self, rows: list[Row]) -> dict[object, list[Row]]:
        groups: dict[object, list[Row]] = defaultdict(list)
        for row in rows:
            groups[row[self._lastly]].append(row)
        return groups

    def _moves_nothing(self, pair: Pair, common: _Said) -> bool:
        """Tell whether a pair moves nothing from one old row to another."""
        old, new = (self._of_common(row, common) for row in pair)
        return all(theirs <= ours for ours, theirs in zip(old, new, strict=True))

    def _keep(self, pairs: list[Pair]) -> bool:
        fitting = [pair for pair in pairs if self._fits(*pair)]
        self.pairs += fitting
        done = {id(row) for pair in fitting for row in pair}
        self._old = [row for row in self._old if id(row) not in done]
        self._new = [row for row in self._new if id(row) not in done]
        return bool(fitting)


def _folded(column: str, text: str) -> str:
    """Return a value without what differs between two spellings of it."""
    if column.startswith("phone"):
        return re.sub(r"\D", "", text)[-_TELLING_DIGITS:]
    if column == "email":
        return "".join(text.split()).casefold()
    return " ".join(words(text))
