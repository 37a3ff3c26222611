"""A trial's limits, ages and dates, in words; what a record lacks is said to be missing."""

from trials.models import Eligibility, Trial
from trials.terms import plain as words
from trials.terms.plain import NOT_STATED, DateWords


def eligibility_of(trial: Trial) -> Eligibility:
    """Return the trial's limits; empty ones where the record has none."""
    return getattr(trial, "eligibility", None) or Eligibility(trial=trial)


def trial_date(trial: Trial, name: str) -> DateWords:
    """Return one of the trial's dates, such as `start_date`, in words."""
    return words.date_words(
        getattr(trial, name),
        getattr(trial, f"{name}_precision"),
        getattr(trial, f"{name}_type"),
    )


def ages_of(trial: Trial) -> str:
    """Return the ages that can take part, in words."""
    limits = eligibility_of(trial)
    if not _has_limits(limits):
        return NOT_STATED
    return words.ages(limits.minimum_age, limits.maximum_age)


def _has_limits(limits: Eligibility) -> bool:
    """Whether the record says anything of who can join; without a word, silence isn't "any age"."""
    said = (
        limits.criteria_text,
        limits.minimum_age,
        limits.maximum_age,
        limits.sex,
        limits.standard_ages,
        limits.study_population,
    )
    return any(said) or limits.healthy_volunteers is not None
