"""What the database knows of words: how telling each is, its synonyms, whether it is a condition.

Each function asks one question by an index, for all words of a search at once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from trials.models import SearchWord, Synonym
from trials.search.words.tsquery import TREATMENT, Lexeme
from trials.terms.values import condition_slug
from trials.terms.words import phrase_key

_EDITOR = Synonym.Origin.EDITOR
# A learned pair counts from this many trials; the most of one wording that are looked for.
_SUPPORT = 3
_MOST = {True: 8, False: 4}
_MOST_IN_TEXTS = 100
_IS_TREATMENT = "SELECT FROM trials_searchrow WHERE vector @@ %s::tsquery LIMIT 1"
_COUNTS = """
SELECT 'stem', stem, sum(trials)::bigint FROM trials_searchword
WHERE stem = ANY(%(stems)s) GROUP BY stem
UNION ALL SELECT 'condition', slug, all_trials FROM trials_condition WHERE slug = ANY(%(slugs)s)
UNION ALL SELECT 'most', '', max(trials) FROM trials_searchword
"""
_IN_TEXTS = """
SELECT stem, trials FROM unnest(%(stems)s::text[]) AS stem, LATERAL (
    SELECT count(*) AS trials FROM (
        SELECT FROM trials_searchtext
        WHERE vector @@ concat('''', replace(stem, '''', ''''''), '''')::tsquery LIMIT %(most)s
    ) AS found
) AS counted WHERE trials > 0
"""


@dataclass(slots=True)
class Wordings:
    """Other wordings for one: of our editors, and learned ones, most trials first.

    `neighbour` is the common word that a rare one may be a misspelling of.
    """

    editors: list[str] = field(default_factory=list)
    learned: list[str] = field(default_factory=list)
    neighbour: str = ""

    @property
    def same(self) -> list[str]:
        """What means the same as the words."""
        return [*self.editors, self.neighbour] if self.neighbour else self.editors


@dataclass(frozen=True, slots=True)
class Counts:
    """In about how many trials stems are, and conditions, and the commonest word of all."""

    stems: Mapping[str, int]
    conditions: Mapping[str, int]
    most: int


def counts(stems: Collection[str], slugs: Collection[str]) -> Counts:
    """Return the numbers of trials of stems and of conditions by slug; unknown ones left out."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"stems": list(stems), "slugs": list(slugs)})
        rows = cursor.fetchall()
    found: dict[str, dict[str, int]] = {"stem": {}, "condition": {}, "most": {}}
    for kind, name, trials in rows:
        found[kind][name] = trials or 0
    return Counts(found["stem"], found["condition"], found["most"].get("", 0))


def trials_of_texts(stems: Collection[str]) -> dict[str, int]:
    """Return in how many trials' longer texts each stem is, up to some; 0 is left out.

    For the few stems that no name has: `SearchWord` counts the words of names alone.
    """
    if not stems:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_IN_TEXTS, {"stems": list(stems), "most": _MOST_IN_TEXTS})
        return dict(cursor.fetchall())


def known_phrases(phrases: Collection[str]) -> set[str]:
    """Return which phrases are conditions of several trials, or have other wordings."""
    keys, slugs = {phrase_key(one) for one in phrases}, {condition_slug(one) for one in phrases}
    worded = wordings(keys)
    named = {slug for slug, trials in counts((), slugs).conditions.items() if trials >= _SUPPORT}
    return {one for one in phrases if phrase_key(one) in worded or condition_slug(one) in named}


def is_treatment(stem: str) -> bool:
    """Whether a stem names a treatment of some trial, or is a keyword."""
    query = Lexeme(stem).text(TREATMENT)
    with connection.cursor() as cursor:
        cursor.execute(_IS_TREATMENT, [query])
        return cursor.fetchone() is not None


def known_words(words: Collection[str]) -> dict[str, int]:
    """Return about how many trials hold each word, in exactly this form."""
    if not words:
        return {}
    return dict(SearchWord.objects.filter(word__in=words).values_list("word", "trials"))


def wordings(keys: Collection[str]) -> dict[str, Wordings]:
    """Return the other wordings for each key that has some."""
    if not keys:
        return {}
    back = Q(also_key__in=keys, one_way=False, origin=_EDITOR)
    rows = (
        Synonym.objects.filter(Q(words_key__in=keys) | back, struck_at__isnull=True)
        .order_by("-trials", "pk")
        .values_list("words_key", "also_key", "words", "also", "origin", "one_way", "trials")
    )
    found: dict[str, Wordings] = {}
    for words_key, also_key, words, also, origin, one_way, trials in rows:
        if words_key in keys and (origin == _EDITOR or trials >= _SUPPORT):
            _add(found, words_key, also, is_editor=origin == _EDITOR)
        if also_key in keys and origin == _EDITOR and not one_way:
            _add(found, also_key, words, is_editor=True)
    return found


def _add(found: dict[str, Wordings], key: str, wording: str, *, is_editor: bool) -> None:
    of_key = found.setdefault(key, Wordings())
    known = of_key.editors if is_editor else of_key.learned
    key_ = phrase_key(wording)
    if key_ and key_ != key and wording not in known and len(known) < _MOST[is_editor]:
        known.append(wording)
