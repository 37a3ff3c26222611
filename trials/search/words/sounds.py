"""How a word sounds, roughly: two spellings of one sound become one text.

Medical words are misspelt by ear ("newmonia", "sorasis", "diabeetus"). Words of any number are
turned at once, as lines of one text: the vocabulary has a hundred thousand.
"""

# In this order. A line's start is a word's start; only sounds, no edit distance, live here.
_SPELLINGS = (
    *(("\nps", "\ns"), ("\npn", "\nn"), ("\nkn", "\nn"), ("\npt", "\nt"), ("\ngn", "\nn")),
    *(("\nx", "\nz"), ("\nwr", "\nr"), ("\nmn", "\nn"), ("\neu", "\nu"), ("\nyu", "\nu")),
    *(("sch", "sk"), ("tch", "ch"), ("ph", "f"), ("rh", "r"), ("th", "t"), ("gh", "g")),
    *(("ae", "e"), ("oe", "e"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("sc", "s")),
    *(("ch", "k"), ("ck", "k"), ("c", "k"), ("q", "k"), ("x", "ks"), ("z", "s"), ("y", "i")),
    *(("ts", "s"), ("ie", "i"), ("ei", "i"), ("ee", "i"), ("ea", "e"), ("eu", "u")),
    *(("ew", "u"), ("ou", "u"), ("oo", "u"), ("w", "u")),
    *((letter * 2, letter) for letter in "abdefgiklmnoprstuv"),
)


def sounds(words: list[str]) -> list[str]:
    """Return how folded words sound, in the same order."""
    text = "\n" + "\n".join(words)
    for spelling, sound in _SPELLINGS:
        text = text.replace(spelling, sound)
    return text[1:].split("\n")
