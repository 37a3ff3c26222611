"""Words with more than one sense, and senses with more than one word.

Everyday words are also parts of something else altogether: asked alone, "stroke" is no stroke
volume and "cold" no cold plasma. An occurrence beside one of these words does not count. Words and
neighbours become stems (`trials.terms.words.stem`).
"""

from trials.search.words.tsquery import Lexeme, Not, Query, any_of, phrase
from trials.terms.words import stem

# word: (words before it, words after it). Few words of ten thousands of trials: to see neighbours
# the database has to fetch the vector of every trial with the word.
_NEIGHBOURS = {
    "aid": ("hearing decision first visual band ventilatory walking mobility", ""),
    "aids": ("hearing decision first visual walking mobility", ""),
    "cold": (
        "hot extreme",
        "plasma atmospheric ischemia ischemic storage stress therapy pressor water agglutinin "
        "snare polypectomy knife exposure application pack air compress forceps stored preserved "
        "immersion compression physical chain",
    ),
    "shock": ("", "wave waves"),
    "stroke": ("heat", "volume work index"),
    "sugar": ("", "free sweetened"),
    "depression": ("respiratory myocardial marrow ventilatory st cardiac", ""),
    "ms": ("lc gc tandem", "spectrometry"),
    "joint": ("", "commission venture attention"),
    "crack": ("", "tooth teeth"),
    "arm": ("treatment control single two three experimental placebo study", ""),
    "discharge": ("hospital", ""),
}
_SENSES = {
    stem(word): tuple([stem(neighbour) for neighbour in side.split()] for side in sides)
    for word, sides in _NEIGHBOURS.items()
    if any(sides)
}


# What records call a cancer of something: one word for another within a phrase.
CANCER = ("cancer", "carcinoma", "neoplasm")


def meant(word: str) -> Query:
    """Return the condition that a word, by its stem, occurs as itself."""
    before, after = _SENSES.get(word, ([], []))
    parts: list[Query] = [Lexeme(word)]
    if before:
        parts.insert(0, Not(any_of(map(Lexeme, before))))
    if after:
        parts.append(Not(any_of(map(Lexeme, after))))
    return phrase(parts)
