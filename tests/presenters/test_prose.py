import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.pages.presenters.prose import (
    Block,
    Listing,
    Notes,
    Paragraph,
    _paragraphs,
    flat,
    people_in,
    plain,
)
from trials.terms.glossary import Glossary, Term

GLOSSARY = Glossary([Term("biopsy", "Biopsy", "a small piece."), Term("mri", "MRI", "a scan.")])


def outline(blocks: tuple[Block, ...]) -> list[object]:
    """Return blocks as plain lists: a text, or a list of entries."""
    return [
        str(block.text) if isinstance(block, Paragraph) else [outline(e) for e in block.entries]
        for block in blocks
    ]


def test_blocks_read_paragraphs_and_nested_lists() -> None:
    text = "Two lines\nof one paragraph.\n\n* First\n\n  1. inner\n  2. other\n* Second"

    assert outline(Notes().blocks(text)) == [
        "Two lines of one paragraph.",
        [["First", [["inner"], ["other"]]], ["Second"]],
    ]


def test_blocks_keep_the_number_a_list_starts_with() -> None:
    (listing,) = Notes().blocks("4. Fourth\n5. Fifth")

    assert isinstance(listing, Listing)
    assert (listing.is_ordered, listing.start) == (True, 4)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"5 \> 3 \& 2 \* 2", "5 > 3 & 2 * 2"),
        ("dose &gt; 3 &amp; up", "dose > 3 & up"),
        ("a *very* **plain** word", "a very plain word"),
        ("see [the page](https://example.org/a)", "see the page (https://example.org/a)"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("<script>alert(1)</script> <b>bold</b>", "<script>alert(1)</script> <b>bold</b>"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[1]: https://example.org", "[1]: https://example.org"),
        ("    indented like code", "indented like code"),
        ("Heading\n=====", "Heading"),
    ],
)
def test_blocks_read_what_people_meant(written: str, read: str) -> None:
    assert outline(Notes().blocks(written)) == [read]


@given(st.text(alphabet=st.characters(categories=["L", "N", "Z", "P", "S"]), max_size=200))
def test_blocks_never_fail(text: str) -> None:
    outline(Notes().blocks(text))


@given(st.lists(st.text(alphabet="abcdefgh", min_size=1), min_size=1, max_size=12))
def test_blocks_lose_no_word(words: list[str]) -> None:
    assert flat("\n\n".join(words)).split() == words


def test_notes_explain_a_term_once_a_page_and_hand_it_to_its_section() -> None:
    notes = Notes(GLOSSARY)
    notes.text("A biopsy.")
    first = [term.slug for term in notes.take()]
    notes.text("Another biopsy and an MRI.")

    assert first == ["biopsy"]
    assert [term.slug for term in notes.take()] == ["mri"]


def test_notes_without_a_glossary_explain_nothing() -> None:
    assert len(Notes().text("A biopsy.").segments) == 1


def test_text_in_another_language_is_marked_and_not_explained() -> None:
    text = Notes(GLOSSARY).text("北京协和医院 biopsy 活检")

    assert text.lang == "zh"
    assert not [segment for segment in text.segments if segment.term]


def test_plain_of_nothing_is_false() -> None:
    assert not plain(" \n ")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("11 of 15 people had a fever", (11, 15)),
        ("1 of the 15 went home", (1, 15)),
        ("16 of 15 is no picture, 3 of 4 is", (3, 4)),
        ("12 of 45 people are too many to draw", None),
        ("most of them", None),
    ],
)
def test_people_are_drawn_up_to_twenty(text: str, people: tuple[int, int] | None) -> None:
    assert people_in(text) == people


def test_people_are_found_in_lists_only_when_asked() -> None:
    text = "11 of 15.\n\n- 11 of 15 people"
    (_, listing) = Notes().blocks(text, with_people=True)
    (_, unasked) = Notes().blocks(text)

    assert isinstance(listing, Listing)
    assert isinstance(unasked, Listing)
    assert listing.entries[0][0] == Paragraph(plain("11 of 15 people"), (11, 15))
    assert unasked.entries[0][0] == Paragraph(plain("11 of 15 people"))


@given(st.text(st.sampled_from("ab1-+.) \n=*_:\"'~&\\#>|(é\t"), max_size=40))
def test_flat_text_is_what_markdown_reads(text: str) -> None:
    """The short way for texts without marks ends where the long one does."""
    long_way = " ".join(str(paragraph.text) for paragraph in _paragraphs(Notes().blocks(text)))

    assert flat(text) == long_way
