import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.editorial.checks.findings import Level
from trials.editorial.checks.reading import (
    THRESHOLDS,
    check_reading,
    grade,
    grade_words,
    sentences,
    syllables,
    words,
)
from trials.terms.desk import Part

# Passages of our own with words, sentences and syllables counted by hand, aloud;
# words and syllables of each sentence stand beside it.
EASY = (
    "You take one tablet each day. The study team checks your blood. "  # 6, 7 and 6, 7
    "Ask who can stay with you at night."  # 8, 8
)
MIDDLE = (
    "People are put into one of two groups by chance. "  # 10, 12
    "One group takes the new medicine, and the other takes a dummy tablet."  # 13, 18
)
HARD = (
    # 16, 37; 14, 29; 14, 34
    "The investigators will randomly assign participants to receive either the active medication "
    "or an identical placebo. "
    "Adverse events are recorded at every visit, and an independent committee reviews them "
    "regularly. "
    "Anybody who develops a serious complication stops the treatment immediately and remains "
    "under observation."
)
COUNTED = [(EASY, 20, 3, 22), (MIDDLE, 23, 2, 30), (HARD, 44, 3, 100)]


@pytest.mark.parametrize(("text", "word_count", "sentence_count", "syllable_count"), COUNTED)
def test_grade_agrees_with_counts_by_hand(text, word_count, sentence_count, syllable_count):
    by_hand = 0.39 * word_count / sentence_count + 11.8 * syllable_count / word_count - 15.59
    assert len(words(text)) == word_count
    assert len(sentences(text)) == sentence_count
    assert grade(text) == pytest.approx(max(by_hand, 0), abs=0.5)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("blood", 1),
        ("medicine", 3),
        ("pre-eclampsia", 4),
        ("MRI", 3),
        ("WHO", 5),
        ("52", 2),
        ("1,240", 4),
        ("10.1056/NEJM0001", 14),
        ("HbA1c", 3),
        ("can’t", 1),
        ("µ", 1),
    ],
)
def test_syllables_are_those_read_aloud(word, count):
    assert syllables(word) == count


def test_syllables_of_a_long_identifier_do_not_run_away():
    assert syllables("2308917") == 4


def test_grade_is_none_for_a_few_words():
    assert grade("") is None
    assert grade("A once-a-day tablet for active lupus") is None


def test_grade_counts_each_line_of_a_list_as_a_sentence():
    lines = [
        "you are 18 years old or older",
        "you have had asthma for a year",
        "you can walk without help for a while",
    ]
    with_dots = ". ".join(line.capitalize() for line in lines) + "."
    assert grade("\n".join(lines)) == grade(with_dots)
    assert grade("\n".join(f"- {line}" for line in lines)) == grade(with_dots)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("It is small. It is new.", ["It is small.", "It is new."]),
        ("You get 7.0 mL, e.g. at home. Ask.", ["You get 7.0 mL, e.g. at home.", "Ask."]),
        ("Ask Dr. Smith or J. Doe. They know.", ["Ask Dr. Smith or J. Doe.", "They know."]),
        ("Why? “Because.” So.", ["Why?", "“Because.”", "So."]),
        ("Three groups:\n\n- group 1\n2. group 2", ["Three groups:", "group 1", "group 2"]),
        ("It ended. then it went on.", ["It ended. then it went on."]),
        (" \n\n ", []),
    ],
)
def test_sentences_end_where_a_reader_pauses(text, cut):
    assert [text[start:end] for start, end in sentences(text)] == cut


@given(st.text(max_size=300))
def test_sentences_lose_no_word(text):
    inside = "".join(text[start:end] for start, end in sentences(text))
    kept = sum(sign.isalpha() for sign in inside)
    assert kept == sum(sign.isalpha() for sign in text)


@given(st.text(max_size=300))
def test_grade_is_never_negative_and_never_fails(text):
    assert (grade(text) or 0) >= 0


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        (Part.WHAT_IT_STUDIES, 7.0, "good"),
        (Part.WHAT_IT_STUDIES, 7.1, "could be simpler"),
        (Part.WHAT_IT_STUDIES, 11.0, "could be simpler"),
        (Part.WHAT_IT_STUDIES, 11.1, "hard to read"),
        (Part.PLAIN_TITLE, 10.0, "good"),
        (Part.PLAIN_SUMMARY, 14.1, "hard to read"),
    ],
)
def test_grade_words_follow_the_field(part, value, said):
    assert grade_words(value, part) == said


def test_thresholds_are_set_for_every_part():
    assert set(THRESHOLDS) == set(Part)


def test_check_reading_only_ever_hints():
    findings = check_reading(HARD.replace(". ", " and "), Part.TAKING_PART)
    assert {finding.check for finding in findings} == {"grade", "sentence"}
    assert {finding.level for finding in findings} == {Level.HINT}


def test_check_reading_has_nothing_to_say_about_plain_words():
    assert check_reading(EASY, Part.TAKING_PART) == []


@pytest.mark.parametrize(("count", "said"), [(20, None), (21, "could it be two"), (31, "or three")])
def test_check_reading_measures_sentences(count, said):
    text = f"You {'go ' * (count - 2)}home."
    found = [f for f in check_reading(text, Part.PLAIN_TITLE) if f.check == "sentence"]
    assert len(found) == (1 if said else 0)
    for finding in found:
        assert said in finding.message
        assert str(count) in finding.message
        assert text[finding.start : finding.end] == finding.quote


@pytest.mark.parametrize("sign", [".", "!?", "….", ".”"])
def test_sentences_of_a_line_of_signs_are_found_quickly(sign):
    start = time.process_time()
    assert len(sentences(f"a{sign * 10_000}b")) == 1
    assert time.process_time() - start < 3
