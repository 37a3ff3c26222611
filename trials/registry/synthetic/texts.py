"""Invented sentences, in stocks that are filled once and drawn from for every study."""

import re
from random import Random

from trials.registry.synthetic import coinage, lists
from trials.registry.synthetic.chance import Draw, pick, zipf

# How many different sentences of a kind there are before the study's own words are put in.
_STOCK = 6_000
_TITLES = 20_000
_BRACE = re.compile(r"\{(\w+)\}")
_KINDS = (
    "aim",
    "method",
    "outcome",
    "detail",
    "inclusion",
    "exclusion",
    "arm",
    "population",
    "period",
    "reason",
)
TITLE_KINDS = ("title", "official")


class Texts:
    """Stocks of sentences by kind, with «condition» and «treatment» still to be put in."""

    def __init__(self, random: Random) -> None:
        self.lists = lists.sentences()
        self.terms: Draw[str] = zipf(coinage.terms(), 0.9)
        sizes = dict.fromkeys(_KINDS, _STOCK) | dict.fromkeys(TITLE_KINDS, _TITLES)
        self._stocks = {
            kind: [self._sentence(random, kind) for _ in range(size)]
            for kind, size in sizes.items()
        }

    def one(self, random: Random, kind: str) -> str:
        """Return a sentence of a kind."""
        return pick(random, self._stocks[kind])

    def some(self, random: Random, kind: str, count: int, between: str = " ") -> str:
        """Return so many sentences of a kind, joined."""
        stock = self._stocks[kind]
        return between.join([stock[int(random.random() * len(stock))] for _ in range(count)])

    def _sentence(self, random: Random, kind: str) -> str:
        text = self._filled(random, pick(random, self.lists[kind]))
        return text[0].upper() + text[1:]

    def _filled(self, random: Random, text: str) -> str:
        """Put words in the braces of a text, and in the braces of these words."""
        while "{" in text:
            text = _BRACE.sub(lambda brace: self._word(random, brace[1]), text)
        return text

    def _word(self, random: Random, name: str) -> str:
        if name == "term":
            return self.terms(random)
        if name == "n":
            return str(int(random.random() ** 2 * 100) + 2)
        return pick(random, self.lists[name])


def about(text: str, condition: str, treatment: str) -> str:
    """Return a text with a study's own condition and treatment in their places."""
    return text.replace("«condition»", condition).replace("«treatment»", treatment)
