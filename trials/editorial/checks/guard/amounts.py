"""The numbers, units and bounds of a sentence against its source."""

from collections.abc import Iterator, Sequence

from trials.editorial.checks.findings import Finding, Level
from trials.editorial.checks.guard.comparators import Bound
from trials.editorial.checks.guard.equality import (
    bounds_agree,
    is_derived,
    lost_unit,
    same_amount,
    same_kind,
    same_number,
    same_pace,
)
from trials.editorial.checks.guard.matching import Match
from trials.editorial.checks.guard.quantities import Quantity
from trials.editorial.checks.guard.sides import allowed_bounds
from trials.editorial.checks.guard.source import ReadSource, Side, Statement

_CLOSE = 0.75
Place = tuple[Statement, Quantity]
# A number that is only a name inside a record: it need not stand in the words of the source.
_LOOSE_LABELS = frozenset({"part", "cohort", "group", "arm", "period", "step", "visit", "cycle"})


def check(
    sentence: Statement, matches: Sequence[Match], source: ReadSource, side: Side | None
) -> Iterator[Finding]:
    """Yield what is wrong with the amounts of a sentence."""
    near = [(m.statement, q) for m in matches for q in m.statement.quantities]
    whole = [(one, q) for one in source.statements for q in one.quantities]
    for said in sentence.quantities:
        finding = _check_one(sentence, said, _Places(sentence, said, matches, near, whole), side)
        if finding:
            yield finding


class _Places:
    """Where a number of the rewrite stands in the source: in what it was written from, anywhere."""

    def __init__(
        self,
        sentence: Statement,
        said: Quantity,
        matches: Sequence[Match],
        near: Sequence[Place],
        whole: Sequence[Place],
    ) -> None:
        self.near, self.whole = near, whole
        self.equal_near = [place for place in near if same_amount(said, place[1])]
        self.equal = self.equal_near or [place for place in whole if same_amount(said, place[1])]
        self.swapped = self._swapped(sentence, said, matches)

    def _swapped(
        self, sentence: Statement, said: Quantity, matches: Sequence[Match]
    ) -> Place | None:
        """Return what the likeliest statement says where the number is from elsewhere."""
        if not matches:
            return None
        likeliest = max(matches, key=lambda match: match.word_score)
        if not likeliest.is_strong:
            return None
        best, least = likeliest.statement, _CLOSE * likeliest.word_score
        close = (match.statement for match in matches if match.word_score >= least)
        if any(same_amount(said, one) for statement in close for one in statement.quantities):
            return None
        for meant in best.quantities:
            told = any(same_amount(other, meant) for other in sentence.quantities)
            if not told and not meant.is_weak and same_kind(said, meant):
                return best, meant
        return None


def _check_one(
    sentence: Statement, said: Quantity, places: _Places, side: Side | None
) -> Finding | None:
    if said.is_weak:
        return _check_weak(sentence, said, places)
    if places.equal and not places.swapped:
        return (
            _check_unit(sentence, said, places.equal)
            or _check_pace(sentence, said, places.equal)
            or _check_bound(sentence, said, places, side)
        )
    if any(
        is_derived(said, meant, bound)
        for statement, meant in places.near or places.whole
        for bound in allowed_bounds(statement, meant, sentence, said, side)
    ) or _is_derived_age(sentence, said, places, side):
        return None
    return _missing(sentence, said, places)


def _is_derived_age(
    sentence: Statement, said: Quantity, places: _Places, side: Side | None
) -> bool:
    """Whether an age follows from an age limit anywhere in the source."""
    return said.is_age and any(
        meant.is_age and is_derived(said, meant, bound)
        for statement, meant in places.whole
        for bound in allowed_bounds(statement, meant, sentence, said, side)
    )


def _missing(sentence: Statement, said: Quantity, places: _Places) -> Finding | None:
    other_unit = _other_unit(said, places.near) or _other_unit(said, places.whole)
    if other_unit and not places.equal:
        return _finding(
            "unit",
            sentence,
            said,
            *other_unit,
            "The record has this number with another unit: “{source}”. Correct the "
            "unit, or give a reason.",
        )
    if said.label in _LOOSE_LABELS and not any(q.label == said.label for _, q in places.whole):
        return None
    meant = places.swapped or _nearest(said, places)
    if meant:
        return _finding(
            "number",
            sentence,
            said,
            *meant,
            "The record says “{source}” here. Correct the number, or give a reason.",
        )
    return _finding(
        "number",
        sentence,
        said,
        None,
        None,
        "The source of this field does not have this number. Correct it, or give a reason.",
    )


def _other_unit(said: Quantity, places: Sequence[Place]) -> Place | None:
    if said.unit is None:
        return None
    for statement, meant in places:
        has_other = meant.unit is not None and not meant.label and not meant.is_weak
        if has_other and same_number(said, meant):
            return statement, meant
    return None


def _nearest(said: Quantity, places: _Places) -> Place | None:
    """Return the first amount of the same sort in what the sentence was written from."""
    kin = (place for place in places.near if same_kind(said, place[1]) and not place[1].is_weak)
    return next(kin, None)


def _check_weak(sentence: Statement, said: Quantity, places: _Places) -> Finding | None:
    """Check how often something is, where it is said without a number (daily, each week)."""
    # “10 mg a day” is looked at as one.
    is_counted = any(one.per and one.end <= said.start for one in sentence.quantities)
    if not said.is_every or places.equal_near or is_counted:
        return None
    for statement, meant in places.near:
        if meant.is_every and not _is_said(sentence, meant):
            return _finding(
                "unit",
                sentence,
                said,
                statement,
                meant,
                "The record says “{source}” here. Correct how often, or give a reason.",
            )
    return None


def _is_said(sentence: Statement, meant: Quantity) -> bool:
    return any(same_amount(said, meant) for said in sentence.quantities)


def _check_unit(sentence: Statement, said: Quantity, equal: Sequence[Place]) -> Finding | None:
    if not all(lost_unit(said, meant) for _, meant in equal):
        return None
    return _finding(
        "unit",
        sentence,
        said,
        *equal[0],
        "The record gives this number with a unit: “{source}”. Add the unit, or give a reason.",
    )


def _check_pace(sentence: Statement, said: Quantity, equal: Sequence[Place]) -> Finding | None:
    if any(same_pace(said, meant) for _, meant in equal):
        return None
    return _finding(
        "unit",
        sentence,
        said,
        *equal[0],
        "The record counts this by another time: “{source}”. Correct it, or give a reason.",
    )


def _check_bound(
    sentence: Statement, said: Quantity, places: _Places, side: Side | None
) -> Finding | None:
    equal = [place for place in places.equal if not place[0].is_foreign and not place[1].is_weak]
    if not equal or len(equal) < len(places.equal):
        return None
    if _agrees_somewhere(sentence, said, equal, side):
        return _check_when(sentence, said, equal)
    statement, meant = equal[0]
    if not places.equal_near and Bound.NONE in (said.bound, meant.bound):
        return None
    return _finding(
        "comparator",
        sentence,
        said,
        statement,
        meant,
        "The record says “{source}”. At least, more than, at most, less than, older "
        "and younger must say the same here; correct it, or give a reason.",
    )


def _agrees_somewhere(
    sentence: Statement, said: Quantity, equal: Sequence[Place], side: Side | None
) -> bool:
    return any(
        bounds_agree(said, meant, bound)
        for statement, meant in equal
        for bound in allowed_bounds(statement, meant, sentence, said, side)
    )


def _check_when(sentence: Statement, said: Quantity, equal: Sequence[Place]) -> Finding | None:
    """Check that a stretch of time is before or after what it is in the source."""
    whens = {meant.when for _, meant in equal}
    if not said.when or "" in whens or said.when in whens:
        return None
    return _finding(
        "comparator",
        sentence,
        said,
        *equal[0],
        "The record says “{source}”: before and after must be the same. Correct it, "
        "or give a reason.",
    )


_AROUND = 28


def _finding(
    check_name: str,
    sentence: Statement,
    said: Quantity,
    statement: Statement | None,
    meant: Quantity | None,
    message: str,
) -> Finding:
    source = _with_context(statement, meant) if statement and meant else ""
    quote = sentence.quote(said.start, said.end)
    start = sentence.offset + said.start
    return Finding(
        check_name,
        Level.BLOCK,
        quote,
        message.format(source=source),
        source,
        start=start,
        end=start + len(quote),
    )


def _with_context(statement: Statement, meant: Quantity) -> str:
    """Return an amount of the source with some words around it, cut between words."""
    start, end = meant.start, meant.end
    low = max(0, start - _AROUND)
    if low:
        low = statement.text.find(" ", low, start) + 1 or start
    high = min(len(statement.text), end + _AROUND)
    if high < len(statement.text):
        cut = statement.text.rfind(" ", end, high)
        high = cut if cut > 0 else end
    return statement.text[low:high].strip()
