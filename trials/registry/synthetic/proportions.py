"""The registry's proportions, as tables of weights.

Sources: (S) counted over 1,005 real records of the registry, newest versions, November 2026; (T)
the registry's own page "Trends, Charts, and Maps", 492,531 studies, April 2024: 13.6 % recruiting,
30 % in the US only, 54 % abroad only, 5 % both, 11 % without a site; (R) the registry in July 2026:
592,206 studies, 3,480,413 sites, 17 KB a study. Where the sample leans to its topics (open trials,
men, industry) the weight is rounded towards (T) and (R).
"""

from math import log

from trials.registry.synthetic.chance import Draw, table

STUDY_TYPE = table({"INTERVENTIONAL": 0.77, "OBSERVATIONAL": 0.228, "EXPANDED_ACCESS": 0.002})  # S

STATUS = {  # T for the open ones, S for the rest
    "INTERVENTIONAL": table(
        {
            "COMPLETED": 0.53,
            "RECRUITING": 0.13,
            "UNKNOWN": 0.13,
            "TERMINATED": 0.062,
            "NOT_YET_RECRUITING": 0.042,
            "ACTIVE_NOT_RECRUITING": 0.045,
            "WITHDRAWN": 0.03,
            "ENROLLING_BY_INVITATION": 0.008,
            "SUSPENDED": 0.003,
            "WITHHELD": 0.0015,
        }
    ),
    "OBSERVATIONAL": table(
        {
            "COMPLETED": 0.5,
            "RECRUITING": 0.155,
            "UNKNOWN": 0.18,
            "TERMINATED": 0.04,
            "NOT_YET_RECRUITING": 0.045,
            "ACTIVE_NOT_RECRUITING": 0.04,
            "WITHDRAWN": 0.02,
            "ENROLLING_BY_INVITATION": 0.018,
            "SUSPENDED": 0.002,
        }
    ),
    "EXPANDED_ACCESS": table(
        {
            "AVAILABLE": 0.25,
            "NO_LONGER_AVAILABLE": 0.45,
            "APPROVED_FOR_MARKETING": 0.25,
            "TEMPORARILY_NOT_AVAILABLE": 0.05,
        }
    ),
}
OPEN = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "AVAILABLE"})
STOPPED = frozenset({"TERMINATED", "WITHDRAWN", "SUSPENDED"})
ENDED = frozenset({"COMPLETED", "TERMINATED"})

PHASES = table(  # S, of interventional studies
    {
        ("NA",): 0.40,
        ("PHASE2",): 0.165,
        ("PHASE1",): 0.125,
        ("PHASE3",): 0.12,
        ("PHASE4",): 0.1,
        ("PHASE1", "PHASE2"): 0.05,
        ("PHASE2", "PHASE3"): 0.022,
        ("EARLY_PHASE1",): 0.018,
    }
)
ALLOCATION = table({"RANDOMIZED": 0.65, "NA": 0.23, "NON_RANDOMIZED": 0.12})  # S
MODEL = table(  # S
    {
        "PARALLEL": 0.58,
        "SINGLE_GROUP": 0.29,
        "CROSSOVER": 0.075,
        "SEQUENTIAL": 0.04,
        "FACTORIAL": 0.015,
    }
)
PURPOSE = table(  # S
    {
        "TREATMENT": 0.68,
        "PREVENTION": 0.105,
        "SUPPORTIVE_CARE": 0.05,
        "OTHER": 0.05,
        "BASIC_SCIENCE": 0.045,
        "DIAGNOSTIC": 0.035,
        "HEALTH_SERVICES_RESEARCH": 0.025,
        "DEVICE_FEASIBILITY": 0.005,
        "SCREENING": 0.005,
    }
)
MASKING = table(  # S
    {"NONE": 0.52, "DOUBLE": 0.15, "QUADRUPLE": 0.14, "SINGLE": 0.11, "TRIPLE": 0.08}
)
OBSERVATIONAL_MODEL = table(  # S
    {
        "COHORT": 0.62,
        "CASE_CONTROL": 0.16,
        "CASE_ONLY": 0.11,
        "OTHER": 0.09,
        "CASE_CROSSOVER": 0.015,
        "FAMILY_BASED": 0.005,
    }
)
TIME_PERSPECTIVE = table(  # S
    {"PROSPECTIVE": 0.65, "CROSS_SECTIONAL": 0.16, "RETROSPECTIVE": 0.14, "OTHER": 0.05}
)
SAMPLING = table({"NON_PROBABILITY_SAMPLE": 0.74, "PROBABILITY_SAMPLE": 0.26})  # S

SPONSOR_CLASS = table(  # S, industry lowered for the sample's topics
    {
        "OTHER": 0.68,
        "INDUSTRY": 0.255,
        "OTHER_GOV": 0.03,
        "NIH": 0.018,
        "NETWORK": 0.008,
        "FED": 0.007,
        "INDIV": 0.001,
        "UNKNOWN": 0.0005,
        "AMBIG": 0.0005,
    }
)
COLLABORATORS = table({0: 0.67, 1: 0.219, 2: 0.063, 3: 0.02, 4: 0.013, 6: 0.01, 12: 0.005})  # S

INTERVENTION_TYPE = table(  # S, of interventions
    {
        "DRUG": 0.45,
        "OTHER": 0.155,
        "BIOLOGICAL": 0.085,
        "DEVICE": 0.1,
        "PROCEDURE": 0.085,
        "BEHAVIORAL": 0.065,
        "DIETARY_SUPPLEMENT": 0.025,
        "DIAGNOSTIC_TEST": 0.022,
        "RADIATION": 0.01,
        "COMBINATION_PRODUCT": 0.004,
        "GENETIC": 0.003,
    }
)
INTERVENTIONS = table({1: 0.45, 2: 0.34, 3: 0.1, 4: 0.05, 5: 0.03, 6: 0.02, 9: 0.01})  # S
OTHER_NAMES = table({0: 0.69, 1: 0.15, 2: 0.09, 3: 0.04, 4: 0.03})  # S
CONDITIONS = table({1: 0.637, 2: 0.176, 3: 0.085, 4: 0.048, 5: 0.03, 7: 0.018, 12: 0.006})  # S
KEYWORDS = table({0: 0.364, 1: 0.1, 2: 0.073, 3: 0.12, 4: 0.12, 5: 0.1, 7: 0.09, 12: 0.033})  # S
ARM_TYPE = table(  # S
    {
        "EXPERIMENTAL": 0.5,
        "ACTIVE_COMPARATOR": 0.24,
        "PLACEBO_COMPARATOR": 0.13,
        "NO_INTERVENTION": 0.07,
        "OTHER": 0.04,
        "SHAM_COMPARATOR": 0.02,
    }
)
SECONDARY_IDS = table({0: 0.78, 1: 0.17, 2: 0.033, 3: 0.017})  # S
SECONDARY_ID_TYPE = table(  # S
    {"OTHER": 0.44, "NIH": 0.16, "REGISTRY": 0.14, "EUDRACT_NUMBER": 0.2, "CTIS": 0.06}
)

MINIMUM_AGE = table(  # S
    {
        "18 Years": 0.6,
        "": 0.062,
        "20 Years": 0.03,
        "40 Years": 0.025,
        "12 Years": 0.022,
        "6 Years": 0.02,
        "19 Years": 0.018,
        "21 Years": 0.016,
        "30 Years": 0.016,
        "50 Years": 0.016,
        "1 Year": 0.014,
        "5 Years": 0.014,
        "16 Years": 0.014,
        "65 Years": 0.02,
        "60 Years": 0.014,
        "3 Years": 0.011,
        "2 Years": 0.01,
        "8 Years": 0.009,
        "45 Years": 0.008,
        "6 Months": 0.008,
        "14 Years": 0.008,
        "1 Month": 0.005,
        "1 Day": 0.005,
        "2 Weeks": 0.003,
        "0 Minutes": 0.001,
    }
)
MAXIMUM_AGE = table(  # S
    {
        "": 0.43,
        "65 Years": 0.095,
        "75 Years": 0.07,
        "70 Years": 0.065,
        "80 Years": 0.055,
        "60 Years": 0.042,
        "50 Years": 0.035,
        "55 Years": 0.028,
        "45 Years": 0.025,
        "18 Years": 0.022,
        "17 Years": 0.02,
        "64 Years": 0.013,
        "85 Years": 0.018,
        "40 Years": 0.014,
        "90 Years": 0.01,
        "99 Years": 0.008,
        "12 Years": 0.008,
        "30 Years": 0.008,
        "100 Years": 0.007,
        "5 Years": 0.005,
        "24 Months": 0.004,
        "28 Days": 0.002,
    }
)
SEX = table({"ALL": 0.86, "FEMALE": 0.1, "MALE": 0.04})  # S leans to men's diseases
HEALTHY_VOLUNTEERS = table({False: 0.73, True: 0.235, None: 0.035})  # S

# First and last number of sites of a band, and its share; S, fitted to (R): 5.88 a study.
SITE_BANDS = (
    (0, 0, 0.1),
    (1, 1, 0.628),
    (2, 3, 0.1),
    (4, 9, 0.0805),
    (10, 19, 0.034),
    (20, 49, 0.034),
    (50, 99, 0.015),
    (100, 199, 0.0065),
    (200, 499, 0.0023),
    (500, 999, 0.00025),
    (1000, 2500, 0.00003),
)

# Countries, in the registry's words, of studies with few sites and of sites of large studies: S, T.
HOME = table(
    {
        "United States": 0.36,
        "China": 0.095,
        "France": 0.065,
        "Egypt": 0.05,
        "Turkey (Türkiye)": 0.045,
        "United Kingdom": 0.035,
        "Canada": 0.035,
        "Germany": 0.03,
        "Italy": 0.03,
        "Spain": 0.024,
        "South Korea": 0.024,
        "Pakistan": 0.022,
        "Taiwan": 0.021,
        "Israel": 0.018,
        "Brazil": 0.018,
        "Denmark": 0.017,
        "Netherlands": 0.015,
        "Switzerland": 0.012,
        "India": 0.012,
        "Belgium": 0.011,
        "Sweden": 0.01,
        "Iran": 0.008,
        "Thailand": 0.008,
        "Japan": 0.008,
        "Mexico": 0.007,
        "Hong Kong": 0.007,
        "Norway": 0.007,
        "Australia": 0.007,
        "Austria": 0.006,
        "Greece": 0.005,
        "Finland": 0.005,
        "Poland": 0.005,
        "Singapore": 0.004,
        "Saudi Arabia": 0.004,
        "Indonesia": 0.003,
        "Argentina": 0.003,
        "Russia": 0.003,
        "Ireland": 0.003,
        "South Africa": 0.003,
        "Bangladesh": 0.003,
        "Chile": 0.002,
        "Colombia": 0.002,
        "Uganda": 0.002,
        "Kenya": 0.002,
        "Vietnam": 0.002,
        "Malaysia": 0.002,
        "Portugal": 0.002,
        "Tunisia": 0.002,
        "Nigeria": 0.002,
        "Puerto Rico": 0.001,
    }
)
MULTINATIONAL = table(
    {
        "United States": 0.4,
        "China": 0.06,
        "France": 0.055,
        "Germany": 0.055,
        "Spain": 0.045,
        "Japan": 0.045,
        "Italy": 0.04,
        "Canada": 0.035,
        "United Kingdom": 0.035,
        "Poland": 0.027,
        "Australia": 0.022,
        "South Korea": 0.02,
        "Belgium": 0.016,
        "Netherlands": 0.014,
        "Brazil": 0.016,
        "Russia": 0.014,
        "Hungary": 0.012,
        "Czechia": 0.012,
        "Taiwan": 0.012,
        "Israel": 0.012,
        "Turkey (Türkiye)": 0.01,
        "Mexico": 0.01,
        "Argentina": 0.01,
        "Romania": 0.008,
        "India": 0.01,
        "Bulgaria": 0.008,
        "Ukraine": 0.008,
        "South Africa": 0.008,
        "Greece": 0.007,
        "Sweden": 0.007,
        "Austria": 0.006,
        "Switzerland": 0.005,
        "Denmark": 0.006,
        "Portugal": 0.005,
        "Finland": 0.004,
        "Norway": 0.003,
        "Thailand": 0.005,
        "Slovakia": 0.004,
        "Colombia": 0.004,
        "Chile": 0.004,
        "Malaysia": 0.003,
        "Serbia": 0.003,
        "Philippines": 0.003,
        "Peru": 0.003,
        "New Zealand": 0.003,
        "Singapore": 0.002,
        "Hong Kong": 0.002,
        "Ireland": 0.002,
        "Lithuania": 0.002,
        "Latvia": 0.002,
        "Estonia": 0.002,
        "Croatia": 0.002,
        "Georgia": 0.002,
        "Puerto Rico": 0.003,
    }
)
SITE_WITHOUT_POINT = 0.022  # S
SITE_STATUS = table(  # S, of recruiting studies' sites
    {
        "RECRUITING": 0.7,
        "NOT_YET_RECRUITING": 0.19,
        "WITHDRAWN": 0.03,
        "ACTIVE_NOT_RECRUITING": 0.03,
        "COMPLETED": 0.03,
        "SUSPENDED": 0.005,
        "": 0.015,
    }
)
HAS_RESULTS = 0.23  # T: of ended interventional studies
HAS_ACRONYM = 0.27  # S
HAS_OFFICIAL = 0.73  # S
SITE_HAS_CONTACT = 0.6  # S: of open studies
HAS_COMMITTEE = 0.4  # S
IS_REGULATED = 0.3  # S

# Lengths in sentences or items, about: S.
PRIMARY_OUTCOMES = table({1: 0.68, 2: 0.14, 3: 0.07, 4: 0.04, 6: 0.04, 10: 0.03})
SECONDARY_OUTCOMES = table({0: 0.21, 1: 0.15, 3: 0.22, 5: 0.15, 8: 0.14, 12: 0.08, 25: 0.05})
SUMMARY = table({2: 0.27, 4: 0.3, 6: 0.22, 10: 0.15, 17: 0.06})
DESCRIPTION = table({0: 0.34, 9: 0.25, 17: 0.2, 34: 0.16, 80: 0.05})
REFERENCES = table({0: 0.7, 1: 0.12, 2: 0.06, 4: 0.06, 9: 0.04, 24: 0.02})
CRITERIA = table({8: 0.25, 18: 0.25, 36: 0.25, 68: 0.2, 130: 0.05})
RESULT_MEASURES = table({6: 0.35, 12: 0.3, 25: 0.2, 60: 0.2})


def _bands() -> Draw[tuple[float, float]]:
    """Return the bands of site numbers as logarithms of their ends."""
    logs = [(log(first), log(last + 1)) if first else (0.0, 0.0) for first, last, _ in SITE_BANDS]
    return Draw(logs, [share for _, _, share in SITE_BANDS])


SITE_BAND = _bands()
