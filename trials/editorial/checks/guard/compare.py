"""A rewrite against the words of the record: numbers, units, bounds, and what is turned round."""

from collections.abc import Iterator

from trials.editorial.checks.findings import Finding
from trials.editorial.checks.guard import amounts, order, polarity
from trials.editorial.checks.guard.matching import best_matches
from trials.editorial.checks.guard.sides import is_crossed
from trials.editorial.checks.guard.source import (
    ReadSource,
    Side,
    Source,
    Statement,
    read_source,
    read_statements,
    wording,
)


def compare(rewrite: str, source: Source | str, *, side: Side | None = None) -> list[Finding]:
    """Return where one field of a text says otherwise than its source, in reading order.

    `rewrite` is the field: paragraphs, or the lines of a list joined by newlines. `side` is the
    list that the lines stand in; a criterion of the other section is right there only turned
    round. Takes any text and never raises. Every finding blocks until answered.
    """
    read = read_source(Source(source) if isinstance(source, str) else source)
    found: dict[str, Finding] = {}
    for sentence in read_statements(rewrite):
        for finding in _check(sentence, read, side):
            found.setdefault(finding.key, finding)
    return sorted(found.values(), key=lambda finding: finding.start)


def _check(sentence: Statement, source: ReadSource, side: Side | None) -> Iterator[Finding]:
    if _is_copied(sentence, source, side):
        return
    matches = best_matches(sentence, source)
    yield from amounts.check(sentence, matches, source, side)
    yield from order.check(sentence, matches)
    yield from polarity.check(sentence, matches, side)


def _is_copied(sentence: Statement, source: ReadSource, side: Side | None) -> bool:
    """Whether a sentence stands word for word in the source, on the same side."""
    same = source.by_wording.get(wording(sentence), ())
    return any(not is_crossed(one, side) for one in same)
