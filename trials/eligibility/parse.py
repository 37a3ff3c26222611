"""The pipeline: characters, blocks, chains, headings, settling, staircases, tree; a file each."""

from trials.eligibility.blocks import read_blocks
from trials.eligibility.chains import split_chains
from trials.eligibility.characters import readable
from trials.eligibility.headings import classify
from trials.eligibility.nodes import Node
from trials.eligibility.settling import settle
from trials.eligibility.staircases import level_staircases
from trials.eligibility.tree import build


def parse_criteria(text: str) -> tuple[Node, ...]:
    """Return the registry's eligibility text as a tree of nodes, in reading order.

    Takes any string and never raises; an empty one gives an empty tuple. No word, number, sign of
    comparison or "not" of the text is lost, repeated or moved: markers and texts, read in order,
    are the text.

    Depth: a side heading stands at 0 and its items at 1; a group heading under a side stands at 1
    and its items at 2; sub-items are one deeper than their item. A group that holds both sides
    stands at 0 and its sides at 1. A text without headings starts at 0.

    Section: that of the side whose heading stands above. Text above every heading, headings that
    name both sides, and closing notes are "other".
    """
    return build(level_staircases(settle(classify(split_chains(read_blocks(readable(text)))))))
