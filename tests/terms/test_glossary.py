import re

from hypothesis import given
from hypothesis import strategies as st

from trials.terms.glossary import NOTHING, Glossary, Term

BIOPSY = Term("biopsy", "Biopsy", "a small piece of the body.", ("biopsies",))
CAR_T = Term("car-t", "CAR-T therapy", "a treatment.", ("CAR-T", "CAR T", "CAR-T cell therapy"))
CD19 = Term("cd19", "CD19", "a marker.")
CELLS = Term("b-cells", "B cells", "white blood cells.", ("B cell", "B-cell"))
ECOG = Term("ecog", "ECOG", "a score.", ("ECOG performance status",))
HBA1C = Term("hba1c", "HbA1c", "a blood test.")
INR = Term("inr", "INR", "a blood test.")
LYMPHOMA = Term("lymphoma", "Lymphoma", "a cancer.", ("B-cell lymphoma",))
MRI = Term("mri", "MRI", "a scan.")
PLACEBO = Term("placebo", "Placebo", "a dummy.")
RANDOM = Term("randomized", "Randomized", "by chance.", ("randomised",))
ULN = Term("uln", "Upper limit of normal", "a value.", ("ULN",))
TERMS = (
    BIOPSY,
    CAR_T,
    CD19,
    CELLS,
    ECOG,
    HBA1C,
    INR,
    LYMPHOMA,
    MRI,
    PLACEBO,
    RANDOM,
    ULN,
)
GLOSSARY = Glossary(TERMS)
SPELLINGS = [spelling for term in TERMS for spelling in term.spellings]


def marked(text: str, seen: frozenset[str] = frozenset()) -> list[str]:
    """Return the stretches of a text that are explained."""
    return [segment.text for segment in GLOSSARY.split(text, seen) if segment.term]


def test_split_marks_the_first_use_only() -> None:
    assert marked("A biopsy, and after the biopsy another Biopsy.") == ["biopsy"]


def test_split_leaves_out_what_the_page_has_explained() -> None:
    assert marked("A biopsy and an MRI.", frozenset({"biopsy"})) == ["MRI"]


def test_split_prefers_the_longest_spelling() -> None:
    assert marked("CAR-T cell therapy for CD19+ disease") == ["CAR-T cell therapy", "CD19"]


def test_longer_term_takes_the_words_of_a_shorter_one() -> None:
    assert marked("B-cell lymphoma of the B cell") == ["B-cell lymphoma", "B cell"]


def test_words_of_an_explained_term_are_not_explained_as_another() -> None:
    assert marked("B-cell lymphoma", frozenset({"lymphoma"})) == []


def test_split_keeps_words_that_only_look_like_a_term() -> None:
    assert marked("non-randomized; placebos_; biopsyish; inr; inreach; a uln; MRI2") == []


def test_split_takes_abbreviations_as_written() -> None:
    assert marked("ALT ≤ 3×ULN, ECOG 0 to 1, HbA1c below 7") == ["ULN", "ECOG", "HbA1c"]


def test_split_takes_a_term_before_a_hyphen() -> None:
    assert marked("a placebo-controlled study") == ["placebo"]


def test_split_stands_letters_that_only_look_alike() -> None:
    """Dotted and dotless i, which a pattern in any case takes for an i, and letters that grow."""
    text = "a bıopsy, a PLACEBO, a bİopsy, Straße, biopsy"
    assert marked(text) == ["PLACEBO", "biopsy"]
    few = Glossary([BIOPSY]).split(text)
    assert [segment.text for segment in few if segment.term] == ["biopsy"]


def test_glossary_of_nothing_marks_nothing() -> None:
    (segment,) = NOTHING.split("A biopsy.")

    assert (segment.text, segment.term) == ("A biopsy.", None)
    assert NOTHING.split("") == ()


def test_spelling_of_two_terms_belongs_to_the_first() -> None:
    other = Term("scan", "Scan", "a picture.", ("MRI",))

    assert Glossary([other, MRI]).found("An MRI.") == {"scan"}
    assert Glossary([MRI, other]).found("An MRI.") == {"mri"}


def test_found_reads_across_lines() -> None:
    assert GLOSSARY.found("CAR-T\n  cell therapy\nand a\nbiopsy") == {"car-t", "biopsy"}


@given(st.text(), st.sets(st.sampled_from([term.slug for term in TERMS])))
def test_split_loses_nothing(text: str, seen: set[str]) -> None:
    assert "".join(segment.text for segment in GLOSSARY.split(text, seen)) == text


_SCRAPS = st.sampled_from([*SPELLINGS, *"- _,x1é", "non", "CELL", "therapy "])


@given(st.lists(_SCRAPS, max_size=12), st.booleans())
def test_split_marks_each_term_once(scraps: list[str], capitals: bool) -> None:
    text = "".join(scraps).upper() if capitals else "".join(scraps)
    segments = GLOSSARY.split(text)
    slugs = [segment.term.slug for segment in segments if segment.term]

    assert "".join(segment.text for segment in segments) == text
    assert len(slugs) == len(set(slugs))
    assert set(slugs) == GLOSSARY.found(text)


@given(st.lists(_SCRAPS, max_size=12), st.lists(st.sampled_from(TERMS), min_size=1, unique=True))
def test_split_finds_what_one_pattern_of_all_spellings_finds(
    scraps: list[str], terms: list[Term]
) -> None:
    """The quick ways by first words, of few terms and of many, end where the plain one does."""
    text = "".join(scraps)
    spellings = [spelling for term in terms for spelling in term.spellings]
    plain = [
        re.escape(spelling) if _is_exact(spelling) else f"(?i:{re.escape(spelling)})"
        for spelling in sorted(spellings, key=len, reverse=True)
    ]
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(plain)})(?!\w)")
    owners = {spelling.casefold(): term.slug for term in terms for spelling in term.spellings}
    first: dict[str, str] = {}
    for match in pattern.finditer(text):
        first.setdefault(owners[match[0].casefold()], match[0])

    segments = Glossary(terms).split(text)

    assert [segment.text for segment in segments if segment.term] == list(first.values())


def _is_exact(spelling: str) -> bool:
    return spelling == spelling.upper() or any(sign.isdigit() for sign in spelling)


def test_every_spelling_is_found_in_a_text() -> None:
    assert [s for s in SPELLINGS if marked(f"The {s} here") != [s]] == []
