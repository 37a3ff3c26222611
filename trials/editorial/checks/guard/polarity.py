"""Whether a sentence says yes where its source says no, or the other way round."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trials.editorial.checks.findings import Finding, Level
from trials.editorial.checks.guard.equality import same_amount
from trials.editorial.checks.guard.matching import Match
from trials.editorial.checks.guard.negation import Cue, Kind
from trials.editorial.checks.guard.sides import is_crossed
from trials.editorial.checks.guard.source import Side, Statement
from trials.editorial.checks.guard.statements import Word, speak_of_same

_SURE = (Kind.PLAIN, Kind.INSIDE, Kind.EXCEPTION)
_CLOSE = 0.75
_NEARLY_ALL = 0.85
_LONGEST_SOURCE = 160


class Fault(NamedTuple):
    """What is turned round, and the words of the sentence that it is about."""

    finding: Finding
    words: Sequence[Word]


def check(sentence: Statement, matches: Sequence[Match], side: Side | None) -> Iterator[Finding]:
    """Yield what is turned round in a sentence; silent where its source is not surely known."""
    known = [m for m in matches if not m.statement.is_foreign]
    if not known or not known[0].is_strong:
        return
    close = [m.statement for m in known if m.score >= _CLOSE * known[0].score]
    fault = _fault(sentence, known[0], side)
    if fault and not any(
        _speaks_of(other, fault.words) and not _fault(sentence, match, side)
        for match in known[1:]
        if (other := match.statement) in close
    ):
        yield fault.finding


def _speaks_of(statement: Statement, turned: Sequence[Word]) -> bool:
    return bool(_said(statement.words, turned))


def _fault(sentence: Statement, match: Match, side: Side | None) -> Fault | None:
    statement = match.statement
    crossed = is_crossed(statement, side)
    if crossed is None:
        return None
    if crossed:
        return _crossed_fault(sentence, statement)
    return (
        _dropped(sentence, statement)
        or _added(sentence, statement)
        or (_uneven(sentence, statement) if _is_near_copy(match) else None)
    )


def _is_near_copy(match: Match) -> bool:
    return match.covered >= _NEARLY_ALL and match.told >= _NEARLY_ALL


def _uneven(sentence: Statement, statement: Statement) -> Fault | None:
    """Find that nearly the same words hold another number of “no”s."""
    ours, theirs = _sure(_own_cues(sentence, statement)), _sure(_own_cues(statement, sentence))
    if len(ours) == len(theirs) or _has_maybe(sentence, statement):
        return None
    quote, source = sentence.text.strip(), statement.text.strip()[:_LONGEST_SOURCE]
    start = sentence.text.find(quote)
    return Fault(
        _plain_finding(
            sentence,
            start,
            start + len(quote),
            source,
            "“Not”, “no” or “without” stands more often in one of the two: “{source}”. "
            "Correct it, or give a reason.",
        ),
        [word for word in sentence.words if word.is_content],
    )


def _sure(cues: Sequence[Cue]) -> list[Cue]:
    return [cue for cue in cues if cue.kind in _SURE]


def _has_maybe(sentence: Statement, statement: Statement) -> bool:
    """Whether a word that may say no stands in only one of the two."""
    return any(
        cue.kind is Kind.MAYBE
        for cue in (*_own_cues(sentence, statement), *_own_cues(statement, sentence))
    )


def _dropped(sentence: Statement, statement: Statement) -> Fault | None:
    """Find a “no” of the source whose words stand in the rewrite without one."""
    excuses = _own_cues(sentence, statement)
    for cue in statement.cues:
        if cue.kind in _SURE and (at := _unturned(sentence, excuses, statement, cue)) is not None:
            finding = _finding(
                sentence,
                statement,
                at,
                cue,
                "The record says “{source}”. The words here say the opposite; "
                "bring the “not” back, or give a reason.",
            )
            return Fault(finding, [sentence.words[at]])
    return None


def _added(sentence: Statement, statement: Statement) -> Fault | None:
    """Find a “no” of the rewrite whose words stand in the source without one."""
    excuses = [c for c in statement.cues if c.kind is Kind.LOOSE] + _own_cues(statement, sentence)
    for cue in sentence.cues:
        if cue.kind not in _SURE:
            continue
        at = _unturned(statement, excuses, sentence, cue)
        if at is not None:
            quote = _around(statement, statement.words[at].start, statement.words[at].end)
            finding = _plain_finding(
                sentence,
                cue.start,
                cue.end,
                quote,
                "The record does not say “not” here: “{source}”. Take it out, or give a reason.",
            )
            return Fault(finding, [statement.words[at]])
    return None


def _unturned(here: Statement, excuses: Sequence[Cue], there: Statement, cue: Cue) -> int | None:
    """Return the nearest word turned there that stands here in the reach of no cue."""
    for at in cue.near:
        said = _said(here.words, [there.words[at]]) if there.words[at].is_content else None
        if said:
            return None if any(said & other.reach for other in excuses) else min(said)
    return None


def _crossed_fault(sentence: Statement, statement: Statement) -> Fault | None:
    """Find a line on the other side that is not turned round, or turned round twice."""
    if _has_turned_amount(sentence, statement):
        return None
    ours = _own_cues(sentence, statement)
    theirs = _own_cues(statement, sentence)
    shared = _said(sentence.words, [w for w in statement.words if w.is_content])
    meant = _said(statement.words, [sentence.words[at] for at in shared])
    if _surely(shared, ours) and _surely(meant, theirs):
        pass
    elif _reaches(shared, ours) or _reaches(meant, theirs):
        return None
    where = "not to join" if statement.section == "exclusion" else "to join"
    quote, source = sentence.text.strip(), statement.text.strip()[:_LONGEST_SOURCE]
    start = sentence.text.find(quote)
    finding = _plain_finding(
        sentence,
        start,
        start + len(quote),
        source,
        f"This stands among the reasons {where} in the record: “{{source}}”. "
        "Move the line to the other list, or give a reason.",
    )
    return Fault(finding, [sentence.words[at] for at in shared])


def _own_cues(one: Statement, other: Statement) -> list[Cue]:
    """Return the cues that may turn a statement against another: not a word that both have."""
    theirs = {other.folded[cue.start : cue.end] for cue in other.cues}
    return [
        cue
        for cue in one.cues
        if cue.kind in _SURE
        or (cue.kind is Kind.MAYBE and one.folded[cue.start : cue.end] not in theirs)
    ]


def _reaches(words: set[int], own: Sequence[Cue]) -> bool:
    return any(words & cue.reach for cue in own if cue.kind is not Kind.EXCEPTION)


def _surely(shared: set[int], own: Sequence[Cue]) -> bool:
    """Whether the first word that both have is turned by a plain “no”."""
    return bool(shared) and any(
        cue.kind in (Kind.PLAIN, Kind.INSIDE) and not shared.isdisjoint(cue.near[:2]) for cue in own
    )


def _has_turned_amount(sentence: Statement, statement: Statement) -> bool:
    """Whether numbers carry the turn: “under 18” for “18 or older”, checked with the amounts."""
    return any(
        said.bound and meant.bound and (said.bound.is_upper != meant.bound.is_upper)
        for said in sentence.quantities
        for meant in statement.quantities
        if same_amount(said, meant) or said.is_age
    )


def _said(words: Sequence[Word], others: Sequence[Word]) -> set[int]:
    """Return the places of the content words that mean the same as one of some others."""
    return {
        at
        for at, word in enumerate(words)
        if word.is_content and any(speak_of_same(word, other) for other in others)
    }


def _finding(sentence: Statement, statement: Statement, at: int, cue: Cue, message: str) -> Finding:
    word = sentence.words[at]
    return _plain_finding(
        sentence, word.start, word.end, _around(statement, cue.start, cue.end), message
    )


def _around(statement: Statement, start: int, end: int) -> str:
    """Return words of the source with what follows them, cut between words."""
    high = end + 40
    if high < len(statement.text):
        cut = statement.text.rfind(" ", end, high)
        high = cut if cut > 0 else end
    low = statement.text.rfind(" ", 0, max(0, start - 12)) + 1
    return statement.text[low:high].strip()


def _plain_finding(sentence: Statement, start: int, end: int, source: str, message: str) -> Finding:
    quote = sentence.quote(start, end)
    begin = sentence.offset + start
    return Finding(
        "negation",
        Level.BLOCK,
        quote,
        message.format(source=source),
        source,
        start=begin,
        end=begin + len(quote),
    )
