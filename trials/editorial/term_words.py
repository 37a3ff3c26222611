"""What an editor typed about a term, tidied and held against the rules for such words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from trials.editorial.checks import reading
from trials.editorial.errors import NotAllowedError
from trials.editorial.live_terms import live_terms
from trials.editorial.short_words import check_claims, plain_line
from trials.models import GlossaryTerm
from trials.terms.glossary import folded

LONGEST_MEANING = 300
LONGEST_SPELLING = 80
_MOST_SPELLINGS = 20
_MOST_SENTENCES = 2
_ENDED = re.compile(r"[.!?][”’\"')]*$")


@dataclass(frozen=True, slots=True)
class TermWords:
    """A term's name, meaning and other spellings."""

    name: str
    meaning: str
    variants: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that the term is recognised by."""
        return (self.name, *self.variants)

    @property
    def as_json(self) -> dict[str, Any]:
        """The words by the names of their columns, for the audit."""
        return {"name": self.name, "meaning": self.meaning, "variants": list(self.variants)}


def live_words(term: GlossaryTerm) -> TermWords:
    """Return the words that pages show, without a meaning before the first approval."""
    return TermWords(term.name, term.meaning, tuple(term.variants))


def proposed_words(term: GlossaryTerm) -> TermWords:
    """Return the words that wait for approval, all empty where none do."""
    return TermWords(term.proposed_name, term.proposed_meaning, tuple(term.proposed_variants))


def tidied(name: str, meaning: str, variants: Iterable[str]) -> TermWords:
    """Return words with single blanks; raises NotAllowedError for what breaks a rule."""
    words = TermWords(plain_line(name), plain_line(meaning), tuple(map(plain_line, variants)))
    _check_spellings(words)
    _check_meaning(words.meaning)
    return words


def check_free(words: TermWords, *, of: GlossaryTerm | None) -> None:
    """Raise NotAllowedError where a spelling belongs to a live term other than `of`."""
    others = live_terms().exclude(pk=of.pk) if of else live_terms()
    owners = {folded(text): row.name for row in others for text in live_words(row).spellings}
    for spelling in words.spellings:
        if owner := owners.get(folded(spelling)):
            raise NotAllowedError(
                f"“{spelling}” belongs to the term “{owner}” already. A page can explain a word "
                "in one way only: leave it out here, or change that term first."
            )


def _check_spellings(words: TermWords) -> None:
    if not words.name:
        raise NotAllowedError("Give the word that pages should explain.")
    if len(words.variants) > _MOST_SPELLINGS:
        raise NotAllowedError(f"Give {_MOST_SPELLINGS} other spellings at most.")
    seen: set[str] = set()
    for spelling in words.spellings:
        _check_spelling(spelling)
        if folded(spelling) in seen:
            raise NotAllowedError(
                f"“{spelling}” is there twice. Capitals make no other spelling, and the name is "
                "one already: give each once."
            )
        seen.add(folded(spelling))


def _check_spelling(spelling: str) -> None:
    if not spelling:
        raise NotAllowedError("One of the other spellings is empty: write one on each line.")
    if not 2 <= len(spelling) <= LONGEST_SPELLING:
        raise NotAllowedError(
            f"“{spelling[:40]}” has {len(spelling)} characters. A word to explain has 2 to "
            f"{LONGEST_SPELLING}."
        )
    if not (spelling[0].isalnum() and spelling[-1].isalnum()):
        raise NotAllowedError(
            f"“{spelling}” would never be found in a text: a spelling starts and ends with a "
            "letter or digit."
        )


def _check_meaning(meaning: str) -> None:
    if not meaning:
        raise NotAllowedError("Give the meaning in plain words.")
    if len(meaning) > LONGEST_MEANING:
        raise NotAllowedError(
            f"The meaning has {len(meaning)} characters. The note beside the text has room for "
            f"{LONGEST_MEANING}."
        )
    if not _ENDED.search(meaning):
        raise NotAllowedError("End the meaning with a full stop.")
    amount = len(reading.sentences(meaning))
    if amount > _MOST_SENTENCES:
        raise NotAllowedError(
            f"The meaning has {amount} sentences. Say it in one or two short ones."
        )
    check_claims(meaning)
