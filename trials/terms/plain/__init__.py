"""The only home of the words that patients read for registry values.

Every function takes registry codes or plain values and returns words; none raises: a code without
words reads as `NOT_STATED`. Wordings follow the design's content rules (reading age 9 to 11, "to"
and never a dash, "may" and never "will").
"""

from trials.terms.plain.basics import NOT_STATED, count, listed, number, shortlist
from trials.terms.plain.dates import DateWords, date_words, day_words
from trials.terms.plain.design import (
    Worded,
    allocation,
    arm_type,
    enrollment,
    expanded_access_type,
    intervention_model,
    intervention_type,
    masking,
    noun,
    observational_model,
    phase,
    phase_short,
    primary_purpose,
    study_type,
    study_type_short,
    time_perspective,
)
from trials.terms.plain.people import (
    ages,
    duration,
    healthy_volunteers,
    reference_type,
    role,
    sampling_method,
    secondary_id_type,
    sex,
    sponsor_class,
    standard_age,
)
from trials.terms.plain.places import Place, place, sites, sites_counted
from trials.terms.plain.status import LEFT_REGISTRY, StatusWords, site_status, status

__all__ = [
    "LEFT_REGISTRY",
    "NOT_STATED",
    "DateWords",
    "Place",
    "StatusWords",
    "Worded",
    "ages",
    "allocation",
    "arm_type",
    "count",
    "date_words",
    "day_words",
    "duration",
    "enrollment",
    "expanded_access_type",
    "healthy_volunteers",
    "intervention_model",
    "intervention_type",
    "listed",
    "masking",
    "noun",
    "number",
    "observational_model",
    "phase",
    "phase_short",
    "place",
    "primary_purpose",
    "reference_type",
    "role",
    "sampling_method",
    "secondary_id_type",
    "sex",
    "shortlist",
    "site_status",
    "sites",
    "sites_counted",
    "sponsor_class",
    "standard_age",
    "status",
    "study_type",
    "study_type_short",
    "time_perspective",
]
