"""From lines to blocks: one block is one criterion, heading or paragraph with its marker.

Undoes what broke in transit: several numbered criteria on one line, bullets inside a paragraph, a
side heading on the end of another line. Never cuts inside a number, and when unsure leaves a line
whole. Does not decide what a block is; see `headings` and `tree`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from trials.eligibility.markers import Marker, Step, is_plausible, read_marker
from trials.eligibility.sides import SideHeading, find_side_inside, read_side

_HASHES = re.compile(r"#{1,6}\s+(?=\S)|#{1,6}(?=[A-Z])")
_HAS_CONTENT = re.compile(r"[^\W_]|[<>≤≥±%]")
_STRONG_SIGNS = "•●▪◦➢■◆"
# Not between digits: "1•73 m2" is a number.
_STRONG = rf"[{_STRONG_SIGNS}](?:(?<!\d[{_STRONG_SIGNS}])\s*(?=\S)|\s*(?=[^\s\d]))"
_STRONG_BULLET = re.compile(_STRONG)
_STRONG_BULLETS = re.compile(rf"\s*{_STRONG}")
_LETTER_BULLETS = re.compile(r" o (?=[A-Z])")
_STAR_BULLETS = re.compile(r"(?<=[^\W\d]|[.;:,)])\s+\*\s+(?=[A-Z][a-z])")
_DASH_BULLETS = re.compile(r"(?<=[\w.;,)])(?<!non)(?<!Non)(?:\s+[-–]\s*|[-–]\s+)(?=[A-Z][a-z])")
# "… of both joints- Warts": the word before the dash is no name and no prefix like "non-".
_GLUED_DASHES = re.compile(
    r"(?:(?<=\s[a-z]{5})|(?<=\s[a-z]{6})|(?<=\s[a-z]{7}))(?<!alpha)(?<!gamma)(?<!delta)(?<!kappa)"
    r"(?<!omega)(?<!multi)(?<!inter)(?<!intra)(?<!lambda)- (?=[A-Z][a-z]+ )"
)
_ARROW = re.compile(
    r">\s+(?!Grade|Class|Stage|Upper|One\b|Two|Three|Level|Type|Group)[A-Z][a-z]+\b"
)
_BROKEN_OFF = re.compile(r"/[A-Za-zµμ]")
_INNER = re.compile(
    r"(?:(?<=\s)|(?<=[;。；，,]))(?:[(（](?P<a>\d{1,2}|[a-zA-Z]|[ivx]{2,4})[)）]"
    r"|[①-⑳]|\d{1,2}\.\d{1,2}(?=\s+[A-Z])"
    r"|(?P<b>\d{1,2}|[a-zA-Z]|[ivxIVX]{2,4})(?P<form>[.)、）]))(?=\s*\S)"
)
_MOST_CUTS = 50
# A number after one of these words is a value or a label, not the next item of the list.
_NUMBER_BELONGS = re.compile(
    r"(?:\b(?:grades?|stages?|types?|class|phases?|versions?|v|levels?|scores?|parts?|cohorts?|"
    r"groups?|arms?|than|of|to|or|and|at|is|was|least|most|within|vitamins?|hepatitis|section|"
    r"appendix|table|criteri(?:a|on)|items?|ecog|ps|nyha|recist|ctcae|day|week|month|cycle|from|"
    r"between|by|over|under|below|above|equal|exceed|the|no|number|step|question|visit|factor|"
    r"child-pugh|gleason|asa|mrs|score|points?|in|for|intensity|dose)|[-–<>≤≥=±×/~(]|,)\s*$",
    re.IGNORECASE,
)


_ENDS_ITEM = (".", ";", ":", ",", ")", "。", "；", " and", " or", " and/or", "and,", "or,")


_LETTER_BELONGS = re.compile(
    r"(?:\b(?:grades?|stages?|types?|class|phases?|parts?|cohorts?|groups?|arms?|vitamins?|hepatitis|"
    r"section|appendix|table|criteri(?:a|on)|items?|factor|child-pugh|virus|influenza|protein|the|"
    r"an?|of|to|for|with|in|immunoglobulin|step|question|list)|[-–<>≤≥=±×/~(])\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the text. `column` is where its marker or first word stood."""

    column: int
    text: str
    marker: Marker | None = None
    side: SideHeading | None = None
    is_titled: bool = False

    @property
    def is_marked(self) -> bool:
        """True for a list item as written."""
        return self.marker is not None


def read_blocks(text: str) -> list[Block]:
    """Return the blocks of a readable text, in order; lines without a word or sign are left out."""
    settled = _settle(_rejoin(_lines(text)))
    ahead = _next_steps(settled)
    blocks: list[Block] = []
    open_series: dict[str, int] = {}
    for block, coming in zip(settled, ahead, strict=True):
        if block.side is not None:
            open_series = {}
            blocks.append(block)
            continue
        pieces = _split_chain(block, coming)
        pieces[-1:] = _split_outer_chain(pieces[-1], open_series)
        for piece in pieces:
            if piece.marker:
                open_series.update({step.series: step.value for step in piece.marker.steps})
        blocks += pieces
    return blocks


def _lines(text: str) -> Iterator[Block]:
    for line in text.split("\n"):
        stripped = line.strip(" \u200b\ufeff")
        if _HAS_CONTENT.search(stripped):
            column = len(line) - len(line.lstrip(" "))
            yield from _pieces(column, " ".join(stripped.split()))


def _rejoin(lines: Iterable[Block]) -> list[Block]:
    """Put a unit that lost its line back: "ANC > 1.5 x 10^9" and "/L" below it."""
    blocks: list[Block] = []
    for line in lines:
        if blocks and not line.is_marked and _BROKEN_OFF.match(line.text):
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text} {line.text}")
        else:
            blocks.append(line)
    return blocks


def _pieces(column: int, text: str) -> Iterator[Block]:
    """Cut a line at the side headings in it, then at bullets inside it."""
    hashes = _HASHES.match(text)
    if hashes:
        text = text[hashes.end() :]
    behind_heading = False
    for _ in range(_MOST_CUTS):
        marker, body = read_marker(text)
        side = read_side(body, marked=behind_heading or marker is not None)
        if side is not None:
            yield Block(column, side.heading, marker, side, is_titled=True)
            text = side.rest
        else:
            cut = find_side_inside(body, marked=behind_heading or marker is not None)
            head = Block(column, body[:cut].rstrip(), marker, is_titled=bool(hashes))
            yield from _dashes(head) if behind_heading else _bullets(head)
            text = "" if cut is None else body[cut:]
        behind_heading = side is not None
        if not _HAS_CONTENT.search(text):
            return
    yield Block(column, text)


def _dashes(block: Block) -> Iterator[Block]:
    """Read what stands behind a side heading; dashes there were bullets on lines of their own."""
    parts = [part for part in _DASH_BULLETS.split(block.text) if part]
    if len(parts) == 1:
        yield from _bullets(block)
        return
    for part in parts:
        yield Block(block.column, part, Marker("-", "-"))


def _bullets(block: Block) -> Iterator[Block]:
    """Cut at "•" anywhere, and at " * " between words: bullets inside a paragraph."""
    if _STRONG_BULLET.search(block.text):
        yield from _bulleted(block, _STRONG_BULLETS.split(block.text), "•")
        return
    if block.text.count(" o ") > 1 and len(_LETTER_BULLETS.findall(block.text)) > 1:
        yield from _bulleted(block, _LETTER_BULLETS.split(block.text), "o")
        return
    for sign, pattern in (("* ", _STAR_BULLETS), ("- ", _GLUED_DASHES)):
        parts = pattern.split(block.text) if block.is_marked and sign in block.text else []
        if len(parts) > 1:
            inner = block.column + (2 if block.marker and block.marker.steps else 0)
            yield replace(block, text=parts[0])
            for part in parts[1:]:
                yield Block(inner, part, Marker(sign[0], sign[0]))
            return
    yield block


def _bulleted(block: Block, parts: list[str], sign: str) -> Iterator[Block]:
    """Give each part its bullet; they are sub-items of what stands before the first."""
    parts = [part for part in parts if part]
    alike = block.marker is not None and block.marker.look in _STRONG_SIGNS
    inner = block.column if alike or not block.is_marked else block.column + 2
    yield replace(block, text=parts[0])
    for part in parts[1:]:
        yield Block(inner, part, Marker(sign, sign))


def _settle(blocks: list[Block]) -> list[Block]:
    """Give single letters a second look: "E. coli" is a marker only beside a D. or an F."""
    known = {step for block in blocks if block.marker for step in block.marker.steps}
    if sum(_is_arrowed(block) for block in blocks) > 1:
        blocks = [_with_arrow(block) if _is_arrowed(block) else block for block in blocks]
    return [_with_plausible_marker(block, known) for block in blocks]


def _is_arrowed(block: Block) -> bool:
    """Say whether a line begins with ">" and words; "> 18 years" and "> Grade 2" compare."""
    return block.marker is None and bool(_ARROW.match(block.text))


def _with_arrow(block: Block) -> Block:
    return replace(block, text=block.text[1:].lstrip(), marker=Marker(">", ">"))


def _step_of(above: str) -> Step:
    """Return the step that a levelled number stands below: "4." for "4.1", "4.2" for "4.2.1"."""
    outer, _, inner = above.partition(".")
    return Step(f"below {outer}", int(inner)) if inner else Step("digit.", int(outer))


def _with_plausible_marker(block: Block, known: set[Step]) -> Block:
    marker = block.marker
    if marker is None or marker.is_bullet or is_plausible(marker, block.text):
        return block
    if marker.outer and not marker.above:
        return block
    if marker.above and _step_of(marker.above) in known:
        return block
    beside = {Step(step.series, step.value + by) for step in marker.steps for by in (-1, 1)}
    if beside & known:
        return block
    bullet = Marker(marker.outer, marker.outer) if marker.outer else None
    return replace(block, text=f"{marker.written} {block.text}", marker=bullet)


def _next_steps(blocks: list[Block]) -> list[dict[str, int]]:
    """For each block, the value that each number series goes on with later at the same column."""
    ahead: list[dict[str, int]] = []
    coming: dict[tuple[int, str], int] = {}
    for block in reversed(blocks):
        if block.side is not None:
            coming = {}
        steps = block.marker.steps if block.marker else ()
        keys = [(block.column, step.series) for step in steps]
        ahead.append({key[1]: coming[key] for key in keys if key in coming})
        coming.update({key: step.value for key, step in zip(keys, steps, strict=True)})
    return ahead[::-1]


def _split_chain(block: Block, coming: dict[str, int]) -> list[Block]:
    """Cut "14. … 15. … 16. …" into its items when the line itself starts the chain.

    An enumeration inside a sentence ("defined as 1) … and 2) …") never does, and stays whole.
    """
    if block.marker is None or block.marker.is_bullet:
        return [block]
    cuts = max((_chain(block.text, step, coming) for step in block.marker.steps), key=len)
    return _cut(block, cuts)


def _split_outer_chain(block: Block, open_series: dict[str, int]) -> list[Block]:
    """Cut "6. restlessness D. Attacks … E. Not …" where an outer list has come to its C."""
    lettered = [s for s in open_series.items() if not s[0].startswith(("digit", "circle", "han"))]
    if not lettered:
        return [block]
    chains = [_chain(block.text, Step(*one), {}) for one in lettered]
    return _cut(block, max(chains, key=len, default=[]))


def _cut(block: Block, cuts: list[tuple[int, Marker]]) -> list[Block]:
    if not cuts:
        return [block]
    pieces = [replace(block, text=block.text[: cuts[0][0]].rstrip())]
    for (start, marker), stop in zip(cuts, [*(c[0] for c in cuts[1:]), None], strict=False):
        rest = block.text[start:stop].strip()[len(marker.written) :].strip()
        pieces.append(Block(block.column, rest, marker))
    return pieces if all(piece.text for piece in pieces) else [block]


def _chain(text: str, first: Step, coming: dict[str, int]) -> list[tuple[int, Marker]]:
    """Find where the items after `first` begin in `text`; empty if they are not surely items."""
    cuts: list[tuple[int, Marker]] = []
    expected = first.value + 1
    doubtful = False
    for found in _INNER.finditer(text):
        marker, _ = read_marker(text[found.start() :])
        if marker is None or Step(first.series, expected) not in marker.steps:
            continue
        before, after = text[: found.start()].rstrip(), text[found.end() :].lstrip()
        if (
            not before
            or _belongs_to_text(before, marker)
            or not (_starts_item(before, after) or not marker.written.endswith((".", "．")))
        ):
            continue
        doubtful = doubtful or not before.endswith(_ENDS_ITEM)
        cuts.append((found.start(), replace(marker, written=found[0].strip())))
        expected += 1
    upcoming = coming.get(first.series)
    if cuts and upcoming is not None and first.value < upcoming < expected:
        return []
    sure = len(cuts) > 1 or not doubtful or upcoming == expected
    return cuts if sure else []


def _belongs_to_text(before: str, marker: Marker) -> bool:
    """Say whether the enumerator is a value or label of the sentence ("grade 2. …")."""
    is_number = marker.written[0].isdecimal()
    return bool((_NUMBER_BELONGS if is_number else _LETTER_BELONGS).search(before))


def _starts_item(before: str, after: str) -> bool:
    return after[:1].isupper() or not after[:1].isascii() or before.endswith((";", "；", ".", "。"))
