"""The results of a search as a table to keep (CSV), written while it is sent."""

from collections.abc import Iterator
from itertools import chain, islice

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse

from trials.pages.presenters import table
from trials.pages.responses import public_page
from trials.search import filters, results
from trials.search.answers import Results
from trials.terms import cells, plain

MOST_ROWS = 10_000
# So many rows are loaded at a time, well within the time that the database gives a reader.
_CHUNK = 500


@public_page
def trial_download(request: HttpRequest) -> StreamingHttpResponse:
    """Send the trials that the address asks for, in order, as many as a table can hold.

    The last line says so where the list goes on. The name of the file tells nothing of the search.
    """
    found = results.find(filters.read(request.GET).search)
    lines = _lines(found) if request.method == "GET" else iter(())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="trials.csv"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _lines(found: Results) -> Iterator[str]:
    yield cells.BYTE_ORDER_MARK
    yield from cells.lines(chain([table.HEADER], _rows(found), _end(found)))


def _rows(found: Results) -> Iterator[tuple[str, ...]]:
    ids = results.trial_ids(found.search, MOST_ROWS)
    while chunk := list(islice(ids, _CHUNK)):
        yield from table.rows(chunk, found.search, found.locality, settings.PUBLIC_BASE_URL)


def _end(found: Results) -> Iterator[tuple[str, ...]]:
    if found.total > MOST_ROWS:
        listed, total = plain.number(MOST_ROWS), plain.count(found.total, "trial")
        yield (f"This table ends after {listed} of {total}. Narrow the search to get the others.",)
