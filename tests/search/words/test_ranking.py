"""Which trial comes first, in exact order, through the results that people see."""

from datetime import date
from urllib.parse import urlencode

import pytest

from tests import factories as make
from tests.search.words.rows import index, make_bare, make_pair
from trials.models import MeshTerm, Synonym, Trial, TrialMeshTerm
from trials.search import results
from trials.search.filters import search_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_own_pairs")]


@pytest.fixture
def _own_pairs() -> None:
    Synonym.objects.all().delete()


def assert_order(q: str, *expected: Trial) -> None:
    """Check the whole answer to a search among all trials, in order."""
    hits = results.find(search_of(urlencode({"q": q, "status": "all"}))).hits
    names = dict(Trial.everything.values_list("pk", "brief_title"))
    assert [names[hit.trial_id] for hit in hits] == [names[trial.pk] for trial in expected]


def make_broader(trial: Trial, term: str) -> None:
    """Let a heading be above what the registry says that a trial is about."""
    mesh_term = MeshTerm.objects.create(ui=term, term=term)
    TrialMeshTerm.objects.create(
        trial=trial,
        mesh_term=mesh_term,
        about=TrialMeshTerm.About.CONDITION,
        is_ancestor=True,
    )


def test_where_a_word_is_decides() -> None:
    exact = make_bare("exact", "Lupus")
    title = make_bare("title: lupus nephritis")
    drug = make_bare("drug")
    make.make_intervention(drug, "Lupus vaccine")
    official = make_bare("official", official_title="A study in lupus")
    heading = make_bare("heading")
    make_broader(heading, "Lupus")
    index(heading, official, drug, title, exact)
    assert_order("lupus", exact, title, drug, official, heading)


def test_words_in_a_row_come_before_words_apart() -> None:
    apart = make_bare("apart: lung disease, not cancer")
    in_a_row = make_bare("in a row: lung cancer")
    index(in_a_row, apart)
    assert_order("lung cancer", in_a_row, apart)


def test_own_words_come_before_editors_and_these_before_learned_ones() -> None:
    make_pair("heart attack", "myocardial infarction")
    make_pair("heart attack", "angor", origin=Synonym.Origin.CONDITION, trials=9)
    learned = make_bare("learned", "Angor")
    editors = make_bare("editors", "Myocardial infarction")
    own = make_bare("own", "Heart attack")
    index(own, editors, learned)
    assert_order("heart attack", own, editors, learned)


def test_learned_wording_never_outranks_the_words_anywhere() -> None:
    make_pair("velbrizumab", "zolair", origin=Synonym.Origin.INTERVENTION, trials=500)
    learned = make_bare("learned: Zolair for Zolair", "Zolair")
    official = make_bare("official", official_title="A study of velbrizumab")
    index(learned, official)
    assert_order("velbrizumab", official, learned)


def test_broader_word_finds_narrower_trials_below() -> None:
    narrow = make_bare("narrow", "Acute Promyelocytic Blood Disease")
    make_broader(narrow, "Leukemia")
    direct = make_bare("direct", "Acute Myeloid Leukemia")
    exact = make_bare("exact", "Leukemia")
    index(exact, direct, narrow)
    assert_order("leukemia", exact, direct, narrow)


def test_all_of_the_words_come_before_some() -> None:
    both = make_bare("both", official_title="semaglutide in diabetes")
    one = make_bare("one", "Diabetes", "Diabetes and more diabetes")
    index(one, both)
    assert_order("semaglutide diabetes for my severe psoriasis", both, one)


def test_editors_plain_words_count_as_much_as_the_title() -> None:
    titled = make_bare("titled: lupus", first_posted_date=date(2020, 1, 1))
    plain = make_bare("plain", first_posted_date=date(2024, 1, 1))
    make.make_published_text(plain, plain_title="A tablet for lupus")
    index(titled, plain)
    assert_order("lupus", plain, titled)


def test_open_trials_come_first_among_equals_and_then_the_newest() -> None:
    values = {"official_title": "lupus"}
    later = make_bare("later", overall_status="NOT_YET_RECRUITING", **values)
    old = make_bare("old", first_posted_date=date(2020, 1, 1), **values)
    new = make_bare("new", first_posted_date=date(2025, 1, 1), **values)
    done = make_bare(
        "done", overall_status="COMPLETED", first_posted_date=date(2026, 1, 1), **values
    )
    index(later, old, new, done)
    assert_order("lupus", new, old, done, later)


def test_phrase_keeps_to_its_order() -> None:
    right = make_bare("right: heart attack")
    index(right, make_bare("wrong: attack of the heart rhythm"))
    assert_order('"heart attack"', right)


def test_minus_leaves_trials_out() -> None:
    kept = make_bare("kept: knee pain")
    index(kept, make_bare("out: knee pain and back pain"))
    assert_order("knee pain -back", kept)


def test_or_finds_either() -> None:
    hives = make_bare("hives", "Hives")
    urticaria = make_bare("urticaria", "Urticaria", first_posted_date=date(2019, 1, 1))
    index(hives, urticaria, make_bare("neither"))
    assert_order("hives OR urticaria", urticaria, hives)


@pytest.mark.parametrize(
    ("q", "right", "wrong"),
    [
        ("cold", "Common Cold", "Cold Plasma for Wounds"),
        ("stroke", "Stroke", "Stroke Volume Variation"),
        ("AIDS", "AIDS", "Hearing Aids"),
        ("aids", "AIDS", "Decision Aids"),
        ("MS", "MS Fatigue", "LC-MS Assay"),
        ("depression", "Depression", "Respiratory Depression"),
        ("shock", "Septic Shock", "Shock Wave Therapy"),
    ],
)
def test_word_with_two_senses_is_what_people_mean(q: str, right: str, wrong: str) -> None:
    meant = make_bare(right, right)
    index(meant, make_bare(wrong, wrong))
    assert_order(q, meant)


@pytest.mark.parametrize(
    ("q", "title"),
    [
        ("COVID19", "Covid-19 pneumonia"),
        ("covid-19", "COVID19 pneumonia"),
        ("β-thalassemia", "Beta thalassaemia"),
        ("beta thalassemia", "β-Thalassemia"),
        ("IL 17", "IL-17 inhibitor"),
        ("il-17", "IL17 inhibitor"),
        ("HER2+", "HER2-positive breast cancer"),
        ("sjogrens", "Sjögren’s syndrome"),
        ("oesophageal tumour", "Esophageal Tumors"),
        ("non small cell", "Non-Small-Cell Lung Cancer"),
        ("crohns", "Crohn's disease"),
    ],
)
def test_spelling_makes_no_difference(q: str, title: str) -> None:
    trial = make_bare(title)
    index(trial)
    assert_order(q, trial)


def test_words_apart_in_row_and_longer_text_are_found() -> None:
    trial = make_bare("Lung cancer", brief_summary="For people whose cancer came back.")
    index(trial)
    assert_order("lung cancer came back", trial)
