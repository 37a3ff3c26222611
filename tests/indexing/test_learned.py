"""Learned words: only what enough trials say, and never against our editors."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import NOW, make_intervention, make_trial, make_user
from tests.indexing.trials import make_trials_about
from trials.indexing import Touched, learn
from trials.models import Synonym, Trial
from trials.terms.words import phrase_key

pytestmark = pytest.mark.django_db
LEARNED = (Synonym.Origin.CONDITION, Synonym.Origin.INTERVENTION)


def learned() -> dict[tuple[str, str], int]:
    found = Synonym.objects.filter(origin__in=LEARNED, struck_at__isnull=True)
    return {
        (words, also): trials
        for words, also, trials in found.values_list("words", "also", "trials")
    }


def touch(*trials: Trial) -> Touched:
    touched = Touched()
    touched.after([trial.pk for trial in trials])
    return touched


def make_treated(amount: int, name: str, *other_names: str) -> list[Trial]:
    trials = [make_trial() for _ in range(amount)]
    for trial in trials:
        make_intervention(trial, name, other_names=list(other_names))
    return trials


def test_three_trials_teach_what_a_condition_is_called() -> None:
    trials = make_trials_about(3, ["Night shakes"], ["Tremor, Nocturnal"])

    learn(touch(*trials))

    assert learned() == {("Night shakes", "Tremor, Nocturnal"): 3}
    pair = Synonym.objects.get(words="Night shakes")
    assert (pair.words_key, pair.also_key) == ("night_shake", phrase_key("Tremor, Nocturnal"))
    assert pair.one_way


def test_two_trials_teach_nothing() -> None:
    learn(touch(*make_trials_about(2, ["Night shakes"], ["Tremor"])))

    assert learned() == {}


def test_heading_of_the_minority_is_not_learned() -> None:
    absurd = make_trials_about(3, ["PE"], ["Pulmonary Embolism"])
    right = make_trials_about(4, ["PE"], ["Pre-Eclampsia"])

    learn(touch(*absurd, *right))

    assert learned() == {("PE", "Pre-Eclampsia"): 4}


@pytest.mark.parametrize(
    ("conditions", "headings"),
    [
        (["Night shakes", "Gout"], ["Tremor"]),
        (["Night shakes"], ["Tremor", "Arthritis, Gouty"]),
    ],
)
def test_trials_that_might_mean_something_else_teach_nothing(
    conditions: list[str], headings: list[str]
) -> None:
    learn(touch(*make_trials_about(5, conditions, headings)))

    assert learned() == {}


def test_trials_with_more_conditions_teach_where_the_wordings_are_alike() -> None:
    trials = make_trials_about(3, ["Kidney cancer", "Gout"], ["Kidney Neoplasms", "Arthritis"])

    learn(touch(*trials))

    assert learned() == {("Kidney cancer", "Kidney Neoplasms"): 3}


@pytest.mark.parametrize(
    ("words", "also"),
    [
        ("Healthy volunteers", "Tremor"),
        ("Tremor", "Tremors"),
        ("Severe tremor", "Tremor"),
        ("Tremor", "Essential Tremor"),
    ],
)
def test_wording_that_says_no_more_is_not_learned(words: str, also: str) -> None:
    learn(touch(*make_trials_about(4, [words], [also])))

    assert learned() == {}


def test_pair_that_lost_its_support_goes() -> None:
    trials = make_trials_about(3, ["Night shakes"], ["Tremor"])
    others = make_trials_about(3, ["Day shakes"], ["Chorea"])
    learn(touch(*trials, *others))
    touched = Touched()
    touched.before([trials[0].pk])
    trials[0].trial_conditions.all().delete()
    touched.after([trials[0].pk])

    learn(touched)

    assert learned() == {("Day shakes", "Chorea"): 3}


def test_pairs_of_untouched_wordings_stay_unseen() -> None:
    learn(touch(*make_trials_about(3, ["Day shakes"], ["Chorea"])))
    Synonym.objects.filter(words="Day shakes").update(trials=99)

    learn(touch(*make_trials_about(3, ["Night shakes"], ["Tremor"])))

    assert learned() == {("Day shakes", "Chorea"): 99, ("Night shakes", "Tremor"): 3}


def test_struck_pair_stays_struck() -> None:
    trials = make_trials_about(3, ["Night shakes"], ["Tremor"])
    learn(touch(*trials))
    Synonym.objects.filter(words="Night shakes").update(struck_at=NOW, struck_by=make_user())

    learn(touch(*trials))
    learn()

    assert learned() == {}
    assert Synonym.objects.get(words="Night shakes").struck_at == NOW


def test_editors_pair_is_never_touched() -> None:
    editors = Synonym.objects.create(
        words="night shakes", also="tremor", words_key="night_shake", also_key="tremor", trials=0
    )

    learn(touch(*make_trials_about(3, ["Night shakes"], ["Tremor"])))

    assert learned() == {}
    editors.refresh_from_db()
    assert (editors.origin, editors.trials) == (Synonym.Origin.EDITOR, 0)


def test_treatment_and_its_other_name_are_learned_both_ways() -> None:
    learn(touch(*make_treated(3, "Zalbexumab", "Sunnivex")))

    assert learned() == {("Zalbexumab", "Sunnivex"): 3, ("Sunnivex", "Zalbexumab"): 3}


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Placebo", "Sunnivex"),
        ("Zalbexumab", "Standard of care"),
        ("Zalbexumab", "50 mg"),
        ("Zalbexumab", "Zalbexumab 50 mg"),
        ("Control", "Surgery"),
    ],
)
def test_generic_words_are_no_names_of_a_treatment(name: str, other: str) -> None:
    learn(touch(*make_treated(4, name, other)))

    assert learned() == {}


def test_word_for_many_treatments_names_none() -> None:
    trials = [trial for drug in "ABCDE" for trial in make_treated(3, f"Drug{drug}amab", "Antibody")]

    learn(touch(*trials))

    assert learned() == {}


def test_treatment_pair_that_lost_its_support_goes_both_ways() -> None:
    trials = make_treated(3, "Zalbexumab", "Sunnivex")
    others = make_treated(3, "Mooncetin", "Lunivex")
    learn(touch(*trials, *others))
    trials[0].interventions.update(other_names=[])

    learn(touch(trials[0]))

    assert set(learned()) == {("Mooncetin", "Lunivex"), ("Lunivex", "Mooncetin")}


def test_learning_from_all_there_is_finds_the_same() -> None:
    trials = make_trials_about(3, ["Night shakes"], ["Tremor"])
    trials += make_treated(3, "Zalbexumab", "Sunnivex")
    learn(touch(*trials))
    found = learned()

    Synonym.objects.filter(origin__in=LEARNED).update(trials=1)
    learn()

    assert learned() == found
    assert len(found) == 3


def test_nothing_touched_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as captured:
        learn(Touched())

    assert not captured.captured_queries
