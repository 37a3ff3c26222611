"""The sites and contacts of one trial as a table to keep (CSV), written while it is sent.

No contact stands here without its state: each row has its code, its words, and the day.
"""

from collections.abc import Iterator
from itertools import chain

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, StreamingHttpResponse

from trials.editorial import reports
from trials.models import Trial
from trials.pages.presenters import site_rows
from trials.pages.presenters.openness import openness_of
from trials.pages.presenters.rows import with_sites
from trials.pages.presenters.study_teams import heard
from trials.pages.trial import trial_view
from trials.terms import cells

# So many sites are loaded at a time.
_CHUNK = 500


@trial_view("trial-site-table", with_sites)
def site_table(request: HttpRequest, trial: Trial) -> StreamingHttpResponse:
    """Send a row for each contact of each site, in the order of the trial's page."""
    lines = _lines(trial) if request.method == "GET" else iter(())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{trial.nct_id}-sites.csv"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _lines(trial: Trial) -> Iterator[str]:
    yield cells.BYTE_ORDER_MARK
    yield from cells.lines(chain([site_rows.HEADER], _rows(trial)))


def _rows(trial: Trial) -> Iterator[tuple[str, ...]]:
    ordered, reported = openness_of(trial).in_order(trial), reports.difficulty(trial)
    for start in range(0, len(ordered), _CHUNK):
        chunk = ordered[start : start + _CHUNK]
        prefetch_related_objects(chunk, "contacts")
        yield from site_rows.rows(trial.nct_id, chunk, heard(chunk, reported=reported))
