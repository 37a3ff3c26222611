"""Finding a condition: by its letter, by its first letters, or by another name it goes by.

Only conditions with public trials are ever found. Their counts are `indexing.conditions`'.
"""

from string import ascii_lowercase
from typing import TypeAlias

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left
from psycopg import sql
from rapidfuzz import fuzz, process

from trials.models import Condition, Synonym
from trials.terms.values import condition_slug
from trials.terms.words import phrase_key

OTHER = "other"
LETTERS = (*ascii_lowercase, OTHER)
LONGEST_WORDS = 100

Conditions: TypeAlias = QuerySet[Condition]

# “{” comes after "z".
_LETTERS = sql.SQL(
    """
    SELECT letter FROM unnest(%s::text[]) AS letter
    WHERE EXISTS (
        SELECT FROM trials_condition
        WHERE slug >= letter AND slug < letter || '{{' AND {trials} > 0
    )
    UNION ALL
    SELECT 'other'
    WHERE EXISTS (SELECT FROM trials_condition WHERE slug < 'a' AND {trials} > 0)
        OR EXISTS (SELECT FROM trials_condition WHERE slug >= '{{' AND {trials} > 0)
    """
)

_OTHER_NAMES_AT_MOST = 6
# A misspelling mostly keeps its first letter. It is compared with so many names that start with it.
_NAMES_COMPARED = 2000
_LIKENESS = 75


def listed(*, with_closed: bool = False) -> Conditions:
    """Return the conditions with a trial open now or soon, or with any trial, A to Z."""
    field = "all_trials__gt" if with_closed else "open_trials__gt"
    return Condition.objects.filter(**{field: 0}).order_by("slug")


def of_letter(letter: str, *, with_closed: bool = False) -> Conditions:
    """Return the conditions under one of `LETTERS`; `OTHER` is what no letter of a to z starts."""
    beyond = Q(slug__lt="a") | Q(slug__gte="{")  # which follows "z"
    first = beyond if letter == OTHER else Q(slug__startswith=letter)
    return listed(with_closed=with_closed).filter(first)


def letters(*, with_closed: bool = False) -> frozenset[str]:
    """Return the letters that have a condition; one look into an index for each."""
    field = sql.Identifier("all_trials" if with_closed else "open_trials")
    with connection.cursor() as cursor:
        cursor.execute(_LETTERS.format(trials=field), [list(ascii_lowercase)])
        return frozenset(letter for (letter,) in cursor.fetchall())


def starts(conditions: Conditions) -> list[tuple[str, int]]:
    """Return the first two signs that conditions start with and how many do, in their order."""
    counted = conditions.values(start=Left("slug", 2)).annotate(amount=Count("*"))
    return list(counted.order_by("start").values_list("start", "amount"))


def stretch(
    conditions: Conditions, starts: list[tuple[str, int]], first: int, last: int
) -> list[Condition]:
    """Return some of the conditions that `starts` has counted, by their places: `first` included,
    from 0, and `last` not. Reading begins where their first two signs do, not at the letter.
    """
    before = 0
    for start, amount in starts:
        if first < before + amount:
            rest = conditions.filter(slug__gte=start)
            return list(rest[first - before : last - before])
        before += amount
    return []


def most_open(most: int) -> list[Condition]:
    """Return the conditions with the most trials open now or soon."""
    return list(listed().order_by("-open_trials", "slug")[:most])


def starting_with(words: str, most: int) -> list[Condition]:
    """Return the conditions whose name, or a later word of it, starts with what was typed.

    The very name comes first, then names that start so, each with the most open trials first.
    """
    slug = _slug(words)
    known = listed(with_closed=True).alias(is_it=Q(slug=slug))
    known = known.order_by("-is_it", "-open_trials", "-all_trials", "slug")
    found: list[Condition] = list(known.filter(slug__startswith=slug)[:most])
    if len(found) < most:
        later = known.filter(slug__contains=f"-{slug}").exclude(slug__startswith=slug)
        found += later[: most - len(found)]
    return found


def spelled_like(words: str, most: int) -> list[Condition]:
    """Return conditions whose names are spelled almost as what was typed, the most alike first."""
    slug = _slug(words)
    near = listed(with_closed=True).filter(slug__startswith=slug[0])
    names = list(near.order_by("-all_trials").values_list("slug", flat=True)[:_NAMES_COMPARED])
    alike = process.extract(
        slug, names, scorer=fuzz.ratio, score_cutoff=_LIKENESS, limit=most, processor=None
    )
    found = Condition.objects.in_bulk([name for name, _, _ in alike], field_name="slug")
    return [found[name] for name, _, _ in alike]


def same_as(words: str) -> Condition | None:
    """Return the condition that goes by another name, where our editors say that it is one."""
    return next(iter(_named(_others(_equals(words), words))), None)


def meant_by(words: str) -> list[Condition]:
    """Return the conditions that a search for these words looks for too, most open trials first."""
    return _named(_others(_pairs(words), words))


def other_names(condition: Condition) -> list[str]:
    """Return what else a condition is called, as far as our editors said."""
    return _others(_equals(condition.name), condition.name)


def _slug(words: str) -> str:
    return condition_slug(words[:LONGEST_WORDS])


def _key(words: str) -> str:
    return phrase_key(words[:LONGEST_WORDS])


def _pairs(words: str) -> QuerySet[Synonym]:
    """Return the pairs that hold for a wording: from it, and to it where they work both ways."""
    back = Q(also_key=_key(words), origin=Synonym.Origin.EDITOR, one_way=False)
    held = Synonym.objects.filter(struck_at__isnull=True)
    return held.filter(Q(words_key=_key(words)) | back).order_by("-trials", "pk")


def _equals(words: str) -> QuerySet[Synonym]:
    """Return the pairs of two names for one thing: our editors', where they work both ways."""
    return _pairs(words).filter(origin=Synonym.Origin.EDITOR, one_way=False)


def _others(pairs: QuerySet[Synonym], words: str) -> list[str]:
    """Return the other wording of each pair, a few and each once."""
    key = _key(words)
    others = [
        pair.also if pair.words_key == key else pair.words for pair in pairs[:_OTHER_NAMES_AT_MOST]
    ]
    return list(dict.fromkeys(others))


def _named(names: list[str]) -> list[Condition]:
    slugs = [condition_slug(name) for name in names]
    found = listed(with_closed=True).filter(slug__in=slugs)
    return list(found.order_by("-open_trials", "-all_trials", "slug")) if slugs else []
