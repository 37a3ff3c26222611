"""Plain sentences from structured fields, for pages without a text of our own.

Every sentence is true of any record that holds the field, and the same for the same record.
"""

from collections.abc import Iterator

from trials.models import Trial
from trials.pages.presenters.facts import ages_of, trial_date
from trials.pages.presenters.rows import eligibility_of
from trials.terms import plain as words
from trials.terms.plain import DateWords
from trials.terms.registry import (
    Allocation,
    EnrollmentType,
    InterventionModel,
    Sex,
    StudyType,
)
from trials.terms.values import Age

_MOST_NAMES = 3
_MOST_CONDITIONS = 5


def summary(trial: Trial) -> str:
    """Return what the trial is about, and what it looks at."""
    noun = words.noun(trial.study_type)
    conditions = words.shortlist(condition_names(trial), _MOST_NAMES)
    names = words.shortlist([row.name for row in trial.interventions.all()], _MOST_NAMES)
    about = f"This {noun} is about {conditions}." if conditions else ""
    looks = f"It looks at {names}." if names else ""
    if trial.study_type == StudyType.OBSERVATIONAL:
        looks = f"The team watches and learns. {looks}"
    return " ".join(part for part in (about, looks.strip()) if part) or (
        f"The record does not say what this {noun} is about."
    )


def condition_names(trial: Trial) -> list[str]:
    """Return the trial's conditions as its record writes them."""
    return [row.name for row in trial.trial_conditions.all()]


def how_it_works(trial: Trial) -> Iterator[str]:
    """Say how many people, which groups, chance, who knows what, and when."""
    yield from _people(trial)
    yield from _groups(trial)
    if trial.study_type == StudyType.INTERVENTIONAL and trial.masking:
        yield f"{words.masking(trial.masking, trial.who_masked)}."
    yield from _dates(trial)


def _people(trial: Trial) -> Iterator[str]:
    if trial.enrollment_count is None:
        return
    people = words.count(trial.enrollment_count, "person", "people")
    noun = words.noun(trial.study_type)
    if trial.enrollment_type == EnrollmentType.ACTUAL:
        yield f"{people} joined this {noun}."
    elif trial.enrollment_type == EnrollmentType.ESTIMATED:
        yield f"The plan for this {noun} is {people}."
    else:
        yield f"The record gives {people} for this {noun}."


def _groups(trial: Trial) -> Iterator[str]:
    arms = len(trial.arms.all())
    if arms > 1:
        yield f"There are {arms} groups."
    elif arms == 1 or trial.intervention_model == InterventionModel.SINGLE_GROUP:
        yield "There is one group."
    if trial.allocation in {Allocation.RANDOMIZED, Allocation.NON_RANDOMIZED}:
        yield f"{words.allocation(trial.allocation)}."


def _dates(trial: Trial) -> Iterator[str]:
    for name, started, noun in (
        ("start_date", "started", "start"),
        ("completion_date", "ended", "end"),
    ):
        date = trial_date(trial, name)
        if date.kind == "actual":
            yield f"It {started} {when(date)}."
        elif date.iso:
            expected = "expected " if date.kind else ""
            yield f"The record gives {date.words} as its {expected}{noun}."


def when(date: DateWords) -> str:
    """Return "on 15 June 2026", "in June 2026" or "in 2026"."""
    return f"{'on' if len(date.iso) == 10 else 'in'} {date.words}"


def may_fit(trial: Trial) -> Iterator[str]:
    """Say what the record's own limits ask for."""
    limits = eligibility_of(trial)
    if limits.minimum_age or limits.maximum_age:
        yield f"you are aged {ages_of(trial)}"
    if limits.sex in {Sex.FEMALE, Sex.MALE}:
        yield f"you are {limits.sex.lower()}"
    if conditions := _conditions(trial):
        yield f"your condition is {conditions}"
    if limits.healthy_volunteers:
        yield "you do not have the condition: healthy volunteers are taken too"


def _conditions(trial: Trial) -> str:
    names = condition_names(trial)
    worded = words.shortlist(names, _MOST_CONDITIONS)
    return f"one of these: {worded}" if len(names) > 1 else worded


def may_not_fit(trial: Trial) -> Iterator[str]:
    """Say whom the record's own limits leave out."""
    limits = eligibility_of(trial)
    if limits.minimum_age:
        yield f"you are younger than {_age(limits.minimum_age)}"
    if limits.maximum_age:
        yield f"you are older than {_age(limits.maximum_age)}"
    if limits.sex in {Sex.FEMALE, Sex.MALE}:
        yield f"you are not {limits.sex.lower()}"
    if limits.healthy_volunteers is False:
        yield "you do not have the condition (healthy volunteers are not taken)"


def _age(text: str) -> str:
    try:
        age = Age.parse(text)
    except ValueError:
        return text
    return words.count(age.count, age.unit.lower())


def to_tick(trial: Trial) -> Iterator[str]:
    """Return checklist lines from structured facts."""
    limits = eligibility_of(trial)
    ages = ages_of(trial)
    if limits.minimum_age or limits.maximum_age:
        yield f"I am aged {ages}"
    if limits.sex in {Sex.FEMALE, Sex.MALE}:
        yield f"I am {limits.sex.lower()}"
    if conditions := _conditions(trial):
        healthy = ", or I am healthy" if limits.healthy_volunteers else ""
        yield f"My condition is {conditions}{healthy}"
    yield _travel(trial)


def _travel(trial: Trial) -> str:
    sites = trial.sites.all()
    if not sites:
        return "I can travel to the place where the visits are, once I know it"
    if len(sites) == 1:
        facility = sites[0].facility
        place = words.place(words.Place(facility.city, facility.state, facility.country))
        return f"I can travel to {place or 'the site'}"
    return f"I can travel to one of the {words.number(len(sites))} sites"


# What any study team asks sooner or later; no claim about this trial.
TO_TELL = (
    "I take medicines, vitamins, or herbal products",
    "I have other illnesses, or had a serious illness before",
    "I am pregnant, breastfeeding, or would like to have a baby",
    "I am in another study, or was in one in the last year",
)
