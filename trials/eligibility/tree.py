"""Gives every classified block its side and its depth. The last stage of the reader.

A heading's children are one deeper than it. Among items, the sequence of their markers decides
first, their column second: "(2)" after "(1)" is its sibling wherever it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from trials.eligibility import vocabulary as words
from trials.eligibility.headings import Kind, Placed, ends_with_colon
from trials.eligibility.markers import Marker
from trials.eligibility.nodes import Node, Role, Section
from trials.eligibility.sublists import flat_sublists

_RANK: dict[Kind, int] = {"wrap": 0, "side": 1, "part": 2, "group": 3, "topic": 4, "intro": 4}
_ROLE: dict[Kind, Role] = {
    "item": "item",
    "note": "note",
    "closing": "note",
    "paragraph": "paragraph",
    "lead_in": "paragraph",
    "intro": "paragraph",
}
# How many blocks ahead or back a neighbour can still be a witness.
_FAR = 80
# Below this, a number further in is likelier to be that of a list of its own.
_TOO_LOW = 3
_LONGEST_ANSWER = 50
# How far a line is set in at most that only carries on a numbered item ("1. ").
_LIST_INDENT = 4


class _Frame(NamedTuple):
    """An open item: the newest at its level. `at` is its place among the blocks."""

    column: int
    marker: Marker
    at: int
    leads_in: bool
    holds_flat: bool = False
    is_borrowed: bool = False


class _Heading(NamedTuple):
    """An open heading: how high it stands, and its words."""

    rank: int
    text: str


@dataclass(slots=True)
class _Builder:
    placed: Sequence[Placed]
    flat: dict[int, int]
    section: Section
    nodes: list[Node] = field(default_factory=list)
    headings: list[_Heading] = field(default_factory=list)
    inner_looks: set[str] = field(default_factory=set)
    path: list[_Frame] = field(default_factory=list)


def build(placed: list[Placed]) -> tuple[Node, ...]:
    """Return the nodes of the classified blocks, in the same order."""
    builder = _Builder(placed, flat_sublists(placed), _section_before_headings(placed))
    for index, one in enumerate(placed):
        _add(builder, index, one)
    return tuple(builder.nodes)


def _add(builder: _Builder, index: int, one: Placed) -> None:
    if one.kind in _RANK and (one.block.marker is None or one.kind in ("side", "wrap")):
        if one.kind in ("group", "topic", "intro") and _nests_in_item(builder, index):
            _add_inner_heading(builder, index, one, 1)
        elif keep := _set_in(builder, index, one):
            _add_inner_heading(builder, index, one, keep)
        else:
            _add_heading(builder, one)
    elif one.kind == "closing":
        builder.path.clear()
        builder.headings.clear()
        builder.section = "other"
        _emit(builder, one, 0)
    elif one.block.marker is not None:
        _add_item(builder, index, one, one.block.marker)
    else:
        _add_loose(builder, index, one)


def _nests_in_item(builder: _Builder, index: int) -> bool:
    """Serve a heading inside a numbered list that goes on after it ("15. … Blood: … 16. …")."""
    if not builder.path or index + 1 >= len(builder.placed):
        return False
    top, after = builder.path[0], builder.placed[index + 1].block.marker
    if top.marker.is_bullet or after is None or after.follows(top.marker):
        return False
    return _goes_on(builder.placed, index, top)


def _goes_on(placed: Sequence[Placed], index: int, frame: _Frame) -> bool:
    """Say whether the next number of the frame's list, at its column, is the one after it."""
    for one in placed[index + 1 : index + _FAR]:
        later = one.block.marker
        if one.kind in ("side", "wrap"):
            return False
        if later is None or later.look != frame.marker.look:
            continue
        if abs(one.block.column - frame.column) <= 1:
            return later.follows(frame.marker)
        if later.follows(frame.marker) and later.steps[0].value > _TOO_LOW:
            return True
    return False


def _set_in(builder: _Builder, index: int, one: Placed) -> int:
    """Return how many open items a heading is set into; 0 for one that stands on its own."""
    if one.kind not in ("group", "topic", "intro"):
        return 0
    restarted = _restarted_list(builder, index)
    if restarted is not None:
        return restarted
    return sum(1 for frame in builder.path if frame.column < one.block.column)


def _restarted_list(builder: _Builder, index: int) -> int | None:
    """Say which open list begins again at 1 right after the heading, which then stands over it."""
    after = builder.placed[index + 1].block if index + 1 < len(builder.placed) else None
    if after is None or after.marker is None or after.column > builder.placed[index].block.column:
        return None
    for k, frame in enumerate(builder.path):
        if k and abs(frame.column - after.column) <= 1 and _restarts(frame, after.marker):
            return k
    return None


def _add_inner_heading(builder: _Builder, index: int, one: Placed, keep: int) -> None:
    """Add a heading below an open item; it holds the items that follow at its own column."""
    restarts = _restarted_list(builder, index) == keep
    del builder.path[keep:]
    _emit(builder, one, len(builder.headings) + keep)
    column = max(one.block.column, builder.path[-1].column)
    if restarts:
        column = builder.placed[index + 1].block.column
    frame = _Frame(column, Marker("", "heading"), index, leads_in=True, holds_flat=True)
    builder.path.append(frame)


def _emit(builder: _Builder, one: Placed, depth: int) -> None:
    marker = one.block.marker.written if one.block.marker else ""
    role: Role = _ROLE.get(one.kind, "heading")
    if role in ("item", "paragraph") and _is_no_criterion(one.block.text):
        role = "note"
    builder.nodes.append(Node(one.block.text, builder.section, role, depth, marker))


def _is_no_criterion(text: str) -> bool:
    """Serve "Exclusion criteria: None": the word is an answer, not a criterion."""
    return len(text) < _LONGEST_ANSWER and words.fold(text).rstrip(" .;。") in words.NO_CRITERION


def _add_heading(builder: _Builder, one: Placed) -> None:
    _close_headings(builder, _RANK[one.kind])
    builder.inner_looks.clear()
    if one.kind == "side" and one.opens is not None:
        builder.section = one.opens
    elif one.kind == "wrap":
        builder.section = "other"
    builder.path.clear()
    _emit(builder, one, len(builder.headings))
    builder.headings.append(_Heading(_RANK[one.kind], one.block.text))


def _close_headings(builder: _Builder, rank: int) -> None:
    """Close what the new heading does not stand below.

    A topic stands below a group, and a group below a part, only if it follows it at once or
    another of its kind did: "Cohort A / Medical / Psychiatric".
    """
    headings = builder.headings
    has_sibling = any(heading.rank == rank for heading in headings)
    while headings and headings[-1].rank >= rank:
        headings.pop()
    while headings and headings[-1].rank > _RANK["side"] and not has_sibling:
        above = next(node for node in reversed(builder.nodes) if node.role == "heading")
        if builder.nodes[-1] is above or words.OLD_TOPIC.match(words.fold(above.text)):
            return
        headings.pop()


def _add_item(builder: _Builder, index: int, one: Placed, marker: Marker) -> None:
    keep = _level(builder, index, one, marker)
    del builder.path[keep:]
    _emit(builder, one, len(builder.headings) + keep)
    flat_heading = one.kind in _RANK and _followed_flat(builder.placed, index)
    builder.path.append(
        _Frame(
            one.block.column,
            marker,
            index,
            leads_in=ends_with_colon(one.block.text),
            holds_flat=flat_heading,
            is_borrowed=index in builder.flat,
        )
    )


def _followed_flat(placed: Sequence[Placed], index: int) -> bool:
    return index + 1 < len(placed) and placed[index + 1].block.column <= placed[index].block.column


def _level(builder: _Builder, index: int, one: Placed, marker: Marker) -> int:
    """Return how many open items stay open above this one: its depth below the headings."""
    path, column = builder.path, one.block.column
    if index in builder.flat:
        return next((k + 1 for k, f in enumerate(path) if f.at == builder.flat[index]), 0)
    if one.kind in _RANK:
        groups = [k for k, f in enumerate(path) if f.holds_flat and f.column >= column - 1]
        if groups:
            return groups[0]
    if marker.above:
        for k, frame in enumerate(path):
            if any(f"{step.value}" == marker.above for step in frame.marker.steps):
                return k + 1
    for k in _candidates(path, column, marker):
        restarts = _restarts(path[k], marker) and _resumes(builder.placed, index, path[k], marker)
        return k + 1 if restarts else k
    beside = [k for k, f in enumerate(path) if abs(f.column - column) <= 1 and not f.is_borrowed]
    if beside:
        return _beside(builder, index, beside[-1], marker)
    return _by_column(path, column, marker)


def _candidates(path: list[_Frame], column: int, marker: Marker) -> list[int]:
    """Levels that this marker surely continues, best first: near ones before far ones."""
    ranked: list[tuple[int, int, int]] = []
    for k, frame in enumerate(path):
        distance = abs(frame.column - column)
        near = distance <= 1
        if (frame.holds_flat or frame.is_borrowed) and near:
            continue
        opens_inside = frame.leads_in and marker.starts() and column > frame.column + 1
        if marker.follows(frame.marker) and not opens_inside:
            ranked.append((0 if near else 2, distance, -k))
        elif near and frame.marker.look == marker.look and not _opens_below(frame, marker):
            ranked.append((1, distance, -k))
    return [-k for _, _, k in sorted(ranked)]


def _opens_below(frame: _Frame, marker: Marker) -> bool:
    """Serve "g. … thresholds:" with "i." under it: the i counts in Roman, from one."""
    return frame.leads_in and len(marker.steps) > 1 and marker.starts()


def _restarts(frame: _Frame, marker: Marker) -> bool:
    """Say whether the count begins again at one, in the middle of the frame's own list."""
    return (
        not marker.is_bullet
        and frame.marker.look == marker.look
        and marker.steps[0].value == 1
        and frame.marker.steps[0].value > 1
    )


def _counts_on(frame: _Frame, marker: Marker) -> bool:
    """Serve "1. 2. c. d.": the value goes on though the style has changed."""
    return any(
        mine.value == theirs.value + 1 for mine in marker.steps for theirs in frame.marker.steps
    )


def _beside(builder: _Builder, index: int, k: int, marker: Marker) -> int:
    """Same column, other kind of marker: a flat sub-list, or the list going on in another style."""
    frame = builder.path[k]
    if frame.holds_flat:
        return k + 1
    if marker.starts() and (
        frame.leads_in
        or (not marker.is_bullet and marker.look in builder.inner_looks)
        or _resumes(builder.placed, index, frame, marker)
    ):
        builder.inner_looks.add(marker.look)
        return k + 1
    if not marker.starts():
        return next((j for j in range(k, -1, -1) if _counts_on(builder.path[j], marker)), k)
    return k


def _resumes(placed: Sequence[Placed], index: int, frame: _Frame, marker: Marker) -> bool:
    """Say whether the outer list goes on after this inner one, which proves that it is inner."""
    if marker.outer and marker.outer == frame.marker.look:
        return True
    for one in placed[index + 1 : index + _FAR]:
        later = one.block.marker
        if one.kind in ("side", "wrap") or (later is None and one.kind in _RANK):
            return False
        if later is None or abs(one.block.column - frame.column) > 1:
            continue
        if frame.marker.is_bullet and later.look == frame.marker.look:
            return not marker.is_bullet
        if later.follows(frame.marker):
            return True
    return False


def _by_column(path: list[_Frame], column: int, marker: Marker) -> int:
    """No sibling in sight: the deepest item further left is the parent."""
    if not marker.starts():
        same = [k for k, frame in enumerate(path) if frame.marker.look == marker.look]
        same = same or [k for k, frame in enumerate(path) if _counts_on(frame, marker)]
        if same:
            return same[-1]
    if (outer := _outer_bullet(path, column, marker)) is not None:
        return outer
    keep = 0
    for k, frame in enumerate(path):
        if frame.column < column:
            keep = k + 1
    return keep


def _outer_bullet(path: list[_Frame], column: int, marker: Marker) -> int | None:
    """A bullet set in behind a flat sub-list only by that list's last line goes on the outer list.

    So it does if the inner list stands at the column of the outer bullets, and leads into nothing.
    """
    if len(path) < 2 or not marker.is_bullet or path[-1].leads_in or path[-1].marker.is_bullet:
        return None
    for k, frame in enumerate(path[:-1]):
        flat = frame.column == path[-1].column < column <= frame.column + _LIST_INDENT
        if flat and frame.marker.look == marker.look:
            return k
    return None


def _add_loose(builder: _Builder, index: int, one: Placed) -> None:
    """Put an unmarked line with the item that it belongs to, or beside the items."""
    if _is_parallel(builder, one):
        _add_parallel(builder, one)
        return
    path, column = builder.path, one.block.column
    keep = sum(1 for frame in path if frame.column < column)
    if keep == 0 and path and _belongs_above(builder, index, one):
        keep = 1
    del path[keep:]
    _emit(builder, one, len(builder.headings) + keep)
    if path and ends_with_colon(one.block.text):
        path[-1] = path[-1]._replace(leads_in=True)


def _is_parallel(builder: _Builder, one: Placed) -> bool:
    """Serve "SURGERY: none." and "Control group: well children": beside a heading of their kind."""
    headings, text = builder.headings, one.block.text
    if one.block.column or not headings:
        return False
    if words.GROUP_LINE.match(text):
        return bool(words.GROUP_LINE.match(headings[-1].text))
    below_old_topic = len(headings) > 1 and words.OLD_TOPIC.match(words.fold(headings[-2].text))
    is_loud = words.LOUD_LABEL.match(text) and words.LOUD_LABEL.match(headings[-1].text)
    return bool(below_old_topic and is_loud)


def _add_parallel(builder: _Builder, one: Placed) -> None:
    """Put a line in the place of the heading that it stands beside; what follows is its own."""
    rank = builder.headings.pop().rank
    builder.path.clear()
    _emit(builder, one, len(builder.headings))
    builder.headings.append(_Heading(rank, one.block.text))


def _belongs_above(builder: _Builder, index: int, one: Placed) -> bool:
    """Notes, clauses, and lines in the middle of a list belong to the item above them."""
    text = one.block.text
    is_lead = ends_with_colon(text) and one.kind == "paragraph"
    if one.kind == "note" or is_lead or text[0].islower() or text[0] in "(（":
        return True
    if index + 1 >= len(builder.placed):
        return False
    after, top = builder.placed[index + 1], builder.path[0]
    marker = after.block.marker
    if marker is None or after.kind != "item" or abs(after.block.column - top.column) > 1:
        return False
    return marker.follows(top.marker) or (marker.is_bullet and marker.look == top.marker.look)


def _section_before_headings(placed: list[Placed]) -> Section:
    """Text before the first side is "other", unless only the exclusion side has a heading.

    A list that stands before a lone "Exclusion criteria" heading states who may join.
    """
    opened = [one.opens for one in placed if one.kind == "side"]
    if opened and set(opened) == {"exclusion"}:
        first = next(i for i, one in enumerate(placed) if one.kind == "side")
        if any(one.block.is_marked for one in placed[:first]):
            return "inclusion"
    return "other"
