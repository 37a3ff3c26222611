import pytest

from tests.eligibility.reading import outline, parents


@pytest.mark.parametrize(
    "group",
    [
        "Cohort A:",
        "Cohort 2 (gout of the hand)",
        "Group 1: Gout",
        "Part B",
        "[Arm 3]",
        "For adolescents:",
        "For the healthy volunteers:",
        "Healthy controls",
        "Caregivers:",
        "Specific inclusion criteria:",
        "Additional inclusion criteria for Part 2:",
        "Treatment phase",
        "Stratum I:",
    ],
)
def test_bare_group_line_is_a_heading_under_its_side(group: str) -> None:
    assert outline(f"Inclusion Criteria:\n\n* Over 20\n\n{group}\n\n* Gout\n* Warts") == [
        "I # Inclusion Criteria:",
        "I   - * Over 20",
        f"I   # {group}",
        "I     - * Gout",
        "I     - * Warts",
    ]


def test_group_bullets_on_the_level_of_their_items_hold_them() -> None:
    assert outline("""
        Inclusion Criteria:

        * Cohort A:
        * Gout
        * Warts
        * Cohort B:
        * Fever
    """) == [
        "I # Inclusion Criteria:",
        "I   # * Cohort A:",
        "I     - * Gout",
        "I     - * Warts",
        "I   # * Cohort B:",
        "I     - * Fever",
    ]


def test_criterion_that_begins_with_a_group_is_no_heading() -> None:
    text = """
        Inclusion Criteria:

        * Part 1 - proven gout of the toe (any stage)
        * Cohort B must have warts
        * Over 20
    """
    assert [line[:7] for line in outline(text)[1:]] == ["I   - *"] * 3


def test_sides_that_repeat_for_each_group_stay_at_the_top() -> None:
    assert outline("""
        Gout cohort inclusion criteria:

        1. Over 20

        Gout cohort exclusion criteria:

        1. Warts

        Wart cohort inclusion criteria:

        1. Over 30
    """) == [
        "I # Gout cohort inclusion criteria:",
        "I   - 1. Over 20",
        "E # Gout cohort exclusion criteria:",
        "E   - 1. Warts",
        "I # Wart cohort inclusion criteria:",
        "I   - 1. Over 30",
    ]


def test_group_that_wraps_both_sides_stands_above_them() -> None:
    assert outline("""
        Main study:

        Inclusion Criteria:

        * Gout

        Exclusion Criteria:

        * Warts

        Blood sub-study:

        Inclusion Criteria:

        * Fever
    """) == [
        "O # Main study:",
        "I   # Inclusion Criteria:",
        "I     - * Gout",
        "E   # Exclusion Criteria:",
        "E     - * Warts",
        "O # Blood sub-study:",
        "I   # Inclusion Criteria:",
        "I     - * Fever",
    ]


def test_cohorts_stand_below_the_part_that_announces_them() -> None:
    assert outline("""
        Inclusion Criteria:

        * Over 20

        Cohort-specific inclusion criteria:

        Cohort 1:

        * Gout

        Cohort 2:

        * Warts
    """) == [
        "I # Inclusion Criteria:",
        "I   - * Over 20",
        "I   # Cohort-specific inclusion criteria:",
        "I     # Cohort 1:",
        "I       - * Gout",
        "I     # Cohort 2:",
        "I       - * Warts",
    ]


def test_group_set_into_an_item_stays_in_it() -> None:
    found = parents("""
        Inclusion Criteria:

        1. Gout of one kind:

           Cohort One Criteria:
           * In the toe

           Cohort Two Criteria:
           * In the thumb
        2. Over 20
    """)
    assert found["Cohort One Criteria:"] == "Gout of one kind:"
    assert found["In the toe"] == "Cohort One Criteria:"
    assert found["In the thumb"] == "Cohort Two Criteria:"
    assert found["Over 20"] == "Inclusion Criteria:"


def test_topic_inside_a_numbered_list_does_not_break_it() -> None:
    found = parents("""
        Exclusion Criteria:

        14. Gout
        15. Any odd blood value, such as:

        Counts:

        * Platelets below 100

        Liver:

        * ALT above 90

        16. Warts
    """)
    assert found["Counts:"] == "Any odd blood value, such as:"
    assert found["Platelets below 100"] == "Counts:"
    assert found["ALT above 90"] == "Liver:"
    assert found["Warts"] == "Exclusion Criteria:"


def test_topic_titles_over_lists_are_headings() -> None:
    assert outline("Exclusion Criteria:\n\nLungs\n\n* Gout\n\nGeneral Medical\n\n* Warts") == [
        "E # Exclusion Criteria:",
        "E   # Lungs",
        "E     - * Gout",
        "E   # General Medical",
        "E     - * Warts",
    ]


def test_exclusion_heading_with_odd_words_is_never_a_group_of_the_other_side() -> None:
    text = """
        Inclusion Criteria Umbrella Phase 1b & 2:

        * Gout

        Exclusion Criteria Umbrella Phase 1b & 2:

        * Warts
    """
    assert outline(text)[2:] == ["E # Exclusion Criteria Umbrella Phase 1b & 2:", "E   - * Warts"]


def test_short_line_before_each_repeated_pair_of_sides_wraps_it() -> None:
    assert outline("""
        - Healthy people

        Inclusion Criteria:

        * Over 20

        Exclusion Criteria:

        * Warts
        * Gout of the toe

        Inclusion Criteria:

        * Over 30
    """) == [
        "O # - Healthy people",
        "I   # Inclusion Criteria:",
        "I     - * Over 20",
        "E   # Exclusion Criteria:",
        "E     - * Warts",
        "O # * Gout of the toe",
        "I   # Inclusion Criteria:",
        "I     - * Over 30",
    ]


def test_last_criterion_before_a_repeated_side_stays_a_criterion() -> None:
    text = "Inclusion Criteria:\n\n* Over 20\n* Gout\n\nInclusion Criteria:\n\n* Warts"
    assert outline(text)[2] == "I   - * Gout"


@pytest.mark.parametrize(
    "item", ["Stage IV disease", "Stage 4 breast cancer", "Grade 2 rash", "Phase advance of sleep"]
)
def test_stage_of_an_illness_is_no_group(item: str) -> None:
    assert outline(f"Inclusion Criteria:\n\n* {item}\n* Gout")[1] == f"I   - * {item}"


def test_sentence_that_starts_a_new_list_heads_it() -> None:
    found = parents("""
        Inclusion Criteria:

        1. Over 20
        2. Gout

        To go on to the second part, subjects must meet the following criteria at visit 6:

        1. Finished the first part
    """)
    second = "To go on to the second part, subjects must meet the following criteria at visit 6:"
    assert found["Finished the first part"] == second
    assert found[second] == "Inclusion Criteria:"


def test_single_title_under_a_side_may_be_a_criterion_and_holds_nothing() -> None:
    assert outline("Exclusion Criteria:\n\nOther kinds of gout\n\n* Warts\n* Fever") == [
        "E # Exclusion Criteria:",
        "E   ¶ Other kinds of gout",
        "E   - * Warts",
        "E   - * Fever",
    ]


def test_group_with_its_rule_on_the_line_is_a_heading() -> None:
    found = parents("""
        Inclusion Criteria:

        Group A(well people): meet all of 1 to 2

        1. No gout
        2. No warts

        Group B(others): meet any of 1 to 2

        1. Gout
    """)
    assert found["No warts"] == "Group A(well people): meet all of 1 to 2"
    assert found["Gout"] == "Group B(others): meet any of 1 to 2"
