"""The project's own pairs of everyday words and medical words: from a file into the database.

`lay_words.tsv` beside this module is the starting set and says in its head how to extend it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from trials.editorial.errors import NotAllowedError
from trials.editorial.words import pair_keys
from trials.models import Synonym

STARTING_SET = Path(__file__).with_name("lay_words.tsv")
HEADER = ["words", "also", "one_way", "note"]
_ONE_WAY = {"": False, "yes": True}


class LayWordsError(Exception):
    """A file can't be taken in; the message names the line and says what to do."""


class Pair(NamedTuple):
    """One line: two wordings with their keys."""

    words: str
    also: str
    words_key: str
    also_key: str
    one_way: bool
    note: str


def read(file: Path) -> list[Pair]:
    """Return the pairs of a file in order; raises LayWordsError for the first broken line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise LayWordsError(f"There is no file “{file}”.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise LayWordsError(f"{file} can't be read as text in UTF-8: {error}.") from None
    return list(_pairs(text, file))


def _pairs(text: str, file: Path) -> Iterator[Pair]:
    lines = (
        (number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    )
    _, first = next(lines, (0, ""))
    if _columns(first) != HEADER:
        raise LayWordsError(
            f"{file}: the first line that is no comment must name the columns "
            f"{', '.join(HEADER)}, parted by tabs."
        )
    seen: dict[frozenset[str], int] = {}
    for number, line in lines:
        try:
            pair = _pair(_columns(line))
            _check_once(pair, seen)
        except NotAllowedError as error:
            raise LayWordsError(f"{file}, line {number}: {error}") from None
        seen[frozenset((pair.words_key, pair.also_key))] = number
        yield pair


def _columns(line: str) -> list[str]:
    return [column.strip() for column in line.split("\t")]


def _pair(columns: list[str]) -> Pair:
    """Return the pair of a line; raises NotAllowedError with what is wrong with it."""
    if not 2 <= len(columns) <= len(HEADER):
        raise NotAllowedError(
            f"it has {len(columns)} columns. Write both wordings, then “yes” or nothing, then a "
            "note or nothing, parted by tabs."
        )
    words, also, one_way, note = columns + [""] * (len(HEADER) - len(columns))
    if one_way not in _ONE_WAY:
        raise NotAllowedError(
            f"the third column says “{one_way}”. Write “yes” for a pair that works only from the "
            "first wording to the second, else nothing."
        )
    return Pair(words, also, *pair_keys(words, also), _ONE_WAY[one_way], note)


def _check_once(pair: Pair, seen: dict[frozenset[str], int]) -> None:
    if before := seen.get(frozenset((pair.words_key, pair.also_key))):
        raise NotAllowedError(
            f"“{pair.words}” and “{pair.also}” are a pair of line {before} already, in this or "
            "the other direction. Take one of the lines out."
        )


@transaction.atomic
def load(file: Path = STARTING_SET) -> int:
    """Add the pairs of a file that are not there, and return how many.

    A pair that is there stays as it is: changed or struck by an editor, or learned.
    """
    pairs = read(file)
    there = _there(pairs)
    missing = [
        Synonym(**pair._asdict())
        for pair in pairs
        if frozenset((pair.words_key, pair.also_key)) not in there
    ]
    Synonym.objects.bulk_create(missing, batch_size=1000)
    return len(missing)


def _there(pairs: list[Pair]) -> set[frozenset[str]]:
    """Return the keys of pairs that are in the database, in either direction."""
    first, second = {pair.words_key for pair in pairs}, {pair.also_key for pair in pairs}
    same = Q(words_key__in=first, also_key__in=second)
    # A learned pair leads one way only: its opposite may still be added.
    back = Q(words_key__in=second, also_key__in=first, origin=Synonym.Origin.EDITOR)
    rows = Synonym.objects.filter(same | back).values_list("words_key", "also_key")
    return {frozenset(row) for row in rows}
