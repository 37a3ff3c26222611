"""All that the database knows of the words of a search, looked up at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trials.search.words import lookups
from trials.search.words.lookups import Wordings
from trials.search.words.terms import Term, key, terms
from trials.terms.values import condition_slug

LONGEST_PHRASE = 5
# Shorter words one after the other are no compound ("car t").
_SHORTEST_HALF = 4
_OF = re.compile(r"\s+(?:of|in|on)\s+(?:the|my|his|her|your|their|an?)?\s*", re.IGNORECASE)

# A text with the terms of a part of it
Span = tuple[str, Sequence[Term]]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Trials by stem, other wordings by key, trials by a condition's slug, trials in all."""

    trials: Mapping[str, int]
    wordings: Mapping[str, Wordings]
    conditions: Mapping[str, int]
    most: int

    def trials_of(self, words: Sequence[Term]) -> int:
        """Return in how many trials all of some words are at most."""
        return min((self.trials.get(term.stem, 0) for term in words), default=0)

    def is_phrase(self, text: str, run: Sequence[Term]) -> bool:
        """Whether several words have other wordings or are a condition."""
        named = key(run) in self.wordings or self.conditions_of(text, run) is not None
        return len(run) > 1 and named

    def conditions_of(self, text: str, run: Sequence[Term]) -> int | None:
        """Return how many trials have the words as a condition; None where none has."""
        found = [self.conditions[slug] for slug in slugs_of(text, run) if slug in self.conditions]
        return sum(found) if found else None


def ngrams(words: Sequence[Term]) -> Iterator[Sequence[Term]]:
    """Yield all runs of one to five terms."""
    for start in range(len(words)):
        for length in range(1, min(LONGEST_PHRASE, len(words) - start) + 1):
            yield words[start : start + length]


def slugs_of(text: str, run: Sequence[Term]) -> list[str]:
    """Return the address parts of the condition that terms of a text would name, one or many."""
    slug = condition_slug(text[run[0].start : run[-1].end])
    return [slug, slug.removesuffix("s") if slug.endswith("s") else f"{slug}s"]


def learn(runs: Sequence[Span], *, exact: bool) -> Knowledge:
    """Look up everything about the words of a search, literally where `exact`."""
    spans = [(text, run) for text, words in runs for run in ngrams(words)]
    other = {} if exact else {key(run): _other_writing(text, run) for text, run in spans}
    other = {key_: writing for key_, writing in other.items() if writing}
    written = {writing: terms(writing) for writing in other.values()}
    keys = {key(run) for _, run in spans} | {key(words) for words in written.values()}
    wordings = {} if exact else lookups.wordings(keys)
    counts = lookups.counts(
        _stems(runs, wordings, written),
        {slug for text, run in spans for slug in slugs_of(text, run)}
        | {slug for writing, words in written.items() for slug in slugs_of(writing, words)}
        | {condition_slug(one) for some in wordings.values() for one in some.editors},
    )
    in_texts = lookups.trials_of_texts(_typed(runs) - counts.stems.keys())
    known = Knowledge({**counts.stems, **in_texts}, wordings, counts.conditions, counts.most)
    for key_, writing in other.items():
        _add_writing(wordings, key_, writing, written[writing], known)
    return known


def _typed(runs: Sequence[Span]) -> set[str]:
    return {term.stem for _, words in runs for term in words}


def _stems(
    runs: Sequence[Span], wordings: Mapping[str, Wordings], written: Mapping[str, Sequence[Term]]
) -> set[str]:
    others = (terms(text) for some in wordings.values() for text in some.editors)
    return _typed(runs) | {term.stem for words in (*others, *written.values()) for term in words}


def _other_writing(text: str, run: Sequence[Term]) -> str:
    """Return a phrase as it is also written: “pancreas cancer” for “cancer of the pancreas”,
    “nightshift” for “night shift”; nothing where there is no such writing.
    """
    if len(run) == 1:
        return ""
    first, rest = run[0], run[1:]
    if _OF.fullmatch(text[first.end : rest[0].start]):
        return f"{text[rest[0].start : rest[-1].end]} {first.typed}"
    is_long = all(len(term.word) >= _SHORTEST_HALF and term.word.isalpha() for term in run)
    is_parted = len(run) == 2 and text[first.end : rest[0].start].isspace()
    return first.word + rest[0].word if is_long and is_parted else ""


def _add_writing(
    wordings: dict[str, Wordings],
    key_: str,
    writing: str,
    words: Sequence[Term],
    known: Knowledge,
) -> None:
    """Let a phrase also look for its other writing, where that is a known phrase or a word."""
    same = wordings.get(key(words))
    is_word = len(words) == 1 and words[0].stem in known.trials
    if same or is_word or known.conditions_of(writing, words) is not None:
        found = wordings.setdefault(key_, Wordings())
        found.editors = [writing, *(same.editors if same else ()), *found.editors]
