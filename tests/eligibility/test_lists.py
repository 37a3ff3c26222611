import pytest

from tests.eligibility.reading import outline, parents, read


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1.", "2."),
        ("1)", "2)"),
        ("(1)", "(2)"),
        ("（1）", "（2）"),
        ("1、", "2、"),
        ("1．", "2．"),
        ("a.", "b."),
        ("a)", "b)"),
        ("(a)", "(b)"),
        ("A.", "B."),
        ("i.", "ii."),
        ("iv.", "v."),
        ("I.", "II."),
        ("①", "②"),
        ("一、", "二、"),
        ("•", "•"),
        ("-", "-"),
        ("*", "*"),
        ("–", "–"),
        ("o", "o"),
        ("▪", "▪"),
        ("⁃", "⁃"),
        ("--", "--"),
    ],
)
def test_marker_is_kept_as_written(one: str, two: str) -> None:
    nodes = read(f"{one} Gout\n\n{two} Warts")
    assert [(n.marker, n.text, n.role, n.depth) for n in nodes] == [
        (one, "Gout", "item", 0),
        (two, "Warts", "item", 0),
    ]


@pytest.mark.parametrize(
    "line",
    ["1.Gout of the toe", "1\\. Gout of the toe", "* 1\\. Gout of the toe", "1. -Gout of the toe"],
)
def test_glued_and_doubled_markers_are_one(line: str) -> None:
    (node,) = read(line)
    assert (node.marker, node.text) == ("1.", "Gout of the toe")


def test_nested_list_by_indentation() -> None:
    assert outline("""
        1. Organ function:

           * Liver
           * Kidney

             a. Clearance
        2. Consent
    """) == [
        "O - 1. Organ function:",
        "O   - * Liver",
        "O   - * Kidney",
        "O     - a. Clearance",
        "O - 2. Consent",
    ]


def test_flat_roman_bullets_are_a_sub_list() -> None:
    found = parents("* Migraine shown by:\n* i. Aura\n* ii. Nausea\n* Over 20")
    assert found == {
        "Migraine shown by:": None,
        "Aura": "Migraine shown by:",
        "Nausea": "Migraine shown by:",
        "Over 20": None,
    }


def test_flat_letters_between_bullets_are_a_sub_list_without_a_colon() -> None:
    found = parents("* Migraine\n* a. Aura\n* b. Nausea\n* Over 20")
    assert found["Aura"] == found["Nausea"] == "Migraine"
    assert found["Over 20"] is None


def test_numbered_staircase_is_one_list() -> None:
    assert [
        n.depth for n in read("1. Gout\n\n   2. Warts\n\n      3. Fever\n\n         4. Rash")
    ] == [0, 0, 0, 0]


def test_list_that_breaks_into_loose_numbers_stays_one_list() -> None:
    found = parents("1. Gout\n\n   (2) Warts\n\n   (3) Fever\n2. Rash")
    assert found["Fever"] == found["Warts"]
    assert found["Rash"] is None
    assert found["Gout"] is None


def test_letters_go_on_where_numbers_stopped() -> None:
    found = parents("""
        1. Reports of:

           1. Fits
           2. Taking:

           i. Steroids ii. Opioids iii. Insulin

           c. Surgery

           d. Smoking
        2. Gout
    """)
    assert found["Steroids"] == found["Insulin"] == "Taking:"
    assert found["Surgery"] == found["Smoking"] == found["Fits"] == "Reports of:"
    assert found["Gout"] is None


def test_letters_after_numbers_without_a_lead_in_are_the_same_list() -> None:
    assert [n.depth for n in read("1. Gout\n2. Warts\n3. Fever\na) Rash\nb) Pain")] == [0] * 5


def test_skipped_and_repeated_numbers_keep_one_list() -> None:
    nodes = read("1. Gout\n2. Warts\n2. Fever\n5. Rash\n6. Pain")
    assert [n.depth for n in nodes] == [0] * 5
    assert [n.marker for n in nodes] == ["1.", "2.", "2.", "5.", "6."]


def test_roman_one_under_a_letter_g_is_its_child() -> None:
    found = parents("f. Gout\ng. Drinks above:\ni. Three a day\nh. Warts\ni. Fever\nj. Rash")
    assert found["Three a day"] == "Drinks above:"
    assert found["Warts"] == found["Fever"] == found["Rash"] is None


def test_semicolons_show_the_extent_of_a_flat_sub_list() -> None:
    found = parents(
        "* Over 20\n* No more than:\n* one fit;\n* two falls; or\n* three rashes\n* Gout"
    )
    assert found["one fit;"] == found["two falls; or"] == found["three rashes"] == "No more than:"
    assert found["Gout"] is None


def test_flat_thresholds_belong_to_the_organ_function_above() -> None:
    found = parents(
        "* Consent\n* Adequate marrow function:\n* Platelets ≥ 100\n* Neutrophils ≥ 1.5\n"
        "* Able to swallow"
    )
    assert found["Platelets ≥ 100"] == found["Neutrophils ≥ 1.5"] == "Adequate marrow function:"
    assert found["Able to swallow"] is None


def test_flat_list_after_a_colon_without_evidence_stays_flat() -> None:
    assert [n.depth for n in read("* History of:\n* Gout\n* Warts\n* Fever")] == [0, 0, 0, 0]


def test_levelled_numbers_stand_below_their_number() -> None:
    found = parents("10. Any of these drugs:\n\n    10.1 Opioids\n\n    10.2 Steroids\n11. Gout")
    assert found["Opioids"] == found["Steroids"] == "Any of these drugs:"
    assert found["Gout"] is None


def test_bracketed_number_at_the_start_of_a_sentence_word_is_kept() -> None:
    assert read("E. coli infection")[0].text == "E. coli infection"
    assert read("E. coli infection")[0].marker == ""


def test_full_width_punctuation_does_not_change_the_list() -> None:
    assert outline("排除标准：\n\n1. 痛风（任何部位）；\n2. 妊娠，哺乳；\n3. 其他、不适合") == [
        "E # 排除标准：",
        "E   - 1. 痛风（任何部位）；",
        "E   - 2. 妊娠，哺乳；",
        "E   - 3. 其他、不适合",
    ]


def test_empty_bullets_leave_no_node() -> None:
    assert outline("* Gout\n*\n* Warts\n\n-") == ["O - * Gout", "O - * Warts"]


def test_arrows_before_words_are_bullets_and_before_values_compare() -> None:
    text = r"""
        \> Gout of the toe

        \> Warts

        \> Grade 2 rash
    """
    assert [(n.marker, n.text) for n in read(text)] == [
        (">", "Gout of the toe"),
        (">", "Warts"),
        ("", "> Grade 2 rash"),
    ]


def test_numbers_that_start_anew_below_each_roman_title_are_its_children() -> None:
    found = parents("I. Body\n\n1. Gout\n2. Warts\n\nII. Mind\n\n1. Fear")
    assert found == {"Body": None, "Gout": "Body", "Warts": "Body", "Mind": None, "Fear": "Mind"}


@pytest.mark.parametrize("line", ["7.1 AST > 3", "3.50×10^9", "18 to 65 years", "Platelets ≥ 100"])
def test_measure_over_a_list_is_no_heading(line: str) -> None:
    assert read(f"Inclusion Criteria:\n\n* Gout\n\n{line}\n\n* Warts")[2].role == "paragraph"


@pytest.mark.parametrize("line", ["①", "* ②", "*③"])
def test_number_without_words_is_kept_as_words(line: str) -> None:
    assert read(f"{line}\n\n* Gout")[0].text.endswith(line[-1])


@pytest.mark.parametrize("end", ["for at least", "for less than", "in the year of"])
def test_line_that_asks_for_more_takes_up_the_words_set_in_below(end: str) -> None:
    assert outline(f"* Free of gout {end}\n\n  2 years or so\n* Warts") == [
        f"O - * Free of gout {end} 2 years or so",
        "O - * Warts",
    ]


def test_complete_line_leaves_the_words_set_in_below_alone() -> None:
    assert outline("* Free of gout\n\n  2 years or so") == [
        "O - * Free of gout",
        "O   ¶ 2 years or so",
    ]
