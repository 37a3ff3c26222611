"""A run of words with its misspelt ones read as what was meant.

Three mistakes are mended, each only where a word occurs in no trial: a wrong spelling
("lukemia"), a missing space ("breastcancer") and one too many ("dia betes").
"""

from collections.abc import Iterable, Mapping, Sequence

from trials.search.words import lookups
from trials.search.words.filler import FILLER
from trials.search.words.knowledge import Knowledge, ngrams
from trials.search.words.lookups import Wordings
from trials.search.words.plan import Correction
from trials.search.words.spelling import Vocabulary, vocabulary
from trials.search.words.terms import Term, key
from trials.terms.words import stem

_SHORTEST = 4
# Both halves of a word without its space are as common as this.
_COMMON_SHARE = 0.001
# A word of fewer trials than this share is suspected of being a misspelling of a common one.
_SUSPECTED_SHARE = 0.0001
# A word of fewer trials, at most this share, is one where a common one makes a known phrase.
_FEW, _RARE_SHARE = 3, 0.0005

# Where in a text, and what is put there
Edit = tuple[int, int, str]


def corrected(text: str, words: Sequence[Term], known: Knowledge) -> tuple[str, list[Correction]]:
    """Return a text with its misspelt words replaced, and which; `words` are its terms."""
    edits = _of_absent(words, known) or _of_rare(text, words, known)
    corrections = [Correction(text[start:end], used) for start, end, used in edits]
    for start, end, used in reversed(edits):
        text = text[:start] + used + text[end:]
    return text, corrections


def _of_absent(words: Sequence[Term], known: Knowledge) -> list[Edit]:
    """Return the edits of words that occur nowhere."""
    missing = absent(words, known)
    if not missing:
        return []
    existing = lookups.known_words({*_merged(words, missing), *_halves(words, missing)})
    edits: list[Edit] = []
    spelled = vocabulary()
    for at in missing:
        edit = _as_one(words, at, existing) or _parted(words[at], existing, known)
        edit = edit or _mended(words, at, spelled)
        if edit and not (edits and edit[0] < edits[-1][1]):
            edits.append(edit)
    return edits


def _of_rare(text: str, words: Sequence[Term], known: Knowledge) -> list[Edit]:
    """Return the edit of a rare word whose neighbour makes a known phrase (“brest cancer”)."""
    rare = _rare(words, known, max(_FEW, _RARE_SHARE * known.most))
    named = {term.start for run in ngrams(words) if known.is_phrase(text, run) for term in run}
    rare = [at for at in rare if words[at].start not in named]
    if not rare or len(words) == 1:
        return []
    neighbours = vocabulary()
    phrases = {
        (at, common): _phrases(words, at, common)
        for at in rare
        for common in neighbours.commoner(words[at].word, known.trials_of(words[at : at + 1]))
        if stem(common) != words[at].stem
    }
    found = lookups.known_phrases({phrase for some in phrases.values() for phrase in some})
    for (at, common), some in phrases.items():
        if found & {*some} and not lookups.is_treatment(words[at].stem):
            return [(words[at].start, words[at].end, common)]
    return []


def _rare(words: Sequence[Term], known: Knowledge, few: float) -> list[int]:
    """Return where the words of a few trials are that have no other wordings."""
    return [
        at
        for at, term in enumerate(words)
        if 0 < known.trials.get(term.stem, 0) <= few
        and term.word.isalpha()
        and term.word not in FILLER
        and term.stem not in known.wordings
    ]


def _phrases(words: Sequence[Term], at: int, common: str) -> list[str]:
    """Return the phrases that a word would make with the one before it and the one after it."""
    before, after = words[at - 1 : at] if at else (), words[at + 1 : at + 2]
    return [f"{one.word} {common}" for one in before] + [f"{common} {one.word}" for one in after]


def suspected(words: Sequence[Term], known: Knowledge) -> dict[str, Wordings]:
    """Return, by key, the far commoner neighbours of words that are rare: to be looked for too."""
    rare = _rare(words, known, max(1, _SUSPECTED_SHARE * known.most))
    if not rare:
        return {}
    spelled, found = vocabulary(), {}
    for term in (words[at] for at in rare):
        neighbour = spelled.far_commoner(term.word, known.trials[term.stem])
        if neighbour and not lookups.is_treatment(term.stem):
            found[term.stem] = Wordings(neighbour=neighbour)
    return found


def absent(words: Sequence[Term], known: Knowledge) -> list[int]:
    """Return where the words are that no trial and no synonym has."""
    if not known.most:
        return []
    explained = {term.start for run in ngrams(words) if key(run) in known.wordings for term in run}
    return [
        at
        for at, term in enumerate(words)
        if term.stem not in known.trials
        and term.start not in explained
        and term.word.isalpha()
        and len(term.word) >= _SHORTEST
        and term.word not in FILLER
    ]


def _merged(words: Sequence[Term], places: Iterable[int]) -> set[str]:
    return {pair[0].word + pair[1].word for at in places for pair in _pairs(words, at)}


def _pairs(words: Sequence[Term], at: int) -> list[tuple[Term, Term]]:
    """Return a word with the one before it and with the one after it."""
    return [
        (words[first], words[first + 1])
        for first in (at - 1, at)
        if first >= 0 and first + 1 < len(words)
    ]


def _halves(words: Sequence[Term], places: Iterable[int]) -> set[str]:
    return {half for at in places for two in _splits(words[at].word) for half in two}


def _splits(word: str) -> list[tuple[str, str]]:
    """Return the ways to part a word in two halves of at least four letters."""
    return [(word[:at], word[at:]) for at in range(_SHORTEST, len(word) - _SHORTEST + 1)]


def _as_one(words: Sequence[Term], at: int, existing: Mapping[str, int]) -> Edit | None:
    """Return the edit that makes a word of two."""
    for first, second in _pairs(words, at):
        if first.word + second.word in existing:
            return first.start, second.end, first.word + second.word
    return None


def _parted(term: Term, existing: Mapping[str, int], known: Knowledge) -> Edit | None:
    """Return the edit that makes two common words of one."""
    halves = max(
        _splits(term.word),
        key=lambda two: min(existing.get(half, 0) for half in two),
        default=("", ""),
    )
    common = max(1, _COMMON_SHARE * known.most)
    is_common = min(existing.get(half, 0) for half in halves) >= common
    return (term.start, term.end, " ".join(halves)) if is_common else None


def _mended(words: Sequence[Term], at: int, spelled: Vocabulary) -> Edit | None:
    """Return the edit that spells a word right; beside other words only a sure one."""
    term = words[at]
    is_alone = all(other is term or other.word in FILLER for other in words)
    meant = spelled.nearest(term.word) if is_alone else spelled.surely(term.word)
    return (term.start, term.end, meant) if meant else None
