"""Decides what each block is: a side, a group, a topic, a lead-in, an item, a note, a paragraph.

Meaning decides, with the neighbours as witnesses: a short bare line is a heading if a list follows
it. Where a block then stands in the tree is for `tree`.
"""

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from trials.eligibility import vocabulary as words
from trials.eligibility.blocks import Block
from trials.eligibility.nodes import Section
from trials.eligibility.sides import (
    SideHeading,
    read_opener,
    read_verdict,
    speaks_of_everyone,
)

# "intro" is a long line that leads into its own list: it holds what follows, as headings do.
Kind = Literal[
    "side",
    "wrap",
    "part",
    "group",
    "topic",
    "intro",
    "lead_in",
    "closing",
    "item",
    "note",
    "paragraph",
]
HEADINGS: frozenset[Kind] = frozenset({"side", "wrap", "part", "group", "topic", "lead_in"})

_COLONS = (":", "：")
_LONGEST_TOPIC = 14
STOPS = (".", ";", ",", "。", "；", "，", "?", "!")
_OPENING = frozenset("([<【（{*_~")
_BRACKETED = re.compile(r"^[(\[<【（{*_~]+(.*?)[)\]>】）}*_~]+[:：]?$")
_CLAUSE = re.compile(
    r"\b(?:must|should|shall|has|have|had|is|are|was|were|will|can|may|not|no|following|defined|"
    r"at least|meets?|either|any of|one of|all of|includ\w+|requir\w+|provided|if)\b"
)
_CONNECTIVE = re.compile(r"^(?:and|or|plus|and/or|either|in addition|but|with|unless|also)\b[^.]*$")
_GENERIC_SENTENCE = re.compile(r"\b(?:following|any one of|all of the|below)\b.*\b\w+.*[:：]$")
_LABEL_COLON = re.compile(
    r"(?:cohort|group|arm|part|phase|stratum)\s+\w{1,3}\s*(?:\(.*?\))?\s*[:：]"
)
_MEASURES = re.compile(r"^\d|[<>≤≥=×%^]")
NAMES_CRITERIA = re.compile(r"\b(?:criteria|eligibility|requirements)\b(?: for [\w ]+)?$")
_ALL_CAPS = re.compile(r"^[^a-z]*[A-Z][^a-z]*$")
_GENERIC_LEAD = re.compile(
    r"\b(?:criteri\w+|eligible|eligibility|included?|excluded|enrol\w+|participa\w+|conditions)\b"
    r"|^(?:must |should )?(?:have |meet )?(?:any|all|one|at least one|either|none)\b.*\bfollowing\b"
)


class Placed(NamedTuple):
    """A block with its kind, and the side that it opens if it is a heading that opens one."""

    block: Block
    kind: Kind
    opens: Section | None = None


def ends_with_colon(text: str) -> bool:
    """Say whether a line leads into what follows it."""
    return text.endswith(_COLONS) or (text[-1:] in "*_ " and text.rstrip("*_ ").endswith(_COLONS))


def classify(blocks: list[Block]) -> list[Placed]:
    """Return every block with its kind as its nearest neighbours show it, in the same order."""
    placed: list[Placed] = []
    state = _State()
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        before = placed[-1] if placed else None
        one = _classify_one(block, before, after, state)
        state.note(one)
        placed.append(one)
    return placed


@dataclass(slots=True)
class _State:
    """Which side is open at this point of the text, and how it was opened."""

    section: Section | None = None
    is_qualified: bool = False
    opener_look: str | None = None

    def note(self, placed: Placed) -> None:
        if placed.kind == "side":
            side, marker = placed.block.side, placed.block.marker
            self.section = placed.opens
            self.is_qualified = bool(side and side.is_qualified)
            self.opener_look = marker.look if marker else None


def _classify_one(
    block: Block, before: Placed | None, after: Block | None, state: _State
) -> Placed:
    if block.side is not None:
        return _place_side(block, block.side, state)
    if opened := _opened_by_sentence(block, before, after, state):
        return opened
    if _is_closing(block, after) or _contradicts(block, after, state):
        return Placed(block, "closing")
    if _leads_whole_side(block, before, after, state):
        return Placed(block, "group")
    if _is_group(block, after):
        return Placed(block, "group")
    if block.is_marked:
        return Placed(block, "item")
    if _is_note(block):
        return Placed(block, "note")
    return Placed(block, _kind_of_bare_line(block, before, after))


def _place_side(block: Block, side: SideHeading, state: _State) -> Placed:
    """Tell a side from a part of it: "Specific inclusion criteria" inside the inclusion side."""
    if state.section == side.section and _GENERIC_SENTENCE.search(side.heading):
        return Placed(block, "lead_in")
    if side.is_qualified and state.section == side.section and not state.is_qualified:
        return Placed(block, "part")
    return Placed(block, "side", side.section)


def _opened_by_sentence(
    block: Block, before: Placed | None, after: Block | None, state: _State
) -> Placed | None:
    """Serve sentences that open a side ("Patients will be excluded if they have:")."""
    section = read_opener(block.text)
    if section is None or after is None or after.side is not None:
        return None
    if state.section == section:
        return None
    if block.marker is not None:
        return Placed(block, "side", section) if before is None or _alike(block, state) else None
    inside_item = block.column > 0 and before is not None and before.block.is_marked
    if inside_item and after.column >= block.column:
        return None
    if state.section is not None and not speaks_of_everyone(block.text):
        return None
    return Placed(block, "side", section)


def _alike(block: Block, state: _State) -> bool:
    return (
        state.opener_look is not None
        and block.marker is not None
        and (block.marker.look == state.opener_look)
    )


def _is_closing(block: Block, after: Block | None) -> bool:
    """Serve "Other protocol-defined inclusion/exclusion criteria may apply": neither side's."""
    at_end = after is None or after.side is not None
    return (
        at_end
        and len(block.text.split()) <= 40
        and any(hint in words.fold(block.text) for hint in words.CLOSING_HINTS)
        and bool(words.CLOSING.search(block.text))
        and (not block.is_marked or "clusion/" in block.text)
    )


def _contradicts(block: Block, after: Block | None, state: _State) -> bool:
    """Serve a last loose sentence that says who was eligible, below the exclusions."""
    if after is not None or block.is_marked or block.column or state.section is None:
        return False
    said = read_verdict(block.text)
    return said is not None and {said, state.section} == {"inclusion", "exclusion"}


def _leads_whole_side(
    block: Block, before: Placed | None, after: Block | None, state: _State
) -> bool:
    """Serve the first bullet of a side that repeats it: "• People will be excluded if they:"."""
    if before is None or before.kind != "side" or after is None or block.marker is None:
        return False
    beside = after.marker is not None and after.column == block.column
    return (
        beside
        and after.side is None
        and ends_with_colon(block.text)
        and block.marker.is_bullet
        and bool(words.LEADS_SIDE.search(words.fold(block.text)))
        and read_opener(block.text) == state.section
    )


def _is_group(block: Block, after: Block | None) -> bool:
    """Recognise cohort and group headings: bare, bracketed, as bullets, or numbered."""
    if after is None:
        return False
    text = block.text
    inner = _BRACKETED.match(text) if text[:1] in _OPENING else None
    folded = words.fold(inner[1] if inner else text).strip("<> ")
    colon = ends_with_colon(text)
    count = len(folded.split())
    if not block.column and not block.is_marked and after.is_marked and _LABEL_COLON.match(folded):
        return count <= 30
    if text.endswith(STOPS) or count > (18 if colon else 12) or ". " in folded:
        return False
    name = folded.rstrip(":： ")
    if block.is_marked:
        return _is_marked_group(block, name, colon, after)
    if block.column > 0 and after.column >= block.column and after.is_marked:
        return colon and bool(words.NUMBERED_GROUP.search(name))
    if words.LABELLED_GROUP.match(name) or words.OLD_TOPIC.match(name):
        return colon or after.is_marked or count <= 6
    clause = states_clause(name)
    is_people = bool(words.PEOPLE.match(name)) and not clause
    return is_people and (colon or (after.is_marked and count <= 8))


def _is_marked_group(block: Block, name: str, colon: bool, after: Block) -> bool:
    """A list entry is a group heading only if entries follow it and it states no criterion."""
    if after.side is not None:
        return len(name.split()) <= 6 and bool(words.NUMBERED_GROUP.search(name))
    if not after.is_marked or after.column < block.column:
        return False
    if states_clause(name):
        return False
    if words.LABELLED_GROUP.match(name):
        return colon or bool(words.GROUP_LABEL.fullmatch(name))
    return colon and after.column == block.column and bool(words.PEOPLE.match(name))


def states_clause(name: str) -> bool:
    """Say whether a name says what someone must have or be, which makes a criterion of it."""
    return bool(_CLAUSE.search(_outside_brackets(name)))


def _outside_brackets(text: str) -> str:
    return re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text)


def _is_note(block: Block) -> bool:
    return bool(words.NOTE.match(block.text))


def _kind_of_bare_line(block: Block, before: Placed | None, after: Block | None) -> Kind:
    """Tell topic headings and lead-ins from paragraphs."""
    text, colon = block.text, ends_with_colon(block.text)
    folded = words.fold(text)
    if after is None or _CONNECTIVE.match(folded) or text[:1].islower():
        return "paragraph"
    inside_item = block.column > 0 and before is not None and before.block.is_marked
    if inside_item and not _heads_inner_list(block, after):
        return "paragraph"
    count = len(folded.split())
    if block.is_titled:
        return "topic"
    if colon:
        return _kind_of_colon_line(folded, count, before, after)
    is_loud = _ALL_CAPS.match(text) and not _MEASURES.search(text)
    if is_loud and count <= 8 and not text.endswith(STOPS):
        return "topic"
    return "topic" if _is_title(block, folded, after) else "paragraph"


def _is_title(block: Block, folded: str, after: Block) -> bool:
    """Recognise a short line without an end, over a list or naming criteria."""
    count = len(folded.split())
    if block.text.endswith(STOPS) or count > 8 or _MEASURES.search(block.text):
        return False
    if NAMES_CRITERIA.search(folded) and not words.TALKS_ABOUT.search(folded):
        return True
    over_list = after.is_marked and after.side is None and after.column <= block.column + 3
    return over_list and count <= 7 and not _CLAUSE.search(folded)


def _heads_inner_list(block: Block, after: Block) -> bool:
    """Inside an item only a short line over a list that starts anew, further left, is a heading."""
    if after.marker is None or after.column >= block.column:
        return False
    short = 2 <= len(block.text.split()) <= 6 and not block.text.endswith(STOPS)
    starts_list = after.marker.starts() and not after.marker.is_bullet
    return ends_with_colon(block.text) or (short and starts_list)


def _kind_of_colon_line(folded: str, count: int, before: Placed | None, after: Block) -> Kind:
    """Sort lines that lead into a list: right under a heading, or starting a list of their own."""
    is_generic = bool(_GENERIC_LEAD.search(folded)) and bool(_CLAUSE.search(folded))
    after_heading = before is None or before.kind in HEADINGS
    if is_generic and after_heading and count >= 5:
        return "lead_in"
    starts_list = after.marker is not None and not after.marker.is_bullet and after.marker.starts()
    fresh_start = after_heading or starts_list or (is_generic and speaks_of_everyone(folded))
    if count > (40 if fresh_start else 12) or (count > _LONGEST_TOPIC and not after.is_marked):
        return "paragraph"
    return "topic" if is_generic or count <= _LONGEST_TOPIC else "intro"
