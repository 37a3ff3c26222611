"""Texts ready to be shown: paragraphs and lists of segments, with terms explained once a page.

The registry's descriptions are CommonMark in name and loose typing in fact. They are read with
markdown-it into plain structures, never into HTML: emphasis goes, links stay as text, and what
Markdown would swallow (indented lines, reference definitions, HTML) stays readable.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from trials.eligibility.characters import readable
from trials.terms.glossary import NOTHING, Glossary, Segment, Term
from trials.terms.language import language_of

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).disable(
    ["code", "fence", "reference", "html_block"]
)
_PEOPLE = re.compile(r"\b(\d{1,2}) of (?:the )?(\d{1,2})\b")
_MOST_FIGURES = 20
_BLANKS = re.compile(r"\s+")
# What may be Markdown; reading it costs far more than looking for it.
_MARKUP = re.compile(r"[\x00*_`\[\]<>\\&#~]|^\s*(?:[-+]|[0-9]+[.)])(?:\s|$)|^\s*[-=]+\s*$", re.M)


@dataclass(frozen=True, slots=True)
class Text:
    """One line or paragraph: its segments, and its language where that isn't English."""

    segments: tuple[Segment, ...]
    lang: str = ""

    def __str__(self) -> str:
        return "".join(segment.text for segment in self.segments)

    def __bool__(self) -> bool:
        return bool(self.segments)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `people` is (n, m) where the text says "n of m" and a picture may repeat it."""

    text: Text
    people: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each entry is a sequence of paragraphs and lists. `start` numbers an ordered one."""

    entries: tuple[tuple["Block", ...], ...]
    is_ordered: bool = False
    start: int = 1


Block = Paragraph | Listing


def plain(raw: str) -> Text:
    """Return a text as typed, without explained terms."""
    text = _BLANKS.sub(" ", raw).strip()
    return Text((Segment(text),) if text else (), language_of(text))


class Notes:
    """Explains each term at its first use on one page, and hands out the notes by section.

    Texts must be worded in the page's order: that is what makes a use the first. Without a
    glossary nothing is explained.
    """

    def __init__(self, glossary: Glossary = NOTHING) -> None:
        self._glossary = glossary
        self._seen: set[str] = set()
        self._waiting: list[Term] = []

    def text(self, raw: str) -> Text:
        """Return a text with the terms that the page has not explained yet."""
        text = plain(raw)
        if text.lang:
            return text
        segments = self._glossary.split(str(text), self._seen)
        found = [segment.term for segment in segments if segment.term]
        self._seen.update(term.slug for term in found)
        self._waiting.extend(found)
        return Text(segments)

    def blocks(self, raw: str, *, with_people: bool = False) -> tuple[Block, ...]:
        """Read a text with paragraphs and lists; `with_people` finds "11 of 15" in list entries."""
        root = SyntaxTreeNode(_MARKDOWN.parse(raw))
        return tuple(self._blocks(root.children, with_people=with_people, in_list=False))

    def take(self) -> tuple[Term, ...]:
        """Return the terms explained since the last call: a section's notes."""
        taken, self._waiting = tuple(self._waiting), []
        return taken

    def _blocks(
        self, nodes: Sequence[SyntaxTreeNode], *, with_people: bool, in_list: bool
    ) -> Iterator[Block]:
        for node in nodes:
            if node.type in {"bullet_list", "ordered_list"}:
                yield self._listing(node, with_people=with_people)
            elif node.type in {"paragraph", "heading"}:
                text = self.text(readable(inline_text(node)))
                people = people_in(str(text)) if with_people and in_list else None
                if text:
                    yield Paragraph(text, people)
            else:
                yield from self._blocks(node.children, with_people=with_people, in_list=in_list)

    def _listing(self, node: SyntaxTreeNode, *, with_people: bool) -> Listing:
        entries = (
            tuple(self._blocks(item.children, with_people=with_people, in_list=True))
            for item in node.children
        )
        return Listing(
            tuple(entry for entry in entries if entry),
            is_ordered=node.type == "ordered_list",
            start=int(node.attrs.get("start", 1)),
        )


def flat(raw: str) -> str:
    """Return a marked-up text as one line, for the short fields of a record."""
    if not _MARKUP.search(raw):
        return str(plain(readable(raw)))
    return " ".join(str(paragraph.text) for paragraph in _paragraphs(Notes().blocks(raw)))


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for entry in block.entries:
                yield from _paragraphs(entry)


def inline_text(node: SyntaxTreeNode) -> str:
    """Return the words of a Markdown node: breaks as spaces, a link with its address behind it."""
    if node.type in {"text", "code_inline", "image", "html_inline"}:
        return node.content
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    words = "".join(map(inline_text, node.children))
    if node.type == "link":
        address = str(node.attrs.get("href", ""))
        return words if address.removeprefix("mailto:") in {words, ""} else f"{words} ({address})"
    return words


def people_in(text: str) -> tuple[int, int] | None:
    """Return the first "n of m" of a text that figures can show: m from 2 to 20, n up to m."""
    for match in _PEOPLE.finditer(text):
        some, all_ = int(match[1]), int(match[2])
        if some <= all_ and 2 <= all_ <= _MOST_FIGURES:
            return some, all_
    return None
