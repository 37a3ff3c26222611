"""Lists written on the level of the line that leads into them, and where they end."""

import pytest

from tests.eligibility.reading import outline, parents


def test_lead_in_is_the_first_item_where_the_list_goes_on_at_two() -> None:
    assert outline("""
        Exclusion Criteria:

        Took one of these drugs:

        1. Aspirin
        2. Insulin

           2\\. Gout. 3. Warts on the hand
    """) == [
        "E # Exclusion Criteria:",
        "E   - Took one of these drugs:",
        "E     - 1. Aspirin",
        "E     - 2. Insulin",
        "E   - 2. Gout.",
        "E   - 3. Warts on the hand",
    ]


def test_next_letter_ends_the_bullets_below_the_letter_before() -> None:
    found = parents("""
        * Gout shown by one of these

        A. Crystals

        B. Any (2) of these signs:

        * Pain
        * Heat

        C. An earlier attack

        * Over 20
    """)
    assert found["Pain"] == found["Heat"] == "Any (2) of these signs:"
    assert found["An earlier attack"] == found["Crystals"]
    assert found["Over 20"] is None


def test_counted_list_goes_up_to_the_next_plain_criterion() -> None:
    found = parents(
        "* Gout\n* At least two of the following signs:\n* Pain\n* Heat\n* Redness\n"
        "* Able to walk\n* Warts"
    )
    lead = "At least two of the following signs:"
    assert found["Pain"] == found["Heat"] == found["Redness"] == lead
    assert found["Able to walk"] is found["Warts"] is None


def test_small_first_letters_go_on_the_sentence_of_the_lead_in() -> None:
    found = parents("* Earlier courses:\n* lungs: one\n* skin: two\n* Over 20")
    assert found["lungs: one"] == found["skin: two"] == "Earlier courses:"
    assert found["Over 20"] is None


@pytest.mark.parametrize("word", ["OR", "or", "AND", "and"])
def test_connective_shows_that_the_list_goes_on_to_the_next_bullet(word: str) -> None:
    found = parents(f"* Over 20\n* Scan showing:\n* One stone {word}\n* Two stones\n* Gout")
    assert found[f"One stone {word}"] == found["Two stones"] == "Scan showing:"
    assert found["Gout"] is None


def test_lead_in_that_speaks_for_the_side_takes_no_bullet_by_count() -> None:
    found = parents("* Over 20\n* Meets two of the following criteria:\n* Gout\n* Warts")
    assert found["Gout"] is None


def test_bullets_set_in_behind_a_flat_numbered_list_go_on_the_outer_one() -> None:
    found = parents("""
        * Past the change of life:

        1. Over 50.
        2. After surgery.

           * Has gout.
           * Has warts.
    """)
    assert found["Over 50."] == found["After surgery."] == "Past the change of life:"
    assert found["Has gout."] is found["Has warts."] is None
