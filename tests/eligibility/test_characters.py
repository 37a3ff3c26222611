import pytest

from trials.eligibility import parse_criteria


def text_of(source: str) -> str:
    (node,) = parse_criteria(source)
    return node.text


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        (r"Potassium \> 3 and \< 6", "Potassium > 3 and < 6"),
        (
            r"Score 0 \~ 1, mm\^3, a\_b, \[x\], 5\* and R\&D",
            "Score 0 ~ 1, mm^3, a_b, [x], 5* and R&D",
        ),
        (r"Pain \#2 at 40\% or \+1", "Pain #2 at 40% or +1"),
    ],
)
def test_escaped_signs_are_shown_plain(source: str, meant: str) -> None:
    assert text_of(source) == meant


@pytest.mark.parametrize(
    "source",
    [
        "Age &gt; 17",
        r"Age \&gt; 17",
        "Age &amp;gt; 17",
        r"Age \&amp;gt; 17",
        "Age &gt 17",
        "Age &#62; 17",
    ],
)
def test_entities_are_resolved_even_when_encoded_twice(source: str) -> None:
    assert text_of(source) == "Age > 17"


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("Ferritin â‰¥ 30 Âµg and â‰¤ 500", "Ferritin ≥ 30 µg and ≤ 500"),
        ("Î²-agonist use", "β-agonist use"),
        ("Already ≥ 5 but also Â± 2", "Already ≥ 5 but also ± 2"),
    ],
)
def test_misread_utf8_is_repaired(source: str, meant: str) -> None:
    assert text_of(source) == meant


@pytest.mark.parametrize(
    "source", ["naïve café", "5 µmol ≥ 2", "Âge de 18 ans", "（18岁），；、", "“quoted”"]
)
def test_sound_characters_are_left_alone(source: str) -> None:
    assert text_of(source) == source


def test_emphasis_marks_are_taken_off_words() -> None:
    assert text_of("Must **never** have had __any__ seizure") == "Must never have had any seizure"


def test_multiplication_signs_are_not_emphasis() -> None:
    assert text_of("Below 2 * 10 * 3") == "Below 2 * 10 * 3"


def test_white_space_is_folded() -> None:
    assert text_of("  Able \u00a0 to\twalk ") == "Able to walk"


def test_empty_text_gives_no_node() -> None:
    assert parse_criteria("") == ()
    assert parse_criteria(" \n\n * \n - \n") == ()


def test_list_break_comments_are_no_criteria() -> None:
    assert [n.text for n in parse_criteria("* One\n\n<!-- -->\n\n* Two")] == ["One", "Two"]
