"""How much two wordings are alike."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

from trials.registry.parsers.values import Row

# Below this share of common letter triples a wording is another statement, not a changed one.
_ALIKE = 0.6
_WORD = re.compile(r"[^\W_]+|[<>≤≥=+]")
_APOSTROPHES = re.compile("['’´`]")


def wording(column: str, within: tuple[str, ...] = ()) -> Callable[[Row, Row], float]:
    """Return a measure of rows by one column's wording; the `within` columns have to be equal."""

    def alike(old: Row, new: Row) -> float:
        if any(old[name] != new[name] for name in within):
            return 0.0
        share = share_in_common(old[column], new[column])
        return share if share >= _ALIKE else 0.0

    return alike


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text without case, accents, apostrophes and punctuation."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return tuple(
        _WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold())
    )


def share_in_common(one: str, other: str) -> float:
    """Return the share of letter triples that two texts have in common, 0 to 1."""
    ours, theirs = _triples(one), _triples(other)
    total = ours.total() + theirs.total()
    return 2 * (ours & theirs).total() / total if total else 0.0


@lru_cache(maxsize=1024)
def _triples(text: str) -> Counter[str]:
    padded = f"  {' '.join(words(text))} "
    return (
        Counter(padded[at : at + 3] for at in range(len(padded) - 2))
        if padded.strip()
        else Counter()
    )
