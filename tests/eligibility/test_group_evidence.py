"""Group headings that only the rest of the text proves."""

from tests.eligibility.reading import outline, parents


def test_group_without_its_colon_is_known_by_its_twin() -> None:
    assert outline("""
        Inclusion Criteria:

        * Patients :
        * Gout
        * Healthy volunteers :
        * Over 20

        Exclusion Criteria:

        * Patients
        * Warts
    """)[5:] == [
        "E # Exclusion Criteria:",
        "E   # * Patients",
        "E     - * Warts",
    ]


def test_side_of_some_people_as_an_item_is_a_heading_beside_its_twin() -> None:
    assert outline("""
        Exclusion Criteria:

        * Exclusion criteria for GOUT COHORT

          * Warts
        * Exclusion criteria for people on steroids

          * Fever
    """) == [
        "E # Exclusion Criteria:",
        "E   # * Exclusion criteria for GOUT COHORT",
        "E     - * Warts",
        "E   # * Exclusion criteria for people on steroids",
        "E     - * Fever",
    ]


def test_lone_item_that_names_criteria_for_something_is_no_heading() -> None:
    text = "Exclusion Criteria:\n\n* Exclusion criteria for a scan\n* Warts"
    assert [line[:7] for line in outline(text)[1:]] == ["E   - *"] * 2


def test_first_bullet_that_repeats_its_side_holds_the_list() -> None:
    found = parents("""
        Exclusion Criteria:

        * People will be excluded if they have any of the following:
        * Gout
        * Warts
    """)
    assert found["Gout"] == "People will be excluded if they have any of the following:"
    assert found["Warts"] == found["Gout"]


def test_heading_over_a_list_that_begins_again_holds_it() -> None:
    found = parents("""
        * Gout in two steps

          1. Took aspirin
          2. Took steroids

             Second Step

          1. Took insulin
    """)
    assert found["Took insulin"] == "Second Step"
    assert found["Second Step"] == found["Took aspirin"] == "Gout in two steps"


def test_loud_one_line_topics_stand_beside_loud_headings() -> None:
    found = parents("""
        PRIOR CONCURRENT THERAPY:

        CHEMOTHERAPY:

        None last year.

        SURGERY: Healed.

        RADIOTHERAPY:

        None this year.
    """)
    assert found["SURGERY: Healed."] == "PRIOR CONCURRENT THERAPY:"
    assert found["RADIOTHERAPY:"] == "PRIOR CONCURRENT THERAPY:"
    assert found["None this year."] == "RADIOTHERAPY:"


def test_one_group_line_does_not_belong_to_the_other() -> None:
    control = "Control group:well people under 20."
    found = parents(f"""
        Inclusion Criteria:

        Test group: people of 20 to 30 years with gout of the toe, known for a year or longer by:

        1. Pain
        2. Heat

        {control}
    """)
    assert found[control] == "Inclusion Criteria:"
    assert found["Pain"] == found["Heat"] != "Inclusion Criteria:"


def test_side_of_a_group_on_the_end_of_a_bullet_is_a_heading() -> None:
    assert outline("""
        Inclusion Criteria:

        \\- Group 1 inclusion criteria.

        * Gout
        * No warts. Group 2 inclusion criteria.
        * Rash
    """) == [
        "I # Inclusion Criteria:",
        "I   # - Group 1 inclusion criteria.",
        "I     - * Gout",
        "I     - * No warts.",
        "I   # Group 2 inclusion criteria.",
        "I     - * Rash",
    ]


def test_long_line_with_a_colon_holds_no_loose_lines() -> None:
    found = parents("""
        Inclusion Criteria:

        Adults of either sex with swollen toes that came back after treatment, by the rules of 2015:

        Gout on one foot.

        Warts on both hands.
    """)
    assert found["Gout on one foot."] == found["Warts on both hands."] == "Inclusion Criteria:"
