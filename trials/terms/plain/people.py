"""Who can take part, who is in charge, and what a record points to, in words."""

import re

from trials.terms.plain.basics import NOT_STATED, count, word_for
from trials.terms.registry import (
    AgencyClass,
    ContactRole,
    ReferenceType,
    SamplingMethod,
    SecondaryIdType,
    Sex,
    StandardAge,
)
from trials.terms.values import Age

# --- Who can take part ----------------------------------------------------------------------

ANY_AGE = "Any age"
_SEX: dict[str, str] = {Sex.ALL: "All sexes", Sex.FEMALE: "Female only", Sex.MALE: "Male only"}
_STANDARD_AGE: dict[str, str] = {
    StandardAge.CHILD: "Children",
    StandardAge.ADULT: "Adults",
    StandardAge.OLDER_ADULT: "People over 65",
}
_SAMPLING: dict[str, str] = {
    SamplingMethod.PROBABILITY_SAMPLE: "People are picked by chance from a larger group",
    SamplingMethod.NON_PROBABILITY_SAMPLE: "People are not picked by chance",
}


def ages(minimum: str, maximum: str) -> str:
    """Word two age limits of a record such as "18 Years" (empty: no limit).

    "18 to 65 years", "6 months to 5 years", "18 years and over", "17 years and under", "Any age".
    A limit that can't be read is shown as written.
    """
    low, high = _age(minimum), _age(maximum)
    if not minimum and not maximum:
        return ANY_AGE
    if not maximum:
        return f"{_words(low)} and over"
    if not minimum:
        return f"{_words(high)} and under"
    if minimum == maximum:
        return _words(low)
    if isinstance(low, Age) and isinstance(high, Age) and low.unit == high.unit:
        return f"{low.count} to {_words(high)}"
    return f"{_words(low)} to {_words(high)}"


def _age(text: str) -> Age | str:
    try:
        return Age.parse(text)
    except ValueError:
        return text


def _words(age: Age | str) -> str:
    return age if isinstance(age, str) else count(age.count, age.unit.lower())


def duration(text: str) -> str:
    """Return how long something lasts ("5 Years" as "5 years"); other words as written."""
    return _words(_age(text))


def aged(age: int, unit: str) -> str:
    """Return a person of an age in "years", "months", "weeks" or "days": "an 8-year-old"."""
    digits = str(age)
    article = "an" if digits in {"8", "11", "18"} or re.fullmatch("8[0-9]", digits) else "a"
    return f"{article} {digits}-{unit.removesuffix('s')}-old"


def standard_age(code: str) -> str:
    """Return a `StandardAge` group's name."""
    return word_for(_STANDARD_AGE, code)


def sex(code: str) -> str:
    """Return who can take part by sex."""
    return word_for(_SEX, code)


def healthy_volunteers(accepted: bool | None) -> str:
    """Return if people without the condition can take part."""
    if accepted is None:
        return NOT_STATED
    return "Yes" if accepted else "No"


def sampling_method(code: str) -> str:
    """Return how an observational study picks people."""
    return word_for(_SAMPLING, code)


# --- Who is in charge -----------------------------------------------------------------------

_SPONSOR: dict[str, str] = {
    AgencyClass.INDUSTRY: "Industry-sponsored: a company is in charge of this study.",
    AgencyClass.NIH: "NIH-sponsored: a US government health agency is in charge.",
    AgencyClass.FED: "Government-sponsored.",
    AgencyClass.OTHER_GOV: "Government-sponsored.",
    AgencyClass.NETWORK: "Run by a research network.",
    AgencyClass.INDIV: "Run by one researcher.",
    AgencyClass.OTHER: "Run by a university, hospital, or charity.",
    AgencyClass.AMBIG: "",
    AgencyClass.UNKNOWN: "",
}
_ROLE: dict[str, str] = {
    ContactRole.CONTACT: "Contact",
    ContactRole.PRINCIPAL_INVESTIGATOR: "Lead researcher",
    ContactRole.SUB_INVESTIGATOR: "Researcher",
    ContactRole.STUDY_CHAIR: "Chair of the study",
    ContactRole.STUDY_DIRECTOR: "Director of the study",
}


def sponsor_class(code: str) -> str:
    """Return what kind of organisation a sponsor is; empty where the registry doesn't know."""
    return _SPONSOR.get(code, "")


def role(code: str) -> str:
    """Return a person's part in the study; "Researcher" where the record doesn't say."""
    return _ROLE.get(code, "Researcher")


# --- What a record points to ----------------------------------------------------------------

_REFERENCE: dict[str, str] = {
    ReferenceType.BACKGROUND: "About the topic",
    ReferenceType.RESULT: "Results of this study",
    ReferenceType.DERIVED: "Names this study; found by the registry",
}
_SECONDARY_ID: dict[str, str] = {
    SecondaryIdType.NIH: "US National Institutes of Health number",
    SecondaryIdType.FDA: "US Food and Drug Administration number",
    SecondaryIdType.VA: "US Veterans Affairs number",
    SecondaryIdType.CDC: "US Centers for Disease Control number",
    SecondaryIdType.AHRQ: "US Agency for Healthcare Research number",
    SecondaryIdType.SAMHSA: "US Substance Abuse and Mental Health Services number",
    SecondaryIdType.OTHER_GRANT: "Funding number",
    SecondaryIdType.EUDRACT_NUMBER: "European EudraCT number",
    SecondaryIdType.CTIS: "European CTIS number",
    SecondaryIdType.REGISTRY: "Number in another registry",
    SecondaryIdType.OTHER: "Another number",
    SecondaryIdType.ORG_STUDY_ID: "The sponsor’s own number",
}


def reference_type(code: str) -> str:
    """Return what a publication has to do with the study; empty where the record is silent."""
    return _REFERENCE.get(code, "")


def secondary_id_type(code: str) -> str:
    """Return whose number a secondary id is."""
    return _SECONDARY_ID.get(code, "Another number")
