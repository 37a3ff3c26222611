"""A search with its words and its place read, and pieces of SQL that ask it.

Values travel as parameters; the text is made of constants alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Self

from trials.geo.places import Kind, Locality
from trials.search.query import TrialSearch
from trials.search.words.plan import Plan
from trials.terms.facets import COUNTRY, FACETS


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its parameters."""

    text: str
    values: tuple[Any, ...] = ()

    def then(self, text: str, *values: Any) -> Self:
        """Return this piece with more text after it."""
        return replace(self, text=f"{self.text} {text}", values=(*self.values, *values))

    def __add__(self, other: "Sql") -> Self:
        return self.then(other.text, *other.values)


def joined(pieces: Iterable[Sql], by: str) -> Sql:
    """Return pieces joined by a word."""
    pieces = list(pieces)
    values = tuple(value for piece in pieces for value in piece.values)
    return Sql(f" {by} ".join(piece.text for piece in pieces), values)


@dataclass(frozen=True, slots=True)
class Question:
    """A search with its words and its place read; `locality` is None for everywhere."""

    search: TrialSearch
    plan: Plan
    locality: Locality | None
    lifted: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_point(self) -> bool:
        """Whether distances can be told."""
        return self.locality is not None and self.locality.kind is Kind.POINT

    @property
    def is_anywhere(self) -> bool:
        """Whether distances are told and leave nothing out."""
        return self.is_point and self.search.radius_km is None

    @property
    def masks(self) -> dict[str, int]:
        """The bits that a trial must have one of, for each facet that is narrowed."""
        chosen = {name: facet.bits(self.search.values(name)) for name, facet in FACETS.items()}
        return {name: bits for name, bits in chosen.items() if bits and name not in self.lifted}

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that a trial must have one of; empty for any."""
        return () if COUNTRY in self.lifted else self.search.country
