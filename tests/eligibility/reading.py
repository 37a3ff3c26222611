"""How the tests look at a tree, and what they count as the words of a text."""

import html
import re
from textwrap import dedent

from trials.eligibility import Node, parse_criteria

_SIGNS = {"heading": "#", "item": "-", "paragraph": "¶", "note": "!"}
_TOKEN = re.compile(r"[^\W_]+|[<>≤≥±%]")
_ENTITY = re.compile(r"&#?\w+;|&(?:gt|lt|amp)(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def read(text: str) -> tuple[Node, ...]:
    """Parse a text written with the indentation of the test around it."""
    return parse_criteria(dedent(text).strip("\n"))


def outline(text: str) -> list[str]:
    """Show a tree one line a node: side, indentation by depth, role sign, marker, words."""
    return [
        " ".join(
            part
            for part in (
                node.section[0].upper() + "  " * node.depth,
                _SIGNS[node.role],
                node.marker,
                node.text,
            )
            if part
        )
        for node in read(text)
    ]


def words(text: str) -> list[str]:
    """Return the words, numbers and comparison signs of a source text, escapes resolved."""
    for _ in range(3):
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), _ESCAPE.sub(r"\1", text))
    return _TOKEN.findall(text)


def shown(nodes: tuple[Node, ...]) -> list[str]:
    """Return the words, numbers and comparison signs that a reader of the tree sees, in order."""
    return _TOKEN.findall("\n".join(f"{node.marker} {node.text}" for node in nodes))


def sides(text: str) -> dict[str, str]:
    """Return the section of each node by its text."""
    return {node.text: node.section for node in read(text)}


def parents(text: str) -> dict[str, str | None]:
    """Return the text of each node's parent by its own text."""
    found: dict[str, str | None] = {}
    path: list[str] = []
    for node in read(text):
        del path[node.depth :]
        found[node.text] = path[-1] if path else None
        path.append(node.text)
    return found
