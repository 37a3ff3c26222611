"""What a rule is that rewrites how a criterion opens and keeps the rest as written.

A rule has a pattern over the whole criterion, a template, and what its rest must be. In a pattern
`x` is the rest as written; `low` is a rest that begins with what the pattern knows to be no name,
so that it can lose its capital; `verb` is a verb that is put in the person's form.
"""

import re
from enum import Enum, auto
from typing import NamedTuple


class Rest(Enum):
    """What the kept rest of a criterion must be for the rule to fit."""

    NOUN = auto()
    """No verb of a sentence of its own: “cancer that has spread”, not “cancer must be treated”."""
    SINGULAR = auto()
    """Follows a verb of one person; no further verb of that person may come."""
    PLURAL = auto()
    """Follows a verb of many people; no further verb of theirs, unless the reader is spoken to."""


class Opener(NamedTuple):
    """One rule."""

    pattern: re.Pattern[str]
    template: str
    rest: Rest


def rule(pattern: str, template: str, rest: Rest = Rest.NOUN) -> Opener:
    """Return a rule; case makes no difference to its pattern."""
    return Opener(re.compile(pattern, re.IGNORECASE | re.DOTALL), template, rest)
