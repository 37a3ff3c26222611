"""Which criteria need an answer, which line likely gives it, and which are still open."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.editorial.checks.coverage import Wanted, digest, is_reason, suggest, uncovered, wanted
from trials.eligibility.parse import parse_criteria


@dataclass(frozen=True)
class Line:
    text: str
    section: str = "inclusion"
    role: str = "item"
    depth: int = 1


def texts(*lines: Line) -> list[str]:
    return [one.text for one in wanted(lines)]


def want(section: str, text: str) -> Wanted:
    return Wanted(digest(section, text), section, text)


def test_headings_notes_and_nothing_need_no_answer():
    assert texts(
        Line("Inclusion Criteria", role="heading", depth=0),
        Line("Aged 18 or older"),
        Line("Note: by the local calendar", role="note", depth=2),
        Line("None."),
        Line("N/A"),
        Line("–"),
    ) == ["Aged 18 or older"]


def test_lead_in_needs_none_where_its_items_do():
    assert texts(
        Line("One of these:"),
        Line("gout", depth=2),
        Line("arthritis", depth=2),
        Line("Cancer in the last 5 years, except:"),
        Line("treated skin cancer", depth=2),
        Line("Heart failure"),
    ) == ["gout", "arthritis", "Cancer in the last 5 years, except:", "treated skin cancer",
          "Heart failure"]  # fmt: skip


def test_paragraph_outside_both_sections_counts_only_as_a_rule():
    assert texts(
        Line("The study runs in two hospitals.", section="other", role="paragraph", depth=0),
        Line("Participants must be able to walk.", section="other", role="paragraph", depth=0),
        Line("Gout", section="exclusion", role="paragraph"),
    ) == ["Participants must be able to walk.", "Gout"]


def test_repeated_wording_counts_once_a_section():
    found = wanted([Line("Gout"), Line("gout."), Line("Gout", section="exclusion")])

    assert [(one.section, one.text) for one in found] == [
        ("inclusion", "gout."), ("exclusion", "Gout"),
    ] or [(one.section, one.text) for one in found] == [
        ("inclusion", "Gout"), ("exclusion", "Gout"),
    ]  # fmt: skip


def test_digest_stays_with_case_and_spacing_and_changes_with_words_and_side():
    assert digest("inclusion", "Aged  18 or\nolder.") == digest("inclusion", "aged 18 or older")
    assert digest("inclusion", "Aged 18 or older") != digest("inclusion", "Aged 19 or older")
    assert digest("inclusion", "Gout") != digest("exclusion", "Gout")
    assert digest("inclusion", "3.5 mg") != digest("inclusion", "35 mg")


def test_tree_of_the_reader_is_taken_as_it_is():
    tree = parse_criteria("Inclusion Criteria:\n\n* Gout\n* Any of:\n  * a\n  * b\n\nEnd.")

    assert [one.text for one in wanted(tree)][:3] == ["Gout", "a", "b"]


def test_suggested_lines_say_the_same():
    age, gout, attack = (
        want("inclusion", "Aged 18 to 65 years"),
        want("inclusion", "Gout"),
        want("exclusion", "Myocardial infarction within 6 months"),
    )
    good = ["you have gout", "you are 18 to 65 years old"]
    no = ["you are pregnant", "you had a heart attack in the last 6 months"]

    assert suggest([age, gout, attack], good, no) == {
        age.digest: good[1], gout.digest: good[0], attack.digest: no[1],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("section", "criterion", "line"),
    [
        ("exclusion", "Gout", "you have gout"),
        ("inclusion", "Aged 18 to 65 years", "you are an adult"),
        ("inclusion", "Asthma for 12 months", "you have had asthma for 6 months"),
        ("inclusion", "Asthma", "you have a heart disease"),
        ("inclusion", "Female sex at birth", "you had sex in the last 3 months"),
    ],
)
def test_unsure_lines_are_not_suggested(section: str, criterion: str, line: str):
    assert suggest([want(section, criterion)], [line], []) == {}


def test_cover_counts_while_its_line_stands():
    one = want("inclusion", "Gout")
    covers = {one.digest: {"line": "you have  gout"}}

    assert uncovered([one], covers, ["you have gout "], []) == []
    assert uncovered([one], covers, [], ["you have gout"]) == []
    assert uncovered([one], covers, ["you have the gout"], []) == [one]
    assert uncovered([one], {}, ["you have gout"], []) == [one]


@pytest.mark.parametrize(
    "cover", [None, "yes", 1, [], {}, {"line": ""}, {"line": None}, {"reason": "no"},
              {"reason": "          "}, {"reason": "..........", "by": "ada"},
              {"reason": 1234567890}],
)  # fmt: skip
def test_cover_that_says_nothing_counts_for_nothing(cover: object):
    one = want("inclusion", "Gout")

    assert uncovered([one], {one.digest: cover}, ["", "you have gout"], []) == [one]


def test_reason_must_be_a_sentence():
    assert is_reason("The record names it twice.")
    assert not is_reason("Named twice"[:9])
    assert not is_reason("Aaaaaaaaaaaaaaaa")
    one = want("inclusion", "Gout")
    covers = {one.digest: {"reason": "The record names it twice.", "by": "ada"}}
    assert uncovered([one], covers, [], []) == []


WORDS = st.text(min_size=1, max_size=12).filter(lambda words: words.strip())
CRITERIA = st.lists(WORDS, min_size=1, max_size=6, unique_by=lambda text: digest("inclusion", text))


@given(CRITERIA, st.data())
def test_deleted_line_uncovers_exactly_its_criteria(criteria: list[str], data: st.DataObject):
    needed = [want("inclusion", text) for text in criteria]
    lines = [f"line {number}" for number in range(3)]
    covers = {one.digest: {"line": data.draw(st.sampled_from(lines))} for one in needed}
    gone = data.draw(st.sampled_from(lines))

    assert uncovered(needed, covers, lines[:2], lines[2:]) == []
    left = [line for line in lines if line != gone]
    assert uncovered(needed, covers, left, []) == [
        one for one in needed if covers[one.digest]["line"] == gone
    ]


@given(
    st.lists(st.builds(
        Line, st.text(max_size=60), st.sampled_from(["inclusion", "exclusion", "other"]),
        st.sampled_from(["heading", "item", "paragraph", "note"]), st.integers(0, 4),
    ), max_size=8),
    st.lists(st.text(max_size=40), max_size=3),
)  # fmt: skip
def test_any_criteria_are_taken(lines: list[Line], words: list[str]):
    needed = wanted(lines)
    found = suggest(needed, words, words)

    assert set(found) <= {one.digest for one in needed}
    covers = {key: {"line": line} for key, line in found.items()}
    open_ones = uncovered(needed, covers, words, [])
    assert [one.digest for one in open_ones] == [
        one.digest for one in needed if one.digest not in found
    ]


def test_suggestion_is_not_looked_for_among_too_many():
    criteria = [Wanted(str(n), "inclusion", f"Asthma of {n} years") for n in range(1, 500)]
    lines = [f"you have had asthma for {n} years" for n in range(1, 500)]
    assert suggest(criteria[:3], lines[:3], [])
    assert suggest(criteria, lines, []) == {}
