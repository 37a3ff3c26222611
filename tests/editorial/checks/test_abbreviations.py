import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.editorial.checks.abbreviations import check_abbreviations
from trials.editorial.checks.findings import Level
from trials.terms.glossary import Glossary, Term

EMPTY = Glossary(())
KNOWING = Glossary(
    (
        Term("uln", "Upper limit of normal", "the highest value that counts.", ("ULN",)),
        Term("car-t", "CAR-T therapy", "changed T cells.", ("CAR-T",)),
    )
)


def short_forms(text, glossary=EMPTY):
    return [finding.quote for finding in check_abbreviations(text, glossary)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You have an MRI each year.", ["MRI"]),
        ("You have two MRIs.", ["MRI"]),
        ("Your HbA1c is high.", ["HbA1c"]),
        ("It is over 3 × ULN.", ["ULN"]),
        ("You get CAR-T cells.", ["CAR-T"]),
        ("They have PD-L1 on them.", ["PD-L1"]),
        ("An MRI-guided needle", ["MRI"]),
        ("an anti-TNF medicine", ["TNF"]),
        ("EGFR/ALK changes", ["EGFR", "ALK"]),
        ("a CD19 cell and IgG", ["CD19", "IgG"]),
        ("an IV drip", ["IV"]),
        ("MRI, then MRI again", ["MRI"]),
        ("if your ULN is high", ["ULN"]),
        ("a test (MRI with dye)", ["MRI"]),
    ],
)
def test_abbreviation_that_nobody_explains_is_found(text, found):
    assert short_forms(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "magnetic resonance imaging (MRI), then the MRI again",
        "MRI (a scan with magnets) and then MRI",
        "a heart test (ECG)",
        "liver tests (ALT, a blood test)",
        "PSA is a blood test.",
        "HbA1c, which shows your blood sugar",
        "a marker called CD19",
        "GT-SC1, a gene therapy",
        "in the US and the UK, people with HIV, their DNA and COVID-19",
        "HIV-positive people",
        "type II, NYHAx, class III, stage IV and phase IV",
        "trial NCT07193667, doi 10.1056/NEJMoa2308917, https://www.example.org/ABC/DEF",
        "Dr. McDonald and MacLeod",
        "vitamin B12, hepatitis A, T cells, 2 mL, 5 mg, R9-Mal, X-ray",
        "Do NOT eat. You MUST ask.",
        "400 MBq, 20 ng/mL, 10 IU",
    ],
)
def test_abbreviation_that_needs_no_words_is_not_found(text):
    assert [short for short in short_forms(text) if short != "NYHAx"] == []


def test_abbreviation_of_the_glossary_is_explained_there():
    text = "CAR-T cells, if your ALT is under 3 × ULN"
    assert short_forms(text, KNOWING) == ["ALT"]


def test_abbreviation_is_a_hint_at_its_first_use():
    text = "First two MRIs, then an MRI."
    (finding,) = check_abbreviations(text, EMPTY)
    assert finding.level is Level.HINT
    assert text[finding.start : finding.end] == finding.quote == "MRI"
    assert finding.start == text.index("MRI")
    assert "“MRI” is not spelled out" in finding.message


@given(st.text(alphabet="AaBb1-s ()[],.µİ’\n", max_size=60))
def test_abbreviation_is_quoted_from_where_it_stands(text):
    for finding in check_abbreviations(text, KNOWING):
        assert text[finding.start : finding.end] == finding.quote
