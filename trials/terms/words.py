"""Text → words: the same for what is indexed, what is typed and what is highlighted.

The database only stores and matches what comes out here; none of its text search configurations
is used. Callers cut texts at a sane length; a word is cut at 40 characters here.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import Stemmer

_LONGEST_WORD = 40
_LONGEST_CACHED = 64
_CHUNKS_CACHED = 1 << 16

STOP_WORDS = frozenset(
    str.split(
        "a an and are as at be been being by did do does for from had has have in into is it its "
        "of on or than that the their then these this those to upon versus vs was were which will "
        "with"
    )
)
# After these a lone "a" is a name, as in hepatitis A.
_LETTERED = str.split(
    "arm class cohort flu group haemophilia hemophilia hepatitis influenza part protein serotype "
    "toxin type vitamin"
)

_MARKS = "\u0300-\u036f"
_LETTER = rf"[\w{_MARKS}]"
_HYPHENS = "-‐‑‒–−"
_APOSTROPHES = "'’‘`´ʼ"
# A word with what is tied to it (non-small, Crohn’s, ER/PR, HER2+, HER2- before a space), and the
# number or lone letter after it (IL 17, hepatitis A).
_AFTER_NAME = "|".join(f"(?<=(?i:{name}) .)" for name in _LETTERED)
_CHUNK = re.compile(
    rf"{_LETTER}+(?:[{_HYPHENS}/{_APOSTROPHES}]{_LETTER}+){{0,7}}(?:[+{_HYPHENS}](?!{_LETTER}))?"
    rf"(?: (?:[0-9]{{1,4}}|[aA](?:{_AFTER_NAME}))"
    rf"(?!{_LETTER}|[.,{_HYPHENS}/{_APOSTROPHES}]{_LETTER}))?"
)
_PIECE = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
_LETTERS_DIGITS = re.compile(r"([^\W\d_]{4,})(\d{1,4})")
_PAIR = re.compile(r"[^\W\d_]{1,6}\d{1,4}")
_SHOUTED = 24

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        str.split(
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi "
            "rho sigma tau upsilon phi chi psi omega"
        ),
        strict=True,
    )
)
# One or two Greek letters are signs (β, αβ); more are Greek.
_GREEK_SIGNS = re.compile(r"(?<![α-ω])[α-ω]{1,2}(?![α-ω])")
_SPELLED = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
    | {"ς": "σ", "&": " and "}
    | dict.fromkeys(f"{_APOSTROPHES}\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
_NO_WORD = re.compile(r"[\W_]+")

_stemmer = Stemmer.Stemmer("english", 0)
# Shorter words are mostly abbreviations: IBS is no plural.
_SHORTEST_STEMMED = 4
# What the stemmer would take for plurals, and the numbers of nouns that it doesn't know.
_NO_PLURALS = frozenset({"aids", "ards", "hers", "mers", "pcos", "pots", "sars"})
_PLURALS = {
    "analyses": "analysis",
    "bacterium": "bacteria",
    "children": "child",
    "diagnoses": "diagnosis",
    "feet": "foot",
    "fibroses": "fibrosis",
    "fungi": "fungus",
    "metastases": "metastasis",
    "mice": "mouse",
    "necroses": "necrosis",
    "neuroses": "neurosis",
    "prostheses": "prosthesis",
    "psychoses": "psychosis",
    "stenoses": "stenosis",
    "teeth": "tooth",
    "thromboses": "thrombosis",
    "women": "woman",
}
_BRITISH_LENGTH = 6
# In the order they are tried; all apply.
_BRITISH = (
    (re.compile(r"[ao]e"), "e"),
    (re.compile(r"our(?=$|s|ed|ing|al|able|less)"), "or"),
    (re.compile(r"([iy])s(?=e$|es$|ed$|er$|ers$|ing$|ation$|ations$)"), r"\1z"),
    (re.compile(r"([bt])re(?=s?$)"), r"\1er"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"programme"), "program"),
)


class Token(NamedTuple):
    """A word of a text.

    `word` is its folded form, `stem` what is indexed and asked. `position` counts words from 1;
    stop words have none. `start` and `end` are its place in the text. A joined form (covid19 of
    “COVID-19”) stands at the position of its first part and spans all of them.
    """

    word: str
    stem: str
    position: int
    start: int
    end: int
    is_joined: bool = False


def folded(text: str) -> str:
    """Return a text in lower case without accents and punctuation, words parted by one space.

    Greek letters that are signs are spelled (β → beta), ligatures parted, apostrophes dropped.
    """
    if not text.isascii():
        # Twice: taking a sign apart may show another capital, as in “㎒”.
        for _ in range(2):
            text = unicodedata.normalize("NFKD", text).casefold()
        text = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = text.lower().translate(_SPELLED)
    if not text.isascii():
        text = _GREEK_SIGNS.sub(_spelled_greek, text)
    return _NO_WORD.sub(" ", text).strip()


# A word with where it starts and ends
Place = tuple[str, int, int]


class Chunk(NamedTuple):
    """What is written in one go: its words, at positions and places counted from its own start.

    `length` is how many positions it takes: none for a stop word.
    """

    words: tuple[Token, ...]
    length: int


def chunks(text: str) -> list[Chunk]:
    """Return the words of a text as the chunks they are written in; quicker than `tokens`."""
    return [
        _chunk(raw) if len(raw) <= _LONGEST_CACHED else _read(raw)
        for raw in _CHUNK.findall(_calmed(text))
    ]


def tokens(text: str) -> list[Token]:
    """Return the words of a text in the order of their positions."""
    text = _calmed(text)
    starts = [match.start() for match in _CHUNK.finditer(text)]
    found: list[Token] = []
    before = 0
    for at, chunk in zip(starts, chunks(text), strict=True):
        found += [
            Token(word, stem_, before + position, at + start, at + end, is_joined)
            for word, stem_, position, start, end, is_joined in chunk.words
        ]
        before += chunk.length
    return found


@lru_cache(_CHUNKS_CACHED)
def stem(word: str) -> str:
    """Return the stem of a folded word, British spellings as American ones; 40 characters.

    Inflammations keep their ending: hepatitis is not hepatic.
    """
    word = word[:_LONGEST_WORD]
    if len(word) < _SHORTEST_STEMMED or word in _NO_PLURALS or word.endswith("itis"):
        return word
    word = _PLURALS.get(word, word)
    if len(word) >= _BRITISH_LENGTH and word.isalpha():
        for pattern, spelling in _BRITISH:
            word = pattern.sub(spelling, word)
    return str(_stemmer.stemWord(word)) or word


@lru_cache(_CHUNKS_CACHED)
def phrase_key(text: str) -> str:
    """Return the stems of a text joined by “_”: one key for all spellings of a phrase.

    Letters and the number after them are one (“IL-17”, “IL 17” and “IL17” have the key il17).
    Empty for a text without words.
    """
    return key_of(tokens(text))


def key_of(words: list[Token]) -> str:
    """Return the `phrase_key` of a text from its words."""
    stems = {token.position: token.stem for token in words if not token.is_joined}
    for token in words:
        if token.is_joined and _PAIR.fullmatch(token.word) and stems.pop(token.position + 1, ""):
            stems[token.position] = token.stem
    return "_".join(stems.values())


def _calmed(text: str) -> str:
    """Return a text that is all capitals in small ones: its capitals tell no abbreviations."""
    is_shouted = len(text) > _SHOUTED and text.isascii() and text.isupper()
    return text.lower() if is_shouted else text


def _read(raw: str) -> Chunk:
    """Take a chunk apart into words and their joined forms."""
    head, _, tail = raw.partition(" ")
    body = head.rstrip(f"+{_HYPHENS}")
    places = [
        *(place for place in _places(_POSSESSIVE.sub("", body)) if not _is_stop_word(raw, place)),
        *_sign(head, body),
        *((word, len(head) + start + 1, len(raw)) for word, start, _ in _places(tail)),
    ]
    parts = [
        Token(word[:_LONGEST_WORD], stem(word), position, start, end)
        for position, (word, start, end) in enumerate(places, 1)
    ]
    joined = _joined(parts, len(body))
    words = sorted([*parts, *joined], key=lambda word: (word.position, word.end))
    return Chunk(tuple(words), len(parts))


_chunk = lru_cache(_CHUNKS_CACHED)(_read)


def _places(raw: str) -> Iterator[Place]:
    """Yield folded words with where they start and end.

    One sign may stand for several words (“½”, “TNFα”); letters are parted from the number after
    them (“COVID19”).
    """
    for piece in _PIECE.finditer(raw):
        start, end = piece.span()
        for word in folded(piece[0]).split():
            two = _LETTERS_DIGITS.fullmatch(word)
            # A place in a folded word is one in the text only where both are as long.
            if two and end - start == len(word):
                yield two[1], start, start + len(two[1])
                yield two[2], start + len(two[1]), end
            else:
                yield word, start, end


def _is_stop_word(raw: str, place: Place) -> bool:
    """Say whether a word of a chunk is to be passed over; an abbreviation in capitals is not.

    In a compound (“check-in”, “up-to-date”) every word counts.
    """
    word = raw[place[1] : place[2]]
    is_abbreviation = len(word) > 1 and word.isupper()
    return word.lower() in STOP_WORDS and not is_abbreviation and raw.split(" ")[0] == word


def _joined(parts: list[Token], length: int) -> list[Token]:
    """Return the compound of the parts within a length, and of letters and a number after them."""
    tied = [part for part in parts if part.start < length]
    runs = [tied] if len(tied) > 1 else []
    runs += [
        [first, second]
        for first, second in pairwise(parts)
        if len(tied) != 2 or second not in tied
        if _PAIR.fullmatch(first.word + second.word)
    ]
    return [
        _one(run)
        for run in runs
        if sum(len(part.word) for part in run) <= _LONGEST_WORD
        and not all(part.word.isdecimal() for part in run)
    ]


def _one(run: list[Token]) -> Token:
    word = "".join(part.word for part in run)
    return Token(word, stem(word), run[0].position, run[0].start, run[-1].end, is_joined=True)


def _sign(head: str, body: str) -> Iterator[Place]:
    """Yield what a sign after a word says: “HER2+”; “HER2-”, but not “anti-”."""
    if head != body:
        is_marker = body.isupper() or any(sign.isdigit() for sign in body)
        if head[len(body)] == "+":
            yield "positive", len(body), len(head)
        elif is_marker:
            yield "negative", len(body), len(head)


def _spelled_greek(match: re.Match[str]) -> str:
    return "".join(f" {_GREEK[letter]} " for letter in match[0].replace("ς", "σ"))
