import pytest

from tests.eligibility.reading import outline, parents, read


def test_several_numbered_criteria_on_one_line_come_apart() -> None:
    assert outline("13. Gout\n\n14. Warts on both hands. 15. Fever above 38.5 °C 16. Rash") == [
        "O - 13. Gout",
        "O - 14. Warts on both hands.",
        "O - 15. Fever above 38.5 °C",
        "O - 16. Rash",
    ]


def test_enumeration_inside_a_sentence_stays_whole() -> None:
    line = "* Severe gout, defined as 1) two attacks a month and 2) pain above 7"
    assert [n.text for n in read(line)] == [line[2:]]


@pytest.mark.parametrize(
    "line",
    [
        "Platelets 3.50×10^9 per litre",
        "3.50×10^9 platelets or more",
        "7.1 AST twice the upper limit",
        "8.1 >= 7 days since surgery",
        "1.5 times the upper limit",
        "0.5 mg a day at most",
        "-2 to +2 dioptres",
        "18 - 65 years",
        "1-2 earlier courses",
        "> 18 years",
        "≥ 3 attacks",
        "5 to 10 pack-years",
    ],
)
def test_number_at_the_start_of_a_line_is_never_cut(line: str) -> None:
    (node,) = read(line)
    assert node.text == line
    assert node.marker == ""


@pytest.mark.parametrize(
    "text",
    [
        "1. No toxicity above grade 1 or 2. Nausea may be present",
        "1. Heart failure of class 2. Others are welcome",
        "1. Bilirubin below 2. Albumin above 3. Both are measured twice",
        "1. No more than 2. Fewer is better",
    ],
)
def test_value_that_looks_like_the_next_number_is_not_cut_when_the_list_goes_on(text: str) -> None:
    assert [n.marker for n in read(f"{text}\n2. Gout")] == ["1.", "2."]


def test_letters_that_name_things_are_not_cut() -> None:
    nodes = read("A. Measles\nB. Shown to be free of hepatitis C. Others may join\nC. Mumps")
    assert [n.marker for n in nodes] == ["A.", "B.", "C."]


def test_outer_list_goes_on_at_the_end_of_an_inner_item() -> None:
    found = parents("""
        A. Attacks
        B. Pain
        C. With at least one of:

        1. Tears
        2. Restlessness D. Every other day E. No other cause
    """)
    assert found["Restlessness"] == "With at least one of:"
    assert found["Every other day"] is None
    assert found["No other cause"] is None


def test_bullets_inside_a_paragraph_come_apart() -> None:
    found = parents("1. Blood values: • Platelets ≥ 100 • Bilirubin ≤ 1.5\n2. Gout")
    assert found["Platelets ≥ 100"] == found["Bilirubin ≤ 1.5"] == "Blood values:"
    assert found["Gout"] is None


def test_escaped_star_between_words_is_a_bullet() -> None:
    assert [n.text for n in read("* Allergy to aspirin \\* Earlier aspirin is fine")] == [
        "Allergy to aspirin",
        "Earlier aspirin is fine",
    ]


@pytest.mark.parametrize("value", ["2 * ULN", "1.5 \\* 10^9", "5 * 3 months"])
def test_star_between_numbers_is_no_bullet(value: str) -> None:
    assert len(read(f"* ALT below {value}")) == 1


def test_comparison_signs_are_no_bullets() -> None:
    assert outline(r"* \> 18 years" + "\n" + r"* \< 3 attacks") == [
        "O - * > 18 years",
        "O - * < 3 attacks",
    ]


def test_bullet_between_digits_is_a_decimal_point() -> None:
    (node,) = read("1. Clearance below 45 mL/min/1•73 m2")
    assert node.text == "Clearance below 45 mL/min/1•73 m2"


def test_letter_o_bullets_inside_a_line_come_apart() -> None:
    found = parents("* Takes any of these o Insulin o Steroids\n* Gout")
    assert found["Insulin"] == found["Steroids"] == "Takes any of these"
    assert found["Gout"] is None


def test_dash_glued_to_a_word_is_a_bullet_but_not_in_a_name() -> None:
    assert [n.text for n in read("* Twenty and older- Men with gout")] == [
        "Twenty and older",
        "Men with gout",
    ]
    for name in ("Ehlers- Danlos syndrome", "no gamma- Interferon use", "non- Hodgkin disease"):
        assert [n.text for n in read(f"* Has {name}")] == [f"Has {name}"]


def test_unit_that_lost_its_line_is_put_back() -> None:
    (node,) = read("1. Neutrophils above 1.5 x 10^9\n\n   /L (1500 per µL)")
    assert node.text == "Neutrophils above 1.5 x 10^9 /L (1500 per µL)"


def test_circled_numbers_inside_a_line_come_apart() -> None:
    assert [n.marker for n in read("①gout；②warts；③fever")] == ["①", "②", "③"]
