"""Lists set in by accident, and sub-lists that only look like them."""

import pytest

from tests.eligibility.reading import outline, parents


@pytest.mark.parametrize("first", ["* Adults with gout", "* • Adults with gout"])
def test_list_set_in_behind_its_first_bullet_is_one_list(first: str) -> None:
    found = parents(f"""
        Inclusion Criteria:

        {first}

          * Warts on the hand
          * Written consent
    """)
    assert set(found.values()) == {None, "Inclusion Criteria:"}


def test_end_of_list_that_steps_in_belongs_to_the_list() -> None:
    assert outline("""
        Exclusion Criteria:

        * Gout
        * Warts on the hand

          * Fever for a week

            * Above 39 degrees
          * Rash
          * Alcohol dependence
    """) == [
        "E # Exclusion Criteria:",
        "E   - * Gout",
        "E   - * Warts on the hand",
        "E   - * Fever for a week",
        "E     - * Above 39 degrees",
        "E   - * Rash",
        "E   - * Alcohol dependence",
    ]


@pytest.mark.parametrize("lead", ["Adults with gout:", "Adults with gout who had", "Any of"])
def test_list_below_a_line_that_leads_into_it_stays_below(lead: str) -> None:
    found = parents(f"""
        * {lead}

          * Prior surgery
          * Consent of a parent
    """)
    assert found["Prior surgery"] == found["Consent of a parent"] == lead


@pytest.mark.parametrize(
    ("inner", "after"),
    [
        (("one swollen toe", "written consent", "warts"), ""),
        (("Swelling", "Redness", "Warmth"), ""),
        (("Swelling", "Signed diary", "Warmth"), "* Warts"),
        (("Swelling", "Signed diary"), ""),
    ],
    ids=["small letters", "nothing strange", "outer list goes on", "too short"],
)
def test_step_without_evidence_stays_a_sub_list(inner: tuple[str, ...], after: str) -> None:
    lines = ["* Rash", "* Gout of the toe", *(f"  * {line}" for line in inner), after]
    found = parents("\n\n".join(lines))
    assert {found[line] for line in inner} == {"Gout of the toe"}


def test_numbers_below_a_bullet_are_its_sub_list() -> None:
    found = parents("* Gout\n\n  1. Warts\n  2. Written consent\n  3. Pregnant women")
    assert found["Written consent"] == "Gout"


def test_loose_line_inside_a_staircase_does_not_break_it() -> None:
    assert outline("* Gout\n\n    * Warts\n\n  by the rules\n\n    * Written consent") == [
        "O - * Gout",
        "O - * Warts",
        "O   ¶ by the rules",
        "O - * Written consent",
    ]
