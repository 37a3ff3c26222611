"""Addresses of the desk, below the admin's."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from trials.admin.desk import act, bulk, check, history, site, write


def desk_urls(guarded: Callable[[Any], Any]) -> list[URLPattern]:
    """Return the desk's routes; `guarded` keeps everybody but staff out."""
    return [
        path("desk/bulk/", guarded(bulk.bulk), name="desk-bulk"),
        path("desk/export.csv", guarded(bulk.export), name="desk-export"),
        path("desk/sites/<int:site>/", guarded(site.site_contact), name="desk-site"),
        path("desk/<nct>/", guarded(write.write), name="desk-text"),
        path("desk/<nct>/act/", guarded(act.act), name="desk-act"),
        path("desk/<nct>/check/", guarded(check.check), name="desk-check"),
        path("desk/<nct>/history/", guarded(history.history), name="desk-history"),
    ]
