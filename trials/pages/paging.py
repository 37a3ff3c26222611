"""Lists in pages by number; an address that names no page is told apart from an empty list."""

import re
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest

from trials.search.query import PAGE_SIZE

_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


class NoSuchPage(LookupError):
    """The address asks for a page that the list does not have."""


def asked_page(request: HttpRequest) -> str:
    """Return the `page` parameter, empty for the first page; raise NoSuchPage for more than one."""
    values = request.GET.getlist("page")
    if len(values) > 1:
        raise NoSuchPage
    return values[0] if values else ""


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


def page_by_number(count: int, asked: str, size: int = PAGE_SIZE) -> NumberedPage:
    """Return the page `asked` (empty for the first) of a list of `count`; raise NoSuchPage."""
    if asked and not _NUMBER.fullmatch(asked):
        raise NoSuchPage
    return numbered(int(asked or 1), count, size)


def numbered(number: int, count: int, size: int = PAGE_SIZE) -> NumberedPage:
    """Return a page of a list of `count`; raise NoSuchPage past its end."""
    pages = Paginator(range(count), size)
    if number > pages.num_pages:
        raise NoSuchPage
    page = pages.page(number)
    numbers = [
        entry if isinstance(entry, int) else None
        for entry in pages.get_elided_page_range(number, on_each_side=1, on_ends=1)
    ]
    start = (number - 1) * size
    return NumberedPage(number, pages.num_pages, start, page.end_index(), numbers)
