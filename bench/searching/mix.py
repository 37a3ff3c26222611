"""The searches that the bench asks: always the same, of every kind that people ask.

Two in three keep to the open trials, the default of a search; the others ask for every status.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from trials.registry.synthetic import coinage

_BROAD = (
    "cancer",
    "diabetes",
    "pain",
    "breast cancer",
    "lung cancer",
    "disease",
    "depression",
    "hypertension",
    "stroke",
    "covid-19",
    "obesity",
    "heart failure",
    "infection",
    "neoplasms",
    "placebo",
    "children",
    "surgery",
    "anxiety",
    "syndrome",
    "chronic",
    "healthy volunteers",
    "treatment",
    "asthma",
    "university hospital",
    "leukemia",
    "vaccine",
    "acute",
    "type 2 diabetes",
)
_EVERYDAY = (
    "high blood pressure",
    "heart attack",
    "kidney stones",
    "hair loss",
    "hay fever",
    "shingles",
    "stomach cancer",
    "skin cancer",
    "brain tumor",
    "memory loss",
    "tooth decay",
    "flu",
)
_SEVERAL = (
    "metformin type 2 diabetes",
    "pembrolizumab lung cancer",
    "knee osteoarthritis exercise",
    "paclitaxel carboplatin ovarian cancer",
    "cognitive behavioral therapy insomnia",
    "vitamin d pregnancy",
    "her2 positive breast cancer trastuzumab",
    "dexmedetomidine postoperative pain",
    "crohn disease adalimumab",
    "semaglutide obesity",
    "botulinum toxin migraine",
    "hiv vaccine",
    "ketamine treatment resistant depression",
    "parkinson disease deep brain",
    "smoking cessation text messages",
    "NSCLC OR SCLC",
    "leukemia -chronic",
    "IL-17",
    "β-thalassemia",
    "AML",
)
_PHRASES = (
    '"type 2 diabetes"',
    '"breast cancer"',
    '"heart failure"',
    '"acute myeloid leukemia"',
    '"major depressive disorder"',
    '"platelet rich plasma"',
    '"usual care"',
    '"progression-free survival"',
    '"chronic kidney disease" "blood pressure"',
    '"knee osteoarthritis" exercise',
    '"university hospital of"',
    '"safety and efficacy"',
)
_SENTENCES = (
    "my dad is 70 and has lung cancer that came back after chemo, near Boston",
    "I am a 34 year old woman with lupus in Chicago",
    "trials for my 6 year old son with asthma",
    "is there anything new for stage 4 pancreatic cancer",
    "looking for a study on migraine for people who tried everything",
    "my mother has alzheimer's and lives in Leeds",
    "what can I do against chronic back pain without surgery",
    "drug for high cholesterol without statins",
)
_TYPOS = (
    "diabtes",
    "astma",
    "leukemai",
    "alzhiemer",
    "parkinsons diesease",
    "brest cancer",
    "prostrate cancer",
    "melenoma",
    "epilepsi",
    "fibromialgia",
    "pembrolizumb",
    "hepatits c",
    "skizofrenia",
    "ashtma children",
)
_PLACES = (
    "Boston",
    "Paris",
    "Paris, Texas",
    "London",
    "Leeds",
    "New York",
    "10001",
    "Beijing",
    "Liaoning",
    "Germany",
    "Cairo",
    "Toronto",
    "Reykjavik",
    "Houston, Texas",
    "Chicago",
    "Lyon",
    "United States",
    "Los Angeles",
)
_PLACE_WORDS = (
    "breast cancer",
    "diabetes",
    "lupus",
    "asthma",
    "cancer",
    "depression",
    "multiple sclerosis",
    "melanoma",
    "pain",
)
_FACETS: tuple[dict[str, object], ...] = (
    {"q": "cancer", "phase": ["PHASE3"], "country": ["US"]},
    {"q": "diabetes", "phase": ["PHASE2", "PHASE3"], "sponsor_class": ["INDUSTRY"]},
    {"q": "pain", "intervention_type": ["DRUG"], "age": 45},
    {"q": "asthma", "age_group": ["CHILD"]},
    {"q": "breast cancer", "sex": ["female"], "age": 52, "phase": ["PHASE3"]},
    {"q": "depression", "intervention_type": ["BEHAVIORAL"], "country": ["US", "CA"]},
    {"q": "leukemia", "age": 8},
    {"q": "prostate cancer", "sex": ["male"], "age": 70, "place": "Houston, Texas"},
    {"q": "healthy", "healthy_volunteers": ["yes"], "age": 25, "place": "London"},
    {"q": "lung cancer", "phase": ["PHASE3"], "place": "Chicago", "radius": 50, "unit": "mi"},
    {"q": "covid-19", "study_type": ["OBSERVATIONAL"], "country": ["FR", "DE", "IT", "ES"]},
    {"q": "obesity", "has_results": ["yes"]},
    {"q": "stroke", "status": ["RECRUITING"]},
    {"q": "heart failure", "intervention_type": ["DEVICE"], "sort": "newest"},
    {"q": "hypertension", "sponsor_class": ["OTHER"], "sort": "updated"},
    {"q": "infection", "age": 6, "age_unit": "months"},
    {"age": 34, "sex": ["female"], "country": ["GB"]},
    {"country": ["US"], "phase": ["PHASE1"], "healthy_volunteers": ["yes"]},
    {"intervention_type": ["GENETIC"]},
    {"study_type": ["INTERVENTIONAL"], "age_group": ["OLDER_ADULT"], "sponsor_class": ["NIH"]},
)
_ZERO = (
    "xqzvwk",
    "purple unicorn fever",
    "cancer zzyzzyx",
    '"leukemia asthma lupus"',
    "asthma -asthma",
    "gaucher rabies shingles cholera",
)
_IDS = ("NCT90000001", "nct90000777", "NCT 90001234", "NCT01234567", "NCT90009999 ")
_DEEP = (2, 10, 50, 200, 500)
_BROAD_DEEP = ("cancer", "diabetes", "pain")

# The ranks of coined names that are asked for as rare words.
_RARE_RANKS = (5, 40, 150, 400, 900, 1_500, 2_300, 3_200, 4_100, 5_000)


@dataclass(frozen=True, slots=True)
class Search:
    """A search by its kind and its query string, which begins after the question mark."""

    kind: str
    query: str

    @property
    def is_open(self) -> bool:
        """Whether it keeps to what is open, as searches do by default."""
        return "status=all" not in self.query


def searches() -> list[Search]:
    """Return all searches; three in ten of those without a status of their own ask for all."""
    found = []
    for number, (kind, values) in enumerate(_asked()):
        if number % 10 in (2, 5, 9) and "status" not in values and kind != "id":
            values = {**values, "status": "all"}
        found.append(Search(kind, urlencode(values, doseq=True)))
    return found


def _asked() -> Iterator[tuple[str, dict[str, object]]]:
    yield from _words()
    yield from _around()
    yield from (("facets", values) for values in _FACETS)
    yield from (("facets", {**values, "status": "all"}) for values in _FACETS[:8])
    yield from (("deep page", {"q": q, "page": page}) for page in _DEEP for q in _BROAD_DEEP)
    yield from (("zero results", {"q": q}) for q in _ZERO)
    yield from (("zero results", {"q": q, "place": "Leeds", "age": 3}) for q in _ZERO[:3])
    for sort in ("best", "newest", "updated"):
        yield from (("no words", {"sort": sort, "page": page}) for page in (1, 40))


def _words() -> Iterator[tuple[str, dict[str, object]]]:
    rare = [coinage.rare_conditions()[rank] for rank in _RARE_RANKS]
    rare += [coinage.drugs()[rank] for rank in _RARE_RANKS[:7]]
    rare += [coinage.terms()[rank * 4] for rank in _RARE_RANKS]
    by_kind = {
        "broad words": _BROAD,
        "everyday words": _EVERYDAY,
        "several words": _SEVERAL,
        "rare words": rare,
        "phrase": _PHRASES,
        "sentence": _SENTENCES,
        "typo": _TYPOS,
        "id": _IDS,
    }
    for kind, asked in by_kind.items():
        yield from ((kind, {"q": q}) for q in asked)


def _around() -> Iterator[tuple[str, dict[str, object]]]:
    for number, place in enumerate(_PLACES):
        yield "place", {"place": place}
        for shift in (0, 4):
            q = _PLACE_WORDS[(number + shift) % len(_PLACE_WORDS)]
            yield "words and place", {"q": q, "place": place}
    for radius in (10, 300, 1000, "any"):
        yield "place", {"place": "Boston", "radius": radius}
        yield "words and place", {"q": "cancer", "place": "Lyon", "radius": radius}
        yield (
            "words and place",
            {"q": "diabetes", "place": "Chicago", "radius": radius, "sort": "nearest"},
        )
