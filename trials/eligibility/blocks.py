"""From lines to blocks: one block is one criterion, heading or paragraph with its marker.

Undoes what broke in transit: bullets inside a paragraph, a side heading on the end of another line.
Never cuts inside a number, and when unsure leaves a line whole. Several numbered criteria on one
line are for `chains`; what a block is, for `headings`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

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
# A line cannot end in these; the number or word that it needs was set in below it.
_ASKS_FOR_MORE = re.compile(r"\b(?:at least|at most|less than|more than|than|the|an?|of|for|with)$")
_MOST_CUTS = 50


class Block(NamedTuple):
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
    return _settle(_rejoin(_lines(text)))


def _lines(text: str) -> Iterator[Block]:
    for line in text.split("\n"):
        stripped = line.strip(" \u200b\ufeff")
        if _HAS_CONTENT.search(stripped):
            column = len(line) - len(line.lstrip(" "))
            yield from _pieces(column, " ".join(stripped.split()) if "  " in stripped else stripped)


def _rejoin(lines: Iterable[Block]) -> list[Block]:
    """Put what lost its line back: "ANC > 1.5 x 10^9" and "/L" below it."""
    blocks: list[Block] = []
    for line in lines:
        if blocks and _carries_on(blocks[-1], line):
            sign = f"{line.marker.written} " if line.marker else ""
            blocks[-1] = blocks[-1]._replace(text=f"{blocks[-1].text} {sign}{line.text}")
        else:
            blocks.append(line)
    return blocks


def _carries_on(above: Block, line: Block) -> bool:
    """Say whether a line is the rest of the one above: a unit, or a sum ("+ drug")."""
    if line.marker is None:
        if line.text[:1] == "/":
            return bool(_BROKEN_OFF.match(line.text))
        hangs = line.column > above.column and above.is_marked and not line.text[:1].isupper()
        return hangs and bool(_ASKS_FOR_MORE.search(above.text))
    return line.marker.written == "+" and line.column > above.column and " + " in above.text


def _pieces(column: int, text: str) -> Iterator[Block]:
    """Cut a line at the side headings in it, then at bullets inside it."""
    hashes = _HASHES.match(text) if text[:1] == "#" else None
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
        if not text or not _HAS_CONTENT.search(text):
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
    if not block.text.isascii() and _STRONG_BULLET.search(block.text):
        yield from _bulleted(block, _STRONG_BULLETS.split(block.text), "•")
        return
    if block.text.count(" o ") > 1 and len(_LETTER_BULLETS.findall(block.text)) > 1:
        yield from _bulleted(block, _LETTER_BULLETS.split(block.text), "o")
        return
    if block.marker is None or ("* " not in block.text and "- " not in block.text):
        yield block
        return
    for sign, pattern in (("* ", _STAR_BULLETS), ("- ", _GLUED_DASHES)):
        parts = pattern.split(block.text) if sign in block.text else []
        if len(parts) > 1:
            inner = block.column + (2 if block.marker.steps else 0)
            yield block._replace(text=parts[0])
            for part in parts[1:]:
                yield Block(inner, part, Marker(sign[0], sign[0]))
            return
    yield block


def _bulleted(block: Block, parts: list[str], sign: str) -> Iterator[Block]:
    """Give each part its bullet; they are sub-items of what stands before the first.

    Behind a bullet's full stop they are its siblings.
    """
    parts = [part for part in parts if part]
    bullet = block.marker.look if block.marker and block.marker.is_bullet else ""
    alike = bool(bullet) and (bullet in _STRONG_SIGNS or parts[0].endswith("."))
    inner = block.column if alike or not block.is_marked else block.column + 2
    yield block._replace(text=parts[0])
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
    return block.marker is None and block.text[:1] == ">" and bool(_ARROW.match(block.text))


def _with_arrow(block: Block) -> Block:
    return block._replace(text=block.text[1:].lstrip(), marker=Marker(">", ">"))


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
    return block._replace(text=f"{marker.written} {block.text}", marker=bullet)
