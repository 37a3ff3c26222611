"""Conditions on the words of a row, and how PostgreSQL writes them.

Every lexeme is quoted and escaped, every group bracketed: whatever a person typed, the text is a
valid tsquery and means what it says.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# Weights of a row's words: see `trials.models.search.SearchRow`.
TITLE, TREATMENT, HEADING = "A", "B", "C"


class Query:
    """A condition on words."""

    def text(self, weights: str = "") -> str:
        """Return the tsquery text, its words narrowed to some weights (as "AB")."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Lexeme(Query):
    """A word, by its stem."""

    stem: str

    def text(self, weights: str = "") -> str:
        """Return the quoted stem."""
        escaped = self.stem.replace("\\", "\\\\").replace("'", "''").replace("\x00", "")
        return f"'{escaped}'" + (f":{weights}" if weights else "")


@dataclass(frozen=True, slots=True)
class Joined(Query):
    """Several conditions; use `all_of`, `any_of` or `phrase`."""

    parts: tuple[Query, ...]
    operator: str

    def text(self, weights: str = "") -> str:
        """Return the parts with the operator between them, in brackets."""
        return "(" + f" {self.operator} ".join(part.text(weights) for part in self.parts) + ")"


@dataclass(frozen=True, slots=True)
class Not(Query):
    """That a condition does not hold."""

    part: Query

    def text(self, weights: str = "") -> str:  # noqa: ARG002 - as its kin are asked
        """Return the negation; weights do not matter to what must not be there."""
        return f"!{self.part.text()}"


def all_of(parts: Iterable[Query]) -> Query:
    """Return that all parts hold, in any order; one part at least."""
    return _joined(parts, "&")


def any_of(parts: Iterable[Query]) -> Query:
    """Return that one of the parts holds; one part at least."""
    return _joined(parts, "|")


def phrase(parts: Iterable[Query]) -> Query:
    """Return that the parts follow each other; one part at least."""
    return _joined(parts, "<->")


def _joined(parts: Iterable[Query], operator: str) -> Query:
    different = list(parts)
    if operator != "<->":
        different = list(dict.fromkeys(different))
    return different[0] if len(different) == 1 else Joined(tuple(different), operator)
