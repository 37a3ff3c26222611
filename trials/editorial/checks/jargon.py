"""Clinical and office words, each with plainer words to use instead.

`jargon.tsv` beside this module says in its head how to extend it. Words of the glossary count as
well: a page explains them in a note, but a reader is better off without one.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from trials.editorial.checks.explanations import is_explained
from trials.editorial.checks.findings import Finding, Level
from trials.terms.glossary import Glossary, Term

_TABLE = Path(__file__).with_name("jargon.tsv")
_HEADER = "words\tplain"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# “End-point” and “end point” are the same; a comma makes two things of them.
_GAP = re.compile(r"[ -]|/|\n")


class _Wording(NamedTuple):
    """A line of the table, cut into words."""

    words: tuple[str, ...]
    plain: str
    is_exact: bool


class _Use(NamedTuple):
    start: int
    end: int
    plain: str


def check_jargon(text: str, glossary: Glossary) -> list[Finding]:
    """Return a hint for each word with plainer words, and for each that only the glossary explains.

    A word that the field itself explains, “a dummy treatment (placebo)”, is fine from there on.
    """
    uses = list(_uses(text))
    findings = {}
    for use in uses:
        quote = text[use.start : use.end]
        if use.plain and quote.casefold() not in findings and not is_explained(quote, text):
            findings[quote.casefold()] = _plainer(quote, use)
    taken = [range(use.start, use.end) for use in uses]
    for start, quote, term in _glossary_uses(text, glossary):
        if not any(start in span for span in taken) and not is_explained(quote, text):
            findings.setdefault(quote.casefold(), _in_glossary(quote, start, term))
    return sorted(findings.values(), key=lambda finding: finding.start)


def _plainer(quote: str, use: _Use) -> Finding:
    return Finding(
        "jargon",
        Level.HINT,
        quote,
        f"“{quote}” is not an everyday word. Plainer: “{use.plain}”.",
        swap=use.plain,
        start=use.start,
        end=use.end,
    )


def _in_glossary(quote: str, start: int, term: Term) -> Finding:
    return Finding(
        "jargon",
        Level.HINT,
        quote,
        f"“{quote}” gets a note on the page: “{term.meaning}” Could you say it without the word?",
        start=start,
        end=start + len(quote),
    )


def _glossary_uses(text: str, glossary: Glossary) -> Iterator[tuple[int, str, Term]]:
    start = 0
    for segment in glossary.split(text):
        if segment.term is not None:
            yield start, segment.text, segment.term
        start += len(segment.text)


def _uses(text: str) -> Iterator[_Use]:
    """Yield the table's words in a text, the longest ones first where they overlap."""
    table = _table()
    found = list(_WORD.finditer(text))
    at = 0
    while at < len(found):
        for wording in table.get(found[at][0].lower(), ()):
            if _matches(wording, text, found[at : at + len(wording.words)]):
                last = at + len(wording.words) - 1
                yield _Use(found[at].start(), found[last].end(), wording.plain)
                at = last
                break
        at += 1


def _matches(wording: _Wording, text: str, found: list[re.Match[str]]) -> bool:
    if len(found) < len(wording.words):
        return False
    for word, match in zip(wording.words, found, strict=True):
        if (match[0] if wording.is_exact else match[0].lower()) != word:
            return False
    return all(
        _GAP.fullmatch(text, before.end(), after.start()) for before, after in pairwise(found)
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, list[_Wording]]:
    """Return the table's lines by their first words in lower case, the longest first."""
    table: dict[str, list[_Wording]] = {}
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    for line in lines:
        if not line or line.startswith("#") or line == _HEADER:
            continue
        spelling, plain = line.split("\t")
        is_exact = spelling.rstrip("s").isupper()
        words = _WORD.findall(spelling if is_exact else spelling.lower())
        table.setdefault(words[0].lower(), []).append(_Wording(tuple(words), plain, is_exact))
    for wordings in table.values():
        wordings.sort(key=lambda wording: len(wording.words), reverse=True)
    return table
