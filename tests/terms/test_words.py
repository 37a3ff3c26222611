"""Words: what a person means is found however it is spelled."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.terms.words import STOP_WORDS, chunks, folded, phrase_key, stem, tokens

# Signs of which words, compounds and markers are made, and any others.
TEXTS = st.one_of(st.text(), st.text(alphabet="aAeg19 -–/+’'βαΣøßẞİﬁ½ͅ\u0301_.,\n\x00", max_size=60))


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


@given(TEXTS)
def test_folding_is_idempotent(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXTS)
def test_folded_text_has_words_and_single_spaces_alone(text: str) -> None:
    result = folded(text)
    assert result == " ".join(result.split())
    assert all(sign == " " or sign.isalnum() for sign in result)


@given(TEXTS)
def test_tokens_point_into_the_text(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.word
        assert token.stem
        assert len(token.word) <= 40


@given(TEXTS)
def test_positions_count_from_one_without_gaps(text: str) -> None:
    positions = [token.position for token in tokens(text)]
    assert positions == sorted(positions)
    assert sorted(set(positions)) == list(range(1, len(set(positions)) + 1))


@given(TEXTS)
def test_chunks_hold_the_words_of_tokens(text: str) -> None:
    found = [word.stem for chunk in chunks(text) for word in chunk.words]
    assert found == [token.stem for token in tokens(text)]


@given(TEXTS)
def test_phrase_key_is_never_a_syntax(text: str) -> None:
    assert all(sign == "_" or sign.isalnum() for sign in phrase_key(text))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Sjögren’s  Syndrome", "sjogrens syndrome"),
        ("β-Thalassemia", "beta thalassemia"),
        ("TNFα", "tnf alpha"),
        ("ﬁbrosis", "fibrosis"),
        ("São Paulo", "sao paulo"),
        ("Ærø, Łódź", "aero lodz"),
        ("St. John's", "st johns"),
        ("Head & Neck", "head and neck"),
        ("Αθήνα", "αθηνα"),
        (" ", ""),
    ],
)
def test_folded_text_is_plain(written: str, plain: str) -> None:
    assert folded(written) == plain


@pytest.mark.parametrize("spelling", ["covid19", "COVID-19", "covid 19", "Covid‐19"])
def test_covid_is_found_in_any_spelling(spelling: str) -> None:
    assert words(spelling) == ["covid", "covid19", "19"]
    assert phrase_key(spelling) == "covid19"


@pytest.mark.parametrize("spelling", ["IL-17", "IL 17", "il17", "IL–17"])
def test_letters_and_their_number_have_one_key(spelling: str) -> None:
    assert "il17" in words(spelling)
    assert phrase_key(spelling) == "il17"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HER2+", ["her2", "positive"]),
        ("HER2-", ["her2", "negative"]),
        ("ER+/PR- tumors", ["er", "positive", "pr", "negative", "tumors"]),
        ("CD4+ 200", ["cd4", "positive", "200"]),
        ("anti- and pro", ["anti", "pro"]),
        ("B + C", ["b", "c"]),
    ],
)
def test_sign_after_a_marker_is_a_word(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_negative_with_a_hyphen_keeps_its_parts() -> None:
    assert words("HER2-negative") == ["her2", "her2negative", "negative"]


def test_compound_gives_its_parts_and_the_whole_at_the_first_part() -> None:
    found = [
        (token.word, token.position, token.start, token.end) for token in tokens("a non-small")
    ]
    assert found == [("non", 1, 2, 5), ("nonsmall", 1, 2, 11), ("small", 2, 6, 11)]


def test_joined_form_says_that_it_is_one() -> None:
    assert [token.is_joined for token in tokens("non-small")] == [False, True, False]


def test_stop_words_take_no_position() -> None:
    assert [(token.word, token.position) for token in tokens("cancer of the lung")] == [
        ("cancer", 1),
        ("lung", 2),
    ]


@pytest.mark.parametrize("name", ["IT", "ALL", "AS", "DO"])
def test_abbreviation_in_capitals_is_no_stop_word(name: str) -> None:
    assert words(f"{name} in kids") == [name.lower(), "kids"]


def test_stop_words_of_a_text_in_capitals_stay_stop_words() -> None:
    assert words("THE EFFECT OF ASPIRIN IN ADULTS") == ["effect", "aspirin", "adults"]


@pytest.mark.parametrize("name", ["hepatitis A", "Hepatitis a", "vitamin A"])
def test_lone_letter_of_a_name_is_kept(name: str) -> None:
    assert words(name)[-1] == "a"
    assert words(f"a {name}")[0] != "a"


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("leukaemia", "leukemia"),
        ("oesophageal", "esophageal"),
        ("tumours", "tumor"),
        ("randomised", "randomized"),
        ("centre", "center"),
        ("paediatric", "pediatric"),
        ("diarrhoea", "diarrhea"),
        ("sulphate", "sulfate"),
    ],
)
def test_british_and_american_spellings_have_one_stem(british: str, american: str) -> None:
    assert stem(british) == stem(american)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hepatitis", "hepatic"), ("aids", "aid"), ("als", "al"), ("sars", "sar")],
)
def test_different_things_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("one", "many"), [("child", "children"), ("metastasis", "metastases"), ("cell", "cells")]
)
def test_one_and_many_have_one_stem(one: str, many: str) -> None:
    assert stem(one) == stem(many)


@pytest.mark.parametrize("word", ["crohn's", "Crohns", "CROHN’S"])
def test_possessive_has_the_stem_of_the_name(word: str) -> None:
    assert phrase_key(f"{word} disease") == phrase_key("Crohn disease")


def test_phrase_key_of_stop_words_is_empty() -> None:
    assert phrase_key(" ".join(sorted(STOP_WORDS))) == ""


def test_long_word_is_cut() -> None:
    (token,) = tokens("x" * 5000)
    assert (len(token.word), token.end) == (40, 5000)


@pytest.mark.parametrize("part", ["a-", "é", "A 1", "x" * 50 + " ", "/'", "β", "HER2+/"])
def test_huge_text_takes_linear_time(part: str) -> None:
    start = time.perf_counter()
    tokens(part * 30_000)
    assert time.perf_counter() - start < 5
