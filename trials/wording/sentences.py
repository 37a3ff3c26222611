"""Plain sentences from structured fields, for whatever has no text of our own yet.

Every sentence is true of any record that holds the field, and the same for the same record. None
is built around a text in another language or one that the registry holds back.
"""

from collections.abc import Iterator, Sequence

from trials.models import Trial
from trials.terms import plain as words
from trials.terms.language import language_name, language_of
from trials.terms.plain import DateWords
from trials.terms.registry import Allocation, EnrollmentType, InterventionModel, StudyType
from trials.wording.fields import trial_date
from trials.wording.withheld import NOT_RELEASED, is_withheld, released

_MOST_NAMES = 3
_MOST_CONDITIONS = 5


def summary(trial: Trial) -> str:
    """Return what the trial is about, and what it looks at."""
    if is_withheld(trial):
        return NOT_RELEASED
    names = speakable(intervention_names(trial))
    verb = "offers" if trial.study_type == StudyType.EXPANDED_ACCESS else "looks at"
    looks = f"It {verb} {stop(words.shortlist(names, _MOST_NAMES))}" if names else ""
    if trial.study_type == StudyType.OBSERVATIONAL:
        looks = f"The team watches and learns. {looks}"
    return " ".join(part for part in (about(trial), looks.strip()) if part) or (
        f"Our editors have not written yet what this {words.noun(trial.study_type)} is about."
    )


def about(trial: Trial) -> str:
    """Return the trial's conditions in a sentence; empty where English can't be built on them.

    A record lists conditions and keywords: none of them is something that a person must have.
    """
    names = speakable(condition_names(trial))
    if not names:
        return ""
    more = len(names) - _MOST_CONDITIONS
    shown = [*names[:_MOST_CONDITIONS], f"{words.number(more)} more"] if more > 0 else names
    return f"This {words.noun(trial.study_type)} is about: {stop('; '.join(shown))}"


def speakable(names: Sequence[str]) -> Sequence[str]:
    """Return names that can stand in an English sentence: all of them or none."""
    return [] if any(language_of(name) for name in names) else names


def stop(text: str) -> str:
    """Close a sentence with one full stop, whatever its last name ends with."""
    return f"{text.rstrip('. ')}."


def condition_names(trial: Trial) -> list[str]:
    """Return the trial's conditions as its record writes them."""
    return [row.name for row in trial.trial_conditions.all() if released(row.name)]


def intervention_names(trial: Trial) -> list[str]:
    """Return what the trial tests, as its record writes it."""
    return [row.name for row in trial.interventions.all() if released(row.name)]


def benefit(trial: Trial) -> str:
    """Return what is true of every trial, study or program: it may not help, and may do harm."""
    if trial.study_type == StudyType.OBSERVATIONAL:
        return "The team watches and learns. Taking part may not help you."
    if trial.study_type == StudyType.EXPANDED_ACCESS:
        return (
            "This is a way to get a treatment outside a trial. It may not help you, "
            "and it can cause harm."
        )
    return (
        f"A {words.noun(trial.study_type)} asks a question that is still open. "
        "It may not help you, and it can cause harm."
    )


def written_in(trial: Trial) -> str:
    """Say in which other language the study team wrote, empty for a record in English."""
    limits = getattr(trial, "eligibility", None)
    texts = (trial.brief_title, trial.brief_summary, limits.criteria_text if limits else "")
    languages = [language_of(text) for text in texts if text]
    other = next((language for language in languages if language), "")
    if not other:
        return ""
    part = "" if set(languages) == {other} else "parts of "
    return f"The study team wrote {part}this record in {language_name(other)}."


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
