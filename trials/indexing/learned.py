"""Words learned from the registry: what a condition's wording is called in MeSH, and the other
names of a treatment.

A pair needs the support of several trials, and of most of those that could speak for another one:
the registry derives headings by machine and is sometimes absurdly wrong. Editors' pairs and pairs
that they struck are never touched. A pair belongs to the wording it was learned from, and is looked
at again when trials with that wording change.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from django.db import connection, transaction

from trials.indexing import generic
from trials.indexing.touched import Touched
from trials.models import Synonym
from trials.terms.words import phrase_key

_SUPPORT = 3
# Of how many different treatments something may be the other name: “chemotherapy” is of more.
_MOST_TREATMENTS = 3
# Above this, all wordings are looked at: one pass over the tables is then cheaper.
_MANY_TRIALS = 20_000
_LONGEST = 120

_CONDITIONS = """
SELECT condition.name, mesh.term, found.together, found.named, found.alone, found.unambiguous
FROM (
    SELECT link.condition_id, heading.mesh_term_id, count(*) AS together,
        sum(sum(1.0 / heading.headings)) OVER wording AS named,
        count(*) FILTER (WHERE heading.headings = 1 AND beside.conditions = 1) AS alone,
        sum(count(*) FILTER (WHERE heading.headings = 1 AND beside.conditions = 1)) OVER wording
            AS unambiguous
    FROM trials_trialcondition AS link
    CROSS JOIN LATERAL (
        SELECT mesh_term_id, count(*) OVER () AS headings FROM trials_trialmeshterm
        WHERE trial_id = link.trial_id AND about = 'CONDITION' AND NOT is_ancestor
    ) AS heading
    CROSS JOIN LATERAL (
        SELECT count(*) AS conditions FROM trials_trialcondition WHERE trial_id = link.trial_id
    ) AS beside
    WHERE %(every)s OR link.condition_id = ANY(%(ids)s)
    GROUP BY link.condition_id, heading.mesh_term_id
    WINDOW wording AS (PARTITION BY link.condition_id)
) AS found
JOIN trials_condition AS condition ON condition.id = found.condition_id
JOIN trials_meshterm AS mesh ON mesh.id = found.mesh_term_id
WHERE (found.together >= %(support)s AND 2 * found.together >= found.named)
    OR (found.alone >= %(support)s AND 2 * found.alone >= found.unambiguous)
"""
_NAMES_OF_CONDITIONS = "SELECT lower(name) FROM trials_condition WHERE id = ANY(%s)"
_TREATMENTS = """
SELECT min(treatment.name), min(other), count(DISTINCT treatment.trial_id)
FROM {source}, unnest(treatment.other_names) AS other
GROUP BY lower(treatment.name), lower(other)
HAVING count(DISTINCT treatment.trial_id) >= %(support)s
"""
_ALL_TREATMENTS = "trials_intervention AS treatment"
_SOME_TREATMENTS = (
    "unnest(%(names)s::text[]) AS said (name) "
    "JOIN trials_intervention AS treatment ON lower(treatment.name) = said.name"
)
_NAMES_OF_TREATMENTS = (
    "SELECT DISTINCT lower(name) FROM trials_intervention WHERE trial_id = ANY(%s)"
)
# A pair of treatments may stand on either of its names: both have to be looked at.
_NAMES_BESIDE = """
SELECT name FROM trials_synonym, unnest(ARRAY[lower(words), lower(also)]) AS name
WHERE origin = 'INTERVENTION' AND (
    lower(words) = ANY(%(names)s::text[]) OR lower(also) = ANY(%(names)s::text[])
)
UNION SELECT unnest(%(names)s::text[])
"""
_FORGET = """
DELETE FROM trials_synonym AS known
WHERE origin = %(origin)s AND struck_at IS NULL
    AND (%(every)s OR lower(words) = ANY(%(names)s)
        OR (origin = 'INTERVENTION' AND lower(also) = ANY(%(names)s)))
    AND NOT EXISTS (
        SELECT FROM unnest(%(words_keys)s::text[], %(also_keys)s::text[])
            AS learned (words_key, also_key)
        WHERE learned.words_key = known.words_key AND learned.also_key = known.also_key
    )
"""
_LEARN = """
INSERT INTO trials_synonym AS known
    (words, also, words_key, also_key, origin, one_way, trials, note)
SELECT words, also, words_key, also_key, %(origin)s, true, trials, ''
FROM unnest(%(words)s::text[], %(also)s::text[], %(words_keys)s::text[], %(also_keys)s::text[],
    %(trials)s::int[]) AS learned (words, also, words_key, also_key, trials)
ON CONFLICT (words_key, also_key) DO UPDATE
    SET trials = EXCLUDED.trials, words = EXCLUDED.words, also = EXCLUDED.also
    WHERE known.origin = EXCLUDED.origin AND known.struck_at IS NULL
        AND (lower(known.words) = lower(EXCLUDED.words) OR known.trials < EXCLUDED.trials)
        AND (known.words, known.also, known.trials)
            IS DISTINCT FROM (EXCLUDED.words, EXCLUDED.also, EXCLUDED.trials)
"""


class Pair(NamedTuple):
    """That a wording stands for another, as so many trials say."""

    words: str
    also: str
    trials: int


def learn(touched: Touched | None = None) -> None:
    """Learn from what a run touched, or from all there is. Costs grow with what was touched."""
    if touched is None or len(touched.trial_ids) > _MANY_TRIALS:
        _learn_conditions(None)
        _learn_treatments(None)
    elif touched.trial_ids or touched.condition_ids:
        _learn_conditions(touched.condition_ids)
        _learn_treatments(touched.trial_ids)


@transaction.atomic
def _learn_conditions(condition_ids: Collection[int] | None) -> None:
    ids = list(condition_ids or ())
    with connection.cursor() as cursor:
        cursor.execute(_NAMES_OF_CONDITIONS, [ids])
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            _CONDITIONS, {"every": condition_ids is None, "ids": ids, "support": _SUPPORT}
        )
        pairs = [pair for row in cursor.fetchall() if (pair := _condition_pair(*row))]
    _write(Synonym.Origin.CONDITION, pairs, None if condition_ids is None else names)


def _condition_pair(
    words: str, also: str, together: int, named: float, alone: int, unambiguous: int
) -> Pair | None:
    """Return a pair with enough support.

    Where the wording has most of the heading's telling words, every trial that has both speaks for
    it; else only trials with this condition and this heading alone.
    """
    if generic.is_generic_condition(words) or not _differ(words, also):
        return None
    heading = generic.telling(also)
    is_alike = 2 * len(generic.telling(words) & heading) > len(heading)
    support, base = (together, named) if is_alike else (alone, unambiguous)
    enough = support >= _SUPPORT and 2 * support >= base
    return Pair(words, also, support) if enough else None


@transaction.atomic
def _learn_treatments(trial_ids: Collection[int] | None) -> None:
    names: list[str] = []
    with connection.cursor() as cursor:
        if trial_ids is not None:
            cursor.execute(_NAMES_OF_TREATMENTS, [list(trial_ids)])
            names = [name for (name,) in cursor.fetchall()]
        cursor.execute(_NAMES_BESIDE, {"names": names})
        beside = [name for (name,) in cursor.fetchall()]
        source = _ALL_TREATMENTS if trial_ids is None else _SOME_TREATMENTS
        cursor.execute(_TREATMENTS.format(source=source), {"support": _SUPPORT, "names": beside})
        pairs = list(_treatment_pairs(Pair(*row) for row in cursor.fetchall()))
    _write(Synonym.Origin.INTERVENTION, pairs, None if trial_ids is None else names)


def _treatment_pairs(found: Iterable[Pair]) -> Iterator[Pair]:
    """Yield the pairs that name one treatment, both ways: people type either name."""
    treatments: dict[str, set[frozenset[str]]] = defaultdict(set)
    named = [
        pair
        for pair in found
        if not generic.is_generic_treatment(pair.words)
        and not generic.is_generic_treatment(pair.also)
        and _differ(pair.words, pair.also)
    ]
    for pair in named:
        treatments[phrase_key(pair.also)].add(generic.telling_treatment(pair.words))
    for pair in named:
        if len(treatments[phrase_key(pair.also)]) <= _MOST_TREATMENTS:
            yield pair
            yield Pair(pair.also, pair.words, pair.trials)


def _differ(words: str, also: str) -> bool:
    """Say whether a search for one would find what a search for the other doesn't, both ways."""
    if max(len(words), len(also)) > _LONGEST:
        return False
    some, others = set(phrase_key(words).split("_")), set(phrase_key(also).split("_"))
    return not (some <= others or others <= some)


def _write(origin: Synonym.Origin, pairs: Iterable[Pair], names: list[str] | None) -> None:
    """Write the pairs of some wordings (of all for None), and forget what they no longer support.

    Of several spellings with one key, the one with most trials speaks.
    """
    best = {
        (phrase_key(pair.words), phrase_key(pair.also)): pair
        for pair in sorted(pairs, key=lambda pair: (pair.trials, pair.words))
    }
    # In order, so that two writers don't wait for each other in a ring.
    rows = [(*key, *best[key]) for key in sorted(best)]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], [], [], []]
    said = dict(zip(("words_keys", "also_keys", "words", "also", "trials"), columns, strict=True))
    values: dict[str, Any] = said | {
        "origin": origin.value,
        "every": names is None,
        "names": names or [],
    }
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, values)
        cursor.execute(_LEARN, values)
