import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import ftfy
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.eligibility.reading import shown, words
from trials.eligibility import parse_criteria

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "registry" / "studies.jsonl.gz"

HEADINGS = st.sampled_from(
    [
        "Inclusion Criteria:",
        "Exclusion Criteria",
        "Non-inclusion criteria:",
        "Inclusion/Exclusion criteria:",
        "Patients will not be included if:",
        "Cohort A:",
        "Group 2 (adults)",
        "PRIOR THERAPY:",
        "Note: not for children",
    ]
)
MARKERS = st.sampled_from(
    [
        "",
        "* ",
        "- ",
        "• ",
        "1. ",
        "2\\. ",
        "3.",
        "(4) ",
        "a) ",
        "b. ",
        "i. ",
        "ii) ",
        "10.1 ",
        "* 1\\. ",
        "\\> ",
        "o ",
    ]
)
PHRASES = st.sampled_from(
    [
        "not pregnant",
        "age \\>= 18 and \\< 65",
        "ANC &gt; 1.5 x 10^9/L",
        "3.50×10^9",
        "any of the following:",
        "grade 2. Others",
        "1) one and 2) two",
        "no gout Exclusion Criteria:",
        "text; • more • again",
        "score ≤ 7 ± 2 %",
        "**must** not",
        "vitamin D. Use",
        "does not meet inclusion criteria",
    ]
)


@st.composite
def written_texts(draw: st.DrawFn) -> str:
    """Texts as sponsors might write them: headings, lists, odd indentation, glued lines."""
    lines = []
    for _ in range(draw(st.integers(0, 12))):
        indent = " " * draw(st.integers(0, 7))
        body = draw(st.one_of(HEADINGS, st.lists(PHRASES, min_size=1, max_size=3).map(" ".join)))
        lines.append(indent + draw(MARKERS) + body + draw(st.sampled_from(["", "\n"])))
    return "\n".join(lines)


@given(written_texts())
@settings(max_examples=300, deadline=None)
def test_no_word_of_a_written_text_is_lost_or_moved(text: str) -> None:
    assert shown(parse_criteria(text)) == words(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_sound_tree(text: str) -> None:
    depth = -1
    for node in parse_criteria(text):
        assert node.text
        assert 0 <= node.depth <= depth + 1
        depth = node.depth


@given(st.text(alphabet="12.)( \n*-•abiAB:;Cohrt\\>&gt", max_size=200))
@example("1)o 1")
@settings(max_examples=500, deadline=None)
def test_no_word_is_lost_from_scrambled_markers(text: str) -> None:
    assert shown(parse_criteria(text)) == words(text)


@given(written_texts())
@settings(max_examples=100, deadline=None)
def test_reading_twice_gives_the_same_tree(text: str) -> None:
    assert parse_criteria(text) == parse_criteria(text)


def sample_texts() -> Iterator[tuple[str, str]]:
    with gzip.open(SAMPLE, "rt", encoding="utf-8") as lines:
        for line in lines:
            study = json.loads(line)["protocolSection"]
            text = study.get("eligibilityModule", {}).get("eligibilityCriteria", "")
            yield study["identificationModule"]["nctId"], text


@pytest.mark.skipif(
    not SAMPLE.exists(), reason="the sample of real records is not beside this checkout"
)
def test_no_word_of_any_sample_record_is_lost_or_moved() -> None:
    changed = [
        nct_id
        for nct_id, text in sample_texts()
        if shown(parse_criteria(text)) != words(ftfy.fix_encoding(text.replace("<!-- -->", "")))
    ]
    assert changed == []


@pytest.mark.parametrize(
    "text",
    [
        "1. " * 30_000,
        "(a) " * 25_000,
        "not inclusion " * 7_000,
        "* x:\n" * 20_000,
        " " * 50_000 + "x" * 50_000,
        "\\&amp;" * 16_000,
        "**a " * 25_000,
        "- A" * 33_000,
        "Inclusion Criteria: " * 5_000,
        "\n".join(f"{' ' * (n % 40)}{n}. x" for n in range(8_000)),
    ],
)
def test_long_odd_text_is_read_whole(text: str) -> None:
    assert shown(parse_criteria(text)) == words(text)
