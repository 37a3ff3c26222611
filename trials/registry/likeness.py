"""How much two wordings are alike."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from trials.registry.parsers.values import Row

# Below this share of common letter triples a wording is another statement, not a changed one.
_ALIKE = 0.6
_WORD = re.compile(r"[^\W_]+|[<>≤≥=+]")
_APOSTROPHES = re.compile("['’´`]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How sure two rows are the same thing, 0 to 1 (`share`).

    Only rows that have one of the `near` values in common are compared at all: a trial may have
    thousands of sites.
    """

    share: Callable[[Row, Row], float]
    near: Callable[[Row], Iterable[Hashable]]


def wording(column: str, within: tuple[str, ...] = ()) -> Likeness:
    """Return the likeness of one column's wording; the `within` columns have to be equal."""

    def share(old: Row, new: Row) -> float:
        found = share_in_common(old[column], new[column])
        return found if found >= _ALIKE else 0.0

    return Likeness(share, near=lambda row: [tuple(row[name] for name in within)])


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, accents, apostrophes and punctuation."""
    signs = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    plain = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return tuple(_WORD.findall(plain.casefold()))


def share_in_common(one: str, other: str) -> float:
    """Return the share of letter triples that two texts have in common, 0 to 1."""
    ours, theirs = _triples(one), _triples(other)
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


@lru_cache(maxsize=1024)
def _triples(text: str) -> Counter[str]:
    padded = f"  {' '.join(words(text))} "
    triples = (padded[at : at + 3] for at in range(len(padded) - 2))
    return Counter(triples) if padded.strip() else Counter()
