"""The portal with three views that production lacks: a slow one, a stuck one, a broken one."""

import os
import time

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from findatrial.wsgi import application

__all__ = ["application"]

SLOW_SECONDS = 2


def _slow(request: HttpRequest) -> HttpResponse:
    """Answer late, and tell the test by a file that the request is under way."""
    with open(os.environ["SLOW_STARTED"], "w") as started:
        started.write("yes")
    time.sleep(SLOW_SECONDS)
    return HttpResponse("late but whole")


def _stuck(request: HttpRequest) -> HttpResponse:
    """Ask the database for more time than a page may have."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(30)")
    return HttpResponse("never")


def _broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


def _add_views() -> None:
    from findatrial import urls

    urls.urlpatterns[:0] = [
        path("slow/", _slow),
        path("stuck/", _stuck),
        path("broken/", _broken),
    ]


_add_views()
