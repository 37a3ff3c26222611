"""Misspelt words: which word of the trials' own vocabulary was meant.

The vocabulary is read once a process and again when it has grown. Only words that occur nowhere
are read as another; beside one that is far rarer than a close neighbour the neighbour is looked
for as well.
"""

import math
import operator
import time
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from trials.models import SearchWord, Synonym
from trials.search.words.sounds import sounds
from trials.terms.words import tokens

_MOST_WORDS = 80_000
# Two words may sound alike and share no letter (zzzz, cysts): so much of a word may differ.
_MOST_BY_EYE = 0.45
_SHORTEST, _SHORT, _LONGEST = 4, 5, 30
_CANDIDATES = 60
# A synonym's words count as words of so many trials at least.
_EDITORS_WORD = 5
# Up to this size the vocabulary is read again whenever it grew, else every ten minutes at most.
_SMALL = 20_000
_SECONDS_BETWEEN = 600
# How much rarer than its neighbour a word is that is suspected; from this length.
_FAR_RARER, _SUSPECTED_LENGTH = 50, 6
# How much rarer where the neighbour makes a known phrase with the word beside it.
_RARER, _MOST_COMMONER = 5, 3
# Beside other words only a word of so many trials is what was meant.
_KNOWN = 3
_NEWEST = "SELECT (SELECT max(id) FROM trials_searchword), (SELECT max(id) FROM trials_synonym)"


@dataclass(frozen=True)
class Vocabulary:
    """Words, most trials first, each with its number of trials."""

    words: Sequence[str]
    trials: Sequence[int]

    @cached_property
    def sounds(self) -> list[str]:
        """How each word sounds."""
        return sounds(list(self.words))

    @cached_property
    def _spelled(self) -> "_ByLength":
        return _ByLength(self.words)

    @cached_property
    def _sounding(self) -> "_ByLength":
        return _ByLength(self.sounds)

    def nearest(self, word: str) -> str:
        """Return the word that was most likely meant; empty where none is near."""
        return next(iter(self._ranked(word, len(self.words), _may_be_meant)), "")

    def surely(self, word: str) -> str:
        """Return the word that was meant without much doubt; empty where there is doubt."""
        return next(iter(self._ranked(word, self._count_from(_KNOWN), _is_surely_meant)), "")

    def far_commoner(self, word: str, trials: int) -> str:
        """Return the same for a word of few trials, among far commoner words."""
        if len(word) < _SUSPECTED_LENGTH:
            return ""
        common = self._count_from(_FAR_RARER * max(trials, 1))
        return next(iter(self._ranked(word, common, _is_surely_meant)), "")

    def commoner(self, word: str, trials: int) -> list[str]:
        """Return commoner words one edit away from a word of few trials, the nearest first."""
        common = self._count_from(_RARER * max(trials, 1))
        return self._ranked(word, common, _is_next_to)[:_MOST_COMMONER]

    def _ranked(
        self, word: str, among: int, is_meant: Callable[[str, int, int], bool]
    ) -> list[str]:
        """Return which of the commonest words, `among` in number, may be meant, likeliest first."""
        if not _can_be_misspelt(word):
            return []
        (sound,) = sounds([word])
        near = {*self._spelled.near(word, among), *self._sounding.near(sound, among)}
        costs = {}
        for at in near:
            by_eye = OSA.distance(word, self.words[at])
            if not 0 < by_eye <= _MOST_BY_EYE * max(len(word), len(self.words[at])):
                continue
            edits = sorted([by_eye, OSA.distance(sound, self.sounds[at])])
            if is_meant(word, *edits):
                costs[at] = self._cost(sound, at, *edits)
        return [self.words[at] for at in sorted(costs, key=lambda at: (costs[at], at))]

    def _cost(self, sound: str, at: int, fewer: int, more: int) -> float:
        """Return how unlikely a word was meant: edits by eye and by ear, against how common."""
        other_start = self.sounds[at][:1] != sound[:1]
        return fewer + 0.5 * more + 0.5 * other_start - 0.4 * math.log10(1 + self.trials[at])

    def _count_from(self, trials: int) -> int:
        """Return how many words have so many trials at least."""
        return bisect_right(self.trials, -trials, key=operator.neg)


class _ByLength:
    """Texts by their length: a few edits change it by no more."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts: dict[int, list[str]] = {}
        self.places: dict[int, array[int]] = {}
        for place, text in enumerate(texts):
            self.texts.setdefault(len(text), []).append(text)
            self.places.setdefault(len(text), array("L")).append(place)

    def near(self, text: str, among: int) -> Iterator[int]:
        """Yield the places, below `among`, of the texts that a few edits turn a text into."""
        edits = 1 if len(text) <= _SHORT else 2
        for length in range(len(text) - edits, len(text) + edits + 1):
            places = self.places.get(length, array("L"))
            choices = self.texts.get(length, [])[: bisect_left(places, among)]
            found = process.extract(
                text, choices, scorer=OSA.distance, score_cutoff=edits, limit=_CANDIDATES
            )
            yield from (places[at] for _, _, at in found)


def _may_be_meant(word: str, fewer: int, more: int) -> bool:
    """Whether edits, by eye and by ear, are few for the length of a word."""
    return fewer <= 1 or (fewer == 2 and len(word) >= 7 and more <= 4)


def _is_surely_meant(word: str, fewer: int, more: int) -> bool:
    """Whether edits leave little doubt."""
    length = len(word)
    if fewer == 0:
        return True
    if fewer == 1:
        return more <= 1 if length <= _SHORT else more <= 3
    return fewer == 2 and length >= 9 and more <= 3


def _is_next_to(_word: str, fewer: int, more: int) -> bool:
    return fewer <= 1 and more <= 2


def _can_be_misspelt(word: str) -> bool:
    return word.isalpha() and _SHORTEST <= len(word) <= _LONGEST


@dataclass(slots=True)
class _Cache:
    """The vocabulary of this process, what it was read from, and when."""

    vocabulary: Vocabulary | None = None
    version: tuple[int, int] = (0, 0)
    read_at: float = 0.0


_cache = _Cache()


def vocabulary() -> Vocabulary:
    """Return the trials' vocabulary and the words of synonyms, kept for this process."""
    version = _version()
    kept = _cache.vocabulary
    age = time.monotonic() - _cache.read_at
    if kept and (
        version == _cache.version or (len(kept.words) > _SMALL and age < _SECONDS_BETWEEN)
    ):
        return kept
    _cache.vocabulary = _read()
    _cache.version, _cache.read_at = version, time.monotonic()
    return _cache.vocabulary


def _version() -> tuple[int, int]:
    """Return what grows with the vocabulary."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        words, synonyms = cursor.fetchone()
    return words or 0, synonyms or 0


def _read() -> Vocabulary:
    rows = SearchWord.objects.order_by("-trials").values_list("word", "trials")[:_MOST_WORDS]
    counted = {word: trials for word, trials in rows if len(word) >= _SHORTEST and word.isalpha()}
    for wording in Synonym.objects.filter(struck_at=None).values_list("words", "also").iterator():
        for token in tokens(" ".join(wording)):
            if _can_be_misspelt(token.word):
                counted[token.word] = max(counted.get(token.word, 0), _EDITORS_WORD)
    ordered = sorted(counted.items(), key=lambda one: -one[1])
    return Vocabulary([word for word, _ in ordered], [trials for _, trials in ordered])
