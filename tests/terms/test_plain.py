from datetime import date

import pytest
from django.db.models import TextChoices

from trials.terms import plain, registry
from trials.terms.plain import NOT_STATED, Place

WORDED = [
    (registry.OverallStatus, lambda code: plain.status(code).words),
    (registry.RecruitmentStatus, lambda code: plain.status(code).words),
    (registry.StudyType, lambda code: plain.study_type(code).value),
    (registry.StudyType, plain.study_type_short),
    (registry.Phase, lambda code: plain.phase([code], "INTERVENTIONAL").value),
    (registry.Sex, plain.sex),
    (registry.StandardAge, plain.standard_age),
    (registry.SamplingMethod, plain.sampling_method),
    (registry.PrimaryPurpose, plain.primary_purpose),
    (registry.Allocation, plain.allocation),
    (registry.InterventionModel, plain.intervention_model),
    (registry.ObservationalModel, plain.observational_model),
    (registry.TimePerspective, plain.time_perspective),
    (registry.Masking, lambda code: plain.masking(code, [])),
    (registry.ExpandedAccessType, plain.expanded_access_type),
    (registry.ArmType, plain.arm_type),
    (registry.InterventionType, plain.intervention_type),
    (registry.ContactRole, plain.role),
    (registry.ReferenceType, plain.reference_type),
    (registry.SecondaryIdType, plain.secondary_id_type),
]
PROMISES = ("breakthrough", "promising", "cutting-edge", "cure", "guarantee", "eligible")


@pytest.mark.parametrize(
    ("choices", "word", "code"),
    [(choices, word, code) for choices, word in WORDED for code in choices],
)
def test_every_registry_value_has_words(
    choices: type[TextChoices], word: object, code: str
) -> None:
    words = word(code)  # type: ignore[operator]  # a parametrized or injected callable

    assert words
    assert words != NOT_STATED
    assert code not in words or "_" not in code
    assert not any(promise in words.casefold() for promise in PROMISES)


@pytest.mark.parametrize("code", registry.AgencyClass)
def test_sponsor_class_has_words_unless_the_registry_does_not_know(code: str) -> None:
    assert bool(plain.sponsor_class(code)) == (code not in {"AMBIG", "UNKNOWN"})


@pytest.mark.parametrize("code", registry.OverallStatus)
def test_status_has_a_tab_a_shape_and_a_sentence(code: str) -> None:
    status = plain.status(code)

    assert status.tab in {"s-open", "s-hold", "s-invite", "s-shut", "s-stop"}
    assert status.icon
    assert status.sentence.endswith(".")


def test_status_words_tell_every_status_apart() -> None:
    assert len({plain.status(code).words for code in registry.OverallStatus}) == len(
        registry.OverallStatus
    )


@pytest.mark.parametrize("word", [word for _, word in WORDED])
def test_unknown_code_is_never_shown(word: object) -> None:
    assert "NEW_CODE" not in str(word("NEW_CODE"))  # type: ignore[operator]  # a parametrized or injected callable


@pytest.mark.parametrize(
    ("own", "overall", "words"),
    [
        ("RECRUITING", "RECRUITING", "Open to new participants"),
        ("COMPLETED", "RECRUITING", "Finished"),
        ("RECRUITING", "COMPLETED", "Open to new participants"),
        ("", "COMPLETED", "Finished"),
        ("", "RECRUITING", "Ask if this site is open"),
        ("", "", "Ask if this site is open"),
        ("RECRUITING", "UNKNOWN", "Status not known"),
        ("WITHDRAWN", "UNKNOWN", "Cancelled before it began"),
    ],
)
def test_site_status_is_its_own_unless_that_would_mislead(
    own: str, overall: str, words: str
) -> None:
    assert plain.site_status(own, overall).words == words


@pytest.mark.parametrize(
    ("minimum", "maximum", "words"),
    [
        ("18 Years", "65 Years", "18 to 65 years"),
        ("18 Years", "", "18 years and over"),
        ("", "17 Years", "17 years and under"),
        ("6 Months", "5 Years", "6 months to 5 years"),
        ("0 Days", "28 Days", "0 to 28 days"),
        ("1 Day", "", "1 day and over"),
        ("18 Years", "18 Years", "18 years"),
        ("", "", "Any age"),
        ("Adult", "65 Years", "Adult to 65 years"),
    ],
)
def test_ages_say_to_and_never_a_dash(minimum: str, maximum: str, words: str) -> None:
    assert plain.ages(minimum, maximum) == words


@pytest.mark.parametrize(
    ("phases", "study_type", "words"),
    [
        (["PHASE1", "PHASE2"], "INTERVENTIONAL", "Phase 1 and 2: safety, then if it works"),
        (["PHASE2", "PHASE3"], "INTERVENTIONAL", "Phase 2 and 3"),
        (["PHASE3"], "INTERVENTIONAL", "Phase 3: is it better than what we use now?"),
        (["NA"], "INTERVENTIONAL", "Not applicable"),
        ([], "OBSERVATIONAL", "Not applicable"),
        ([], "INTERVENTIONAL", NOT_STATED),
    ],
)
def test_phase_words(phases: list[str], study_type: str, words: str) -> None:
    assert plain.phase(phases, study_type).value == words


def test_masking_tells_the_reader_only_where_participants_are_listed() -> None:
    told = plain.masking("DOUBLE", ["INVESTIGATOR", "OUTCOMES_ASSESSOR"])
    not_told = plain.masking("DOUBLE", ["PARTICIPANT", "INVESTIGATOR"])

    assert "You will not be told" not in told
    assert not_told == "You will not be told which treatment you get. Nor will the researchers"


@pytest.mark.parametrize(
    ("count", "kind", "words"),
    [
        (3, "ESTIMATED", "3 people (estimated)"),
        (1, "ACTUAL", "1 person (actual)"),
        (1280, "ACTUAL", "1,280 people (actual)"),
        (0, "ACTUAL", "0 people (actual)"),
        (12, "", "12 people"),
        (None, "ESTIMATED", NOT_STATED),
    ],
)
def test_enrollment_words(count: int | None, kind: str, words: str) -> None:
    assert plain.enrollment(count, kind).value == words


@pytest.mark.parametrize(
    ("precision", "kind", "words", "iso"),
    [
        ("day", "ACTUAL", "15 June 2026 (actual)", "2026-06-15"),
        ("month", "ESTIMATED", "June 2026 (expected)", "2026-06"),
        ("year", "", "2026", "2026"),
    ],
)
def test_date_is_as_exact_as_the_record(precision: str, kind: str, words: str, iso: str) -> None:
    date_words = plain.date_words(date(2026, 6, 15), precision, kind)

    assert str(date_words) == words
    assert date_words.iso == iso


def test_missing_date_is_said_to_be_missing() -> None:
    assert str(plain.date_words(None, "")) == NOT_STATED


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([], "No sites listed yet"),
        ([Place("Shenyang", "Liaoning", "China")], "1 site (Shenyang, Liaoning)"),
        ([Place("Berlin", "Berlin", "Germany")], "1 site (Berlin)"),
        ([Place("", "", "Chad")], "1 site (Chad)"),
        ([Place("A", "", "Chad")] * 12, "12 sites in Chad"),
        ([Place("A", "", "United States")] * 2, "2 sites in the United States"),
        ([Place("A", "", "Chad"), Place("B", "", "Mali")], "2 sites in 2 countries"),
        ([Place("", "", "")] * 3, "3 sites"),
    ],
)
def test_sites_are_counted_and_placed(places: list[Place], words: str) -> None:
    assert plain.sites(places) == words


@pytest.mark.parametrize(
    ("parts", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b, and c")],
)
def test_listed_joins_with_and(parts: list[str], words: str) -> None:
    assert plain.listed(parts) == words


def test_shortlist_says_how_many_more() -> None:
    assert plain.shortlist(["a", "b", "c", "d"], 2) == "a, b, and 2 more"
