"""Counts of the whole registry, kept for a minute: the page that everybody starts from.

They are of no one's search: nothing that a person typed is ever kept.
"""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches

from trials.search.query import Sort, TrialSearch

_SECONDS = 60

Counts = TypeVar("Counts")


def is_bare(search: TrialSearch) -> bool:
    """Whether nothing narrows a search but the status."""
    return search.with_(status=(), sort=Sort.BEST) == TrialSearch()


def kept(search: TrialSearch, count: Callable[[], Counts], what: str = "facets") -> Counts:
    """Return the counts of a bare search by its statuses, counted once a minute."""
    cache = caches["process"]
    key = f"search.{what}.{'.'.join(search.statuses)}"
    counts: Counts | None = cache.get(key)
    if counts is None:
        counts = count()
        cache.set(key, counts, _SECONDS)
    return counts
