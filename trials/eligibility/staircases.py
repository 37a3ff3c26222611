"""Levels lists that were set in by accident, so that siblings do not hang below a stranger.

A list that steps in and never comes back may be a sub-list or a slip. It is a slip only on clear
evidence: the item above leads into nothing, and below it stand criteria of their own.
"""

from itertools import pairwise

from trials.eligibility import vocabulary as words
from trials.eligibility.blocks import Block
from trials.eligibility.headings import HEADINGS, Placed, ends_with_colon

_SHORTEST_STEP = 3


def level_staircases(placed: list[Placed]) -> list[Placed]:
    """Return the blocks, those of an accidental step moved out to the column of their siblings.

    "• Adults with gout   ◦ Signed consent   ◦ Pregnant women": one list. So is the end of a list
    that steps in, if what stands there (consent, age, pregnancy) cannot belong to one item.
    """
    result = list(placed)
    for index, (before, after) in enumerate(pairwise(placed)):
        if after.block.column <= before.block.column:
            continue
        run = _step_in(result, index)
        if run and _are_siblings(result, index, run):
            _move_out(result, run, result[index].block.column)
    return result


def _move_out(placed: list[Placed], run: range, column: int) -> None:
    """Move a run to the left, so that its first block stands at `column`."""
    shift = placed[run[0]].block.column - column
    for at in run:
        block = placed[at].block
        moved = block._replace(column=max(column, block.column - shift))
        placed[at] = placed[at]._replace(block=moved)


def _step_in(placed: list[Placed], index: int) -> range:
    """Return the blocks set in below a bullet, up to the end of its list; empty if it goes on."""
    top = placed[index].block
    if not _is_bullet(placed[index]) or not _is_deeper_twin(top, placed[index + 1].block):
        return range(0)
    end = index + 1
    while end < len(placed) and placed[end].kind not in HEADINGS and placed[end].kind != "closing":
        if placed[end].block.column <= top.column:
            return range(0)
        end += 1
    return range(index + 1, end)


def _is_bullet(one: Placed) -> bool:
    return one.kind == "item" and one.block.marker is not None and one.block.marker.is_bullet


def _is_deeper_twin(top: Block, block: Block) -> bool:
    if top.marker is None or block.marker is None or block.column <= top.column:
        return False
    return block.marker.look in (top.marker.look, top.marker.outer)


def _are_siblings(placed: list[Placed], index: int, run: range) -> bool:
    top, column = placed[index].block, placed[run[0]].block.column
    inner = [placed[at].block for at in run if placed[at].block.column == column]
    texts = [words.fold(block.text) for block in inner if block.is_marked]
    if _leads_in(top.text) or any(b.text[:1].islower() or ends_with_colon(b.text) for b in inner):
        return False
    is_first = index == 0 or placed[index - 1].kind in HEADINGS
    if is_first:
        return len(texts) > 1 and any(words.PLAIN_CRITERION.match(text) for text in texts)
    strangers = sum(bool(words.STRANGER.match(text)) for text in texts)
    return len(texts) >= _SHORTEST_STEP and strangers > 0


def _leads_in(text: str) -> bool:
    return ends_with_colon(text) or bool(words.UNFINISHED.search(text))
