"""The guard on any text: it never raises, is silent about a copy, and its offsets and keys hold."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.editorial.checks.guard import Side, Source, compare
from trials.eligibility.parse import parse_criteria

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
TEXTS = sorted((FIXTURES / "editorial").glob("*.toml"))
# Words, numbers and signs that the guard has rules for, in any order.
PIECES = st.sampled_from(
    str.split(
        "no not without unless except 18 65 3.5 1,240 ×10⁹/L 10^9 ½ half two-thirds mg mg/dL % ULN "
        "weeks months years older or and to - ≥ ≤ > < at least most more than pregnant diabetes "
        "stage IV type 2 every day BID Q3W ( ) ; . , : İ ß µL aged under within last before after "
        "hundred dozen a one twice per / ² ٣ untreated HIV-negative"
    )
)
ANY = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map(" ".join))
SECTIONS = st.sampled_from(["inclusion", "exclusion", "other"])


@given(
    rewrite=ANY,
    text=ANY,
    criteria=st.lists(st.tuples(SECTIONS, ANY), max_size=3),
    side=st.sampled_from([None, *Side]),
)
def test_any_text_is_taken(rewrite, text, criteria, side):
    for finding in compare(rewrite, Source(text, tuple(criteria)), side=side):
        assert rewrite[finding.start : finding.end] == finding.quote
        assert finding.message
        assert finding.key


@given(lines=st.lists(ANY, max_size=4))
def test_copy_of_the_source_is_silent(lines):
    text = "\n".join(lines)

    assert compare(text, text) == []


@given(lines=st.lists(ANY, min_size=1, max_size=4))
def test_copy_on_its_own_side_is_silent(lines):
    criteria = tuple(("inclusion", line) for line in lines)

    assert compare("\n".join(lines), Source(criteria=criteria), side=Side.GOOD_FIT) == []


def test_key_stays_while_words_elsewhere_change():
    source = "Aged 18 to 65 years\nType 2 diabetes"
    (one,) = compare("you are 8 to 65 years old", source)
    (other,) = compare("you have type 2 diabetes\nyou are 8  to 65 years old", source)

    assert one.start != other.start
    assert one.key == other.key


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_lists_of_the_fixtures_are_clean(file: Path):
    text = tomllib.loads(file.read_text("utf-8"))
    record = json.loads((FIXTURES / "studies" / f"{file.stem}.json").read_text("utf-8"))
    eligibility = record["protocolSection"]["eligibilityModule"]
    source = Source(
        f"Minimum age: {eligibility.get('minimumAge', '')}\n"
        f"Maximum age: {eligibility.get('maximumAge', '')}\n"
        f"{eligibility.get('studyPopulation', '')}",
        tuple(
            (node.section, node.text)
            for node in parse_criteria(eligibility["eligibilityCriteria"])
            if node.role in ("item", "paragraph")
        ),
    )

    for side in Side:
        assert compare("\n".join(text[side]), source, side=side) == []
