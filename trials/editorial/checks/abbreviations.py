"""Short forms that a field uses without saying what they stand for.

Good: “magnetic resonance imaging (MRI)”, “MRI (a scan with magnets)”, “a marker called CD19”.
"""

import re
from collections.abc import Iterator

from trials.editorial.checks.explanations import is_explained
from trials.editorial.checks.findings import Finding, Level
from trials.terms.glossary import Glossary

# Short forms that need no words: everyone knows them, or the long form helps nobody.
_COMMON = frozenset(
    str.split(
        "US USA UK EU UN HIV AIDS DNA RNA COVID CT TV PC ID AM PM OK PDF SMS ZIP PIN GPS IQ NCT "
        "MBq GBq mIU IU"
    )
)
# Written in capitals for stress. Left out are those that medicine uses: ALL, MS, PE.
_STRESSED = frozenset(
    str.split("NOT NO DO AND OR YOU MUST ONLY ANY NEVER BOTH EITHER WE IF IS ARE MAY CAN BUT AT IN")
)
_ROMAN = frozenset(str.split("II III VI VII VIII IX XI XII"))
_NUMBERED = re.compile(
    r"\b(?:class|stage|phase|grade|type|factor|level|part|group|arm)s?\s+$", re.I
)

# Web and mail addresses and the numbers of papers and trials are no words.
# A mail address is looked for from where a run of signs starts, not from each of its signs.
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+|\b10\.\d{4,9}/\S+|\bNCT\d+\b", re.I)
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"(?<=[A-Z])s$")
_LOWER_RUN = re.compile(r"[a-z]{3}")


def check_abbreviations(text: str, glossary: Glossary) -> list[Finding]:
    """Return a hint for each short form, at its first use, that neither the field nor the
    glossary explains.
    """
    findings: dict[str, Finding] = {}
    for start, short in _short_forms(text):
        if short in findings or glossary.found(short) or is_explained(short, text):
            continue
        findings[short] = Finding(
            "abbreviation",
            Level.HINT,
            short,
            f"“{short}” is not spelled out here. Write the words, with “{short}” in brackets if "
            "you need it again.",
            start=start,
            end=start + len(short),
        )
    return list(findings.values())


def _short_forms(text: str) -> Iterator[tuple[int, str]]:
    """Yield where a short form stands and how it is written, without a plural's “s”."""
    bare = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    for token in _TOKEN.finditer(bare):
        if token[0][1:].islower():
            continue  # an ordinary word, quickly
        for start, short in _within(token):
            if _is_short(short) and not _is_ordinary(short, bare[max(0, start - 12) : start]):
                yield start, short


def _within(token: re.Match[str]) -> list[tuple[int, str]]:
    """Return the whole of PD-L1 and the first part of HIV-positive."""
    parts = [(token.start() + part.start(), part[0]) for part in _PART.finditer(token[0])]
    if all(_is_code(part) and part not in _COMMON for _, part in parts):
        parts = [(token.start(), token[0])]
    return [(start, _PLURAL.sub("", part)) for start, part in parts]


def _is_code(part: str) -> bool:
    return part.isdigit() or (part[0].isupper() and not part[1:].islower()) or _is_short(part)


def _is_short(token: str) -> bool:
    """Whether a word is written like MRI, HbA1c, CD19 or PD-L1, not like McDonald or B12."""
    return sum(sign.isupper() for sign in token) >= 2 and not _LOWER_RUN.search(token)


def _is_ordinary(short: str, before: str) -> bool:
    if short in _COMMON or short in _STRESSED or short in _ROMAN:
        return True
    return short == "IV" and bool(_NUMBERED.search(before))
