"""Whether a line stands on the other side than the statement it was written from."""

import re

from trials.editorial.checks.guard.comparators import Bound
from trials.editorial.checks.guard.negation import Kind
from trials.editorial.checks.guard.quantities import Quantity
from trials.editorial.checks.guard.source import Side, Statement

_AGE_LIMITS = re.compile(r"(?:minimum|maximum|youngest|oldest)\s(?:allowed\s)?age|^ages?\b")

_CLAUSE_END = re.compile(r"[;.:]|,\s(?:or|and|but|if)\b")


def is_crossed(statement: Statement, side: Side | None) -> bool | None:
    """Return whether a line turns the statement round by where it stands; None where it may."""
    if side is None:
        return None if statement.section == "exclusion" else False
    is_age_limit = not statement.section and _AGE_LIMITS.search(statement.folded)
    if statement.section == "inclusion" or is_age_limit:
        return side is Side.NOT_A_FIT
    if statement.section == "exclusion":
        return side is Side.GOOD_FIT
    return False if side is Side.GOOD_FIT else None


def allowed_bounds(
    statement: Statement, meant: Quantity, sentence: Statement, said: Quantity, side: Side | None
) -> set[Bound]:
    """Return the bounds that a rewrite may give an amount of a statement."""
    crossed = is_crossed(statement, side)
    turns = {False, True} if crossed is None else {crossed}
    if _turned(sentence, said) != _turned(statement, meant):
        turns |= {not turn for turn in turns}
    return {meant.bound.opposite if turn else meant.bound for turn in turns}


def _turned(statement: Statement, quantity: Quantity) -> bool:
    """Whether a word before a number, in its clause, turns it round."""
    kinds = (Kind.PLAIN, Kind.INSIDE)
    return any(
        cue.kind in kinds
        and cue.end <= quantity.start
        and not _CLAUSE_END.search(statement.folded, cue.end, quantity.start)
        for cue in statement.cues
    )
