"""Medical and trial words that pages explain at their first use.

Pure: a text goes in, segments come out. Meanings were written for this project, one or two short
sentences each; a new word needs a line in `TERMS` and nothing else.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word to explain: its address part, its name on the note, its meaning, its spellings.

    The name is a spelling too. A spelling in capitals, or with a digit, matches as written;
    others match in any case.
    """

    slug: str
    name: str
    meaning: str
    variants: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that the term is recognised by."""
        return (self.name, *self.variants)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text; `term` is set where the stretch is a word to explain."""

    text: str
    term: Term | None = None


TERMS = (
    Term(
        "adverse-event",
        "Adverse event",
        "a health problem that starts or gets worse during the study. "
        "The treatment may or may not be the cause.",
        ("adverse events", "adverse effects", "adverse effect"),
    ),
    Term(
        "antibody",
        "Antibody",
        "a protein that the immune system makes to mark germs. "
        "Antibodies made in a lab are used as medicines.",
        ("antibodies", "monoclonal antibody", "monoclonal antibodies"),
    ),
    Term(
        "autoimmune-disease",
        "Autoimmune disease",
        "an illness where the body attacks itself. Lupus is one example.",
        ("autoimmune diseases", "autoimmune disorder", "autoimmune disorders"),
    ),
    Term(
        "b-cells",
        "B cells",
        "white blood cells that make antibodies. "
        "In autoimmune disease, some of those antibodies do harm.",
        ("B cell", "B-cells", "B-cell", "B lymphocytes"),
    ),
    Term(
        "baseline",
        "Baseline",
        "how things are at the start. Later tests are compared with it.",
    ),
    Term(
        "bilirubin",
        "Bilirubin",
        "a yellow substance that the liver clears from the blood. "
        "A blood test of it shows how well the liver works.",
    ),
    Term(
        "biomarker",
        "Biomarker",
        "something in the blood or body that can be measured and tells about a disease.",
        ("biomarkers",),
    ),
    Term(
        "biopsy",
        "Biopsy",
        "a small piece of the body is taken out, so that it can be looked at in a lab.",
        ("biopsies",),
    ),
    Term(
        "bmi",
        "Body mass index",
        "a number worked out from a person’s weight and height.",
        ("BMI",),
    ),
    Term(
        "car-t",
        "CAR-T therapy",
        "a treatment made from T cells that are changed in a lab "
        "to find one kind of cell and destroy it.",
        (
            "CAR-T",
            "CAR T",
            "CAR-T cells",
            "CAR-T cell therapy",
            "CAR T-cell therapy",
            "chimeric antigen receptor T cells",
        ),
    ),
    Term(
        "cd19",
        "CD19",
        "a marker on the outside of most B cells. It works like a name tag.",
    ),
    Term(
        "chemotherapy",
        "Chemotherapy",
        "medicines that kill cells that grow fast, such as cancer cells.",
    ),
    Term(
        "cohort",
        "Cohort",
        "a group of people in a study who share something, such as the same dose.",
        ("cohorts",),
    ),
    Term(
        "contraception",
        "Contraception",
        "ways to prevent a pregnancy. Another word is birth control.",
        ("contraceptive", "contraceptives"),
    ),
    Term(
        "creatinine-clearance",
        "Creatinine clearance",
        "a number that shows how well the kidneys clean the blood.",
    ),
    Term(
        "crossover",
        "Crossover",
        "each person gets one treatment first and then changes to the other.",
        ("cross-over",),
    ),
    Term(
        "crs",
        "Cytokine release syndrome",
        "a reaction when the immune system sends out too many signals. "
        "It can feel like the flu. In some people it is severe and needs urgent care.",
        ("CRS",),
    ),
    Term(
        "double-blind",
        "Blinding",
        "some or all of the people in a study do not know who gets which treatment. "
        "Another word is masking.",
        ("blinded", "double-blind", "double blind", "single-blind", "masking", "masked"),
    ),
    Term(
        "ecog",
        "ECOG",
        "a score from 0 to 5 for how well a person can manage daily life. 0 means no limits.",
        ("ECOG performance status", "Eastern Cooperative Oncology Group"),
    ),
    Term(
        "eligibility",
        "Eligibility criteria",
        "the rules that say who can join a study and who can’t.",
    ),
    Term(
        "endpoint",
        "Endpoint",
        "a result that the study team measures to see if a treatment works or is safe.",
        ("endpoints", "end point", "end points"),
    ),
    Term(
        "flow-cytometry",
        "Flow cytometry",
        "a lab test that counts the kinds of cells in a sample, such as blood.",
    ),
    Term(
        "hba1c",
        "HbA1c",
        "a blood test that shows the average blood sugar over 2 to 3 months.",
        ("glycated hemoglobin", "glycated haemoglobin"),
    ),
    Term(
        "hemoglobin",
        "Hemoglobin",
        "the part of red blood cells that carries oxygen. A low value means anemia.",
        ("haemoglobin",),
    ),
    Term(
        "immunosuppressant",
        "Immunosuppressant",
        "a medicine that calms the immune system.",
        ("immunosuppressants", "immunosuppressive", "immunosuppression"),
    ),
    Term(
        "informed-consent",
        "Informed consent",
        "you say yes only after the team has told you about the study, its risks, "
        "and your choices. You can still change your mind later.",
        ("consent form", "written consent"),
    ),
    Term(
        "infusion",
        "Infusion",
        "a liquid is put into the blood through a thin tube (a drip).",
        ("infusions", "intravenous infusion", "intravenous", "intravenously"),
    ),
    Term(
        "inr",
        "INR",
        "a blood test that shows how long the blood takes to clot.",
        ("international normalized ratio",),
    ),
    Term(
        "investigator",
        "Investigator",
        "a researcher of the study team, often a doctor.",
        ("investigators", "principal investigator"),
    ),
    Term(
        "lymphoma",
        "Lymphoma",
        "a cancer of white blood cells called lymphocytes.",
        ("lymphomas",),
    ),
    Term(
        "metastatic",
        "Metastatic",
        "the cancer has spread from where it began to other parts of the body.",
        ("metastases", "metastasis"),
    ),
    Term(
        "mri",
        "MRI",
        "a scan that takes pictures of the inside of the body with strong magnets.",
        ("magnetic resonance imaging",),
    ),
    Term(
        "neutrophils",
        "Neutrophils",
        "white blood cells that guard against germs.",
        ("neutrophil", "ANC", "absolute neutrophil count"),
    ),
    Term(
        "observational",
        "Observational",
        "the study team watches what happens and does not give a treatment.",
    ),
    Term(
        "open-label",
        "Open-label",
        "everyone knows which treatment each person gets.",
        ("open label",),
    ),
    Term(
        "phase",
        "Phase",
        "a label for how far testing has come. Phase 1 checks safety in a few people. "
        "Phase 3 compares treatments in many people. Some studies have no phase.",
    ),
    Term(
        "placebo",
        "Placebo",
        "a dummy treatment with no medicine in it.",
        ("placebos",),
    ),
    Term(
        "platelets",
        "Platelets",
        "small parts of the blood that help it to clot.",
        ("platelet", "thrombocytes"),
    ),
    Term(
        "pre-screening",
        "Pre-screening",
        "a few questions, often by phone or email, to see if it makes sense to do the full tests.",
        ("prescreening",),
    ),
    Term(
        "progression-free",
        "Progression-free survival",
        "how long a person lives without the disease getting worse.",
        ("PFS",),
    ),
    Term(
        "protocol",
        "Protocol",
        "the written plan of a study: what is done, when, and why.",
    ),
    Term(
        "randomized",
        "Randomized",
        "people are put into groups by chance, like tossing a coin. "
        "Neither they nor the doctors choose.",
        ("randomised", "randomization", "randomisation", "randomly assigned"),
    ),
    Term(
        "relapsed-refractory",
        "Relapsed or refractory",
        "“relapsed” means the disease came back. "
        "“Refractory” means it did not get better with treatment.",
        (
            "Relapsed/Refractory",
            "relapsed and refractory",
            "relapsed",
            "relapse",
            "relapsing",
            "refractory",
        ),
    ),
    Term(
        "remission",
        "Remission",
        "a time when tests and check-ups find no sign of active disease. It may come back.",
    ),
    Term(
        "standard-of-care",
        "Standard of care",
        "the treatment that doctors normally use for a condition.",
        ("standard care", "standard treatment", "usual care"),
    ),
    Term(
        "stem-cells",
        "Stem cells",
        "cells that can grow into other kinds of cells, such as blood cells.",
        ("stem cell",),
    ),
    Term(
        "uln",
        "Upper limit of normal",
        "the highest value of a test that counts as normal. 3 × ULN means 3 times that value.",
        ("ULN",),
    ),
)

_BY_SPELLING = {spelling.casefold(): term for term in TERMS for spelling in term.spellings}


def _is_exact(spelling: str) -> bool:
    """Whether case tells: "ANC", "CD19" and "B cell" are terms, "anc" and "b cell" need not be."""
    return spelling == spelling.upper() or any(sign.isdigit() for sign in spelling)


def _pattern(spelling: str) -> str:
    return re.escape(spelling) if _is_exact(spelling) else f"(?i:{re.escape(spelling)})"


_SPELLINGS = sorted((s for term in TERMS for s in term.spellings), key=len, reverse=True)
# A hyphen before makes another word ("non-randomized"); one after does not ("placebo-controlled").
_SPELLING = re.compile(rf"(?<![\w-])(?:{'|'.join(map(_pattern, _SPELLINGS))})(?!\w)")


def split(text: str, seen: Set[str] = frozenset()) -> tuple[Segment, ...]:
    """Split a text into plain stretches and words to explain.

    Only a term's first use is marked, and none whose slug is in `seen` (what the page has already
    explained). The segments' texts joined are the text.
    """
    return tuple(_segments(text, set(seen)))


def _segments(text: str, seen: set[str]) -> Iterator[Segment]:
    done = 0
    for match in _SPELLING.finditer(text):
        term = _BY_SPELLING[match[0].casefold()]
        if term.slug in seen:
            continue
        seen.add(term.slug)
        if match.start() > done:
            yield Segment(text[done : match.start()])
        yield Segment(match[0], term)
        done = match.end()
    if done < len(text):
        yield Segment(text[done:])
