"""Signs of comparison as words: “≥ 3” as “at least 3”. The only table that does this in a draft."""

import re

SPOKEN = {
    "≥": "at least",
    "≧": "at least",
    "⩾": "at least",
    ">=": "at least",
    "=>": "at least",
    "≤": "at most",
    "≦": "at most",
    "⩽": "at most",
    "<=": "at most",
    "=<": "at most",
    ">": "more than",
    "<": "less than",
}
SIGN = "|".join(map(re.escape, sorted(SPOKEN, key=len, reverse=True)))
WORDS = {
    "at least": "at least",
    "no less than": "at least",
    "not less than": "at least",
    "greater than or equal to": "at least",
    "more than or equal to": "at least",
    "equal to or greater than": "at least",
    "equal to or more than": "at least",
    "a minimum of": "at least",
    "at most": "at most",
    "no more than": "at most",
    "not more than": "at most",
    "less than or equal to": "at most",
    "equal to or less than": "at most",
    "up to": "at most",
    "greater than": "more than",
    "more than": "more than",
    "over": "more than",
    "above": "more than",
    "older than": "more than",
    "less than": "less than",
    "under": "less than",
    "below": "less than",
    "younger than": "less than",
}
WORDED = "|".join(re.escape(word) for word in sorted(WORDS, key=len, reverse=True))
# A sign that stands alone before a number; "grade ≥3" yes, "0.5<x" and "2.5>=" no.
_SPEAKABLE = re.compile(rf"(?<![\d<>=≤≥])(?P<gap>\s*)(?P<sign>{SIGN})\s*(?=[\d.])(?![^\s]*[<>=≤≥])")


# Words with which a sign would be a word too many: “at ≤ 10 mg” is not “at at most 10 mg”.
_COMPARING = re.compile(r"\b(?:at|than|least|most|to|or)$", re.IGNORECASE)


def meaning(written: str) -> str:
    """Return “at least”, “at most”, “more than” or “less than” for a sign or its words."""
    return SPOKEN.get(written) or WORDS[re.sub(r"\s+", " ", written.casefold())]


def spoken(text: str) -> str:
    """Put words for the signs that stand alone before a number; others stay as written."""

    def word(match: re.Match[str]) -> str:
        before = text[: match.start()]
        if _COMPARING.search(before):
            return match[0]
        gap = "" if not before or before.endswith(("(", "[", "/")) else " "
        return f"{gap}{SPOKEN[match['sign']]} "

    return _SPEAKABLE.sub(word, text)
