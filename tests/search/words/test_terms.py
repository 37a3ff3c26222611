"""Terms and the conditions they become, without a database."""

from trials.search.words.terms import adjacent, key, terms, together
from trials.search.words.tsquery import Lexeme, all_of, any_of


def test_letters_and_their_number_are_one_term() -> None:
    for text in ("IL-17", "IL 17", "IL17"):
        assert together(terms(text)).text() == "'il17'", text


def test_compound_is_its_words_or_one_word() -> None:
    query = together(terms("non-small cell"))
    assert query.text() == "((('non' & 'small') | 'nonsmal') & 'cell')"


def test_phrase_follows_its_words() -> None:
    assert adjacent(terms("heart of the attack")).text() == "('heart' <-> 'attack')"


def test_weights_are_written_on_every_lexeme() -> None:
    assert together(terms("heart attack")).text("AB") == "('heart':AB & 'attack':AB)"


def test_key_is_the_phrase_key() -> None:
    assert key(terms("Non-Small Cell Lung Cancers")) == "non_small_cell_lung_cancer"


def test_word_that_is_part_of_something_else_does_not_count_there() -> None:
    assert together(terms("stroke")).text() == (
        "(!'heat' <-> 'stroke' <-> !('volum' | 'work' | 'index'))"
    )
    assert together(terms("stroke volume")).text() == "('stroke' & 'volum')"


def test_lexeme_is_escaped() -> None:
    assert Lexeme("a'b\\c").text() == "'a''b\\\\c'"


def test_single_parts_are_not_bracketed_and_doubles_fall_away() -> None:
    assert all_of([Lexeme("a"), Lexeme("a")]).text() == "'a'"
    assert any_of([Lexeme("a"), Lexeme("b"), Lexeme("a")]).text() == "('a' | 'b')"
