"""Two wordings → the lines of both with what differs in them, word by word.

Lines are compared first, then the words of lines that are alike. What is equal and far from any
difference is left out. The work is bounded: where two lines have too little order in common, one
stands for taken out and the other for put in.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

_GAP = "…"
_LINES_AROUND = 1
_WORDS_AROUND = 8
_ALIKE = 0.5
_MOST_PAIRS = 2_500
_MOST_MATCHES = 60_000


class Op(StrEnum):
    """What became of a stretch of words."""

    EQUAL = "equal"
    TAKEN_OUT = "del"
    PUT_IN = "ins"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of words; a blank parts it from the next one of its line."""

    op: Op
    text: str


Line = tuple[Segment, ...]


def compare_text(before: Sequence[str], after: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines of a text that differ, in reading order, with a line around each."""
    found: list[Line] = []
    for op, old, new in _stretches(before, after):
        if op == "equal":
            found += [(Segment(Op.EQUAL, line),) for line in new]
        else:
            found += _compared(old, new)
    return tuple(_near_differences(found))


def compare_list(before: Sequence[str], after: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines of a list that differ; their order in the record says nothing."""
    old, new = Counter(before), Counter(after)
    gone, come = list((old - new).elements()), list((new - old).elements())
    return tuple(_compared(gone, come, start=_WORDS_AROUND))


def _stretches(
    before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Yield stretches of both sides, equal or not, in order."""
    start, end = _common_ends(before, after)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if start:
        yield "equal", before[:start], after[:start]
    if not _is_bounded(old, new):
        yield "replace", old, new
    else:
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for op, i1, i2, j1, j2 in matcher.get_opcodes():
            yield op, old[i1:i2], new[j1:j2]
    if end:
        yield "equal", before[len(before) - end :], after[len(after) - end :]


def _common_ends(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    """Return how much is equal at the start and, apart from that, at the end."""
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    left = shorter - start
    end = next((i for i in range(left) if before[-1 - i] != after[-1 - i]), left)
    return start, end


def _is_bounded(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell if a comparison is quick: what it costs grows with the pairs that are equal."""
    old, new = Counter(before), Counter(after)
    return sum(count * new[item] for item, count in old.items()) <= _MOST_MATCHES


def _compared(old: Sequence[str], new: Sequence[str], start: int = 0) -> Iterator[Line]:
    """Yield lines that took each other's place: pairs of like ones, and those that have no like.

    `start` is how many words of a line are shown in any case: those that name a list's entry.
    """
    partner = _partners(old, new)
    paired = set(partner.values())
    for index, line in enumerate(old):
        if index not in paired:
            yield (Segment(Op.TAKEN_OUT, line),)
    for index, line in enumerate(new):
        if index in partner:
            yield _shortened(tuple(word_by_word(old[partner[index]], line)), start)
        else:
            yield (Segment(Op.PUT_IN, line),)


def _partners(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Return which new line goes on from which old one, the likest first."""
    if len(old) == len(new) == 1:
        return {0: 0}
    if len(old) * len(new) > _MOST_PAIRS:
        return {}
    bags = [[Counter(_words(line)) for line in lines] for lines in (old, new)]
    likely = sorted(
        (-share, after, before)
        for before, there in enumerate(bags[0])
        for after, here in enumerate(bags[1])
        if (share := _share(there, here)) >= _ALIKE
    )
    found: dict[int, int] = {}
    for _, after, before in likely:
        if after not in found and before not in found.values():
            found[after] = before
    return found


def _share(one: Counter[str], other: Counter[str]) -> float:
    """Return the part of the words of two lines that both have."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0


def word_by_word(before: str, after: str) -> Iterator[Segment]:
    """Yield a line's words: those of both states, taken out, put in."""
    for op, old, new in _stretches(_words(before), _words(after)):
        if op == "equal":
            yield Segment(Op.EQUAL, " ".join(new))
            continue
        if old:
            yield Segment(Op.TAKEN_OUT, " ".join(old))
        if new:
            yield Segment(Op.PUT_IN, " ".join(new))


def _words(line: str) -> list[str]:
    return line.split(" ")


def _shortened(line: Line, start: int) -> Line:
    """Leave out the words that are equal and far from any difference."""
    around = [_WORDS_AROUND] * (len(line) - 1)
    ends = zip(line, [start, *around], [*around, 0], strict=True)
    return tuple(
        _middle_left_out(segment, first, last) if segment.op == Op.EQUAL else segment
        for segment, first, last in ends
    )


def _middle_left_out(segment: Segment, first: int, last: int) -> Segment:
    words = _words(segment.text)
    if len(words) <= first + last + 1:
        return segment
    return Segment(Op.EQUAL, " ".join([*words[:first], _GAP, *words[len(words) - last :]]))


def _near_differences(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that differ, with those around them; a sign stands for the others."""
    near = {
        index + away
        for index, line in enumerate(lines)
        if not _is_equal(line)
        for away in range(-_LINES_AROUND, _LINES_AROUND + 1)
    }
    for is_near, group in groupby(enumerate(lines), lambda item: item[0] in near):
        if is_near:
            yield from (line for _, line in group)
        else:
            yield (Segment(Op.EQUAL, _GAP),)


def _is_equal(line: Line) -> bool:
    return all(segment.op == Op.EQUAL for segment in line)
