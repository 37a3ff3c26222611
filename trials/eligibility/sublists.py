"""Finds sub-lists that were written on the level of the item that leads into them.

Only clear evidence counts, since a wrong guess hides a criterion below another; see
`flat_sublists`. Everything else about nesting is for `tree`.
"""

from trials.eligibility import vocabulary as words
from trials.eligibility.blocks import Block
from trials.eligibility.headings import Placed, ends_with_colon

# How many blocks ahead or back a neighbour can still be a witness.
_FAR = 80
_CARRY_ON = (";", "；", ",", "，", " or", " and", "; or", "; and")


def flat_sublists(placed: list[Placed]) -> dict[int, int]:
    """Find sub-lists written on the level of the item that leads into them, or further left.

    "• any of: • this; • that; or • those • Next": the semicolons show where the inner list ends.
    So do thresholds under "adequate organ function:". Returns the parent's index for each child.
    """
    parents: dict[int, int] = {}
    for index, one in enumerate(placed):
        if one.kind == "item" and index not in parents and ends_with_colon(one.block.text):
            run = _bullets_after(placed, index)
            for child in _carried(placed, index, run) or _thresholds(placed[index], placed, run):
                parents[child] = index
    return parents


def _bullets_after(placed: list[Placed], index: int) -> list[int]:
    """Return the bullets that follow a lead-in without being set further in than it."""
    lead = placed[index].block
    run: list[int] = []
    first: Block | None = None
    for child in range(index + 1, min(index + _FAR, len(placed))):
        block = placed[child].block
        if placed[child].kind != "item" or block.marker is None or not block.marker.is_bullet:
            break
        if first is None:
            first = block
        if block.column > lead.column or not _alike(first, block):
            break
        run.append(child)
    return run


def _carried(placed: list[Placed], index: int, run: list[int]) -> list[int]:
    """Cut the run behind the first item that does not end in ";" or "or"; at least two."""
    ends = (n for n, child in enumerate(run) if not placed[child].block.text.endswith(_CARRY_ON))
    stop = next(ends, len(run)) + 1
    if stop < 2 or stop > len(run) or _list_carries(placed, index, placed[run[0]].block):
        return []
    return run[:stop]


def _list_carries(placed: list[Placed], index: int, like: Block) -> bool:
    """Say whether the outer list, too, ends its items in ";", so that it proves nothing."""
    for one in reversed(placed[max(0, index - _FAR) : index]):
        if one.kind not in ("item", "note", "paragraph"):
            return False
        if _alike(one.block, like):
            return one.block.text.endswith(_CARRY_ON)
    return False


def _thresholds(lead: Placed, placed: list[Placed], run: list[int]) -> list[int]:
    if not words.FUNCTION_LEAD.search(lead.block.text):
        return []
    states = [bool(words.THRESHOLD.search(placed[child].block.text)) for child in run]
    stop = states.index(False) if False in states else len(run)
    return run[:stop] if stop > 1 else []


def _alike(one: Block, other: Block) -> bool:
    return (
        one.marker is not None
        and other.marker is not None
        and one.column == other.column
        and one.marker.look == other.marker.look
    )
