"""The only home of the words that patients read for registry values.

Every function takes registry codes or plain values and returns words; none raises: a code without
words reads as `NOT_STATED`. Wordings follow the design's content rules (reading age 9 to 11, "to"
and never a dash, "may" and never "will").
"""

from trials.terms.plain.basics import NOT_STATED, count, listed, number, percent, shortlist
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
from trials.terms.plain.distances import distance, radius, thinks_in_miles
from trials.terms.plain.facets import facet, facet_value, is_rare
from trials.terms.plain.people import (
    aged,
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
from trials.terms.plain.places import Place, place, sites, sites_counted, with_article
from trials.terms.plain.status import LEFT_REGISTRY, StatusWords, site_status, status

__all__ = [
    "LEFT_REGISTRY",
    "NOT_STATED",
    "DateWords",
    "Place",
    "StatusWords",
    "Worded",
    "aged",
    "ages",
    "allocation",
    "arm_type",
    "count",
    "date_words",
    "day_words",
    "distance",
    "duration",
    "enrollment",
    "expanded_access_type",
    "facet",
    "facet_value",
    "healthy_volunteers",
    "intervention_model",
    "intervention_type",
    "is_rare",
    "listed",
    "masking",
    "noun",
    "number",
    "observational_model",
    "percent",
    "phase",
    "phase_short",
    "place",
    "primary_purpose",
    "radius",
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
    "thinks_in_miles",
    "time_perspective",
    "with_article",
]
