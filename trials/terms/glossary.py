"""How words to explain are found in a text. Pure: a text goes in, segments come out.

Which words there are, and what they mean, is editorial content: see `trials.editorial.live_terms`.
"""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

# A hyphen before makes another word ("non-randomized"); one after does not ("placebo-controlled").
_WORD = re.compile(r"(?<![\w-])\w+")
# Up to so many first words, looking for them alone is quicker than going from word to word.
_FEW = 12


@dataclass(frozen=True, slots=True)
class Term:
    """A word to explain: its address part, its name on the note, its meaning, its spellings.

    The name is a spelling too. A spelling in capitals, or with a digit, matches as written;
    others match in any case.
    """

    slug: str
    name: str
    meaning: str
    variants: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that the term is recognised by."""
        return (self.name, *self.variants)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text; `term` is set where the stretch is a word to explain."""

    text: str
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class _Spelling:
    """One spelling of a term, ready to be held against a text."""

    text: str
    term: Term
    is_exact: bool

    def ends(self, text: str, start: int) -> int:
        """Return where the spelling ends that a text has at `start`, or 0 where it has not."""
        end = start + len(self.text)
        found = text[start:end]
        if found != self.text and (self.is_exact or folded(found) != folded(self.text)):
            return 0
        return 0 if _is_inner(text[end : end + 1]) else end


class Glossary:
    """The words to explain. Where terms share a spelling, it belongs to the first of them.

    A spelling starts and ends with a letter or digit; one that doesn't is never found.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = {term.slug: term for term in terms}
        # By their first words, so that a text costs the same with fifty terms and with thousands.
        self._starting: dict[str, list[_Spelling]] = {}
        for term in self.terms.values():
            for text in term.spellings:
                if first := _WORD.match(text):
                    spelling = _Spelling(text, term, _is_exact(text))
                    self._starting.setdefault(folded(first[0]), []).append(spelling)
        for spellings in self._starting.values():
            spellings.sort(key=lambda spelling: len(spelling.text), reverse=True)
        firsts = sorted(self._starting, key=len, reverse=True)
        self._firsts = (
            re.compile(rf"(?:{'|'.join(map(re.escape, firsts))})(?!\w)")
            if 0 < len(firsts) <= _FEW
            else None
        )

    def split(self, text: str, seen: Set[str] = frozenset()) -> tuple[Segment, ...]:
        """Split a text into plain stretches and words to explain.

        Only a term's first use is marked, and none whose slug is in `seen` (what the page has
        already explained). The segments' texts joined are the text.
        """
        return tuple(self._segments(text, set(seen)))

    def found(self, text: str) -> set[str]:
        """Return the slugs of the terms that a text uses, its line breaks read as blanks."""
        return {term.slug for _, _, term in self._uses(" ".join(text.split()))}

    def _segments(self, text: str, seen: set[str]) -> Iterator[Segment]:
        done = 0
        for start, end, term in self._uses(text):
            if term.slug in seen:
                continue
            seen.add(term.slug)
            if start > done:
                yield Segment(text[done:start])
            yield Segment(text[start:end], term)
            done = end
        if done < len(text):
            yield Segment(text[done:])

    def _uses(self, text: str) -> Iterator[tuple[int, int, Term]]:
        """Yield where terms stand in a text: start, end and term, the longest spelling of each."""
        done = 0
        for start, first in self._starts(text):
            if start < done:
                continue
            for spelling in self._starting[first]:
                if end := spelling.ends(text, start):
                    yield start, end, spelling.term
                    done = end
                    break

    def _starts(self, text: str) -> Iterator[tuple[int, str]]:
        """Yield where a text has the first word of a spelling, and that word without capitals."""
        lowered = folded(text)
        if self._firsts is None or len(lowered) != len(text):  # some letters fold into two
            for word in _WORD.finditer(text):
                if (first := folded(word[0])) in self._starting:
                    yield word.start(), first
            return
        for found in self._firsts.finditer(lowered):
            start = found.start()
            before = lowered[start - 1 : start]
            if not (before == "-" or _is_inner(before)):
                yield start, found[0]


# A page that has nothing to explain.
NOTHING = Glossary(())


def folded(spelling: str) -> str:
    """Return what two spellings have in common that differ in capitals only."""
    return spelling.casefold()


def _is_inner(sign: str) -> bool:
    """Whether a sign beside a word makes it part of a longer one."""
    return sign.isalnum() or sign == "_"


def _is_exact(spelling: str) -> bool:
    """Whether case tells: "ANC" and "CD19" are terms, "anc" and "cd19" need not be."""
    return spelling == spelling.upper() or any(sign.isdigit() for sign in spelling)
