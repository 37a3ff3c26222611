"""Helpers for tests of the page of results."""

import re
from datetime import date, timedelta

from django.test import Client

from tests import factories as make
from tests.search.worlds import index
from trials.models import Trial

_CARD = re.compile(r'<h3><a href="/trials/(NCT[0-9]{8})/">')


def get(pat: Client, query: str = "") -> str:
    """Return the page of a query string."""
    response = pat.get(f"/trials/?{query}")
    assert response.status_code == 200, query
    return response.content.decode()


def cards_on(page: str) -> list[str]:
    """Return the trials of a page in their order."""
    return _CARD.findall(page)


def make_many(amount: int, title: str = "Lupus") -> list[Trial]:
    """Write trials in one go, the first one the newest."""
    trials = [
        make.make_trial(
            brief_title=f"{title} study {number}",
            first_posted_date=date(2026, 11, 1) - timedelta(days=number),
        )
        for number in range(amount)
    ]
    index(*trials)
    return trials
