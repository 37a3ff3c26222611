"""Amounts in a text: a number with its unit, how it bounds something, how often it comes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from trials.editorial.checks.guard import comparators, numerals, units
from trials.editorial.checks.guard.comparators import Bound
from trials.editorial.checks.guard.numerals import Numeral
from trials.editorial.checks.guard.units import ReadUnit, Unit


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount. `start` and `end` are those of number and unit in the text."""

    start: int
    end: int
    values: tuple[Fraction, ...]
    unit: Unit | None = None
    per: str = ""
    """The time it is counted by: day in “10 mg a day”."""
    bound: Bound = Bound.NONE
    when: str = ""
    """before or after, for a stretch of time counted from something."""
    label: str = ""
    """What the number is the name of: stage, grade, type…"""
    is_every: bool = False
    """How often: “every 8 weeks”, “daily”."""
    is_weak: bool = False
    """A word that is often no number at all (one, once, each day)."""
    is_range: bool = False
    is_age: bool = False

    @property
    def is_time(self) -> bool:
        """Whether it is a stretch of time."""
        return self.unit is not None and self.unit.kinds[0] in ("time", "months")


_LABELS = (
    "grade|stage|type|phase|class|category|level|part|cohort|group|arm|period|step|visit|cycle"
)
_LABEL = re.compile(
    rf"\b(?P<label>{_LABELS})s?[\s-]$|\b(?P<compared>grade|stage|class|phase|level)s?"
    r"(?:\s?[≥≤<>=]\s?|\s(?:of\s)?(?:at\sleast|up\sto|over|under|above|below)\s)$"
)
_ROMAN = re.compile(
    r"\b(?P<label>grade|stage|type|phase|class|category)s?[\s-](?P<roman>iv|v?i{0,3})(?=[abc]?\b)"
    r"(?:[abc]?(?:\s?(?:-|to|or|and|/)\s?|,\s?)(?P<second>iv|v?i{0,3})(?=[abc]?\b))?"
)
_ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_POINT_IN_TIME = re.compile(r"\b(?P<unit>weeks?|months?|days?|years?|hours?)[\s-]$")
_PERIODS = "minute|hour|day|night|week|month|year"
_PER = re.compile(
    rf"[^\d.;,()\n]{{0,28}}?(?:\b(?:an?|per|each|every|one|in\sa)\s(?P<word>{_PERIODS})\b"
    rf"|\b(?P<adverb>daily|nightly|hourly|weekly|monthly|yearly|annually)\b"
    rf"|/\s?(?P<slash>day|d|week|wk|month|year|hour|h|min|minute)\b|\b(?P<code>qd|q\.d\.|od|bid|b\.i\.d\.|tid|t\.i\.d\.|qid))"
)
_ADVERBS = {
    "daily": "day", "nightly": "day", "night": "day", "hourly": "hour", "weekly": "week",
    "monthly": "month", "yearly": "year", "annually": "year", "d": "day", "wk": "week",
    "h": "hour", "min": "minute",
}  # fmt: skip
_OFTEN = re.compile(
    rf"\b(?:(?P<every>every|each|per|an?)\s(?P<ordinal>other\s|second\s|third\s)?(?P<word>{_PERIODS})\b"
    rf"|(?P<adverb>daily|nightly|weekly|monthly|yearly|annually|fortnightly)\b(?!-)"
    rf"|(?P<code>bid|b\.i\.d\.?|tid|t\.i\.d\.?|qid|q\.i\.d\.?|qd|q\.d\.?)(?!\w)"
    r"|q(?P<q>\d{1,2})(?P<q_unit>h|d|w|wk|m|y)\b)"
)
_LAST_ONE = re.compile(
    r"\b(?:in|during|within|over|for)\s(?:the\s)?(?:last|past|previous|preceding)\s"
    r"(?P<word>hour|day|week|month|year)\b"
)
_CODES = {"b": 2, "t": 3, "qi": 4, "q.i": 4, "qd": 1, "q.d": 1}
_ORDINALS = {"other": 2, "second": 2, "third": 3}
_EVERY = re.compile(r"\b(?:every|each|once\severy|once\sin)\s$")
_LINK = re.compile(
    r"\s?(?:[abc]\s?)?(?:-|to|through|thru|until|up\sto|/|and|or|,(?:\s(?:and|or))?|×|x|and/or|vs|versus)\s?"
    r"(?:≤|<|≥|>|about\s|up\sto\s|at\smost\s|at\sleast\s|under\s|over\s|less\sthan\s|more\sthan\s)?"
)
_RANGE = re.compile(
    r"\s?(?:years?\s|days?\s|old\s)?(?:of\sage\s)?(?:-|to|through|thru|until|up\sto(?:\sand\sincluding)?)\s?(?:the\sage\sof\s)?(?:≤|<)?\s?"
)
_ARTICLE = re.compile(r"(?:\s|-)(?:of\s)?(?:an?|the)(?=\s)")
_AND_MORE = re.compile(r",?\s?(?:and\s)?")
_BETWEEN = re.compile(r"\b(?:between|from)\s(?:the\s)?(?:ages?\s)?(?:of\s)?$")
_AGE_BEFORE = re.compile(r"\b(?:aged?|ages|aged\sbetween)\b[^.;,\d]{0,25}$")
_AGE_AFTER = re.compile(
    r"[\s-]?(?:years?[\s-])?(?:(?:or|and)\s(?:older|younger)\b|(?:years?\s)?old\b|of\sage\b|yo\b)"
)
_AGE_COMPARED = re.compile(
    r"\b(?:older|younger)\sthan\s$|\byou(?:r\schild)?\s(?:are|were|is|must\sbe)\s(?:at\sleast\s|over\s|under\s|between\s|from\s|up\sto\s)?$"
)
_LETTERS_BEFORE = re.compile(r"[a-z]-$")
_WORD_BEFORE = re.compile(rf"\b(?:{_LABELS}|age|ages|week|month|day|year|mid|pre|post|of|to)-$")


def read(folded: str) -> list[Quantity]:
    """Return the amounts of a folded text in the order of their places."""
    found = [q for numeral in numerals.read(folded) if (q := _quantity(folded, numeral))]
    found += _roman(folded)
    found.sort(key=lambda quantity: quantity.start)
    found = _with_shared_units(folded, _joined(folded, found))
    found = _with_ranges(folded, [_in_years(quantity) for quantity in found])
    found += [*_often(folded), *_last_one(folded)]
    return sorted(found, key=lambda quantity: quantity.start)


def _quantity(folded: str, numeral: Numeral) -> Quantity | None:
    before = folded[max(0, numeral.start - 40) : numeral.start]
    if _LETTERS_BEFORE.search(before) and not _WORD_BEFORE.search(before):
        return None  # a name, as PD-1
    if label := _LABEL.search(before):
        if numeral.is_frequency:
            return None
        bound = comparators.read(folded, numeral.start, numeral.end)
        return Quantity(
            numeral.start,
            numeral.end,
            numeral.values,
            bound=bound,
            label=label["label"] or label["compared"],
        )
    unit = _unit(folded, numeral)
    point = _POINT_IN_TIME.search(before)
    read_unit, end = unit.unit, unit.end
    if read_unit is None and point and not unit.per:
        read_unit = units.atom(point["unit"])
    if read_unit is None and not numeral.in_words and _is_glued(folded, numeral.end):
        return None  # a name, as 5FU, or an ordinal
    if numeral.is_frequency and read_unit is None:
        read_unit = units.atom("times")
    per = unit.per or _per(folded, end)
    quantity = Quantity(numeral.start, end, numeral.values, read_unit, per)
    return _in_context(folded, quantity, numeral, before)


def _unit(folded: str, numeral: Numeral) -> ReadUnit:
    """Return the unit after a number; “once a week” has none, only a time it is counted by."""
    if numeral.is_frequency:
        return ReadUnit(None, numeral.end)
    article = _ARTICLE.match(folded, numeral.end) if numeral.values[0] < 1 else None
    return units.read_after(folded, article.end() if article else numeral.end)


def _in_context(folded: str, quantity: Quantity, numeral: Numeral, before: str) -> Quantity | None:
    """Return the quantity with what the words around it say."""
    if numeral.is_foreign and not quantity.is_time:
        return None
    is_one = numeral.in_words and quantity.values[0] == 1
    counted_once = numeral.is_frequency and is_one
    if counted_once and quantity.per:
        return replace(quantity, unit=units.atom(quantity.per), per="", is_every=True, is_weak=True)
    is_lasting = quantity.is_time and comparators.is_lasting(folded, quantity.start)
    bound = comparators.read(folded, quantity.start, quantity.end)
    when = comparators.when(folded, quantity.start, quantity.end)
    return replace(
        quantity,
        bound=Bound.NONE if is_lasting and bound == Bound.MORE and not when else bound,
        when=when,
        is_every=bool(_EVERY.search(before)) and quantity.is_time,
        is_weak=is_one and (quantity.unit is None or numeral.is_frequency),
        is_age=_is_age(folded, quantity, before),
    )


def _is_glued(folded: str, end: int) -> bool:
    after = folded[end : end + 1]
    return after.isalpha() or after in ("²", "³")


def _is_age(folded: str, quantity: Quantity, before: str) -> bool:
    if quantity.unit is not None and quantity.unit.kinds != ("months",):
        return False
    if _AGE_AFTER.match(folded, quantity.end):
        return True
    if _AGE_BEFORE.search(before):
        return True
    return quantity.unit is None and bool(_AGE_COMPARED.search(before)) and quantity.values[0] > 1


def _per(folded: str, end: int) -> str:
    match = _PER.match(folded, end, end + 45)
    if not match or match["code"]:
        return "day" if match else ""
    word = match["word"] or match["adverb"] or match["slash"]
    return _ADVERBS.get(word, word)


def _in_years(quantity: Quantity) -> Quantity:
    """Give an age without a unit years; what turned out to be in weeks is no age."""
    if not quantity.is_age:
        return quantity
    if quantity.unit is None:
        return replace(quantity, unit=units.atom("years"))
    return quantity if quantity.unit.kinds == ("months",) else replace(quantity, is_age=False)


def _joined(folded: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Make one of “31 weeks and 6 days”, “1 year and 6 months”."""
    joined: list[Quantity] = []
    for one in found:
        big = joined[-1] if joined else None
        if big and _continues(folded, big, one) and big.unit and one.unit:
            value = big.values[0] + one.values[0] * one.unit.factor / big.unit.factor
            joined[-1] = replace(big, end=one.end, values=(value,), when=big.when or one.when)
        else:
            joined.append(one)
    return joined


def _continues(folded: str, big: Quantity, small: Quantity) -> bool:
    if not big.unit or not small.unit or not big.is_time or big.unit.kinds != small.unit.kinds:
        return False
    if big.unit.factor <= small.unit.factor or small.bound:
        return False
    return bool(_AND_MORE.fullmatch(folded, big.end, small.start))


def _roman(folded: str) -> list[Quantity]:
    found = []
    for match in _ROMAN.finditer(folded):
        for group in ("roman", "second"):
            if match[group]:
                value = (Fraction(_ROMANS[match[group]]),)
                found.append(Quantity(*match.span(group), value, label=match["label"]))
    return found


def _with_shared_units(folded: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Give members of a list the unit that stands once: “12 and 24 weeks”, “weeks 12 and 24”."""
    shared = list(found)
    for at in range(len(shared) - 2, -1, -1):
        one, after = shared[at], shared[at + 1]
        if _is_linked(folded, one, after) and not one.unit and not one.label and after.unit:
            if after.unit.kinds == ("times",):
                continue
            shared[at] = replace(
                one, unit=after.unit, per=one.per or after.per, is_age=after.is_age, is_weak=False
            )
    for at in range(1, len(shared)):
        one, before = shared[at], shared[at - 1]
        if _is_times(one) and (limit := _limit_of(shared[:at])):
            shared[at] = replace(one, unit=limit.unit, bound=one.bound or limit.bound)
        if _is_linked(folded, before, one) and not one.unit and not one.label:
            if before.label:
                shared[at] = replace(one, label=before.label)
            elif before.is_time or before.is_age:
                shared[at] = replace(one, unit=before.unit, is_age=before.is_age, is_weak=False)
    return shared


def _is_times(one: Quantity) -> bool:
    return one.unit is not None and one.unit.kinds == ("times",) and not one.per


def _limit_of(earlier: Sequence[Quantity]) -> Quantity | None:
    """Return the multiple of the limit of normal that “or 5 times” goes on from."""
    limits = (one for one in earlier if one.unit and one.unit.kinds == ("normal limit",))
    return next(limits, None)


def _is_linked(folded: str, one: Quantity, after: Quantity) -> bool:
    return bool(_LINK.fullmatch(folded, one.end, after.start))


def _with_ranges(folded: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Give the ends of “18 to 65” their bounds."""
    ends = list(found)
    for at in range(len(ends) - 1):
        low, high = ends[at], ends[at + 1]
        if not _makes_range(low, high):
            continue
        gap = folded[low.end : high.start]
        before = folded[max(0, low.start - 30) : low.start]
        is_and = gap.strip() == "and" and _BETWEEN.search(before)
        if _RANGE.fullmatch(gap) or is_and:
            ends[at] = replace(
                low,
                bound=Bound.AT_LEAST if low.bound in (Bound.NONE, Bound.WITHIN) else low.bound,
                is_range=True,
            )
            # “up to” between the two belongs to the range.
            upper = high.bound if high.bound == Bound.LESS else Bound.AT_MOST
            ends[at + 1] = replace(
                high, bound=upper, is_range=True, is_age=high.is_age or low.is_age
            )
    return ends


def _makes_range(low: Quantity, high: Quantity) -> bool:
    if low.unit and high.unit and not _same_kinds(low.unit, high.unit):
        return False
    is_up = not low.label and not high.label and low.values[0] < high.values[0]
    return is_up or _grows(low, high)


def _grows(low: Quantity, high: Quantity) -> bool:
    """Whether “9 months to 2 years” goes up."""
    if low.label or high.label or not low.unit or not high.unit or low.unit == high.unit:
        return False
    return low.is_time and high.is_time


def _same_kinds(one: Unit, other: Unit) -> bool:
    time = ("time", "months")
    return one.kinds == other.kinds or (one.kinds[0] in time and other.kinds[0] in time)


def _last_one(folded: str) -> list[Quantity]:
    """Return the stretches of time said without a number: “in the last year”."""
    return [
        Quantity(
            *match.span("word"),
            (Fraction(1),),
            units.atom(match["word"]),
            bound=Bound.WITHIN,
            when="before",
        )
        for match in _LAST_ONE.finditer(folded)
    ]


def _often(folded: str) -> list[Quantity]:
    """Return how often something is, said without a number: daily, each week, Q3W, BID."""
    found = []
    for match in _OFTEN.finditer(folded):
        if match["code"]:
            code = next(
                c for c in ("b", "t", "qi", "q.i", "qd", "q.d") if match["code"].startswith(c)
            )
            often, unit, per = _CODES[code], "times", "day"
        elif match["q"]:
            often, unit, per = (
                int(match["q"]),
                {
                    "m": "months",
                    "w": "weeks",
                    "wk": "weeks",
                    "d": "days",
                    "h": "hours",
                    "y": "years",
                }[match["q_unit"]],
                "",
            )
        elif match["adverb"] == "fortnightly":
            often, unit, per = 2, "weeks", ""
        else:
            word = match["word"] or match["adverb"]
            often = _ORDINALS.get((match["ordinal"] or "").strip(), 1)
            unit, per = _ADVERBS.get(word, word), ""
        is_weak = bool(match["word"] or match["adverb"]) and often == 1
        found.append(
            Quantity(
                *match.span(),
                (Fraction(often),),
                units.atom(unit),
                per,
                is_every=not per,
                is_weak=is_weak,
            )
        )
    return found
