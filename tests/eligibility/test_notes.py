from tests.eligibility.reading import outline, parents


def test_indented_paragraph_belongs_to_its_item() -> None:
    assert outline("1. Gout\n\n   Attacks count only when seen by a doctor.\n2. Warts") == [
        "O - 1. Gout",
        "O   ¶ Attacks count only when seen by a doctor.",
        "O - 2. Warts",
    ]


def test_loose_note_belongs_to_the_item_above() -> None:
    assert outline("1. Gout\n\nNote: a doctor must have seen it.\n\n2. Warts") == [
        "O - 1. Gout",
        "O   ! Note: a doctor must have seen it.",
        "O - 2. Warts",
    ]


def test_loose_definition_in_the_middle_of_a_list_belongs_to_the_item_above() -> None:
    found = parents("* Gout\n\nGout means a swollen toe with crystals.\n\n* Warts\n* Fever")
    assert found["Gout means a swollen toe with crystals."] == "Gout"
    assert found["Warts"] is None


def test_footnote_belongs_to_its_item() -> None:
    assert outline("8. Uses birth control\\*\n\n   \\*Pill or ring\n9. Gout") == [
        "O - 8. Uses birth control*",
        "O   ! *Pill or ring",
        "O - 9. Gout",
    ]


def test_bare_criteria_stay_paragraphs() -> None:
    assert outline("Inclusion Criteria:\n\nAdults of any sex\n\nGout for a year") == [
        "I # Inclusion Criteria:",
        "I   ¶ Adults of any sex",
        "I   ¶ Gout for a year",
    ]


def test_connectives_are_no_headings() -> None:
    found = outline("""
        1. Gout

           AND AT LEAST ONE OF THE FOLLOWING:

           A) Pain

           B) Heat

           OR
        2. Warts
    """)
    assert found == [
        "O - 1. Gout",
        "O   ¶ AND AT LEAST ONE OF THE FOLLOWING:",
        "O   - A) Pain",
        "O   - B) Heat",
        "O   ¶ OR",
        "O - 2. Warts",
    ]
