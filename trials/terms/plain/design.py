"""What kind of study it is, how it is set up, and what is tested, in words."""

from collections.abc import Sequence
from typing import NamedTuple

from trials.terms.plain.basics import NOT_STATED, count, listed, word_for
from trials.terms.registry import (
    Allocation,
    ArmType,
    EnrollmentType,
    ExpandedAccessType,
    InterventionModel,
    InterventionType,
    Masking,
    ObservationalModel,
    Phase,
    PrimaryPurpose,
    StudyType,
    TimePerspective,
    WhoMasked,
)


class Worded(NamedTuple):
    """A value in words, and a sentence that explains it (may be empty)."""

    value: str
    meaning: str = ""


# --- Kind -----------------------------------------------------------------------------------

_NOUN: dict[str, str] = {StudyType.INTERVENTIONAL: "trial", StudyType.EXPANDED_ACCESS: "program"}
_STUDY_TYPE: dict[str, Worded] = {
    StudyType.INTERVENTIONAL: Worded(
        "Interventional",
        "People in the study get a treatment. The team then checks what happens.",
    ),
    StudyType.OBSERVATIONAL: Worded(
        "Observational", "The team watches and learns. It does not give a treatment."
    ),
    StudyType.EXPANDED_ACCESS: Worded(
        "Expanded access", "A way to get a treatment outside a trial."
    ),
}
_STUDY_TYPE_SHORT: dict[str, str] = {
    StudyType.INTERVENTIONAL: "Interventional study",
    StudyType.OBSERVATIONAL: "Observational study",
    StudyType.EXPANDED_ACCESS: "Expanded access",
}
_EXPANDED_ACCESS: dict[str, str] = {
    ExpandedAccessType.INDIVIDUAL: "For one patient at a time",
    ExpandedAccessType.INTERMEDIATE: "For a group of patients",
    ExpandedAccessType.TREATMENT: "For many patients, under a treatment protocol",
}


def noun(study_type: str) -> str:
    """Return what pages call a record: "trial", "study" or "program"."""
    return _NOUN.get(study_type, "study")


def study_type(code: str) -> Worded:
    """Return a `StudyType` and what it means."""
    return _STUDY_TYPE.get(code, Worded(NOT_STATED))


def study_type_short(code: str) -> str:
    """Return a `StudyType` for a tag line."""
    return _STUDY_TYPE_SHORT.get(code, "Kind of study not stated")


def expanded_access_type(code: str) -> str:
    """Return who an expanded access program is for."""
    return word_for(_EXPANDED_ACCESS, code)


# --- Phase ----------------------------------------------------------------------------------

_PHASE: dict[tuple[str, ...], str] = {
    (Phase.EARLY_PHASE1,): "Early phase 1: a very small first test",
    (Phase.PHASE1,): "Phase 1: the first safety tests in people",
    (Phase.PHASE1, Phase.PHASE2): "Phase 1 and 2: safety, then if it works",
    (Phase.PHASE2,): "Phase 2: does it work, and what dose?",
    (Phase.PHASE2, Phase.PHASE3): "Phase 2 and 3",
    (Phase.PHASE3,): "Phase 3: is it better than what we use now?",
    (Phase.PHASE4,): "Phase 4: more about an approved treatment",
}
_PHASE_NUMBER: dict[str, str] = {
    Phase.EARLY_PHASE1: "Early phase 1",
    Phase.PHASE1: "1",
    Phase.PHASE2: "2",
    Phase.PHASE3: "3",
    Phase.PHASE4: "4",
}
_NO_PHASE = Worded("Not applicable", "The sponsor did not give this study a phase number.")
_NO_PHASE_KIND = Worded("Not applicable", "Only studies that give a treatment have a phase.")
_NO_PHASE_PROGRAM = Worded("Not applicable", "Only trials have a phase. This is not a trial.")
_WITHOUT_PHASE = {StudyType.OBSERVATIONAL, StudyType.EXPANDED_ACCESS}


def phase(phases: Sequence[str], study_type: str) -> Worded:
    """Return a record's `Phase` codes in words."""
    if (not phases or Phase.NA in phases) and study_type == StudyType.EXPANDED_ACCESS:
        return _NO_PHASE_PROGRAM
    if Phase.NA in phases:
        return _NO_PHASE
    if not phases:
        return _NO_PHASE_KIND if study_type in _WITHOUT_PHASE else Worded(NOT_STATED)
    codes = tuple(code for code in Phase if code in phases)
    return Worded(_PHASE.get(codes) or phase_short(phases, study_type))


def phase_short(phases: Sequence[str], study_type: str) -> str:
    """Return "Phase 1 and 2", "Phase not applicable" or "Phase not stated", for a tag line."""
    numbers = [_PHASE_NUMBER[code] for code in Phase if code in phases and code != Phase.NA]
    if numbers:
        words = listed(numbers)
        return words if words.startswith("Early") else f"Phase {words}"
    none_expected = Phase.NA in phases or study_type in _WITHOUT_PHASE
    return "Phase not applicable" if none_expected else "Phase not stated"


# --- Set-up ---------------------------------------------------------------------------------

_PURPOSE: dict[str, str] = {
    PrimaryPurpose.TREATMENT: "To treat a condition",
    PrimaryPurpose.PREVENTION: "To prevent a condition",
    PrimaryPurpose.DIAGNOSTIC: "To find out what condition a person has",
    PrimaryPurpose.ECT: "To teach, train, or advise people",
    PrimaryPurpose.SUPPORTIVE_CARE: "To ease symptoms or side effects",
    PrimaryPurpose.SCREENING: "To find a condition in people who may not know they have it",
    PrimaryPurpose.HEALTH_SERVICES_RESEARCH: "To learn how care is given, and how to do it better",
    PrimaryPurpose.BASIC_SCIENCE: "To learn how the body or a treatment works",
    PrimaryPurpose.DEVICE_FEASIBILITY: "To see if a new device can work: a small first test",
    PrimaryPurpose.OTHER: "Another purpose, not on the registry’s list",
}
_ALLOCATION: dict[str, str] = {
    Allocation.RANDOMIZED: "Your group is chosen by chance",
    Allocation.NON_RANDOMIZED: "Your group is not chosen by chance",
    Allocation.NA: "Not applicable: no one is put into a group by chance",
}
_MODEL: dict[str, str] = {
    InterventionModel.SINGLE_GROUP: "Everyone is in one group",
    InterventionModel.PARALLEL: "Two or more groups, at the same time",
    InterventionModel.CROSSOVER: "Each person gets two or more treatments, one after the other",
    InterventionModel.FACTORIAL: "Groups get different mixes of the treatments",
    InterventionModel.SEQUENTIAL: "Groups start one after the other, step by step",
}
_OBSERVATIONAL_MODEL: dict[str, str] = {
    ObservationalModel.COHORT: "Follows one or more groups of people",
    ObservationalModel.CASE_CONTROL: "Compares people who have a condition with people who do not",
    ObservationalModel.CASE_ONLY: "Looks only at people who have a condition",
    ObservationalModel.CASE_CROSSOVER: "Compares different times in the same people’s lives",
    ObservationalModel.ECOLOGIC_OR_COMMUNITY: "Looks at whole groups or places, not at each person",
    ObservationalModel.FAMILY_BASED: "Looks at people of the same family",
    ObservationalModel.DEFINED_POPULATION: "Looks at a group of people with something in common",
    ObservationalModel.NATURAL_HISTORY: "Follows how a condition develops",
    ObservationalModel.OTHER: "Another way, not on the registry’s list",
}
_TIME: dict[str, str] = {
    TimePerspective.RETROSPECTIVE: "Looks back at things that have happened",
    TimePerspective.PROSPECTIVE: "Looks forward: the team collects facts as time goes on",
    TimePerspective.CROSS_SECTIONAL: "Looks at one point in time",
    TimePerspective.OTHER: "Another time frame, not on the registry’s list",
}
_MASKED: dict[str, str] = {
    WhoMasked.CARE_PROVIDER: "the people who care for you",
    WhoMasked.INVESTIGATOR: "the researchers",
    WhoMasked.OUTCOMES_ASSESSOR: "the people who check the results",
}


def primary_purpose(code: str) -> str:
    """Return what a trial is for."""
    return word_for(_PURPOSE, code)


def allocation(code: str) -> str:
    """Return how people are put into groups."""
    return word_for(_ALLOCATION, code)


def intervention_model(code: str) -> str:
    """Return how the groups of a trial are organised."""
    return word_for(_MODEL, code)


def observational_model(code: str) -> str:
    """Return how an observational study is organised."""
    return word_for(_OBSERVATIONAL_MODEL, code)


def time_perspective(code: str) -> str:
    """Return when an observational study looks."""
    return word_for(_TIME, code)


def masking(code: str, who_masked: Sequence[str]) -> str:
    """Return who knows which treatment people get.

    The reader is told "you will not be told" only where the record lists the participants.
    """
    if code == Masking.NONE:
        return "Everyone knows the treatment"
    if not code and not who_masked:
        return NOT_STATED
    others = [words for who, words in _MASKED.items() if who in who_masked]
    if WhoMasked.PARTICIPANT in who_masked:
        return f"You will not be told which treatment you get{_nor(others)}"
    if others:
        names = listed(others)
        return f"{names[:1].upper()}{names[1:]} are not told which treatment you get"
    return "Some people are not told which treatment you get. The record does not say who"


def _nor(others: Sequence[str]) -> str:
    return f". Nor will {listed(others, 'or')}" if others else ""


def enrollment(people: int | None, kind: str) -> Worded:
    """Return how many people a study plans or had, from its count and `EnrollmentType`."""
    if people is None:
        return Worded(NOT_STATED)
    words = count(people, "person", "people")
    if kind == EnrollmentType.ESTIMATED:
        return Worded(f"{words} (estimated)", "The number the team hopes will join.")
    if kind == EnrollmentType.ACTUAL:
        return Worded(f"{words} (actual)", "The number who joined.")
    return Worded(words, "The record does not say if this is a plan or a final count.")


# --- Groups and treatments ------------------------------------------------------------------

_ARM: dict[str, str] = {
    ArmType.EXPERIMENTAL: "Gets the treatment being tested",
    ArmType.ACTIVE_COMPARATOR: "Gets a treatment already in use",
    ArmType.PLACEBO_COMPARATOR: "Gets a dummy treatment (placebo)",
    ArmType.SHAM_COMPARATOR: "Gets a pretend (inactive) procedure",
    ArmType.NO_INTERVENTION: "Gets no study treatment",
    ArmType.OTHER: "A kind of group that the registry has no word for",
}
_INTERVENTION: dict[str, str] = {
    InterventionType.BEHAVIORAL: "Exercise, diet, or talking",
    InterventionType.BIOLOGICAL: "Vaccine, blood product, or cell therapy",
    InterventionType.COMBINATION_PRODUCT: "A mix, such as a medicine in a device",
    InterventionType.DEVICE: "Device",
    InterventionType.DIAGNOSTIC_TEST: "A test or scan",
    InterventionType.DIETARY_SUPPLEMENT: "Food supplement",
    InterventionType.DRUG: "Medicine",
    InterventionType.GENETIC: "Gene therapy",
    InterventionType.PROCEDURE: "Operation or procedure",
    InterventionType.RADIATION: "Radiation",
    InterventionType.OTHER: "Other",
}


def arm_type(code: str) -> str:
    """Return what a group gets; empty for a group without a type (observational studies)."""
    return _ARM.get(code, "")


def intervention_type(code: str) -> str:
    """Return what kind of thing is tested."""
    return word_for(_INTERVENTION, code)
