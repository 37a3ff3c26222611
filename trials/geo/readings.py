"""What a typed place may mean before any table is asked: a name, and what follows it.

Border: words in, readings out; no database. Whether a town of that name exists is for `towns`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trials.terms.areas import areas_meant
from trials.terms.countries import country_meant
from trials.terms.postcodes import codes_meant
from trials.terms.words import folded

_LONGEST = 200
_MOST_WORDS = 20
# What a label may add to tell a place apart: see `candidates` and `towns`.
_MARK = re.compile(r"\((?:region|country|\d+\.\d° [NS] \d+\.\d° [EW])\)")
_BEFORE = frozenset(("around", "in", "near"))
_SPELLINGS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_BOTH_WAYS = _SPELLINGS | {long: short for short, long in _SPELLINGS.items()}
# People and records name these by their own name, or by another country's.
_NAMED_WITH = {
    "HK": "CN",
    "MO": "CN",
    "TW": "CN",
    "PR": "US",
    "GU": "US",
    "VI": "US",
} | dict.fromkeys(("GF", "GP", "MQ", "RE", "YT", "NC", "PF"), "FR")


def wider_country(code: str) -> str:
    """Return the country that a territory is often named with, or else the country itself."""
    return _NAMED_WITH.get(code, code)


@dataclass(frozen=True, slots=True)
class Rest:
    """What follows a name: a region (or nothing) and a country (or nothing), as folded text."""

    region: str
    country: str

    @property
    def country_code(self) -> str:
        """The code of the country, empty for none or an unknown one."""
        return country_meant(self.country) if self.country else ""

    def is_in(self, code: str, name: str) -> bool:
        """Tell whether a country, by its code and its registry name, is the one named, if any."""
        return (
            not self.country
            or self.country_code in (code, wider_country(code))
            or self.country == folded(name)
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A name and the ways to read the words after it; `is_parted` if a comma stands between."""

    name: str
    rests: tuple[Rest, ...]
    is_parted: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing follows the name."""
        return self.rests == (Rest("", ""),)

    @property
    def is_clear(self) -> bool:
        """Whether what follows, if anything, is all a known region or country."""
        return self.is_whole or any(
            (rest.country_code or not rest.country)
            and (not rest.region or areas_meant(rest.region))
            for rest in self.rests
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A typed text: folded, and in the words of names.

    `is_marked` if it is a label that says more than names, as "Georgia (country)".
    """

    key: str
    words: tuple[str, ...]
    ends: frozenset[int]
    """After how many words a comma stands."""
    is_marked: bool = False

    @property
    def name(self) -> str:
        """All words as one name."""
        return " ".join(self.words)

    def readings(self) -> Iterator[Reading]:
        """Yield the readings, the one with the longest name first; last those without figures."""
        yield from _readings(self.words, self.ends)
        names = tuple(word for word in self.words if word.isalpha())
        if len(names) < len(self.words):
            yield from _readings(names, frozenset())


def _readings(words: tuple[str, ...], ends: frozenset[int]) -> Iterator[Reading]:
    for size in range(len(words), 0, -1):
        yield Reading(" ".join(words[:size]), tuple(_rests(words[size:])), size in ends)


def read(text: str) -> Asked | None:
    """Return what a text asks for, or None for one that can be no place."""
    if len(text) > _LONGEST or not (key := folded(text)):
        return None
    names = _MARK.sub("", text)
    parts = [folded(part).split() for part in re.split(r"[,;\n]", names)]
    words = [word for part in parts for word in part]
    ends = {sum(map(len, parts[:count])) for count in range(1, len(parts) + 1)}
    if len(words) > 1 and words[0] in _BEFORE:
        words, ends = words[1:], {end - 1 for end in ends}
    if not words or len(words) > _MOST_WORDS:
        return None
    return Asked(key, tuple(words), frozenset(ends), is_marked=names != text)


def spellings(name: str) -> set[str]:
    """Return a folded name and its other usual spelling: "st louis", "saint louis"."""
    words = name.split()
    return {name, " ".join(_BOTH_WAYS.get(word, word) for word in words)}


def is_region_of(region: str, *, country_code: str, keys: frozenset[str]) -> bool:
    """Tell whether a region as typed is one of a town's: by its key, or by another name of it."""
    return region in keys or any(
        area.country_code == country_code and area.key in keys for area in areas_meant(region)
    )


@dataclass(frozen=True, slots=True)
class CodeReading:
    """Postal codes that some of the words may be, and the words around them."""

    codes: tuple[str, ...]
    around: tuple[str, ...]


def code_readings(asked: Asked) -> list[CodeReading]:
    """Return the ways to read one or two words as a postal code, two words first."""
    words = asked.words
    found = []
    for size in (2, 1):
        for start in range(len(words) - size + 1):
            codes = codes_meant("".join(words[start : start + size]))
            if codes:
                found.append(CodeReading(codes, words[:start] + words[start + size :]))
    return found


def _rests(words: tuple[str, ...]) -> Iterator[Rest]:
    """Yield the ways to part words into a region and a country, the longest country first."""
    for size in range(len(words) + 1):
        yield Rest(" ".join(words[:size]), " ".join(words[size:]))
