"""What is turned round between a rewrite and its source, and the side that it stands on."""

import pytest

from trials.editorial.checks.guard import Side, Source, compare

GOOD, NOT = Side.GOOD_FIT, Side.NOT_A_FIT


def source(section: str, text: str) -> Source:
    return Source(criteria=((section, text),))


RIGHT = [
    (GOOD, "inclusion", "No history of stroke", "you have never had a stroke"),
    (GOOD, "exclusion", "Pregnant", "you are not pregnant"),
    (NOT, "exclusion", "Pregnant", "you are pregnant"),
    (NOT, "inclusion", "No history of stroke", "you have had a stroke"),
    (NOT, "exclusion", "Untreated thyroid disease", "your thyroid disease is not treated"),
    (GOOD, "inclusion", "HIV-negative", "your HIV test is negative"),
    (GOOD, "inclusion", "Refractory lupus", "your lupus did not get better with treatment"),
    (NOT, "exclusion", "Unable to swallow tablets", "you cannot swallow tablets"),
    (GOOD, "inclusion", "Seizure-free", "you have no seizures"),
    (NOT, "inclusion", "Took part in the first study", "you did not take part in the first study"),
    (NOT, "exclusion", "Cancer, except treated skin cancer",
     "you have cancer (treated skin cancer does not count)"),
]  # fmt: skip
TURNED = [
    (GOOD, "inclusion", "No history of stroke", "you have had a stroke"),
    (GOOD, "exclusion", "Pregnant", "you are pregnant"),
    (NOT, "exclusion", "Pregnant", "you are not pregnant"),
    (NOT, "inclusion", "No history of stroke", "you have never had a stroke"),
    (NOT, "exclusion", "Untreated thyroid disease", "you have a thyroid disease that is treated"),
    (GOOD, "inclusion", "HIV-negative", "your HIV test is positive"),
    (NOT, "exclusion", "Unable to swallow tablets", "you can swallow tablets"),
    (GOOD, "inclusion", "Seizure-free", "you have seizures"),
    (GOOD, "inclusion", "Took part in the first study", "you did not take part in the first study"),
    (NOT, "inclusion", "Type 2 diabetes", "you have type 2 diabetes"),
    (
        NOT,
        "exclusion",
        "Cancer, except treated skin cancer",
        "you have cancer or treated skin cancer",
    ),
    (GOOD, "inclusion", "Must not take antibiotics", "you must take antibiotics"),
    (GOOD, "inclusion", "Able to walk without help", "you can walk with help"),
]


@pytest.mark.parametrize(("side", "section", "criterion", "rewrite"), RIGHT)
def test_right_polarity_is_silent(side: Side, section: str, criterion: str, rewrite: str):
    assert compare(rewrite, source(section, criterion), side=side) == []


@pytest.mark.parametrize(("side", "section", "criterion", "rewrite"), TURNED)
def test_turned_polarity_is_found(side: Side, section: str, criterion: str, rewrite: str):
    found = compare(rewrite, source(section, criterion), side=side)

    assert [finding.check for finding in found] == ["negation"]


@pytest.mark.parametrize(("side", "section", "where"), [
    (GOOD, "exclusion", "reasons not to join"), (NOT, "inclusion", "reasons to join"),
])  # fmt: skip
def test_line_on_the_other_side_says_where_it_stands(side: Side, section: str, where: str):
    found = compare("you have gout", source(section, "Gout"), side=side)

    assert len(found) == 1
    assert where in found[0].message
    assert found[0].quote == "you have gout"


def test_criterion_that_stands_on_both_sides_is_silent():
    both = Source(criteria=(("inclusion", "Gout or arthritis"), ("exclusion", "Gout")))

    assert compare("you have gout", both, side=GOOD) == []
    assert compare("you have gout", both, side=NOT) == []


def test_before_and_after_are_told_apart():
    record = "You stop the tablets before surgery."

    assert compare("You stop the tablets before surgery.", record) == []
    assert compare("You stop taking the tablets before the operation.", record) == []
    found = compare("You stop taking the tablets after surgery.", record)
    assert [finding.check for finding in found] == ["comparator"]


def test_words_without_a_source_are_silent():
    assert compare("The treatment may not help you.", "Tablets for lupus") == []
