"""How hard a field is to read: its Flesch-Kincaid grade, and its long sentences.

The grade is a prompt and never a verdict: nothing here blocks. Syllables are the library's, except
where it gives up: numbers count a syllable a digit, short forms in capitals a syllable a letter.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from trials.editorial.checks.findings import Finding, Level
from trials.terms.desk import Part

# A grade up to the field's is good. A title or a single sentence that has to name a disease
# scores high however plain it is.
_BODY = 7.0
THRESHOLDS: dict[Part, float] = {
    Part.PLAIN_TITLE: 10.0,
    Part.PLAIN_SUMMARY: 10.0,
    Part.WHAT_IT_STUDIES: _BODY,
    Part.GOOD_FIT: _BODY,
    Part.NOT_A_FIT: _BODY,
    Part.POTENTIAL_BENEFIT: _BODY,
    Part.SIMILAR_STUDIES: _BODY,
    Part.TAKING_PART: _BODY,
}
HARD_BEYOND = 4.0
"""How far above its field's threshold a text is hard to read."""

_FEWEST_WORDS = 8
_LONG, _VERY_LONG = 20, 30
# Nobody reads the digits of an identifier aloud.
_LONGEST_READ = 4

_BULLET = re.compile(r"[ \t]*(?:[-*•]|\d{1,2}[.)])[ \t]+")
# From the first sign of a run alone: a line of 20,000 dots is read once, not from each of them.
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"”’)\]]*(?=\s)(?!\s+[a-z])")
# A dot after one of these ends no sentence; nor one after an initial.
_SHORT_FORM = re.compile(r"(?:\b(?:e\.g|i\.e|vs|dr|prof|mr|mrs|ms|st|no|fig)|\b[A-Z])\.$", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’.,/:-][^\W_]+)*")
_PIECE = re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*")


class Span(NamedTuple):
    """Where a sentence stands in a text."""

    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """Return the sentences in order, without bullets; every line ends one."""
    return [span for line in re.finditer(r"[^\n]+", text) for span in _in_line(text, *line.span())]


def _in_line(text: str, start: int, stop: int) -> Iterator[Span]:
    if bullet := _BULLET.match(text, start, stop):
        start = bullet.end()
    for end in (*_ends(text, start, stop), stop):
        sentence = text[start:end]
        if sentence.strip():
            before = len(sentence) - len(sentence.lstrip())
            yield Span(start + before, start + len(sentence.rstrip()))
        start = end


def _ends(text: str, start: int, stop: int) -> Iterator[int]:
    for match in _END.finditer(text, start, stop):
        if match.end() < stop and not _SHORT_FORM.search(
            text[max(start, match.end() - 6) : match.end()]
        ):
            yield match.end()


def words(text: str) -> list[str]:
    """Return the words as a reader counts them: “pre-eclampsia” and “1,240” are one each."""
    return _WORD.findall(text)


@lru_cache(maxsize=1 << 14)
def syllables(word: str) -> int:
    """Return how many syllables a word has when read aloud, at least 1."""
    return max(1, sum(map(_syllables_of_piece, _PIECE.findall(word))))


def _syllables_of_piece(piece: str) -> int:
    import syllapy  # its table of words takes 50 ms to read: only where words are checked

    if piece.isdigit():
        return min(len(piece), _LONGEST_READ)
    if len(piece) > 1 and piece.isupper():
        return sum(3 if letter == "W" else 1 for letter in piece)
    return int(syllapy.count(piece.replace("’", "'")))


def grade(text: str) -> float | None:
    """Return the US school grade (Flesch-Kincaid), 0 or more; None for a few words only."""
    counted = words(text)
    spans = [span for span in sentences(text) if _WORD.search(text, *span)]
    if len(counted) < _FEWEST_WORDS:
        return None
    spoken = sum(map(syllables, counted))
    score = 0.39 * len(counted) / len(spans) + 11.8 * spoken / len(counted) - 15.59
    return round(max(score, 0.0), 1)


def grade_words(value: float, part: Part) -> str:
    """Return what the desk says beside a grade of a field."""
    good = THRESHOLDS[part]
    if value <= good:
        return "good"
    return "could be simpler" if value <= good + HARD_BEYOND else "hard to read"


def check_reading(text: str, part: Part) -> list[Finding]:
    """Return hints for a grade above the field's, and for long sentences."""
    findings = []
    value = grade(text)
    if value is not None and value > THRESHOLDS[part]:
        findings.append(_grade_finding(value, part))
    findings.extend(_long_sentences(text))
    return findings


def _grade_finding(value: float, part: Part) -> Finding:
    return Finding(
        "grade",
        Level.HINT,
        "",
        f"Reading grade {value:.1f}: {grade_words(value, part)}. Aim for {THRESHOLDS[part]:g} or "
        "below: shorter sentences and everyday words.",
    )


def _long_sentences(text: str) -> Iterator[Finding]:
    for start, end in sentences(text):
        count = len(words(text[start:end]))
        if count > _LONG:
            advice = (
                f"This sentence has {count} words. Readers lose the thread: make two or three."
                if count > _VERY_LONG
                else f"This sentence has {count} words. Up to {_LONG} are easier: could it be two?"
            )
            yield Finding("sentence", Level.HINT, text[start:end], advice, start=start, end=end)
