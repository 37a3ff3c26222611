"""A criterion becomes a plain line, or stays as the record has it; nothing is lost on the way."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_criterion, make_trial
from trials.editorial.fit_lines import fit
from trials.editorial.rewording import SELF, reword
from trials.editorial.rewording.comparators import SPOKEN
from trials.models import Criterion, Trial

EXCLUSION = Criterion.Section.EXCLUSION
_CHILD = {
    "minimum_age": "2 Years",
    "maximum_age": "11 Years",
    "minimum_age_months": 24,
    "maximum_age_months": 132,
}


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Age ≥ 18 years", "you are 18 years or older"),
        ("Age > 18 years.", "you are older than 18 years"),
        ("Age <18 years", "you are younger than 18 years"),
        ("18 years of age and older", "you are 18 years or older"),
        ("Male or female, 18 to 65 years", "you are male or female, and 18 to 65 years old"),
        ("Aged between 18 and 75 years, inclusive", "you are 18 to 75 years old"),
        ("Age ≥ 18 and ≤ 60", "you are 18 or older, and 60 or younger"),
        ("Signed informed consent", "you can give written consent"),
        ("Able to provide written informed consent", "you can give written consent"),
        ("Informed consent", "you can give consent"),
        ("Pregnant or breastfeeding women", "you are pregnant or breastfeeding"),
        ("Pregnancy", "you are pregnant"),
        ("Female subjects who are lactating", "you are breastfeeding"),
        ("Not pregnant or breastfeeding", "you are not pregnant and not breastfeeding"),
        ("Known hypersensitivity to penicillin", "you are allergic to penicillin"),
        ("History of seizures", "you have had seizures"),
        ("No history of seizures", "you have no history of seizures"),
        ("History of alcohol abuse", "you have a history of alcohol abuse"),
        ("Family history of stroke", "you have family history of stroke"),
        (
            "Histologically confirmed melanoma",
            "a lab test of tissue has confirmed melanoma",
        ),
        ("Life expectancy ≥ 12 weeks", "your life expectancy is at least 12 weeks"),
        (
            "ECOG performance status 0-1",
            "your ECOG performance status (how well you can do daily tasks) is 0 to 1",
        ),
        (
            "Participation in another clinical trial within 30 days",
            "you have taken part in another clinical trial within 30 days",
        ),
        ("Hemoglobin ≥ 9.0 g/dL", "your hemoglobin is at least 9.0 g/dL"),
        ("Platelet count <100,000/mm3", "your platelet count is less than 100,000/mm3"),
        ("AST and ALT ≤ 2.5 x ULN", "your AST and ALT are at most 2.5 x ULN"),
        (
            "Body mass index (BMI) between 18 and 32 kg/m2",
            "your body mass index (BMI) is between 18 and 32 kg/m2",
        ),
        ("Patients with chronic liver disease", "you have chronic liver disease"),
        ("Patients who are unable to swallow", "you are unable to swallow"),
        ("Subject has received a vaccine", "you have received a vaccine"),
        ("Must not have a pacemaker", "you do not have a pacemaker"),
        ("Inability to lie still", "you are unable to lie still"),
        ("Use of nitrates within 7 days", "you have used nitrates within 7 days"),
        ("At least one measurable lesion", "you have at least one measurable lesion"),
        ("Stroke within 6 months", "you have had stroke within 6 months"),
        (
            "Heart failure, or stroke within 6 months",
            "you have, or have had, heart failure, or stroke within 6 months",
        ),
        ("Current smoker", "you smoke now"),
        ("Active infection requiring therapy", "you have active infection requiring therapy"),
        ("Use of steroids at ≤ 10 mg a day", "you use steroids at ≤ 10 mg a day"),
        ("Absence of a uterus", "you do not have a uterus"),
        ("Subjects willing to use their inhaler", "you are willing to use your inhaler"),
        ("Patients with cancer who have had surgery", "you have cancer and have had surgery"),
    ],
)
def test_criterion_of_a_known_form_becomes_plain(written: str, line: str) -> None:
    assert reword(written, SELF) == line


@pytest.mark.parametrize(
    "written",
    [
        "Patients with asthma must use an inhaler",
        "Patients with diabetes are not eligible",
        "Subject has cancer and is willing to travel",
        "Asthma medication within 4 weeks",
        "In the opinion of the investigator, unfit",
        "Prior to enrollment, a scan",
        "Women of childbearing potential who refuse a test, or her partner",
        "ALT ≥ 2 x ULN or",
        "18 or older",
        "0.5 < ratio < 2.0",
        "Los pacientes con diabetes y las mujeres que no han dado su consentimiento",
    ],
)
def test_criterion_that_no_rule_surely_fits_is_left(written: str) -> None:
    assert reword(written, SELF) is None


_OPENINGS = st.sampled_from(
    [
        "History of",
        "No history of",
        "Patients with",
        "Patients who have",
        "Subject has",
        "Use of",
        "Age",
        "Hemoglobin",
        "ECOG performance status",
        "Life expectancy",
        "Known allergy to",
        "Not",
        "No prior",
        "Participation in",
        "Patients who are not",
        "Must not have",
        "Never",
        "Subjects without",
        "Active",
        "Unable to",
        "Pregnant or",
        "Body weight",
        "Presence of",
        "Absence of",
        "Treatment with",
        "Diagnosis of",
    ]
).map("{} ".format)
_NUMBERS = st.one_of(
    st.integers(1, 900).map(str),
    st.decimals("0.1", "99.9", places=1).map(str),
    st.sampled_from(["1,500", "100,000", "10^9"]),
)
_UNITS = st.sampled_from(
    ["years", "months", "weeks", "days", "mg", "g/dL", "mmol/L", "%", "kg", "ULN", "cells/mm3"]
)
_WORDS = st.sampled_from(
    [
        "asthma",
        "cancer",
        "not",
        "no",
        "never",
        "without",
        "infection",
        "nitrates",
        "within",
        "of",
        "the",
        "who",
        "are",
        "is",
        "and",
        "or",
        "that",
        "have",
        "had",
        "disease",
        "dose",
        "(except)",
        "unless",
        "treated",
        "with",
    ]
)
_AMOUNTS = st.tuples(st.sampled_from([*SPOKEN, "", "at least"]), _NUMBERS, _UNITS).map(
    lambda parts: f"{parts[0]} {parts[1]} {parts[2]}".strip()
)
_CRITERIA = st.tuples(_OPENINGS, st.lists(st.one_of(_WORDS, _AMOUNTS), min_size=1, max_size=7)).map(
    lambda parts: parts[0] + " ".join(parts[1])
)
_NEGATION = re.compile(r"\b(?:no|not|never|without)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,^]*")
_UNIT = re.compile(r"(?:years|months|weeks|days|mg|g/dL|mmol/L|%|kg|ULN|cells/mm3)")
_BOUNDS = {
    "at least": ("at least", "or older"),
    "at most": ("at most", "or younger"),
    "more than": ("more than", "older than"),
    "less than": ("less than", "younger than"),
}
_SIGN = re.compile("|".join(map(re.escape, sorted(SPOKEN, key=len, reverse=True))))


@given(_CRITERIA)
def test_plain_line_keeps_numbers_units_bounds_and_negations(written: str) -> None:
    line = reword(written, SELF)
    if line is None:
        return
    assert _NUMBER.findall(line) == _NUMBER.findall(written)
    assert _UNIT.findall(line) == _UNIT.findall(written)
    assert len(_NEGATION.findall(line)) >= len(_NEGATION.findall(written))
    for sign in _SIGN.findall(written):
        assert sign in line or any(bound in line for bound in _BOUNDS[SPOKEN[sign]])


@given(st.text(max_size=200))
def test_any_text_can_be_read(written: str) -> None:
    assert reword(written, SELF) == reword(written, SELF)


def _texts(trial: Trial) -> tuple[list[str], list[str]]:
    sides = fit(Trial.everything.get(pk=trial.pk))
    return [line.text for line in sides.good], [line.text for line in sides.bad]


@pytest.mark.django_db
def test_line_without_a_rule_quotes_the_record() -> None:
    trial = make_trial()
    make_criterion(trial, "Sea legs, in the captain's judgment.")
    good, _ = _texts(trial)
    assert "the record says: “Sea legs, in the captain's judgment.”" in good


@pytest.mark.django_db
def test_list_below_an_item_stays_in_one_line() -> None:
    trial = make_trial()
    item = make_criterion(trial, "At least one of the following:")
    for text in ("snores", "wakes at night;"):
        make_criterion(trial, text, parent=item)
    line = fit(trial).good[-1]
    assert line.text == "the record says: “At least one of the following”: snores; wakes at night"
    assert len(line.criteria) == 3


@pytest.mark.django_db
def test_any_of_a_list_of_reasons_against_is_a_line_each() -> None:
    trial = make_trial()
    item = make_criterion(trial, "Patients with any of the following:", section=EXCLUSION)
    for text in ("Active asthma", "History of stroke"):
        make_criterion(trial, text, parent=item)
    _, bad = _texts(trial)
    assert bad[-2:] == ["you have active asthma", "you have had stroke"]
    assert all(item in line.criteria for line in fit(trial).bad[-2:])


@pytest.mark.django_db
def test_heading_of_a_group_goes_with_its_lines() -> None:
    trial = make_trial()
    side = make_criterion(trial, "Inclusion Criteria:", role="heading")
    group = make_criterion(trial, "Cohort A:", parent=side, role="heading")
    make_criterion(trial, "History of stroke", parent=group)
    good, _ = _texts(trial)
    assert good[-1] == "for “Cohort A”: you have had stroke"


@pytest.mark.django_db
def test_criterion_on_no_side_is_on_no_list() -> None:
    trial = make_trial()
    make_criterion(trial, "History of stroke", section=Criterion.Section.OTHER)
    good, bad = _texts(trial)
    assert not any("stroke" in line for line in (*good, *bad))
    assert [row.text for row in fit(trial).unsided] == ["History of stroke"]


@pytest.mark.django_db
def test_note_is_no_line() -> None:
    trial = make_trial()
    make_criterion(trial, "History of stroke", role="note")
    assert not any("stroke" in line.text for line in fit(trial).good)


@pytest.mark.django_db
def test_age_is_told_once() -> None:
    trial = make_trial()
    make_criterion(trial, "Age 18 to 65 years")
    good, _ = _texts(trial)
    assert [line for line in good if "65" in line] == ["you are 18 to 65 years old"]


@pytest.mark.django_db
def test_age_of_one_group_does_not_stand_for_all() -> None:
    trial = make_trial()
    group = make_criterion(trial, "Cohort A", role="heading")
    make_criterion(trial, "Age 18 to 65 years", parent=group)
    good, _ = _texts(trial)
    assert good == [
        "you are aged 18 to 65 years",
        "for “Cohort A”: you are 18 to 65 years old",
    ]


@pytest.mark.django_db
def test_lines_of_a_trial_for_children_name_the_child() -> None:
    trial = make_trial(eligibility=_CHILD)
    make_criterion(trial, "Subject has received a vaccine")
    make_criterion(trial, "Requires oxygen at night")
    good, _ = _texts(trial)
    assert good[-2:] == ["your child has received a vaccine", "your child requires oxygen at night"]
