from hypothesis import given
from hypothesis import strategies as st

from trials.terms.glossary import TERMS, split


def marked(text: str, seen: frozenset[str] = frozenset()) -> list[str]:
    """Return the stretches of a text that are explained."""
    return [segment.text for segment in split(text, seen) if segment.term]


def test_split_marks_the_first_use_only() -> None:
    assert marked("A biopsy, and after the biopsy another Biopsy.") == ["biopsy"]


def test_split_leaves_out_what_the_page_has_explained() -> None:
    assert marked("A biopsy and an MRI.", frozenset({"biopsy"})) == ["MRI"]


def test_split_prefers_the_longest_spelling() -> None:
    assert marked("CAR-T cell therapy for CD19+ disease") == ["CAR-T cell therapy", "CD19"]


def test_split_keeps_words_that_only_look_like_a_term() -> None:
    assert marked("non-randomized; phased; crs; inreach; a uln") == []


def test_split_takes_abbreviations_as_written() -> None:
    assert marked("ALT ≤ 3×ULN, ECOG 0 to 1, HbA1c below 7") == ["ULN", "ECOG", "HbA1c"]


def test_split_takes_a_term_before_a_hyphen() -> None:
    assert marked("a placebo-controlled study") == ["placebo"]


@given(st.text(), st.sets(st.sampled_from([term.slug for term in TERMS])))
def test_split_loses_nothing(text: str, seen: set[str]) -> None:
    assert "".join(segment.text for segment in split(text, seen)) == text


@given(st.lists(st.sampled_from([s for term in TERMS for s in term.spellings]), max_size=8))
def test_split_marks_each_term_once(spellings: list[str]) -> None:
    slugs = [segment.term.slug for segment in split(", ".join(spellings)) if segment.term]

    assert len(slugs) == len(set(slugs))


def test_terms_have_slugs_and_spellings_of_their_own() -> None:
    slugs = [term.slug for term in TERMS]
    spellings = [spelling.casefold() for term in TERMS for spelling in term.spellings]

    assert len(slugs) == len(set(slugs)) >= 40
    assert len(spellings) == len(set(spellings))


def test_meanings_are_one_to_three_short_sentences() -> None:
    long = [term.slug for term in TERMS if len(term.meaning.split()) > 40]

    assert not long
    assert all(term.meaning.endswith(".") for term in TERMS)


def test_every_name_is_found_in_a_text() -> None:
    assert not [term.name for term in TERMS if marked(f"The {term.name} here") != [term.name]]
