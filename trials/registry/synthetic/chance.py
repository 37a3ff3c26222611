"""Weighted chance, quick enough for hundreds of draws a study."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Draw(Generic[T]):
    """Draws one of some values, each with its weight."""

    __slots__ = ("_last", "_limits", "_total", "values")

    def __init__(self, values: Sequence[T], weights: Sequence[float]) -> None:
        self.values = values
        self._limits = list(accumulate(weights))
        self._total = self._limits[-1]
        self._last = len(values) - 1

    def __call__(self, random: Random) -> T:
        """Return one of the values."""
        return self.values[bisect(self._limits, random.random() * self._total, 0, self._last)]

    def few(self, random: Random, count: int) -> list[T]:
        """Return so many draws without those that came twice, in the order drawn."""
        return list(dict.fromkeys(self(random) for _ in range(count)))


def table(weights: Mapping[T, float]) -> Draw[T]:
    """Return the draw of a table of weights; they need not sum to one."""
    return Draw(list(weights), list(weights.values()))


def zipf(values: Sequence[T], exponent: float = 1.0, after: int = 0) -> Draw[T]:
    """Return a draw in which the value of rank r has the weight 1 / r^exponent.

    `after` is how many other values stand before the first of these.
    """
    return Draw(values, [(after + rank) ** -exponent for rank in range(1, len(values) + 1)])


def early(random: Random, values: Sequence[T]) -> T:
    """Return one of some values, the first ones more often: a half from the first quarter."""
    return values[int(random.random() ** 2 * len(values))]


def pick(random: Random, values: Sequence[T]) -> T:
    """Return one of equally likely values; quicker than `Random.choice`."""
    return values[int(random.random() * len(values))]
