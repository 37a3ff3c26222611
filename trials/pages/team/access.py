"""Who is signed in as a coordinator, and the guard of every page of the area.

A session holds the coordinator's key and session number, and when it began. It is no login: staff
who are logged in by the same browser gain nothing by it, nor does a coordinator by theirs.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import TypedDict

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from trials.models import Coordinator

_MARK, _SAID = "coordinator", "coordinator_said"
_SEEN_EVERY_SECONDS = 60
OVER = "over"  # says on the page to sign in that a session has ended

TeamView = Callable[..., HttpResponse]


class _Mark(TypedDict):
    """What a session says of its coordinator; times are seconds since 1970."""

    pk: int
    number: int
    since: float
    seen: float


def enter(request: HttpRequest, coordinator: Coordinator) -> None:
    """Begin a coordinator's session, under a key that nobody knew before."""
    request.session.cycle_key()
    request.session.set_expiry(0)  # the cookie ends with the browser
    now = time.time()
    mark = _Mark(pk=coordinator.pk, number=coordinator.session_number, since=now, seen=now)
    request.session[_MARK] = mark
    request.session.pop(_SAID, None)  # a colleague's, where one browser serves two


def end(request: HttpRequest) -> None:
    """End a coordinator's session; a colleague's login by the same browser goes on."""
    if SESSION_KEY not in request.session:
        request.session.flush()
        return
    for name in (_MARK, _SAID):
        request.session.pop(name, None)


def say(request: HttpRequest, words: str, *, is_problem: bool = False) -> None:
    """Keep a sentence for the next page."""
    request.session[_SAID] = [*request.session.get(_SAID, []), [words, is_problem]]


def said(request: HttpRequest) -> list[tuple[str, bool]]:
    """Return what was kept for this page, each with if it is a problem, and forget it."""
    return [(words, is_problem) for words, is_problem in request.session.pop(_SAID, [])]


def team_page(view: TeamView) -> TeamView:
    """Let a view answer for the coordinator who is signed in; lead anybody else to the way in.

    What is not theirs is not found, and says so inside the area.
    """

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: object, **options: object) -> HttpResponse:
        check_text(request)
        coordinator = _signed_in(request)
        if coordinator is None:
            return redirect(_way_in(request))
        try:
            response = view(request, coordinator, *args, **options)
        except Http404:
            response = render(request, "team/not_yours.html", status=404)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


def _way_in(request: HttpRequest) -> str:
    """Return where to sign in; whoever was signed in, and is no staff, is told so there."""
    was_in = settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY not in request.session
    return reverse("sign-in") + (f"?{OVER}=1" if was_in else "")


def check_text(request: HttpRequest) -> None:
    """Refuse what PostgreSQL can't be asked for."""
    for data in (request.GET, request.POST):
        if any("\0" in text for _, texts in data.lists() for text in texts):
            raise BadRequest("PostgreSQL takes no NUL character.")


def _signed_in(request: HttpRequest) -> Coordinator | None:
    mark: _Mark | None = request.session.get(_MARK)
    if mark is None:
        return None
    now = time.time()
    is_over = now - mark["since"] >= settings.SESSION_HOURS * 3600
    is_over |= now - mark["seen"] >= settings.SESSION_COOKIE_AGE
    coordinator = Coordinator.objects.filter(
        pk=mark["pk"], session_number=mark["number"], left_on=None
    ).first()
    if is_over or coordinator is None:
        end(request)
        return None
    if now - mark["seen"] >= _SEEN_EVERY_SECONDS:
        request.session[_MARK] = {**mark, "seen": now}
    return coordinator
