"""What comes before and what after, where no number says it: before surgery, after the drip."""

import re
from collections.abc import Iterator, Sequence

from trials.editorial.checks.findings import Finding, Level
from trials.editorial.checks.guard.matching import Match
from trials.editorial.checks.guard.source import Statement
from trials.editorial.checks.guard.statements import Word, speak_of_same

_ORDER = re.compile(
    r"\b(?:(?P<before>before|prior\sto|preceding)|(?P<after>after|following|since))\s"
)
_AHEAD = 6
_CLOSE = 0.75


def check(sentence: Statement, matches: Sequence[Match]) -> Iterator[Finding]:
    """Yield each “before” of a sentence that is an “after” in the source, and the other way."""
    if not matches or not matches[0].is_strong:
        return
    close = [m.statement for m in matches if m.score >= _CLOSE * matches[0].score]
    for match, is_before, ahead in _anchors(sentence):
        anchored = [
            (statement, theirs, found)
            for statement in close
            for theirs, found, others_ahead in _anchors(statement)
            if any(speak_of_same(one, other) for one in ahead for other in others_ahead)
        ]
        if anchored and all(found != is_before for _, _, found in anchored):
            statement, theirs, _ = anchored[0]
            yield _finding(sentence, match, statement, theirs)


def _anchors(statement: Statement) -> Iterator[tuple[re.Match[str], bool, list[Word]]]:
    """Return each “before” or “after” with the words that it is before or after of."""
    for match in _ORDER.finditer(statement.folded):
        ahead = [word for word in statement.words if word.start >= match.end()][:_AHEAD]
        yield match, bool(match["before"]), [word for word in ahead if word.is_content][:2]


def _finding(
    sentence: Statement, match: re.Match[str], statement: Statement, theirs: re.Match[str]
) -> Finding:
    source = statement.quote(theirs.start(), min(len(statement.text), theirs.end() + 30)).strip()
    quote = sentence.quote(*match.span()).strip()
    start = sentence.offset + match.start()
    return Finding(
        "comparator",
        Level.BLOCK,
        quote,
        f"The record says “{source}”: before and after must be the same. Correct it, or give a "
        "reason.",
        source,
        start=start,
        end=start + len(quote),
    )
