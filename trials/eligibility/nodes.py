"""The value that the reader hands out: one node of a criteria tree. Nothing else lives here."""

from dataclasses import dataclass
from typing import Literal

Section = Literal["inclusion", "exclusion", "other"]
Role = Literal["heading", "item", "paragraph", "note"]


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree, in reading order.

    `text` is what a person reads: escapes and entities resolved, white space folded, list marker
    taken off. `marker` is that marker as written ("1.", "a)", "•"; "" if none), because criteria
    refer to each other by number. `depth` counts from 0; a node's parent is the nearest earlier
    node whose depth is one less.
    """

    text: str
    section: Section
    role: Role
    depth: int
    marker: str = ""
