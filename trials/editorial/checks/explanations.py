"""Whether a field says itself what a word means."""

import re
from collections.abc import Iterator

_NAMED = re.compile(r"\b(?:called|named|known\s+as)\s+(?:an?\s+|the\s+)?$")
_BRACKET_BEFORE = re.compile(r"[a-z]{2}[\s,]*\(\s*$")
_BRACKET_AFTER = re.compile(r"\s*[),;]")
# In brackets, after a comma, or as a sentence: “MRI (a scan)”, “PSA, a blood test”, “ULN means”.
_TOLD = re.compile(
    r"\s*(?:\((?=[^()\n]*[a-z]{3})|,\s+an?\s"
    r"|,?\s+(?:which\s+)?(?:(?:is|are)\s+(?:an?|the|how|one)|means?|stands?\s+for|shows?)\b)"
)
# How far back the words before an explained one are read.
_REACH = 20


def is_explained(word: str, text: str) -> bool:
    """Whether a text explains a word as in “a heart test (ECG)” or “a marker called CD19”."""
    for start, end in _uses(word, text):
        before = text[max(0, start - _REACH) : start]
        if _TOLD.match(text, end) or _NAMED.search(before):
            return True
        if _BRACKET_BEFORE.search(before) and _BRACKET_AFTER.match(text, end):
            return True
    return False


def _uses(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands, in any case, with or without a plural's “s”."""
    lowered, sought = text.lower(), word.lower()
    if len(lowered) != len(text):  # a letter that grows: only the spelling as it is
        lowered, sought = text, word
    start = lowered.find(sought)
    while start >= 0:
        end = start + len(sought)
        if lowered[end : end + 1] == "s":
            end += 1
        if not _continues(text[max(0, start - 1) : start]) and not _continues(text[end : end + 1]):
            yield start, end
        start = lowered.find(sought, start + 1)


def _continues(sign: str) -> bool:
    return sign.isalnum() or sign in {"-", "_"}
