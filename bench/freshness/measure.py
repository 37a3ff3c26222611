"""Counting in process, part by part, and asking the page and its JSON."""

import resource
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from trials.coordinators import freshness as of_sites
from trials.editorial import freshness as of_texts
from trials.models import Site

_ROUNDS = 15
_PAGES = ("/freshness/", "/freshness.json")


def run() -> dict[str, Any]:
    """Return seconds of each part of a count, what was counted, and milliseconds of the pages."""
    today = timezone.now().date()
    statement, _ = _timed(lambda: of_sites.listed_as_open().count())
    sites, found = _timed(lambda: of_sites.site_figures(today, lambda _: None))
    texts, read = _timed(lambda: of_texts.text_figures(lambda _: None))
    rest, _ = _timed(lambda: (of_sites.correction_figures(today), of_texts.report_figures(today)))
    before = time.process_time()
    whole, _ = _timed(lambda: call_command("count_freshness", verbosity=0))
    own = time.process_time() - before
    return {
        "sites": Site.everything.count(),
        "open": found.open,
        "confirmed": found.confirmed,
        "texts": read.published,
        "seconds": {
            "open sites alone": statement,
            "open and confirmed sites": sites,
            "texts": texts,
            "corrections and reports": rest,
            "count_freshness": whole,
            "of it our own CPU": own,
        },
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pages": {path: _page(path) for path in _PAGES},
    }


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = act()
    return time.perf_counter() - start, found


def _page(path: str) -> dict[str, float]:
    client = Client(SERVER_NAME="127.0.0.1")
    with CaptureQueriesContext(connection) as queries:
        length = len(client.get(path).content)
        asked = len(queries)
    times = [1000 * _timed(lambda: client.get(path))[0] for _ in range(_ROUNDS)]
    return {
        "median": median(times),
        "best": min(times),
        "queries": asked,
        "kilobytes": length / 1024,
    }
