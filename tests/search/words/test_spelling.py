"""Misspelt words against a vocabulary, without a database."""

import pytest

from trials.search.words.sounds import sounds
from trials.search.words.spelling import Vocabulary

KNOWN = """
cancer asthma diabetes leukemia pneumonia psoriasis fibromyalgia alzheimers parkinsons eczema
hemorrhoids schizophrenia cirrhosis headache migraine arthritis lupus tumor melanoma hepatitis
chemotherapy pembrolizumab nivolumab breast lung kidney prostate sinusitis tinnitus rhinitis
dysfunction endometriosis cholesterol thyroid rheumatoid sickle stroke genome sting people
"""
WORDS = KNOWN.split()


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(WORDS, [100 * (len(WORDS) - at) for at in range(len(WORDS))])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("newmonia", "pneumonia"),
        ("sorasis", "psoriasis"),
        ("diabeetus", "diabetes"),
        ("lukemia", "leukemia"),
        ("fibromialgia", "fibromyalgia"),
        ("altsheimers", "alzheimers"),
        ("parkisons", "parkinsons"),
        ("excema", "eczema"),
        ("hemroids", "hemorrhoids"),
        ("skizofrenia", "schizophrenia"),
        ("disfunction", "dysfunction"),
        ("astma", "asthma"),
        ("canser", "cancer"),
        ("tinitus", "tinnitus"),
        ("pembrolizimab", "pembrolizumab"),
    ],
)
def test_misspelt_word_finds_what_was_meant(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    assert vocabulary.nearest(typed) == meant
    assert vocabulary.surely(typed) == meant


@pytest.mark.parametrize("typed", ["xqzzvvw", "tp53", "ms", "ab" * 30, "", "grandmother"])
def test_word_with_nothing_near_stays(vocabulary: Vocabulary, typed: str) -> None:
    assert vocabulary.nearest(typed) == ""


@pytest.mark.parametrize("typed", ["purple", "stinky", "lunch"])
def test_word_beside_others_is_not_guessed(vocabulary: Vocabulary, typed: str) -> None:
    assert vocabulary.surely(typed) == ""


def test_common_neighbour_of_a_rare_word_is_found() -> None:
    few = Vocabulary(["prostate", "breast"], [5_000, 40])
    assert few.far_commoner("prostrate", 12) == "prostate"
    assert few.far_commoner("breasts", 12) == ""


def test_word_is_not_its_own_correction(vocabulary: Vocabulary) -> None:
    assert vocabulary.far_commoner("asthma", 1) == ""


def test_sounds_are_turned_line_by_line() -> None:
    assert sounds(["pneumonia", "newmonia", ""]) == ["numonia", "numonia", ""]
