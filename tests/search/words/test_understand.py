"""What words mean, with what the database knows of them."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.search.words.rows import index, make_bare, make_pair, make_trials
from trials.models import Synonym
from trials.search.words import understand
from trials.search.words.plan import Correction, Plan, Understanding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_own_pairs")]


_PIECES = """
lung cancer OR - " NOT IL-17 near Boston 70 x'y nct NCT01234567 | & \\ covid-19 ALL all is old
"""


@pytest.fixture
def _own_pairs() -> None:
    """Take the project's own pairs away: each test says which there are."""
    Synonym.objects.all().delete()


def used(text: str) -> list[tuple[str, str]]:
    return [(one.typed, one.used) for one in understand(text).corrections]


# --- Plans ----------------------------------------------------------------------------------


@pytest.mark.parametrize("q", ["", "   ", "\x00", '"" -', "OR", "…"])
def test_nothing_typed_takes_every_trial(q: str) -> None:
    assert understand(q).plans == (Plan(""),)


def test_one_word_is_asked_of_rows_and_then_of_texts() -> None:
    row, texts = understand("lupus").plans
    assert (row.match, row.in_texts) == ("'lupus'", False)
    assert (texts.match, texts.in_texts) == ("'lupus'", True)


def test_looser_plans_come_last_and_are_four_at_most() -> None:
    plans = understand("lupus kidney biopsy rituximab placebo").plans
    assert len(plans) <= 4
    assert [plan.loosened != "" for plan in plans] == [False, False, True, True]


def test_phrase_is_asked_as_it_is() -> None:
    plans = understand('"heart attack"').plans
    assert {plan.match for plan in plans} == {"('heart' <-> 'attack')"}


def test_minus_holds_in_every_plan() -> None:
    for plan in understand("pain knee hip -back").plans:
        assert plan.match.endswith("& !'back')")


def test_or_joins_the_units_beside_it() -> None:
    make_pair("lung cancer", "pulmonary carcinoma")
    strict = understand("lung cancer OR lupus rituximab", exact=False).plans[0]
    assert "| 'lupus') & 'rituximab'" in strict.match


def test_words_to_leave_out_alone_are_no_search() -> None:
    understood = understand("-lupus")
    assert understood.plans == (Plan(""),)
    assert understood.problem


def test_too_long_a_text_is_cut_with_a_sentence() -> None:
    understood = understand("lupus " * 20_000)
    assert understood.problem
    assert understood.plans[0].match == "'lupus'"


@pytest.mark.parametrize(
    "q",
    ["a & b | !c", "'lupus':A", "lupus <-> x", "((((", "\\", "lupus:*", "!!", "it's", '"a -b" OR'],
)
def test_query_syntax_is_text(q: str) -> None:
    assert_valid(understand(q))


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(_PIECES.split()),
            max_size=12,
        ).map(" ".join),
    )
)
def test_any_text_becomes_tsqueries_that_the_database_reads(q: str) -> None:
    assert_valid(understand(q))


def assert_valid(understood: Understanding) -> None:
    texts = {text for plan in understood.plans for text in (plan.match, *scored(plan)) if text}
    with connection.cursor() as cursor:
        for text in texts:
            cursor.execute("SELECT numnode(%s::tsquery)", [text])
            assert cursor.fetchone()[0] > 0


def scored(plan: Plan) -> list[str]:
    return [query for _, query in plan.scores]


# --- Sentences ------------------------------------------------------------------------------


def test_filler_is_left_out_and_told() -> None:
    understood = understand("my dad has asthma")
    assert understood.plans[0].match == "'asthma'"
    assert understood.ignored == ("my", "dad")


def test_filler_counts_where_nothing_else_is_left() -> None:
    assert understand("clinical trials").plans[0].match == "('clinic' & 'trial')"


def test_abbreviation_that_is_a_stop_word_counts_alone() -> None:
    assert understand("all").plans[0].match == "'all'"


def test_person_is_offered_and_taken_out() -> None:
    understood = understand("my wife is 34 and has lupus, near Leeds")
    offers = understood.offers
    assert (offers.age, offers.age_unit, offers.sex, offers.place) == (
        34,
        "years",
        "FEMALE",
        "Leeds",
    )
    assert understood.plans[0].match == "'lupus'"


def test_town_that_no_trial_names_is_offered_as_the_place() -> None:
    make_trials("Lupus")
    understood = understand("lupus Leeds")
    assert understood.offers.place == "Leeds"
    assert understood.plans[0].match == "'lupus'"


def test_what_can_be_left_out_is_named() -> None:
    plans = understand("lupus severe rituximab").plans
    assert plans[2].loosened == "We also show trials without “severe”."
    assert plans[2].match == "('lupus' & 'rituximab')"


# --- Other wordings -------------------------------------------------------------------------


def test_editors_pair_works_both_ways() -> None:
    make_pair("heart attack", "myocardial infarction")
    assert understand("heart attack").also == ("myocardial infarction",)
    assert understand("Myocardial Infarctions").also == ("heart attack",)


def test_one_way_pair_works_one_way() -> None:
    make_pair("blood cancer", "leukemia", one_way=True)
    assert understand("blood cancer").also == ("leukemia",)
    assert understand("leukemia").also == ()


def test_learned_pair_works_forward_where_trials_support_it() -> None:
    make_pair("keytruda", "pembrolizumab", origin=Synonym.Origin.INTERVENTION, trials=5)
    make_pair("abc", "xyz", origin=Synonym.Origin.INTERVENTION, trials=1)
    assert understand("keytruda").also == ("pembrolizumab",)
    assert understand("pembrolizumab").also == ()
    assert understand("abc").also == ()


def test_struck_pair_is_not_used(sam: object) -> None:
    pair = make_pair("cold", "cold plasma")
    Synonym.objects.filter(pk=pair.pk).update(struck_at="2026-01-01T00:00Z", struck_by=sam)
    assert understand("cold").also == ()


def test_longest_phrase_wins() -> None:
    make_pair("lung cancer", "pulmonary carcinoma")
    make_pair("small cell lung cancer", "oat cell carcinoma")
    assert understand("small cell lung cancer").also == ("oat cell carcinoma",)


def test_parts_of_a_phrase_are_put_in_other_words() -> None:
    make_pair("tumor", "neoplasm")
    index(make_bare("x", "Spine Tumor"))
    assert understand("spine tumor").plans[0].match == (
        "(('spine' & 'tumor') | ('spine' & ('tumor' | 'neoplasm')))"
    )


def test_exact_search_takes_words_literally() -> None:
    make_pair("heart attack", "myocardial infarction")
    make_trials("Heart attack")
    understood = understand("hart attack", exact=True)
    assert understood.also == ()
    assert understood.corrections == ()
    assert understood.plans[0].match == "('hart' & 'attack')"


def test_stems_are_those_of_all_wordings() -> None:
    make_pair("heart attack", "myocardial infarction")
    assert understand("heart attack").stems == {"heart", "attack", "myocardi", "infarct"}


# --- Misspellings ---------------------------------------------------------------------------


def test_misspelt_word_is_read_as_the_nearest() -> None:
    make_trials("Leukemia", "Asthma")
    understood = understand("lukemia")
    assert understood.corrections == (Correction("lukemia", "leukemia"),)
    assert understood.plans[0].match == "'leukemia'"


def test_misspelt_everyday_word_finds_its_pair() -> None:
    make_trials("Herpes zoster")
    make_pair("shingles", "herpes zoster")
    understood = understand("shingels")
    assert understood.also == ("herpes zoster",)


def test_missing_space_and_one_too_many_are_mended() -> None:
    make_trials(*["Breast cancer and diabetes"] * 3)
    assert used("breastcancer") == [("breastcancer", "breast cancer")]
    assert used("dia betes") == [("dia betes", "diabetes")]


def test_word_of_a_single_trial_is_never_replaced() -> None:
    make_trials("Zolinza", *["Zolinda study"] * 5)
    assert used("zolinza") == []


def test_word_of_a_summary_is_not_misspelt() -> None:
    index(make_bare("Diabetes", brief_summary="We look at diabetos."))
    assert used("diabetos") == []


def test_rare_word_also_looks_for_its_common_neighbour() -> None:
    make_trials("Prostrate", *["Prostate"] * 60)
    understood = understand("prostrate")
    assert understood.corrections == ()
    assert understood.also == ("prostate",)


def test_rare_treatment_keeps_to_itself() -> None:
    index(make_bare("A drug", keywords=["Prostrate"]), *(make_bare("Prostate") for _ in range(60)))
    assert understand("prostrate").also == ()


def test_rare_word_that_makes_a_known_phrase_as_another_is_read_so() -> None:
    trials = [make_bare("Tumors", "Breast Cancer") for _ in range(20)]
    index(*trials, make_bare("A hospital in Brest", "Tumors"))
    assert used("brest cancer") == [("brest", "breast")]
    assert used("brest hospital") == []


def test_phrase_is_also_looked_for_turned_round() -> None:
    make_pair("pancreas cancer", "pancreatic carcinoma")
    assert understand("cancer of the pancreas").also == ("pancreas cancer", "pancreatic carcinoma")


def test_two_words_are_also_looked_for_as_one() -> None:
    make_trials(*["Nightshift nurses"] * 2)
    assert understand("night shift").also == ("nightshift",)


def test_vocabulary_is_read_again_when_it_grew() -> None:
    make_trials("Asthma")
    assert used("lukemia") == []
    make_trials("Leukemia")
    assert used("lukemia") == [("lukemia", "leukemia")]


# --- Cost -----------------------------------------------------------------------------------


def test_ordinary_search_asks_two_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_trials(*["Lung cancer and chemotherapy"] * 4)
    with django_assert_num_queries(2):
        understand("lung cancer chemotherapy")


def test_misspelt_word_asks_few_questions(django_assert_max_num_queries: object) -> None:
    make_trials(*["Leukemia"] * 2)
    used("lukemia")
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # a parametrized or injected callable
        used("lukemia")
