"""The trials' vocabulary: counted by record, added up over runs."""

import pytest

from tests.factories import make_condition, make_intervention, make_trial
from tests.indexing.trials import make_mesh
from trials.indexing import Vocabulary, refresh, vocabulary
from trials.models import SearchWord

pytestmark = pytest.mark.django_db


def counts() -> dict[str, int]:
    return dict(SearchWord.objects.values_list("word", "trials"))


def read(*trials: object) -> None:
    words = Vocabulary()
    refresh([trial.pk for trial in trials], vocabulary=words)
    words.flush()


def test_words_are_counted_once_a_record_and_added_up() -> None:
    first = make_trial(brief_title="Milk, more milk", official_title="")
    second = make_trial(brief_title="Milk", official_title="")

    read(first, second)
    read(second)

    assert counts() == {"milk": 3, "more": 1}


def test_words_come_from_names_and_headings() -> None:
    trial = make_trial(brief_title="", official_title="Leukaemias", keywords=["sleep"])
    make_condition(trial, "Covid-19")
    make_intervention(trial, "Thé", other_names=["Tea"])
    make_mesh(trial, "Coronavirus")
    make_mesh(trial, "Infections", is_ancestor=True)

    read(trial)

    assert set(counts()) == {"leukaemias", "sleep", "covid", "covid19", "the", "tea", "coronavirus"}
    assert SearchWord.objects.get(word="leukaemias").stem == "leukemia"


def test_refresh_without_a_reading_counts_nothing() -> None:
    refresh([make_trial().pk])

    assert counts() == {}


def test_full_vocabulary_is_written_and_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_MOST_WORDS", 3)
    words = Vocabulary()
    for title in ("Milk tea", "Milk coffee"):
        refresh([make_trial(brief_title=title, official_title="").pk], vocabulary=words)
        words.flush_if_full()

    assert counts() == {"milk": 2, "tea": 1, "coffee": 1}
    words.flush()
    assert counts() == {"milk": 2, "tea": 1, "coffee": 1}
