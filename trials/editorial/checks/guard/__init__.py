"""The guard between an editor's plain words and the record's: no number, bound or “not” is lost."""

from trials.editorial.checks.guard.compare import compare
from trials.editorial.checks.guard.source import Section, Side, Source

__all__ = ["Section", "Side", "Source", "compare"]
