"""Cuts lines that hold several list items: "14. … 15. … 16. …", "7. …, 8) … and" before "9)".

An enumeration inside a sentence ("defined as 1) … and 2) …") stays whole, and so does a line whose
number may be a value: a cut needs the line's own numbering, or a gap in the list's, as witness.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from trials.eligibility.blocks import Block
from trials.eligibility.markers import Marker, Step, read_marker

_INNER = re.compile(
    r"(?:(?<=[\s;。；，,:：])|(?<=[^\d]\.))(?:[(（](?P<a>\d{1,2}|[a-zA-Z]|[ivx]{2,4})[)）]"
    r"|[①-⑳]|\d{1,2}\.\d{1,2}(?=\s+[A-Z])"
    r"|(?P<b>\d{1,2}|[a-zA-Z]|[ivxIVX]{2,4})(?P<form>[.．)、）]))(?=\s*[^\s\d]|\s+\S)"
)
# A number after one of these words is a value or a label, not the next item of the list.
_NUMBER_BELONGS = re.compile(
    r"(?:\b(?:grades?|stages?|types?|class|phases?|versions?|v|levels?|scores?|parts?|cohorts?|"
    r"groups?|arms?|than|of|to|or|and|at|is|was|least|most|within|vitamins?|hepatitis|section|"
    r"appendix|table|criteri(?:a|on)|items?|ecog|ps|nyha|recist|ctcae|day|week|month|cycle|from|"
    r"between|by|over|under|below|above|equal|exceed|the|no|number|step|question|visit|factor|"
    r"child-pugh|gleason|asa|mrs|score|points?|in|for|intensity|dose)|[-–<>≤≥=±×/~(])\s*$",
    re.IGNORECASE,
)
_LETTER_BELONGS = re.compile(
    r"(?:\b(?:grades?|stages?|types?|class|phases?|parts?|cohorts?|groups?|arms?|vitamins?|hepatitis|"
    r"section|appendix|table|criteri(?:a|on)|items?|factor|child-pugh|virus|influenza|protein|the|"
    r"an?|of|to|for|with|in|immunoglobulin|step|question|list)|[-–<>≤≥=±×/~(])\s*$",
    re.IGNORECASE,
)
_SENTENCE_GOES_ON = re.compile(
    r"\b(?:and|or|either|is|are|as|by|both|were|be|has|have|if|that|with|to|of|for|in|the|"
    r"following|include|includes|including)$",
    re.IGNORECASE,
)
_FIRST_NUMBER = re.compile(r"(?<!\d)1\s?[.．)）]")
_SECOND_ALTERNATIVE = re.compile(r"\b(?:and|or)\s+[(（]?(?:2|b|B|ii)[.)）]\s+\S")
_ENDS_ITEM = (".", ";", ":", ",", ")", "。", "；", " and", " or", " and/or", "and,", "or,")
_SECONDS = ("2)", "2.", "b)", "b.", "B)", "B.", "ii", "II")
_DOTS = (".", "．")
_LONGEST_LEAD = 10
_FAR = 80
# So many characters on either side of a marker tell what it is.
_NEAR = 200
# So many numbers in a row are no chance, where the first of them is missing.
_SHORTEST_CHAIN = 3
# From here on, the very next number inside a line is no chance.
_FAR_ENOUGH = 4
# So many numbers of a list may be missing between two lines and still be looked for in them.
_WIDEST_GAP = 3


class _Cut(NamedTuple):
    """Where an item begins inside a line, and its marker."""

    start: int
    marker: Marker


def split_chains(settled: list[Block]) -> list[Block]:
    """Return the blocks with every sure chain of items cut apart, in order."""
    ahead = _next_steps(settled)
    blocks: list[Block] = []
    open_series: dict[str, int] = {}
    for block, coming in zip(settled, ahead, strict=True):
        if block.side is not None:
            open_series = {}
            blocks.append(block)
            continue
        pieces = _split_chain(block, coming)
        if open_series:
            pieces[-1:] = _split_outer_chain(pieces[-1], open_series)
        for piece in pieces:
            if piece.marker and piece.marker.steps:
                open_series.update({step.series: step.value for step in piece.marker.steps})
        blocks += pieces
    return [piece for block in _fill_gaps(blocks) for piece in _split_inner_list(block)]


def _next_steps(blocks: list[Block]) -> list[dict[str, int]]:
    """For each block, the value that each number series goes on with later at the same column."""
    ahead: list[dict[str, int]] = []
    coming: dict[tuple[int, str], int] = {}
    for block in reversed(blocks):
        if block.side is not None:
            coming = {}
        steps = block.marker.steps if block.marker else ()
        if not steps:
            ahead.append({})
            continue
        keys = [(block.column, step.series) for step in steps]
        ahead.append({key[1]: coming[key] for key in keys if key in coming})
        coming.update({key: step.value for key, step in zip(keys, steps, strict=True)})
    return ahead[::-1]


def _split_chain(block: Block, coming: dict[str, int]) -> list[Block]:
    """Cut "14. … 15. … 16. …" into its items when the line itself starts the chain."""
    if block.marker is None:
        return [block]
    if not block.marker.steps:
        return _cut(block, _chain_without_first(block.text)) if "4." in block.text else [block]
    if block.marker.outer and _holds_alternatives(block):
        outer = block.marker.outer
        letter = block.marker.written.removeprefix(f"{outer} ")
        return [block._replace(text=f"{letter} {block.text}", marker=Marker(outer, outer))]
    cuts = max((_chain(block.text, step, coming) for step in block.marker.steps), key=len)
    return _cut(block, cuts)


def _holds_alternatives(block: Block) -> bool:
    """Say whether "* a) this or b) that" is one sentence, and no list begins with its letter."""
    marker = block.marker
    return marker is not None and marker.starts() and bool(_SECOND_ALTERNATIVE.search(block.text))


def _chain_without_first(text: str) -> list[_Cut]:
    """Find "2. … 3. … 4. …" behind a bullet that took the place of the first number."""
    chains = (_chain(text, Step("digit.", first), {}) for first in (1, 2))
    cuts = max(chains, key=len)
    if len(cuts) < _SHORTEST_CHAIN or _FIRST_NUMBER.search(text, 0, cuts[0].start):
        return []
    ended = all(text[: cut.start].rstrip().endswith((";", ".")) for cut in cuts)
    return cuts if ended else []


def _split_outer_chain(block: Block, open_series: dict[str, int]) -> list[Block]:
    """Cut "6. restlessness D. Attacks … E. Not …" where an outer list has come to its C."""
    lettered = [s for s in open_series.items() if not s[0].startswith(("digit", "circle", "han"))]
    if not lettered:
        return [block]
    chains = [_chain(block.text, Step(*one), {}) for one in lettered]
    return _cut(block, max(chains, key=len, default=[]))


def _cut(block: Block, cuts: list[_Cut], column: int | None = None) -> list[Block]:
    """Cut a block; the items begin at `column`, or where the block does."""
    if not cuts:
        return [block]
    column = block.column if column is None else column
    pieces = [block._replace(text=block.text[: cuts[0].start].rstrip())]
    stops = [*(cut.start for cut in cuts[1:]), len(block.text)]
    for cut, stop in zip(cuts, stops, strict=True):
        rest = block.text[cut.start : stop].strip()[len(cut.marker.written) :].strip()
        pieces.append(Block(column, rest, cut.marker))
    return pieces if all(piece.text for piece in pieces) else [block]


def _enumerators(text: str) -> Iterator[tuple[re.Match[str], Marker]]:
    """Find what may be markers inside a line, values and labels of the sentence left out."""
    for found in _INNER.finditer(text):
        start = found.start()
        before = text[max(0, start - _NEAR) : start].rstrip()
        marker, _ = read_marker(text[start : start + _NEAR])
        if text[start - 1] in ":：" and before[-2:-1].isdecimal():
            continue
        if marker is not None and before and not _belongs_to_text(before, marker):
            yield found, marker._replace(written=found[0].strip())


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    """Return some words before and after a marker."""
    start, end = found.span()
    return text[max(0, start - _NEAR) : start].rstrip(), text[end : end + _NEAR].lstrip()


def _chain(text: str, first: Step, coming: dict[str, int]) -> list[_Cut]:
    """Find where the items after `first` begin in `text`; empty if they are not surely items."""
    cuts: list[_Cut] = []
    expected = first.value + 1
    if first.series.startswith("digit") and str(expected) not in text:
        return []
    doubtful = False
    for found, marker in _enumerators(text):
        if Step(first.series, expected) not in marker.steps:
            continue
        before, after = _around(text, found)
        if not _starts_item(before, after) and marker.written.endswith(_DOTS):
            continue
        doubtful = doubtful or not before.endswith(_ENDS_ITEM)
        cuts.append(_Cut(found.start(), marker))
        expected += 1
    upcoming = coming.get(first.series)
    if cuts and upcoming is not None and first.value < upcoming < expected:
        return []
    is_last = upcoming is None and first.value >= _FAR_ENOUGH and first.series == "digit."
    sure = len(cuts) > 1 or not doubtful or upcoming == expected or is_last
    return cuts if sure else []


def _belongs_to_text(before: str, marker: Marker) -> bool:
    """Say whether the enumerator is a value or label of the sentence ("grade 2. …")."""
    closes = marker.written.endswith((")", "）")) and marker.written[0] not in "(（"
    if closes and _has_open_bracket(before):
        return True
    is_number = marker.written[0].isdecimal()
    if is_number and marker.written.endswith(_DOTS) and before.endswith(","):
        return True
    return bool((_NUMBER_BELONGS if is_number else _LETTER_BELONGS).search(before))


def _has_open_bracket(text: str) -> bool:
    return text.count("(") + text.count("（") > text.count(")") + text.count("）")


def _starts_item(before: str, after: str) -> bool:
    return after[:1].isupper() or not after[:1].isascii() or before.endswith((";", "；", ".", "。"))


def _number(block: Block) -> int:
    """Return the number that a list item bears, 0 if none."""
    steps = block.marker.steps if block.marker else ()
    return steps[0].value if steps and steps[0].series.startswith("digit") else 0


def _fill_gaps(blocks: list[Block]) -> list[Block]:
    """Cut where a number that the list jumps over stands inside a line in between."""
    found: dict[int, list[_Cut]] = {}
    columns: dict[int, int] = {}
    for index, block in enumerate(blocks):
        number = _number(block)
        before = _number_before(blocks, index) if number > 2 else None
        if before is None or not 1 < number - _number(blocks[before]) <= _WIDEST_GAP:
            continue
        for at, cuts in _missing(blocks, before, index).items():
            found[at] = cuts
            columns[at] = block.column
    if not found:
        return blocks
    return [
        piece
        for index, block in enumerate(blocks)
        for piece in _cut(block, found.get(index, []), columns.get(index))
    ]


def _number_before(blocks: list[Block], index: int) -> int | None:
    """Return the index of the numbered item before this one, in the same list."""
    for at in range(index - 1, max(-1, index - _FAR), -1):
        block = blocks[at]
        if block.side is not None:
            return None
        if _number(block) and abs(block.column - blocks[index].column) <= 3:
            return at if _number(block) < _number(blocks[index]) else None
    return None


def _missing(blocks: list[Block], first: int, last: int) -> dict[int, list[_Cut]]:
    """Find every number between those of two items in the lines from the first to the last."""
    like = blocks[first].marker
    expected = _number(blocks[first]) + 1
    cuts: dict[int, list[_Cut]] = {}
    for at in range(first, last):
        text = blocks[at].text
        for found, marker in _enumerators(text):
            step = marker.steps[0] if marker.steps else None
            if step is None or not step.series.startswith("digit") or like is None:
                continue
            is_own = at in cuts or at == first
            if step.value == expected - 1 and not is_own:
                return {}
            if step.value != expected or not _opens_words(marker, *_around(text, found)):
                continue
            same = Step(like.steps[0].series, step.value)
            cuts.setdefault(at, []).append(
                _Cut(found.start(), marker._replace(look=same.series, steps=(same, *marker.steps)))
            )
            expected += 1
    return cuts if expected == _number(blocks[last]) else {}


def _opens_words(marker: Marker, before: str, after: str) -> bool:
    if not marker.written.endswith(_DOTS):
        return not after[:1].isdecimal()
    return _starts_item(before, after) and not after[:1].isdecimal()


def _split_inner_list(block: Block) -> list[Block]:
    """Cut "Cluster headache A. Attacks … B. Attacks …": a short lead-in and its whole list."""
    if block.marker is None or block.side is not None or not _has_second(block.text):
        return [block]
    cuts: list[_Cut] = []
    for found, marker in _enumerators(block.text):
        before, after = _around(block.text, found)
        if not cuts:
            if not marker.starts() or marker.above:
                continue
            if not _leads_in(before):
                return [block]
        elif not marker.follows(cuts[-1].marker):
            continue
        if not after[:1].isupper():
            return [block]
        cuts.append(_Cut(found.start(), marker))
    return _cut(block, cuts, block.column + 2) if len(cuts) > 1 else [block]


def _has_second(text: str) -> bool:
    """Rule out, at little cost, a line that cannot hold the second item of a list."""
    for second in _SECONDS:
        if second in text:
            return True
    return not text.isascii() and ("②" in text or "2．" in text or "2）" in text)


def _leads_in(before: str) -> bool:
    if before.endswith((":", "：")):
        return True
    return len(before.split()) <= _LONGEST_LEAD and not _SENTENCE_GOES_ON.search(before)
