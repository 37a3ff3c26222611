"""What a rewrite was written from, and how both are read."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from trials.editorial.checks.guard import negation, quantities, statements
from trials.editorial.checks.guard.characters import fold
from trials.editorial.checks.guard.negation import Cue
from trials.editorial.checks.guard.quantities import Quantity
from trials.editorial.checks.guard.statements import Weights, Word
from trials.eligibility.characters import readable

Section = Literal["inclusion", "exclusion", "other"]


class Side(StrEnum):
    """The list that a rewrite stands in."""

    GOOD_FIT = "good_fit"
    NOT_A_FIT = "not_a_fit"


@dataclass(frozen=True, slots=True)
class Source:
    """The words of the record that a field was written from.

    `text` holds all fields but the criteria, a statement a line at the least ("Minimum age: 18
    Years" is read as one). `criteria` are pairs of a section and one criterion's text.
    """

    text: str = ""
    criteria: tuple[tuple[Section, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence as it is read. `section` is "" outside the criteria."""

    text: str
    folded: str
    section: Section | Literal[""]
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    cues: tuple[Cue, ...]
    is_foreign: bool
    offset: int = 0

    def quote(self, start: int, end: int) -> str:
        """Return words of the statement as they were written."""
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source in statements, with what its words weigh."""

    statements: tuple[Statement, ...]
    weights: Weights
    by_wording: dict[str, list[Statement]]


def read_statements(text: str, section: Section | Literal[""] = "") -> Iterator[Statement]:
    """Return the sentences of a text, read."""
    folded = fold(text)
    for start, end in statements.sentences(text):
        part = folded[start:end]
        found = statements.words(part)
        yield Statement(
            text[start:end],
            part,
            section,
            tuple(found),
            tuple(quantities.read(part)),
            tuple(negation.cues(part, found)),
            statements.is_foreign(found),
            start,
        )


@lru_cache(maxsize=8)
def read_source(source: Source) -> ReadSource:
    """Return a source in statements. Kept for a few: a text is checked again as it is written."""
    found = list(read_statements(readable(source.text).replace("_", " ")))
    for section, text in source.criteria:
        found += read_statements(readable(text), section)
    by_wording: dict[str, list[Statement]] = defaultdict(list)
    for one in found:
        by_wording[wording(one)].append(one)
    weights = Weights([list(one.words) for one in found])
    return ReadSource(tuple(found), weights, dict(by_wording))


def wording(statement: Statement) -> str:
    """Return what two statements share that say the same, spacing aside."""
    return " ".join(statement.folded.split())
