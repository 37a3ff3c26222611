"""Which statements of a source a sentence was written from."""

from collections import defaultdict
from dataclasses import dataclass

from trials.editorial.checks.guard.equality import same_amount
from trials.editorial.checks.guard.quantities import Quantity
from trials.editorial.checks.guard.source import ReadSource, Statement

_LEAST_COVERED = 0.3
_ALL_COVERED = 0.9
_OF_THE_BEST = 0.6
_MOST = 5
# A number that both have tells as much as a word that is neither rare nor frequent.
_AMOUNT = 1.0
_STATEMENT_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that speaks of the same things as a sentence.

    `covered` is the share of the sentence's content words and numbers that it has, by weight;
    `by_words` the same without numbers, for they may be what is wrong; `told` the share of its own
    content words that the sentence has; `shared` how many words and numbers they share.
    """

    statement: Statement
    covered: float
    by_words: float
    told: float
    shared: int

    @property
    def score(self) -> float:
        """How well the two fit."""
        return self.covered + _STATEMENT_SHARE * self.told

    @property
    def is_strong(self) -> bool:
        """Whether the sentence was surely written from this statement."""
        is_all = max(self.covered, self.by_words) >= _ALL_COVERED
        return is_all or (self.covered >= 0.45 and self.shared >= 2)

    @property
    def word_score(self) -> float:
        """How well the words alone fit."""
        return self.by_words + _STATEMENT_SHARE * self.told


def best_matches(sentence: Statement, source: ReadSource) -> list[Match]:
    """Return the statements that a sentence was likely written from, the likeliest first."""
    content = {word.stem: word for word in sentence.words if word.is_content}
    if not content:
        return []
    covered: dict[int, float] = defaultdict(float)
    shared: dict[int, int] = defaultdict(int)
    whole = 0.0
    for word in content.values():
        weight = source.weights.of(word)
        whole += weight
        for number in source.weights.places(word):
            covered[number] += weight
            shared[number] += 1
    by_words, words = dict(covered), whole
    for number in covered:
        for amount in sentence.quantities:
            if not amount.is_weak and _has(source.statements[number], amount):
                covered[number] += _AMOUNT
                shared[number] += 1
    whole += _AMOUNT * sum(not amount.is_weak for amount in sentence.quantities)
    matches = [
        Match(
            one,
            covered[number] / whole,
            by_words[number] / words,
            _told(one, shared[number]),
            shared[number],
        )
        for number in covered
        if covered[number] >= _LEAST_COVERED * whole
        for one in (source.statements[number],)
    ]
    matches.sort(key=lambda match: -match.score)
    if not matches:
        return []
    return [m for m in matches[:_MOST] if m.score >= _OF_THE_BEST * matches[0].score]


def _has(statement: Statement, amount: Quantity) -> bool:
    return any(same_amount(amount, other) for other in statement.quantities)


def _told(statement: Statement, shared: int) -> float:
    own = len({word.stem for word in statement.words if word.is_content})
    return min(1.0, shared / own) if own else 0.0
