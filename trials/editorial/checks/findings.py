"""What a check of an editor's words reports, whichever check it was."""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

_GAPS = re.compile(r"\s+")


class Level(StrEnum):
    """How much stands in the way of submitting a text."""

    BLOCK = "block"
    """Submitting is refused until the words are corrected, or answered with a typed reason."""
    STOP = "stop"
    """Submitting is refused until the words are corrected; no reason helps."""
    HINT = "hint"
    """Advice; submitting goes on."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at in a field.

    `start` and `end` are the offsets of `quote` in the checked text, or -1.
    """

    check: str
    """number, unit, comparator, negation, grade, sentence, abbreviation, jargon or promise."""
    level: Level
    quote: str
    """The words in the rewrite."""
    message: str
    """One clear sentence for the editor: what it is, and what to do."""
    source: str = ""
    """The words of the source that it conflicts with, where there are any."""
    swap: str = ""
    """A plainer wording to offer, where there is one."""
    start: int = -1
    end: int = -1

    @property
    def key(self) -> str:
        """Stay the same while words elsewhere change; a typed reason is stored under it."""
        told = "\x1f".join((self.check, _plain(self.quote), _plain(self.source)))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _plain(words: str) -> str:
    """Leave case and spacing out of words."""
    return _GAPS.sub(" ", words).strip().casefold()
