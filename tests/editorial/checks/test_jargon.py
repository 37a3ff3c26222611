from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.editorial.checks import jargon
from trials.editorial.checks.findings import Level
from trials.editorial.checks.jargon import check_jargon
from trials.terms.glossary import Glossary, Term

EMPTY = Glossary(())
GLOSSARY = Glossary(
    (
        Term("b-cells", "B cells", "white blood cells that make antibodies.", ("B cell",)),
        Term("infusion", "Infusion", "a drip.", ("infusions",)),
    )
)
LINES = [
    line.split("\t")
    for line in (Path(jargon.__file__).with_name("jargon.tsv")).read_text("utf-8").splitlines()
    if line and not line.startswith("#")
][1:]


def swaps(text, glossary=EMPTY):
    return {finding.quote: finding.swap for finding in check_jargon(text, glossary)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is administered twice.", {"administered": "given"}),
        ("We administer it.", {"administer": "give"}),
        ("by intravenous infusion", {"intravenous infusion": "drip"}),
        ("Intravenous infusions", {"Intravenous infusions": "drips"}),
        ("prior to surgery", {"prior to": "before"}),
        (
            "Adverse events; one adverse\nevent",
            {"Adverse events": "side effects", "adverse\nevent": "side effect"},
        ),
        ("the end-point is, endpoints are", {"endpoints": "results the team measures"}),
        ("an IV line", {"IV": "through a drip"}),
        ("clinicians and HCPs", {"clinicians": "doctors", "HCPs": "doctors and nurses"}),
        (
            "a double blind study",
            {"double blind": "where neither you nor the team knows your group"},
        ),
        (
            "the relapsed/refractory kind",
            {"relapsed/refractory": "that came back, or did not get better"},
        ),
        ("in order to utilize it", {"in order to": "to", "utilize": "use"}),
        ("the placebo group", {"placebo": "dummy treatment (placebo)"}),
    ],
)
def test_jargon_is_found_with_plainer_words(text, found):
    assert swaps(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "a dummy treatment (placebo), and then the placebo group",
        "keyhole surgery (laparoscopy)",
        "remission means that no sign was found",
        "gene therapy for systemic sclerosis",
        "ivy, a bid, and a po box",
        "You take one tablet a day. The study team asks how you are.",
        "adverse, events",
        "subadministered",
    ],
)
def test_jargon_is_not_seen_in_plain_or_explained_words(text):
    assert swaps(text) == {}


def test_jargon_offers_the_longest_match_only():
    assert swaps("written informed consent") == {
        "written informed consent": "your agreement in writing"
    }


def test_jargon_is_told_once_a_field():
    assert len(check_jargon("Renal tests. The renal tests. RENAL.", EMPTY)) == 1


def test_jargon_of_the_glossary_is_told_with_its_meaning():
    (finding,) = check_jargon("It clears out the B cells.", GLOSSARY)
    assert (finding.level, finding.quote, finding.swap) == (Level.HINT, "B cells", "")
    assert "white blood cells that make antibodies." in finding.message
    assert finding.start == len("It clears out the ")


def test_jargon_of_table_and_glossary_is_told_once():
    assert swaps("an infusion", GLOSSARY) == {"infusion": "drip"}
    assert swaps("B cells (white blood cells)", GLOSSARY) == {}


def test_jargon_is_in_text_order():
    findings = check_jargon("B cells, renal, hepatic", GLOSSARY)
    assert [finding.quote for finding in findings] == ["B cells", "renal", "hepatic"]


def test_jargon_table_has_each_spelling_once_in_two_columns():
    assert all(len(line) == 2 for line in LINES)
    spellings = [words for words, _ in LINES]
    assert len(spellings) == len(set(spellings))
    assert sum(bool(plain) for _, plain in LINES) >= 250


def test_jargon_table_lines_are_found_in_a_sentence():
    expected = [(words, {words: plain} if plain else {}) for words, plain in LINES]
    assert [(words, swaps(f"It says {words}: yes.")) for words, _ in LINES] == expected


@given(st.lists(st.sampled_from([words for words, _ in LINES] + [",", "\n", "a", "(", ")", "İ"])))
def test_jargon_is_quoted_from_where_it_stands(pieces):
    text = " ".join(pieces)
    findings = check_jargon(text, GLOSSARY)
    for finding in findings:
        assert text[finding.start : finding.end] == finding.quote
    for before, after in pairwise(findings):
        assert before.end <= after.start
