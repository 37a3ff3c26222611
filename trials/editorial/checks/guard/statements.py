"""What a sentence speaks of, as stems; and the statements of a source that speak of the same."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import Stemmer

from trials.editorial.checks.guard.characters import fold
from trials.editorial.checks.guard.prefixes import base

_WORD = re.compile(r"[^\W\d_]+(?:['][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_STOP = frozenset(
    str.split(
        "a an and any are as at be been being but by can could did do does for from had has have "
        "her him his how i if in into is it its may me more most must my no nor not of on one only "
        "or our out over shall she should so some such than that the their them then there these "
        "they this those to too under up upon us very was we were what when where which while who "
        "whom whose will with within without would you your yours yourself years year old older "
        "younger months month weeks week days day hours hour least last age aged ages per about "
        "also never none except unless other people person participant participants patient "
        "patients subject subjects study trial ve re ll d s t don't doesn't isn't aren't cannot "
        "can't won't following times before after prior since time either both each every all"
    )
)
_ENGLISH = frozenset(
    str.split(
        "the of or and to with in for at by is are no not any you your who have has had from than "
        "be that an on within least more before after without"
    )
)
_FOREIGN = frozenset(
    str.split(
        "de la el los las del en con por para una des les et du dans avec pour der die und das von "
        "mit oder bei nicht il di che per della e y o ou à al al sin no od w i z na não com um uma"
    )
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z“\"(\[≥≤<>\d•-])|\n+|(?<=[;；。])\s*")
_LONGEST_SENTENCE = 1000
_PAIRS = (
    Path(__file__).with_name("vocabulary.tsv"),
    Path(__file__).resolve().parents[2] / "lay_words.tsv",
)
# Forms of a word that the stemmer keeps apart.
_SAME_WORD = {
    "pregnancy": "pregnant",
    "pregnancies": "pregnant",
    "ability": "abl",
    "capable": "abl",
    "willingness": "will",
    "symptomatic": "symptom",
    "diabetic": "diabet",
    "asthmatic": "asthma",
    "allergic": "allergi",
    "tumour": "tumor",
    "tumours": "tumor",
    "anaemia": "anemia",
    "children": "child",
    "women": "woman",
    "men": "man",
    "women's": "woman",
    "diagnosis": "diagnos",
    "diagnoses": "diagnos",
    "diagnosed": "diagnos",
    "bleeding": "bleed",
    "bled": "bleed",
    "smoker": "smoke",
    "smokers": "smoke",
    "drank": "drink",
    "gave": "give",
    "given": "give",
    "took": "take",
    "taken": "take",
    "surgical": "surgeri",
    "epileptic": "epilepsi",
    "depressive": "depress",
    "psychotic": "psychosi",
    "infectious": "infect",
    "breast-feeding": "breastfeed",
}
_stem = Stemmer.Stemmer("english", 0).stemWord


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its stem and its place; `shared` are the ids of its wording pairs."""

    text: str
    stem: str
    start: int
    end: int
    is_content: bool
    shared: frozenset[int] = frozenset()


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Return where the sentences of a text start and end; a line is at least one.

    A sentence without an end is cut between words, so that reading it takes no longer than its
    length asks for.
    """
    start = 0
    for gap in _SENTENCE_END.finditer(text):
        yield from _pieces(text, start, gap.start())
        start = gap.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST_SENTENCE:
        cut = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = cut if cut > start else start + _LONGEST_SENTENCE
        if text[start:cut].strip():
            yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


def words(folded: str) -> list[Word]:
    """Return the words of a folded text, with what wording pairs they belong to."""
    found = [
        Word(m[0], stem(m[0]), *m.span(), m[0] not in _STOP and not m[0].isdecimal())
        for m in _WORD.finditer(folded)
    ]
    return _with_pairs(found)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem of a small-letter word."""
    plain = base(word) or word.removesuffix("'s")
    return _SAME_WORD.get(plain) or str(_stem(plain))


def is_foreign(found: Iterable[Word]) -> bool:
    """Whether a statement seems to be in another language than English."""
    texts = [word.text for word in found if word.text.isalpha()]
    english = sum(text in _ENGLISH for text in texts)
    foreign = sum(text in _FOREIGN for text in texts)
    return foreign > english and foreign * 10 >= len(texts)


@cache
def _pairs() -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """Return the wordings of all pairs under their first stem; a pair has one id."""
    wordings: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    lines = (line for file in _PAIRS for line in file.read_text("utf-8").splitlines())
    for number, line in enumerate(lines):
        if line.startswith("#") or "\t" not in line:
            continue
        for wording in line.split("\t")[:2]:
            stems = tuple(stem(match[0]) for match in _WORD.finditer(fold(wording)))
            if stems:
                wordings[stems[0]].append((stems, number))
    return dict(wordings)


def _with_pairs(found: list[Word]) -> list[Word]:
    pairs, stems = _pairs(), [word.stem for word in found]
    shared: dict[int, set[int]] = defaultdict(set)
    told: set[int] = set()
    for at, first in enumerate(stems):
        for wording, number in pairs.get(first, ()):
            if tuple(stems[at : at + len(wording)]) == wording:
                for member in range(at, at + len(wording)):
                    shared[member].add(number)
                if len(wording) > 1:
                    told.update(range(at, at + len(wording)))
    return [
        Word(w.text, w.stem, w.start, w.end, w.is_content or at in told, frozenset(shared[at]))
        if at in shared
        else w
        for at, w in enumerate(found)
    ]


def speak_of_same(one: Word, other: Word) -> bool:
    """Whether two words mean the same thing."""
    return one.stem == other.stem or not one.shared.isdisjoint(other.shared)


class Weights:
    """How telling a word is: rare in the source's statements, so a sign of where a line is from."""

    def __init__(self, statements: list[list[Word]]) -> None:
        self._places: dict[object, set[int]] = defaultdict(set)
        for number, found in enumerate(statements):
            for word in found:
                if word.is_content:
                    for token in (word.stem, *word.shared):
                        self._places[token].add(number)
        self._all = len(statements)

    def of(self, word: Word) -> float:
        """Return the weight of a word of the rewrite."""
        places = max(1, len(self._places.get(word.stem, ())))
        return math.log(1 + (self._all + 1) / (places + 0.5))

    def places(self, word: Word) -> set[int]:
        """Return the numbers of the statements that speak of it."""
        found = set(self._places.get(word.stem, ()))
        for number in word.shared:
            found |= self._places.get(number, set())
        return found
