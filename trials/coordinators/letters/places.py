"""The places of coordinators at their sites, and which of them they have not heard of.

Any letter about the site since they were given it tells of it, and so does an answer of their own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from trials.models import Confirmation, LetterTopic, SiteCoordinator
from trials.terms.letters import LetterState

_NOT_GONE_OUT = (LetterState.DROPPED, LetterState.REFUSED)


@dataclass(frozen=True, slots=True)
class Place:
    """That a coordinator has a site: the keys of both, and the day on which they took it on."""

    key: int
    coordinator: int
    since: date


def unheard(places: Collection[Place | None], *, before: int | None = None) -> set[int]:
    """Return the keys of the places of which their coordinators have not heard; one query.

    `before` is the key of a letter: what was made after it told nothing before it.
    """
    letters = LetterTopic.objects.filter(
        site=OuterRef("site"),
        letter__coordinator=OuterRef("coordinator"),
        letter__made_at__date__gte=OuterRef("given_on"),
    ).exclude(letter__state__in=_NOT_GONE_OUT)
    if before is not None:
        letters = letters.filter(letter__lt=before)
    rows = SiteCoordinator.objects.filter(pk__in=[place.key for place in places if place])
    return set(rows.exclude(Exists(letters) | Exists(_own_answers())).values_list("pk", flat=True))


def _own_answers() -> "QuerySet[Confirmation]":
    """Return what the coordinator of the outer place has said of it, in the area or by a link."""
    own = Q(coordinator=OuterRef("coordinator")) | Q(link__coordinator=OuterRef("coordinator"))
    return Confirmation.objects.filter(
        own, site=OuterRef("site"), confirmed_at__date__gte=OuterRef("given_on")
    )
