"""Two wordings: which lines of them differ, and in which words."""

from hypothesis import given
from hypothesis import strategies as st

from tests.difference_marks import shown
from trials.terms.difference import Op, Segment, compare_list, compare_text, word_by_word


def test_text_shows_a_line_around_each_difference() -> None:
    before = ["Inclusion", "one", "two", "three", "Exclusion", "history of stroke"]
    after = ["Inclusion", "one", "two", "three", "Exclusion", "no history of stroke"]

    assert shown(compare_text(before, after)) == [
        "…", "Exclusion", "{+no+} history of stroke",
    ]  # fmt: skip


def test_long_line_is_shortened_around_its_difference() -> None:
    words = [f"word{number}" for number in range(60)]
    changed_words = [*words[:30], "never", *words[31:]]

    assert shown(compare_text([" ".join(words)], [" ".join(changed_words)])) == [
        f"… {' '.join(words[22:30])} [-word30-] {{+never+}} {' '.join(words[31:39])} …"
    ]


def test_long_entry_of_a_list_keeps_the_words_that_name_it() -> None:
    words = " ".join(f"word{number}" for number in range(60))

    assert shown(compare_list([f"{words} 4"], [f"{words} 6"])) == [
        "word0 word1 word2 word3 word4 word5 word6 word7 … "
        "word52 word53 word54 word55 word56 word57 word58 word59 [-4-] {+6+}"
    ]


def test_lines_without_likeness_are_taken_out_and_put_in() -> None:
    assert shown(compare_list(["a b c d", "same"], ["same", "w x y z", "k l m n"])) == [
        "[-a b c d-]", "{+w x y z+}", "{+k l m n+}",
    ]  # fmt: skip


def test_lines_that_would_take_too_long_stand_for_each_other() -> None:
    before, after = ("a b " * 3_000).strip(), ("b c a " * 2_000).strip()

    assert compare_text([before], [after]) == (
        (Segment(Op.TAKEN_OUT, before), Segment(Op.PUT_IN, after)),
    )


words = st.text(alphabet="ab0≥", min_size=1, max_size=2)
lines = st.lists(words, min_size=1, max_size=12).map(" ".join)


@given(lines, lines)
def test_both_lines_can_be_read_back_from_their_words(before: str, after: str) -> None:
    found = list(word_by_word(before, after))

    assert " ".join(part.text for part in found if part.op != Op.PUT_IN) == before
    assert " ".join(part.text for part in found if part.op != Op.TAKEN_OUT) == after


@given(st.lists(lines, max_size=6), st.lists(lines, max_size=6))
def test_lists_differ_where_their_entries_do(before: list[str], after: list[str]) -> None:
    found = [part for line in compare_list(before, after) for part in line]

    assert any(part.op != Op.EQUAL for part in found) == (sorted(before) != sorted(after))


@given(st.lists(lines, max_size=6), st.lists(lines, max_size=6))
def test_texts_differ_where_their_lines_do(before: list[str], after: list[str]) -> None:
    found = [part for line in compare_text(before, after) for part in line]

    assert any(part.op != Op.EQUAL for part in found) == (before != after)
