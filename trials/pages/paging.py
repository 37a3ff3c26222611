"""Lists in pages, by place in the list or by number. Neither ever costs more the deeper it goes
than its list allows, and an address that names no page is told apart from an empty list.

The whole list of trials goes by place (`page_by_place`): a page starts after a trial's place in
the order, which an index finds at once among 600,000 trials. A list that is read whole anyway,
such as one condition's, goes by number (`page_by_number`).
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest

from trials.models.querysets import TrialQuerySet

PAGE_SIZE = 20

_PLACE = re.compile(r"(after|before)-(undated|[0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9]{1,18})")
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


class NoSuchPage(LookupError):
    """The address asks for a page that the list does not have."""


def asked_page(request: HttpRequest) -> str:
    """Return the `page` parameter, empty for the first page; raise NoSuchPage for more than one."""
    values = request.GET.getlist("page")
    if len(values) > 1:
        raise NoSuchPage
    return values[0] if values else ""


class Place(NamedTuple):
    """Where a trial stands in `newest_first` order."""

    day: date | None
    pk: int

    def address(self, side: str) -> str:
        """Return the `page` parameter of the trials `before` or `after` this place."""
        return f"{side}-{self.day or 'undated'}-{self.pk}"


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Trials in `newest_first` order; `newer` and `older` are the `page` parameters of the pages
    beside this one, empty where there is none.
    """

    pks: list[int]
    newer: str
    older: str


def page_by_place(trials: TrialQuerySet, asked: str) -> PlacePage:
    """Return the page that `asked` names.

    `asked` is empty for the first page, or a side and a place: `after-2026-07-03-1234` is what
    follows the trial 1234 that changed on 3 July 2026. A page that holds no trial raises
    NoSuchPage, except the first one.
    """
    if not asked:
        return _page(_take([trials.newest_first()]), is_first=True)
    side, place = _parse(asked)
    found = _take(_after(trials, place) if side == "after" else _before(trials, place))
    if not found:
        raise NoSuchPage
    if side == "after":
        return _page(found)
    if len(found) <= PAGE_SIZE:  # near the top: rather a full first page than a short one
        return page_by_place(trials, "")
    first, *_, last = shown = found[PAGE_SIZE - 1 :: -1]
    return PlacePage([pk for _, pk in shown], first.address("before"), last.address("after"))


def _page(found: list[Place], *, is_first: bool = False) -> PlacePage:
    shown = found[:PAGE_SIZE]
    return PlacePage(
        [pk for _, pk in shown],
        newer="" if is_first else shown[0].address("before"),
        older=shown[-1].address("after") if len(found) > PAGE_SIZE else "",
    )


def _parse(asked: str) -> tuple[str, Place]:
    match = _PLACE.fullmatch(asked)
    if not match:
        raise NoSuchPage
    side, day, pk = match.groups()
    try:
        return side, Place(None if day == "undated" else date.fromisoformat(day), int(pk))
    except ValueError:
        raise NoSuchPage from None


def _after(trials: TrialQuerySet, place: Place) -> list[TrialQuerySet]:
    """Return what follows a place, in parts that an index reads one after the other."""
    undated = trials.filter(last_update_posted_date=None).newest_first()
    if place.day is None:
        return [undated.filter(pk__lt=place.pk)]
    return [trials.changed_before(place.day, place.pk).newest_first(), undated]


def _before(trials: TrialQuerySet, place: Place) -> list[TrialQuerySet]:
    """Return what precedes a place, nearest first."""
    if place.day is not None:
        return [trials.changed_after(place.day, place.pk).oldest_first()]
    undated = trials.filter(last_update_posted_date=None, pk__gt=place.pk).oldest_first()
    return [undated, trials.exclude(last_update_posted_date=None).oldest_first()]


def _take(parts: list[TrialQuerySet]) -> list[Place]:
    """Return the first places of the parts: a page, and one more to see if the list goes on."""
    places = (
        Place(*row)
        for part in parts
        for row in part.values_list("last_update_posted_date", "pk")[: PAGE_SIZE + 1]
    )
    return list(islice(places, PAGE_SIZE + 1))


@dataclass(frozen=True, slots=True)
class NumberedPage:
    """A page of a counted list. `numbers` are the pages to link, None where some are left out."""

    number: int
    last: int
    start: int
    stop: int
    numbers: list[int | None]

    @property
    def previous(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.number < self.last else None


def page_by_number(count: int, asked: str) -> NumberedPage:
    """Return the page `asked` (empty for the first) of a list of `count`; raise NoSuchPage."""
    pages = Paginator(range(count), PAGE_SIZE)
    if asked and not _NUMBER.fullmatch(asked):
        raise NoSuchPage
    number = int(asked or 1)
    if number > pages.num_pages:
        raise NoSuchPage
    page = pages.page(number)
    numbers = [
        entry if isinstance(entry, int) else None
        for entry in pages.get_elided_page_range(number, on_each_side=1, on_ends=1)
    ]
    return NumberedPage(number, pages.num_pages, page.start_index() - 1, page.end_index(), numbers)
