"""Trials, synonyms and vocabulary for tests of words."""

from typing import Any

from tests import factories as make
from trials.indexing import Vocabulary, count_trials, refresh
from trials.models import Synonym, Trial
from trials.terms.words import phrase_key


def make_pair(words: str, also: str, **values: Any) -> Synonym:
    """Write a pair of wordings, an editors' one unless told otherwise."""
    return Synonym.objects.create(
        words=words,
        also=also,
        words_key=phrase_key(words),
        also_key=phrase_key(also),
        **values,
    )


def make_trials(*titles: str) -> list[Trial]:
    """Write trials that hold nothing but a title, and index them."""
    trials = [make_bare(title) for title in titles]
    index(*trials)
    return trials


def make_bare(title: str, *conditions: str, **values: Any) -> Trial:
    """Write a trial with a title and conditions and no other words."""
    bare = {"official_title": "", "brief_summary": "", "sponsor": ""}
    trial = make.make_trial(brief_title=title, **(bare | values))
    for condition in conditions:
        make.make_condition(trial, condition)
    return trial


def index(*trials: Trial) -> None:
    """Write what a search reads of trials, and count their words and conditions."""
    vocabulary = Vocabulary()
    refresh([trial.pk for trial in trials], vocabulary=vocabulary)
    vocabulary.flush()
    count_trials()
