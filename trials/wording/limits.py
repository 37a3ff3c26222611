"""Lines from a record's own limits: who may fit, who may not, what to tick, what to tell.

Only age, sex and healthy volunteers are limits that a field holds. All others are free text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from trials.models import Trial
from trials.terms import plain as words
from trials.terms.registry import Sex
from trials.terms.values import Age
from trials.wording.fields import ages_of, eligibility_of

_ADULT_MONTHS = 18 * 12
_TEEN_MONTHS = 12 * 12


@dataclass(frozen=True, slots=True)
class Joiner:
    """How a line names the person who would join: in the second and the first person."""

    you_are: str
    i_am: str


_SELF = Joiner("you are", "I am")
_CHILD = Joiner("your child is", "My child is")
_SOMEBODY = Joiner("the person who would join is", "The person who would join is")


def is_for_children(trial: Trial) -> bool:
    """Whether nobody of 18 years or more can join."""
    return _most_months(trial) < _ADULT_MONTHS


def _most_months(trial: Trial) -> float:
    months = eligibility_of(trial).maximum_age_months
    return float("inf") if months is None else months


def joiner(trial: Trial) -> Joiner:
    """Return how to name the person: a baby doesn't read this page, a parent does."""
    if is_for_children(trial):
        return _CHILD
    limits = eligibility_of(trial)
    ages = (_age(limits.minimum_age), _age(limits.maximum_age))
    in_years = all(age is None or age.unit == "Year" for age in ages)
    return _SELF if in_years else _SOMEBODY


def _age(text: str) -> Age | None:
    try:
        return Age.parse(text)
    except ValueError:
        return None


def may_fit(trial: Trial) -> Iterator[str]:
    """Say what the record's own limits ask for."""
    limits, who = eligibility_of(trial), joiner(trial)
    if limits.minimum_age or limits.maximum_age:
        yield f"{who.you_are} aged {ages_of(trial)}"
    if limits.sex in {Sex.FEMALE, Sex.MALE}:
        yield f"{who.you_are} {limits.sex.lower()}"


def may_fit_too(trial: Trial) -> Iterator[str]:
    """Say who may join beside those with the condition: nobody has to be healthy."""
    if eligibility_of(trial).healthy_volunteers:
        who = joiner(trial)
        yield f"{who.you_are} healthy: the record says that healthy volunteers can ask to join"


def may_not_fit(trial: Trial) -> Iterator[str]:
    """Say whom the record's own limits leave out."""
    limits, who = eligibility_of(trial), joiner(trial)
    lowest = _age(limits.minimum_age)
    if limits.minimum_age and (lowest is None or lowest.count):
        yield f"{who.you_are} younger than {_age_words(limits.minimum_age)}"
    if limits.maximum_age:
        yield f"{who.you_are} older than {_age_words(limits.maximum_age)}"
    if limits.sex in {Sex.FEMALE, Sex.MALE}:
        yield f"{who.you_are} not {limits.sex.lower()}"
    if limits.healthy_volunteers is False:
        yield f"{who.you_are} a healthy volunteer (they are not taken)"


def _age_words(text: str) -> str:
    age = _age(text)
    return words.count(age.count, age.unit.lower()) if age else text


def to_tick(trial: Trial) -> Iterator[str]:
    """Return checklist lines from structured limits."""
    limits, who = eligibility_of(trial), joiner(trial)
    if limits.minimum_age or limits.maximum_age:
        yield f"{who.i_am} aged {ages_of(trial)}"
    if limits.sex in {Sex.FEMALE, Sex.MALE}:
        yield f"{who.i_am} {limits.sex.lower()}"


def to_tell(trial: Trial) -> Iterator[str]:
    """Return what any study team asks sooner or later; no claim about this trial."""
    can_be_pregnant = eligibility_of(trial).sex != Sex.MALE
    if is_for_children(trial):
        yield "My child takes medicines, vitamins, or herbal products"
        yield "My child has other illnesses, or had a serious illness before"
        if can_be_pregnant and _most_months(trial) >= _TEEN_MONTHS:
            yield "My child is pregnant, or could become pregnant"
        yield "My child is in another study, or was in one in the last year"
        return
    yield "I take medicines, vitamins, or herbal products"
    yield "I have other illnesses, or had a serious illness before"
    if can_be_pregnant:
        yield "I am pregnant, breastfeeding, or would like to have a baby"
    yield "I am in another study, or was in one in the last year"
