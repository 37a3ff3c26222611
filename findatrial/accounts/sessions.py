"""How long a session of a signed-in person lasts, and the end of the other ones.

A session that is not used ends after SESSION_IDLE_MINUTES: Django's own expiry, moved on by pages
of the staff area at most once a minute. SESSION_HOURS after login it ends in any case.
"""

import math
import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

_OPENED = "opened_at"
_SEEN = "seen_at"
_SEEN_EVERY_SECONDS = 60


def open_session(request: HttpRequest) -> None:
    """Note when a session was opened."""
    request.session[_OPENED] = request.session[_SEEN] = time.time()


def age(request: HttpRequest) -> float:
    """Return the seconds since login; endless for a session that was not opened by one."""
    return time.time() - float(request.session.get(_OPENED, -math.inf))


def keep_or_end(request: HttpRequest) -> None:
    """Move the idle time on, or log out a person whose hours are over.

    A session without our mark is left alone and ends when its first idle time is over.
    """
    if _OPENED not in request.session:
        return
    if age(request) >= settings.SESSION_HOURS * 3600:
        logout(request)
    elif time.time() - request.session[_SEEN] >= _SEEN_EVERY_SECONDS:
        request.session[_SEEN] = time.time()


def end_sessions(user: User, *, keep: str | None = None) -> None:
    """End every session of a person, but for the one whose key is given.

    Only staff and coordinators have sessions, so that there are few to look through.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.session_key != keep and session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
