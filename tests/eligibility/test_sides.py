import pytest

from tests.eligibility.reading import outline, parents, sides


def test_plain_headings_open_their_sides() -> None:
    assert outline("""
        Inclusion Criteria:

        * Asthma for a year

        Exclusion Criteria:

        * Current smoker
    """) == [
        "I # Inclusion Criteria:",
        "I   - * Asthma for a year",
        "E # Exclusion Criteria:",
        "E   - * Current smoker",
    ]


@pytest.mark.parametrize(
    ("heading", "side"),
    [
        ("INCLUSION", "inclusion"),
        ("Key inclusion criteria", "inclusion"),
        ("Main Criteria for Inclusion:", "inclusion"),
        ("**Inclusion Criteria**", "inclusion"),
        ("# Inclusion criteria", "inclusion"),
        ("4.1 Inclusion Criteria", "inclusion"),
        ("Inclusion Criteria", "inclusion"),
        ("Inclusion criteria-", "inclusion"),
        ("Inclusion criteria include:", "inclusion"),
        ("Criteria: Inclusion criteria:", "inclusion"),
        ("Inlcusion Critera:", "inclusion"),
        ("CRITERIA FOR ENROLLMENT:", "inclusion"),
        ("Eligible patients must", "other"),
        ("Eligible patients must:", "inclusion"),
        ("To be eligible for the study, a person must:", "inclusion"),
        ("Criterios de inclusión:", "inclusion"),
        ("Critères d'inclusion :", "inclusion"),
        ("Einschlusskriterien:", "inclusion"),
        ("Criteri di inclusione:", "inclusion"),
        ("Critérios de inclusão:", "inclusion"),
        ("纳入标准：", "inclusion"),
        ("入选标准", "inclusion"),
        ("選択基準：", "inclusion"),
        ("EXCLUSION:", "exclusion"),
        ("Excluded:", "exclusion"),
        ("Non-inclusion criteria:", "exclusion"),
        ("Non inclusion criteria", "exclusion"),
        ("Exclusion criteria for healthy volunteers:", "exclusion"),
        ("EXCLUSION CRITIERIA:", "exclusion"),
        ("Exlusion Criteria:", "exclusion"),
        ("Patients will be excluded if they have:", "exclusion"),
        ("Participants must not have any of the following:", "exclusion"),
        ("A volunteer will not be included if:", "exclusion"),
        ("People are ineligible if they:", "exclusion"),
        ("Criterios de exclusión:", "exclusion"),
        ("Criterios de no inclusión:", "exclusion"),
        ("Critères de non-inclusion :", "exclusion"),
        ("Critères d’exclusion", "exclusion"),
        ("Ausschlusskriterien:", "exclusion"),
        ("Criteri di esclusione:", "exclusion"),
        ("Critérios de exclusão:", "exclusion"),
        ("排除标准：", "exclusion"),
        ("除外基準", "exclusion"),
        ("Inclusion/Exclusion criteria:", "other"),
        ("Inclusion and exclusion criteria", "other"),
        ("DISEASE CHARACTERISTICS:", "other"),
        ("Prior therapy:", "other"),
    ],
)
def test_heading_decides_the_side_of_its_items(heading: str, side: str) -> None:
    found = sides(f"{heading}\n\n* Gout in one knee\n* Gout in both knees")
    assert found["Gout in one knee"] == side
    assert found["Gout in both knees"] == side


@pytest.mark.parametrize(
    "item",
    [
        "Not meeting inclusion criteria",
        "Patients who do not meet the inclusion criteria",
        "Does not fulfil all of the inclusion criteria:",
        "Inclusion in another trial",
        "Meets any exclusion criterion of the parent study",
        "Exclusion of pregnancy by urine test",
        "See inclusion criteria",
        "Inclusion criteria of the first study not met",
        "Fever is not a criterion for inclusion.",
        "Any other exclusion criteria in the protocol",
    ],
)
def test_item_that_talks_about_the_criteria_opens_no_side(item: str) -> None:
    found = sides(f"Exclusion Criteria:\n\n* Gout\n* {item}\n* Fever")
    assert found == {
        "Exclusion Criteria:": "exclusion",
        "Gout": "exclusion",
        item: "exclusion",
        "Fever": "exclusion",
    }


@pytest.mark.parametrize(
    "line", ["Not meeting the inclusion criteria", "Patients who do not meet inclusion criteria"]
)
def test_bare_line_with_a_denial_opens_no_side(line: str) -> None:
    assert sides(f"Exclusion Criteria:\n\nGout\n\n{line}\n\nFever")["Fever"] == "exclusion"


def test_denied_exclusion_opens_no_exclusion_side() -> None:
    text = "Inclusion Criteria:\n\n* Gout\n\nPatients will not be excluded if they have:\n\n* Warts"
    assert sides(text)["Warts"] == "inclusion"


def test_first_criterion_on_the_line_of_the_heading_is_split_off() -> None:
    assert outline("Inclusion Criteria: Age 18 or over\n\nExclusion criteria: None") == [
        "I # Inclusion Criteria:",
        "I   ¶ Age 18 or over",
        "E # Exclusion criteria:",
        "E   ! None",
    ]


def test_heading_ended_by_a_full_stop_keeps_the_rest_apart() -> None:
    assert outline(
        "Inclusion criteria. Age over 22. Speaks Dutch.\n\nStudy exclusion criteria. Gout."
    ) == [
        "I # Inclusion criteria.",
        "I   ¶ Age over 22. Speaks Dutch.",
        "E # Study exclusion criteria.",
        "E   ¶ Gout.",
    ]


def test_none_after_non_inclusion_is_no_criterion() -> None:
    assert outline("Non-inclusion criteria:\n\n* None\n\nExclusion criteria:\n\n* Gout") == [
        "E # Non-inclusion criteria:",
        "E   ! * None",
        "E # Exclusion criteria:",
        "E   - * Gout",
    ]


def test_side_heading_as_a_list_item_opens_its_side() -> None:
    assert outline("* INCLUSION CRITERIA:\n\nOver 20\n\n* EXCLUSION CRITERIA:\n\nGout") == [
        "I # * INCLUSION CRITERIA:",
        "I   ¶ Over 20",
        "E # * EXCLUSION CRITERIA:",
        "E   ¶ Gout",
    ]


@pytest.mark.parametrize(
    "tail", ["Exclusion Criteria:", "Exclusion Criteria", "EXCLUSION CRITERIA:"]
)
def test_side_heading_at_the_end_of_a_bullet_opens_its_side(tail: str) -> None:
    found = sides(
        f"Inclusion Criteria:\n\n* Gout\n* Agrees to stay for the whole study {tail}\n* Warts"
    )
    assert found["Agrees to stay for the whole study"] == "inclusion"
    assert found[tail] == "exclusion"
    assert found["Warts"] == "exclusion"


def test_bullets_glued_behind_headings_come_apart() -> None:
    text = "Inclusion Criteria:- Men with gout- Stable partner Exclusion Criteria:- Low mood- Warts"
    assert outline(text) == [
        "I # Inclusion Criteria:",
        "I   - - Men with gout",
        "I   - - Stable partner",
        "E # Exclusion Criteria:",
        "E   - - Low mood",
        "E   - - Warts",
    ]


def test_repeated_sides_go_back_and_forth() -> None:
    text = """
        Inclusion Criteria:

        * Gout

        Exclusion Criteria:

        * Warts

        Inclusion Criteria:

        * Fever
    """
    assert sides(text)["Fever"] == "inclusion"


def test_text_without_headings_is_neither_side() -> None:
    assert outline("Must be over 14.\n\nMust not have gout.") == [
        "O ¶ Must be over 14.",
        "O ¶ Must not have gout.",
    ]


def test_old_topic_headings_are_neither_side() -> None:
    assert outline("""
        DISEASE CHARACTERISTICS:

        * Gout of the toe

        PATIENT CHARACTERISTICS:

        HEPATIC:

        * Bilirubin below 2

        RENAL:

        * No dialysis

        PRIOR CONCURRENT THERAPY:

        * None of note
    """) == [
        "O # DISEASE CHARACTERISTICS:",
        "O   - * Gout of the toe",
        "O # PATIENT CHARACTERISTICS:",
        "O   # HEPATIC:",
        "O     - * Bilirubin below 2",
        "O   # RENAL:",
        "O     - * No dialysis",
        "O # PRIOR CONCURRENT THERAPY:",
        "O   - * None of note",
    ]


def test_list_before_a_lone_exclusion_heading_states_who_may_join() -> None:
    assert sides("* Gout\n* Over 30\n\nExclusion Criteria:\n\n* Warts") == {
        "Gout": "inclusion",
        "Over 30": "inclusion",
        "Exclusion Criteria:": "exclusion",
        "Warts": "exclusion",
    }


def test_introduction_before_the_sides_is_neither() -> None:
    found = sides("Twenty men will be asked.\n\nInclusion Criteria:\n\n* Gout")
    assert found == {
        "Twenty men will be asked.": "other",
        "Inclusion Criteria:": "inclusion",
        "Gout": "inclusion",
    }


@pytest.mark.parametrize(
    "note",
    [
        "Other protocol-defined inclusion/exclusion criteria may apply.",
        "Note: Other protocol defined Inclusion/Exclusion criteria may apply",
        "Further criteria apply.",
    ],
)
def test_closing_note_is_neither_side(note: str) -> None:
    assert outline(f"Exclusion Criteria:\n\n* Gout\n\n{note}")[-1] == f"O ! {note}"


@pytest.mark.parametrize("heading", ["Withdrawal criteria:", "Removal criteria:", "退出标准："])
def test_criteria_for_leaving_are_neither_side(heading: str) -> None:
    found = sides(f"Exclusion Criteria:\n\n* Gout\n\n{heading}\n\n* Moves away")
    assert found["Moves away"] == "other"


def test_labelled_clause_in_a_bullet_stays_whole() -> None:
    line = "Additional inclusion criteria for cohort G: gout of the toe"
    assert outline(f"Inclusion Criteria:\n\n* {line}\n* Warts")[1] == f"I   - * {line}"


def test_lead_in_under_its_own_side_is_no_second_heading() -> None:
    assert outline("""
        Exclusion Criteria:

        A person who meets any of the following criteria will be excluded:

        * Gout
    """) == [
        "E # Exclusion Criteria:",
        "E   ¶ A person who meets any of the following criteria will be excluded:",
        "E   - * Gout",
    ]


def test_clause_about_some_patients_does_not_turn_the_side_round() -> None:
    text = """
        Inclusion Criteria:

        * Gout

        This covers each woman who is not yet past the menopause, which may be one of these:

        * Natural
        * After surgery
    """
    assert set(sides(text).values()) == {"inclusion"}


def test_sentences_that_open_both_sides_do_so() -> None:
    assert outline("""
        To be eligible to take part, an individual must meet all of the following criteria:

        1. Gout

        An individual who meets any of the following criteria will be excluded from it:

        1. Warts
    """) == [
        "I # To be eligible to take part, an individual must meet all of the following criteria:",
        "I   - 1. Gout",
        "E # An individual who meets any of the following criteria will be excluded from it:",
        "E   - 1. Warts",
    ]


def test_whole_text_on_one_line_comes_apart() -> None:
    text = "INCLUSION CRITERIA: - Age > 18 - Gout - Warts EXCLUSION CRITERIA: - Fever"
    assert sides(text) == {
        "INCLUSION CRITERIA:": "inclusion",
        "Age > 18": "inclusion",
        "Gout": "inclusion",
        "Warts": "inclusion",
        "EXCLUSION CRITERIA:": "exclusion",
        "Fever": "exclusion",
    }


def test_heading_glued_to_a_bare_criterion_takes_none_of_it() -> None:
    found = sides("Inclusion Criteria:\n\nIs older than 18 Exclusion Criteria:\n\nWarts")
    assert found["Is older than 18"] == "inclusion"
    assert found["Warts"] == "exclusion"


def test_levelled_sections_open_the_sides() -> None:
    assert outline(
        "4.1 Inclusion Criteria\n\n4.1.1 Gout\n\n4.2 Exclusion Criteria\n\n4.2.1 Warts"
    ) == [
        "I # 4.1 Inclusion Criteria",
        "I   - 4.1.1 Gout",
        "E # 4.2 Exclusion Criteria",
        "E   - 4.2.1 Warts",
    ]


@pytest.mark.parametrize(
    ("heading", "closing"),
    [
        ("Exclusion Criteria:", "Pairs were eligible for this study if they had given blood."),
        ("Inclusion Criteria:", "Women were excluded from the study if they smoked."),
        ("Inclusion Criteria:", "Women were not eligible if they smoked."),
    ],
)
def test_closing_sentence_that_contradicts_its_side_leaves_it(heading: str, closing: str) -> None:
    assert sides(f"{heading}\n\n* Gout\n\n{closing}")[closing] == "other"


@pytest.mark.parametrize(
    ("heading", "closing"),
    [
        ("Inclusion Criteria:", "Pairs were eligible for this study if they had given blood."),
        ("Exclusion Criteria:", "Women were not eligible if they smoked."),
        ("Inclusion Criteria:", "Women were not excluded if they smoked."),
    ],
)
def test_closing_sentence_that_agrees_with_its_side_stays(heading: str, closing: str) -> None:
    found = sides(f"{heading}\n\n* Gout\n\n{closing}")
    assert found[closing] == found["Gout"]


def test_sentence_right_behind_a_side_without_a_colon_belongs_to_it() -> None:
    assert outline("Inclusion criteria:\n\n* Gout\n\nExclusion criteria Patients with late warts.")[
        2:
    ] == ["E # Exclusion criteria", "E   ¶ Patients with late warts."]


def test_side_for_some_people_is_a_heading_though_it_ends_in_a_stop() -> None:
    found = parents("""
        Exclusion Criteria:

        Exclusion criteria for men and women.

        * Gout
    """)
    assert found["Gout"] == "Exclusion criteria for men and women."
