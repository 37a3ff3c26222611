"""What a search reads, derived from the facts: search rows, places, vocabulary, learned words.

Written by whoever changes facts (`registry`, `editorial`), in their transactions; read by `search`.
"""

from trials.indexing.conditions import count_trials
from trials.indexing.learned import learn
from trials.indexing.rebuild import analyze, rebuild, tidy
from trials.indexing.refresh import refresh
from trials.indexing.touched import Touched
from trials.indexing.vocabulary import Vocabulary

__all__ = [
    "Touched",
    "Vocabulary",
    "analyze",
    "count_trials",
    "learn",
    "rebuild",
    "refresh",
    "tidy",
]
