"""A run of plain words → terms, the smallest things that can be looked for.

A term is a word, or letters with their number ("IL-17", "type 2"). A compound ("non-small") is
its words and, as a second form, their joined one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trials.search.words.senses import CANCER, meant
from trials.search.words.tsquery import Lexeme, Query, all_of, any_of, phrase
from trials.terms.words import Token, key_of, tokens

_APOSTROPHES = tuple("'’‘`´ʼ")


@dataclass(frozen=True, slots=True)
class Term:
    """One term: `word` as folded, its stem, its place in the text.

    `pair` are the stems of the letters and the number of such a term; `compounds` are joined
    forms that begin here, each with the place where it ends. `is_ending` is whether an apostrophe
    parts it from the word before (the “t” of “don’t”).
    """

    word: str
    stem: str
    start: int
    end: int
    typed: str
    pair: tuple[str, ...] = ()
    compounds: tuple[tuple[str, int], ...] = ()
    is_ending: bool = False

    @property
    def in_phrase(self) -> Query:
        """The term as a part of a phrase, where letters and number may be two words."""
        if not self.pair:
            return Lexeme(self.stem)
        return any_of([phrase(map(Lexeme, self.pair)), Lexeme(self.stem)])


def terms(text: str) -> list[Term]:
    """Return the terms of a text in order."""
    by_position: dict[int, list[Token]] = {}
    for token in tokens(text):
        by_position.setdefault(token.position, []).append(token)
    found: list[Term] = []
    for position, here in by_position.items():
        part = next((token for token in here if not token.is_joined), None)
        if part is None or (found and found[-1].pair and part.end <= found[-1].end):
            continue
        after = next((one for one in by_position.get(position + 1, []) if not one.is_joined), None)
        found.append(_term(text, part, after, [token for token in here if token.is_joined]))
    return found


def _term(text: str, part: Token, after: Token | None, joined: list[Token]) -> Term:
    for token in joined:
        if after and token.end == after.end and key_of([part, token, after]) == token.stem:
            typed = text[token.start : token.end]
            pair = (part.stem, after.stem)
            return Term(token.word, token.stem, token.start, token.end, typed, pair)
    compounds = tuple((token.stem, token.end) for token in joined)
    typed = text[part.start : part.end]
    is_ending = text[max(0, part.start - 1) : part.start] in _APOSTROPHES
    return Term(part.word, part.stem, part.start, part.end, typed, (), compounds, is_ending)


def key(words: Sequence[Term]) -> str:
    """Return the `phrase_key` of terms."""
    return "_".join(term.stem for term in words)


def together(words: Sequence[Term]) -> Query:
    """Return that all terms occur, in any order; a compound also as one word."""
    if len(words) == 1 and not words[0].pair:
        return meant(words[0].stem)
    parts: list[Query] = []
    at = 0
    while at < len(words):
        compound, length = _compound(words, at)
        if compound:
            inner = all_of(Lexeme(term.stem) for term in words[at : at + length])
            parts.append(any_of([inner, Lexeme(compound)]))
        else:
            parts.append(Lexeme(words[at].stem))
        at += length
    return all_of(parts)


def widened(words: Sequence[Term]) -> Query:
    """Return the same as `together` for a phrase, a cancer also as a carcinoma or a neoplasm."""
    if len(words) == 1 or not any(term.stem in CANCER for term in words):
        return together(words)
    return all_of(
        any_of(map(Lexeme, CANCER)) if term.stem in CANCER else Lexeme(term.stem) for term in words
    )


def adjacent(words: Sequence[Term]) -> Query:
    """Return that the terms follow each other; a compound also as one word."""
    parts: list[Query] = []
    at = 0
    while at < len(words):
        compound, length = _compound(words, at)
        inner = phrase(term.in_phrase for term in words[at : at + length])
        parts.append(any_of([inner, Lexeme(compound)]) if compound else inner)
        at += length
    return phrase(parts)


def _compound(words: Sequence[Term], at: int) -> tuple[str, int]:
    """Return the longest compound that begins at a term and how many terms it spans."""
    for stem, end in reversed(words[at].compounds):
        length = sum(1 for term in words[at:] if term.end <= end)
        if length > 1 and words[at + length - 1].end == end:
            return stem, length
    return "", 1
