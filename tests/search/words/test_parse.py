"""Quotes, minus, OR, and what cannot be read, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.search.words.parse import LONGEST, Clause, clauses, cleaned


def test_plain_words_are_one_clause() -> None:
    assert clauses("lung cancer chemo") == [Clause("lung cancer chemo")]


def test_quotes_make_a_phrase_of_any_kind_of_quote() -> None:
    text, _ = cleaned("„heart attack“ aspirin")
    assert clauses(text) == [Clause("heart attack", is_phrase=True), Clause("aspirin")]


def test_quote_that_is_not_closed_is_ignored() -> None:
    assert clauses('"lung cancer') == [Clause("lung cancer")]


def test_minus_leaves_out_a_word_or_a_phrase() -> None:
    assert clauses('pain -knee -"low back"') == [
        Clause("pain"),
        Clause("knee", is_negated=True),
        Clause("low back", is_phrase=True, is_negated=True),
    ]


def test_hyphen_within_a_word_is_no_minus() -> None:
    assert clauses("IL-17 non-small") == [Clause("IL-17 non-small")]


def test_not_in_capitals_leaves_out_the_next_word() -> None:
    assert clauses("asthma NOT children") == [
        Clause("asthma"),
        Clause("children", is_negated=True),
    ]


def test_or_in_capitals_offers_an_alternative() -> None:
    assert clauses('lupus OR "heart attack" OR gout') == [
        Clause("lupus"),
        Clause("heart attack", is_phrase=True, is_or=True),
        Clause("gout", is_or=True),
    ]


@pytest.mark.parametrize("text", ["OR", "OR OR", "AND", "- -", '""', '"', "&&& |||", "   "])
def test_operators_without_words_are_nothing(text: str) -> None:
    assert [one for one in clauses(text) if one.text.isalnum() and one.text != "OR"] == []


def test_long_text_is_cut_between_words_with_a_sentence() -> None:
    text, problem = cleaned("lupus " * 20_000)
    assert len(text) <= LONGEST
    assert text.endswith("lupus")
    assert str(LONGEST) in problem


def test_control_characters_become_spaces() -> None:
    assert cleaned("lung\x00cancer\n\tnow")[0] == "lung cancer now"


@given(st.text(max_size=400))
def test_any_text_is_parsed_without_losing_words(text: str) -> None:
    line, _ = cleaned(text)
    kept = " ".join(one.text for one in clauses(line))
    operators = {"OR", "AND", "NOT"}
    words = {word for word in line.replace('"', " ").split() if word.isalnum()} - operators
    assert words <= set(kept.split())
