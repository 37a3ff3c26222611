"""Second look at the headings, with the whole text in view: twins, series, pairs of sides.

`headings` reads a line with its nearest neighbours; here lines far apart vouch for each other.
"""

import re

from trials.eligibility import vocabulary as words
from trials.eligibility.headings import (
    NAMES_CRITERIA,
    STOPS,
    Placed,
    ends_with_colon,
    states_clause,
)
from trials.eligibility.markers import Marker, Step

_REPEATED = 2
_LONGEST_NAME = 10
_SIDE_OF_SOME = re.compile(r"^(?:in|ex)clusion criteria (?:for|of) \w")


def settle(placed: list[Placed]) -> list[Placed]:
    """Return the blocks with their kinds corrected, in the same order."""
    placed = _settle_unnamed_side(_demote_lone_titles(placed))
    return _wrap_groups(_number_lost_first(_promote_lettered(_promote_twins(placed))))


def _promote_twins(placed: list[Placed]) -> list[Placed]:
    """A line that is a group heading on one side is one on the other, with or without a colon.

    "Exclusion criteria for adults" and "Exclusion criteria for children", as items, are twins too.
    """
    names = {_name(one) for one in placed if one.kind == "group"}
    of_some = [index for index, one in enumerate(placed) if _is_side_of_some(one)]
    twins = {i for i in of_some if _has_twin(placed, i, of_some)}
    if not names and not twins:
        return placed
    return [
        Placed(one.block, "group")
        if (index in twins or (one.kind in ("item", "paragraph") and _name(one) in names))
        and _leads_list(placed, index)
        else one
        for index, one in enumerate(placed)
    ]


def _name(one: Placed) -> str:
    return words.fold(one.block.text).rstrip(":： ")


def _leads_list(placed: list[Placed], index: int) -> bool:
    """Say whether items follow, on the line's own level or further in."""
    if index + 1 >= len(placed):
        return False
    after = placed[index + 1].block
    return after.is_marked and after.side is None and after.column >= placed[index].block.column


def _is_side_of_some(one: Placed) -> bool:
    if one.kind != "item" or one.block.text[:1] not in "iIeE":
        return False
    name = _name(one)
    return (
        bool(_SIDE_OF_SOME.match(name))
        and len(name.split()) <= _LONGEST_NAME
        and not one.block.text.endswith(STOPS)
        and not states_clause(name)
    )


def _has_twin(placed: list[Placed], index: int, others: list[int]) -> bool:
    look = _look(placed[index])
    return any(other != index and _look(placed[other]) == look for other in others)


def _look(one: Placed) -> tuple[int, str]:
    return one.block.column, one.block.marker.look if one.block.marker else ""


def _promote_lettered(placed: list[Placed]) -> list[Placed]:
    """A) B) C) with short names, each over a list that starts anew, are headings."""
    series: dict[tuple[int, str], list[int]] = {}
    found: list[int] = []
    for index, one in enumerate(placed):
        if one.kind in ("side", "wrap"):
            found += _sure_series(placed, series)
            series = {}
        elif one.kind == "item" and _counts_in_letters(one):
            series.setdefault(_look(one), []).append(index)
    found += _sure_series(placed, series)
    result = list(placed)
    for index in found:
        result[index] = Placed(placed[index].block, "group")
    return result


def _number_lost_first(placed: list[Placed]) -> list[Placed]:
    """A lead-in right under a side, where the list then goes on at 2, was the first item.

    It gets a marker that says so and writes nothing.
    """
    result = list(placed)
    for index in range(1, len(placed)):
        lead = placed[index]
        if placed[index - 1].kind != "side" or lead.block.is_marked:
            continue
        if lead.kind != "side" and ends_with_colon(lead.block.text):
            series = _series_from_two(placed, index)
            if series:
                first = Marker("", series, (Step(series, 1),))
                result[index] = Placed(lead.block._replace(marker=first), "item")
    return result


def _series_from_two(placed: list[Placed], index: int) -> str:
    """Return the series of a list below that goes 1 2 … n, then 2 3, as if a 1 stood here."""
    values: list[int] = []
    series = ""
    for later in range(index + 1, len(placed)):
        one, marker = placed[later], placed[later].block.marker
        if one.kind in ("side", "wrap", "part", "group", "topic"):
            break
        if marker is None or not marker.look.startswith("digit"):
            continue
        series = series or marker.look
        if marker.look == series:
            values.append(marker.steps[0].value)
    inner = next((n for n, value in enumerate(values) if value != n + 1), len(values))
    return series if inner > 1 and values[inner : inner + 2] == [2, 3] else ""


def _counts_in_letters(one: Placed) -> bool:
    marker = one.block.marker
    return marker is not None and marker.look.startswith("upper")


def _sure_series(placed: list[Placed], series: dict[tuple[int, str], list[int]]) -> list[int]:
    return [
        index
        for entries in series.values()
        if len(entries) >= _REPEATED and all(_is_name_over_list(placed, i) for i in entries)
        for index in entries
    ]


def _is_name_over_list(placed: list[Placed], index: int) -> bool:
    block = placed[index].block
    after = placed[index + 1].block.marker if index + 1 < len(placed) else None
    return (
        after is not None
        and after.starts()
        and after.look != _look(placed[index])[1]
        and len(block.text.split()) <= 8
        and not block.text.endswith(STOPS)
        and not states_clause(words.fold(block.text))
    )


def _demote_lone_titles(placed: list[Placed]) -> list[Placed]:
    """A single title right under a side may be a criterion that lost its bullet: leave it one."""
    result = list(placed)
    for index, one in enumerate(placed[1:], start=1):
        if one.kind != "topic" or placed[index - 1].kind != "side" or one.block.is_titled:
            continue
        text = one.block.text
        if ends_with_colon(text) or NAMES_CRITERIA.search(words.fold(text)):
            continue
        if not _has_sibling_heading(placed, index):
            result[index] = Placed(one.block, "paragraph")
    return result


def _has_sibling_heading(placed: list[Placed], index: int) -> bool:
    for later in range(index + 1, len(placed)):
        kind = placed[later].kind
        if kind in ("side", "wrap"):
            return False
        if kind in ("group", "topic", "part"):
            return True
    return False


def _wrap_groups(placed: list[Placed]) -> list[Placed]:
    """A group whose next line opens a side holds both sides: "Group A / Inclusion / Exclusion"."""
    result = list(placed)
    for index in range(len(placed) - 1):
        this, after = placed[index], placed[index + 1]
        if this.kind in ("group", "topic") and after.kind == "side" and not this.block.side:
            result[index] = Placed(this.block, "wrap")
    for index in _labels_of_cycles(placed):
        result[index] = Placed(placed[index].block, "wrap")
    return result


def _labels_of_cycles(placed: list[Placed]) -> list[int]:
    """Find what tells repeated pairs of sides apart: a short line before each inclusion heading."""
    starts = [
        index
        for index, one in enumerate(placed)
        if one.opens == "inclusion" and one.block.side and not one.block.side.is_qualified
    ]
    before = [index - 1 for index in starts]
    if len(starts) < _REPEATED or not all(i >= 0 and _is_label(placed[i]) for i in before):
        return []
    return before


def _is_label(one: Placed) -> bool:
    text = one.block.text
    return one.kind != "side" and len(text.split()) <= 8 and not text.endswith(STOPS)


def _settle_unnamed_side(placed: list[Placed]) -> list[Placed]:
    """Name the side of "Eligibility criteria:" where only an exclusion heading stands beside it."""
    opened = [one.opens for one in placed if one.kind == "side"]
    both = any(one.block.side and one.block.side.names_both for one in placed)
    if "inclusion" in opened or "exclusion" not in opened or both:
        return placed
    first = next(i for i, one in enumerate(placed) if one.opens == "exclusion")
    return [
        Placed(one.block, one.kind, "inclusion")
        if i < first and one.kind == "side" and one.opens == "other"
        else one
        for i, one in enumerate(placed)
    ]
