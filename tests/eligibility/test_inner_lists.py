"""Lists glued into one line, and numbers that the list around them jumps over."""

import pytest

from tests.eligibility.reading import outline, parents, read


def test_number_missing_from_the_list_is_found_inside_the_line_above() -> None:
    found = parents("""
        4. Any of these:

           * Gout
           * Warts on the toe. 5. Fever for a week
        6. Rash
    """)
    assert found["Warts on the toe."] == "Any of these:"
    assert found["Fever for a week"] is None
    assert found["Rash"] is None


@pytest.mark.parametrize(
    ("line", "marker", "text"),
    [
        ("1. Gout of the toe (left) 2．Warts on the hand", "2．", "Warts on the hand"),
        ("1. Gout (uric acid > 7), 2) unable to walk and", "2)", "unable to walk and"),
        ("1. Creatinine above 2.5 mg/dL.2. Warts on the hand", "2.", "Warts on the hand"),
        ("1. Gout as judged by a doctor (2) Warts on the hand", "(2)", "Warts on the hand"),
    ],
)
def test_gap_in_the_numbering_proves_a_number_of_any_style(
    line: str, marker: str, text: str
) -> None:
    nodes = read(f"{line}\n3. Fever")
    assert [(n.marker, n.depth) for n in nodes] == [("1.", 0), (marker, 0), ("3.", 0)]
    assert nodes[1].text == text


@pytest.mark.parametrize(
    "line",
    [
        "1. Rash of grade 2. Others may join",
        "1. Bilirubin below 2. Albumin is not asked for",
        "1. Gout (toes 1 or 2) without fever",
        "1. Gout, shown by 1) pain and 2) heat",
        "1. Platelets above 2.5 per unit",
    ],
)
def test_value_is_not_cut_even_where_the_list_has_a_gap(line: str) -> None:
    assert [n.marker for n in read(f"{line}\n3. Fever")] == ["1.", "3."]


def test_bullet_that_begins_with_one_holds_the_whole_list() -> None:
    nodes = read("* 1)weak legs, 2) fever, rash or pain. 3) earlier surgery 4) metal in the body")
    assert [n.marker for n in nodes] == ["1)", "2)", "3)", "4)"]
    assert [n.depth for n in nodes] == [0] * 4


def test_list_behind_a_short_lead_in_comes_apart_below_it() -> None:
    found = parents("* Lasting gout A. Attacks each week B. Attacks for a year\n* Warts")
    assert found["Attacks each week"] == found["Attacks for a year"] == "Lasting gout"
    assert found["Warts"] is None


def test_list_behind_a_colon_comes_apart_below_it() -> None:
    assert outline("7. Uses one of: a) Steroids b) Opioids by mouth\n8. Gout") == [
        "O - 7. Uses one of:",
        "O   - a) Steroids",
        "O   - b) Opioids by mouth",
        "O - 8. Gout",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "* Gout, that is 1) Pain and 2) Heat",
        "* Either 1) Gout of the toe or 2) Warts",
        "* Pain after: (1) walking, or (2) running",
        "* Tested for hepatitis A. Tested for hepatitis B. Both clear",
        "* Gout with signs: (1) Pain: 1) Sharp 2) Dull",
    ],
)
def test_enumeration_of_a_sentence_is_not_taken_for_a_list(line: str) -> None:
    assert len(read(line)) < 3
    assert read(line)[0].text.startswith(line[2:8])


def test_bullet_behind_a_full_stop_is_a_sibling() -> None:
    assert [n.depth for n in read("* Has gout.• Has warts.\n* Has fever.")] == [0, 0, 0]


def test_sum_that_lost_its_line_is_put_back() -> None:
    assert [n.text for n in read("* Aspirin + Ibuprofen\n\n  \\+ Paracetamol\n* Insulin")] == [
        "Aspirin + Ibuprofen + Paracetamol",
        "Insulin",
    ]


def test_letters_with_names_over_lists_that_start_anew_are_headings() -> None:
    assert outline("""
        Exclusion Criteria:

        A) Earlier illness

        * Gout
        * Warts

        B) Drugs taken 1. Takes steroids daily. 2. Takes opioids. C) Blood values

        1. Platelets below 100 per mL.D) Other reasons

        1. Lives far away
    """) == [
        "E # Exclusion Criteria:",
        "E   # A) Earlier illness",
        "E     - * Gout",
        "E     - * Warts",
        "E   # B) Drugs taken",
        "E     - 1. Takes steroids daily.",
        "E     - 2. Takes opioids.",
        "E   # C) Blood values",
        "E     - 1. Platelets below 100 per mL.",
        "E   # D) Other reasons",
        "E     - 1. Lives far away",
    ]


def test_list_glued_to_the_colon_before_it_is_cut() -> None:
    assert outline("* People will join by these rules:1.Gout; 2.Fewer than 3 warts; 3.Rash") == [
        "O - * People will join by these rules:",
        "O   - 1. Gout;",
        "O   - 2. Fewer than 3 warts;",
        "O   - 3. Rash",
    ]


@pytest.mark.parametrize("first", [2, 3])
def test_chain_behind_a_bullet_that_hides_its_first_number_is_cut(first: int) -> None:
    chain = "; ".join(
        f"{first + n}. {what}" for n, what in enumerate(["Gout", "Warts on the hand", "Rash"])
    )
    assert outline(f"* Able to read; {chain}") == [
        "O - * Able to read;",
        f"O - {first}. Gout;",
        f"O - {first + 1}. Warts on the hand;",
        f"O - {first + 2}. Rash",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Score of the toe; 2. Gout; 3. Warts on the hand",
        "Toe score of 1.; 2. Gout; 3. Warts; 4. Rash",
        "Gout in the past, 2. Warts, 3. Fever, 4. Rash",
    ],
    ids=["too short", "first is there", "no ends"],
)
def test_chain_behind_a_bullet_without_enough_evidence_stays_whole(line: str) -> None:
    assert outline(f"* {line}") == [f"O - * {line}"]


def test_last_number_of_a_list_is_found_behind_the_one_before() -> None:
    found = parents("7. Gout\n\n8. Free on all days of the plan 9. Warts on the hand")
    assert found["Warts on the hand"] is None


@pytest.mark.parametrize(
    "line",
    ["8. Gout of the toe, grade 9. Warts", "2. Gout of the toe 3. Warts", "8. Gout above 9.5 mg"],
)
def test_number_that_may_be_a_value_is_not_taken_for_the_last(line: str) -> None:
    marker, text = line.split(" ", 1)
    assert outline(line) == [f"O - {marker} {text}"]


@pytest.mark.parametrize(
    "line",
    ["a) Gout of the toe or b) Warts on both hands", "1) gout of the toe or 2) warts"],
)
def test_alternatives_inside_one_bullet_stay_one_item(line: str) -> None:
    found = parents(f"* Over 20 years\n* {line}\n* Rash")
    assert found[line] is None
