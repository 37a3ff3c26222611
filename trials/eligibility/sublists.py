"""Finds sub-lists that were written on the level of the item that leads into them.

Only clear evidence counts, since a wrong guess hides a criterion below another; see
`flat_sublists`. Everything else about nesting is for `tree`.
"""

from trials.eligibility import vocabulary as words
from trials.eligibility.blocks import Block
from trials.eligibility.headings import Placed, ends_with_colon

# How many blocks ahead or back a neighbour can still be a witness.
_FAR = 80
# Longer bullets, or more of them, are likelier to be criteria of their own.
_LONGEST_PHRASE = 16
_LONGEST_LIST = 8
_CARRY_ON = (";", "；", ",", "，", " or", " and", "; or", "; and")


def flat_sublists(placed: list[Placed]) -> dict[int, int]:
    """Find sub-lists written on the level of the item that leads into them, or further left.

    "• any of: • this; • that; or • those • Next": the semicolons show where the inner list ends.
    So do thresholds under "adequate organ function:". Returns the parent's index for each child.
    """
    parents: dict[int, int] = {}
    for index, one in enumerate(placed):
        if one.kind == "item" and index not in parents and ends_with_colon(one.block.text):
            for child in _children(placed, index):
                parents[child] = index
    return parents


def _children(placed: list[Placed], index: int) -> list[int]:
    marker = placed[index].block.marker
    if marker is not None and not marker.written:
        return _list_of_lost_first(placed, index)
    return _extent(placed, index, _bullets_after(placed, index))


def _list_of_lost_first(placed: list[Placed], index: int) -> list[int]:
    """The item whose own "1." is missing holds the list below it, up to the second 2."""
    own = placed[index].block.marker
    run: list[int] = []
    for child in range(index + 1, len(placed)):
        marker = placed[child].block.marker
        if own is None or marker is None or marker.look != own.look:
            continue
        if marker.steps[0].value != len(run) + 1:
            break
        run.append(child)
    return run


def _extent(placed: list[Placed], index: int, run: list[int]) -> list[int]:
    """Return as much of the run as surely stands below the lead-in."""
    if not run:
        return []
    return (
        _enclosed(placed, index, run)
        or _carried(placed, index, run)
        or _thresholds(placed[index], placed, run)
        or _continued(placed[index], placed, run)
        or _announced(placed, index, run)
    )


def _enclosed(placed: list[Placed], index: int, run: list[int]) -> list[int]:
    """Serve "B. any two of: • this • that C. …": the next letter shows where the list ends."""
    lead, after = placed[index].block.marker, run[-1] + 1
    if lead is None or lead.is_bullet or after >= len(placed):
        return []
    later = placed[after].block
    same_list = later.marker is not None and later.marker.follows(lead)
    return run if same_list and later.column == placed[index].block.column else []


def _continued(lead: Placed, placed: list[Placed], run: list[int]) -> list[int]:
    """Serve "Had treatment for: • lung cancer • skin cancer • Able": small letters."""
    if not lead.block.text[:1].isupper():
        return []
    small = [placed[child].block.text[:1].islower() for child in run]
    stop = small.index(False) if False in small else len(run)
    return run[:stop] if stop > 1 else []


def _announced(placed: list[Placed], index: int, run: list[int]) -> list[int]:
    """Serve "two of the following: • fever • rash • Able to walk": phrases up to a criterion."""
    lead = words.fold(placed[index].block.text)
    if not words.ANNOUNCES_LIST.search(lead) or _is_group_of_all(lead):
        return []
    plain = [bool(words.PLAIN_CRITERION.match(_folded(placed, child))) for child in run]
    stop = plain.index(True) if True in plain else len(run)
    is_short = all(len(_folded(placed, child).split()) <= _LONGEST_PHRASE for child in run[:stop])
    return run[:stop] if is_short and 2 <= stop <= _LONGEST_LIST else []


def _is_group_of_all(lead: str) -> bool:
    """Say whether the sentence leads into the whole side, not into a list inside it."""
    return bool(words.LEADS_SIDE.search(lead))


def _folded(placed: list[Placed], index: int) -> str:
    return words.fold(placed[index].block.text)


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
    ends = (n for n, child in enumerate(run) if not _carries_on(placed[child].block))
    stop = next(ends, len(run)) + 1
    if stop < 2 or stop > len(run) or _list_carries(placed, index, placed[run[0]].block):
        return []
    return run[:stop]


def _carries_on(block: Block) -> bool:
    return block.text[-5:].lower().endswith(_CARRY_ON)


def _list_carries(placed: list[Placed], index: int, like: Block) -> bool:
    """Say whether the outer list, too, ends its items in ";", so that it proves nothing."""
    for one in reversed(placed[max(0, index - _FAR) : index]):
        if one.kind not in ("item", "note", "paragraph"):
            return False
        if _alike(one.block, like):
            return _carries_on(one.block)
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
