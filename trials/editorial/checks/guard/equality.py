"""When two amounts say the same, and when their bounds do."""

from fractions import Fraction

from trials.editorial.checks.guard.comparators import Bound
from trials.editorial.checks.guard.quantities import Quantity

_TIME = ("time", "months")
_DAY, _WEEK = 1440, 10080
_HALF_YEAR_WEEKS, _HALF_YEAR_MONTHS = 26, 6
_YEAR_DAYS, _YEAR_MONTHS = 365, 12
# Said without its unit, these are still the same in plain words.
_MAY_BE_LEFT_OUT = (("mass", "body surface"), ("volume",), ("pressure",), ("pulse",), ("times",))


def same_amount(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts are equal with their units, or where one of them has none."""
    if one.label and other.label and one.label != other.label:
        return False
    if one.unit is None or other.unit is None:
        return same_number(one, other)
    if one.unit.kinds == other.unit.kinds:
        ours = {value * one.unit.factor for value in one.values}
        return any(value * other.unit.factor in ours for value in other.values)
    if one.is_time and other.is_time and len(one.unit.kinds) == len(other.unit.kinds) == 1:
        short, long = (one, other) if one.unit.kinds == ("time",) else (other, one)
        return _same_time(short, long)
    return False


def same_number(one: Quantity, other: Quantity) -> bool:
    """Whether the bare numbers are equal; one half is 50 percent."""
    return not set(one.values).isdisjoint(other.values)


def _same_time(short: Quantity, long: Quantity) -> bool:
    """Whether weeks or days are exactly the months or years said: 52 weeks, 26 weeks, 365 days."""
    if short.unit is None or long.unit is None:
        return False
    minutes = short.values[0] * short.unit.factor
    months = long.values[0] * long.unit.factor
    halves = minutes / (_WEEK * _HALF_YEAR_WEEKS)
    years = minutes / (_DAY * _YEAR_DAYS)
    by_weeks = halves.denominator == 1 and halves * _HALF_YEAR_MONTHS == months
    return by_weeks or (years.denominator == 1 and years * _YEAR_MONTHS == months)


def same_kind(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts measure the same sort of thing, whatever they amount to."""
    if one.label or other.label:
        return one.label == other.label
    if one.is_every != other.is_every:
        return False
    if one.unit is None or other.unit is None:
        return one.unit is other.unit
    return one.unit.kinds == other.unit.kinds or (one.is_time and other.is_time)


def lost_unit(said: Quantity, meant: Quantity) -> bool:
    """Whether a unit was left out that the amount can't be understood without."""
    if said.unit is not None or meant.unit is None or said.label:
        return False
    return not meant.is_time and meant.unit.kinds not in _MAY_BE_LEFT_OUT


def same_pace(said: Quantity, meant: Quantity) -> bool:
    """Whether two amounts are not counted by different times (a day, a week)."""
    return not said.per or not meant.per or said.per == meant.per


def bounds_agree(said: Quantity, meant: Quantity, bound: Bound) -> bool:
    """Whether a rewrite's bound says what the source's `bound` says, for the same amount."""
    if said.bound == bound:
        return True
    if Bound.NONE in (said.bound, bound):
        return False
    if said.bound.is_upper != bound.is_upper:
        return False
    # Within, less than and up to 6 months: how people say the same.
    return said.is_time and not said.is_age and not meant.is_age and said.bound.is_upper


def is_derived(said: Quantity, meant: Quantity, bound: Bound) -> bool:
    """Whether a whole number next to the source's says the same: 17 or younger, under 18."""
    if not _whole(said) or not _whole(meant) or Bound.NONE in (said.bound, bound):
        return False
    if said.unit and meant.unit and said.unit != meant.unit:
        return False
    if said.unit and not (said.is_age or meant.is_age):
        return False
    return _inclusive(said.values[0], said.bound) == _inclusive(meant.values[0], bound)


def _whole(quantity: Quantity) -> bool:
    return not quantity.label and quantity.values[0].denominator == 1


def _inclusive(value: Fraction, bound: Bound) -> tuple[bool, Fraction]:
    """Return the bound as the first or last number that still counts."""
    step = {Bound.MORE: 1, Bound.LESS: -1}.get(bound, 0)
    return bound.is_upper, value + step
