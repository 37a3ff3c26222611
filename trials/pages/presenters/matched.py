"""Where a trial has the words that were searched for, when its card does not show them."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from trials.pages.presenters import prose
from trials.terms.words import tokens

_MOST_TEXTS = 3


@dataclass(frozen=True, slots=True)
class Matched:
    """What kind of entry of the record has the words, and the entries."""

    label: str
    texts: tuple[prose.Text, ...]


def has_words(text: str, stems: Collection[str]) -> bool:
    """Tell whether a text has one of the words searched for."""
    return any(token.stem in stems for token in tokens(text))


def matched(trial_ids: Collection[int], stems: frozenset[str]) -> dict[int, Matched]:
    """Return for each public trial where its record has the words; one query.

    Conditions come before treatments, treatments before keywords. A trial that has the words only
    elsewhere (a sponsor, a broader disease) is left out.
    """
    if not trial_ids or not stems:
        return {}
    found: dict[int, tuple[str, dict[str, None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, {"trials": list(trial_ids)})
        for trial_id, label, text in cursor.fetchall():
            if found.get(trial_id, (label,))[0] == label and has_words(text, stems):
                found.setdefault(trial_id, (label, {}))[1][text] = None
    return {
        trial_id: Matched(label, tuple(prose.plain(text) for text in islice(texts, _MOST_TEXTS)))
        for trial_id, (label, texts) in found.items()
    }


# The entries of a record in the order that tells most, under the names that people read.
_ENTRIES = """
    SELECT trial_id, label, text FROM (
        SELECT trial_id, 1 AS kind, position, 'Conditions' AS label, name AS text
        FROM trials_trialcondition WHERE trial_id = ANY(%(trials)s)
        UNION ALL
        SELECT trial_id, 2, position, 'Being tested', unnest(name || other_names)
        FROM trials_intervention WHERE trial_id = ANY(%(trials)s)
        UNION ALL
        SELECT id, 3, 0, 'Keywords', unnest(keywords)
        FROM trials_trial WHERE id = ANY(%(trials)s)
    ) entries
    ORDER BY trial_id, kind, position
"""
