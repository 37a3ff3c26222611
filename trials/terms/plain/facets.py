"""The facets of a search in words: their names, and each value as a person would tick it."""

from trials.terms.countries import country_name
from trials.terms.facets import COUNTRY, YES
from trials.terms.plain.design import intervention_type
from trials.terms.plain.status import status
from trials.terms.registry import AgencyClass, OverallStatus, Phase, Sex, StandardAge, StudyType

_NAMES = {
    "status": "Status",
    "phase": "Phase",
    "study_type": "Kind of study",
    "intervention_type": "What is being tested",
    "age_group": "Age group",
    "sex": "Sex",
    "healthy_volunteers": "Healthy volunteers",
    COUNTRY: "Country",
    "sponsor_class": "Who is in charge",
    "has_results": "Results",
    "reviewed": "Plain words",
}
_VALUES: dict[str, dict[str, str]] = {
    "phase": {
        Phase.EARLY_PHASE1: "Early phase 1",
        Phase.PHASE1: "Phase 1: first safety tests",
        Phase.PHASE2: "Phase 2: does it work?",
        Phase.PHASE3: "Phase 3: is it better?",
        Phase.PHASE4: "Phase 4: after approval",
        Phase.NA: "No phase",
    },
    "study_type": {
        StudyType.INTERVENTIONAL: "Tests a treatment (interventional)",
        StudyType.OBSERVATIONAL: "Watches and learns (observational)",
        StudyType.EXPANDED_ACCESS: "Treatment outside a trial (expanded access)",
    },
    "age_group": {
        StandardAge.CHILD: "Children (17 and under)",
        StandardAge.ADULT: "Adults (18 to 64)",
        StandardAge.OLDER_ADULT: "Adults (65 and over)",
    },
    "sex": {Sex.FEMALE: "Takes women or girls", Sex.MALE: "Takes men or boys"},
    "healthy_volunteers": {YES: "Healthy people can join"},
    "sponsor_class": {
        AgencyClass.INDUSTRY: "A company",
        AgencyClass.NIH: "US National Institutes of Health",
        AgencyClass.FED: "Another US government agency",
        AgencyClass.OTHER_GOV: "Another government",
        AgencyClass.NETWORK: "A research network",
        AgencyClass.INDIV: "One researcher",
        AgencyClass.OTHER: "A university, hospital, or charity",
        AgencyClass.AMBIG: "Not clear from the record",
        AgencyClass.UNKNOWN: "Not known",
    },
    "has_results": {YES: "Results are on the registry"},
    "reviewed": {YES: "Reviewed by our editors"},
}
# Offered only where trials have them: hardly anyone looks for these.
_RARE = frozenset(
    {
        OverallStatus.AVAILABLE,
        OverallStatus.NO_LONGER_AVAILABLE,
        OverallStatus.TEMPORARILY_NOT_AVAILABLE,
        OverallStatus.APPROVED_FOR_MARKETING,
        OverallStatus.WITHHELD,
        AgencyClass.AMBIG,
        AgencyClass.UNKNOWN,
    }
)


def facet(name: str) -> str:
    """Return the heading of a facet of `terms.facets`."""
    return _NAMES[name]


def facet_value(name: str, value: str) -> str:
    """Return a facet's value as a choice; a value without words as it is."""
    if name == "status":
        return status(value).words
    if name == "intervention_type":
        return intervention_type(value)
    if name == COUNTRY:
        return country_name(value)
    return _VALUES[name].get(value, value)


def is_rare(value: str) -> bool:
    """Tell whether a value is worth showing only where trials have it."""
    return value in _RARE
