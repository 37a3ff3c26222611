"""Guards the staff area: login, second factor and session length before any of its views.

It looks at the route alone, so that a public page costs nothing and touches no session.
"""

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch
from django.utils.cache import add_never_cache_headers

from findatrial.accounts import factors, sessions

Handler = Callable[[HttpRequest], HttpResponse]

# Pages outside the admin that are for the desk alone.
DESK_PAGES = frozenset({"trial-preview"})
_ACCOUNT_PAGES = ("account_", "account-", "mfa_")
# The admin's own forms, which count no wrong tries, give way to the account's.
_INSTEAD = {"password_change": "account_change_password"}
_NO_WAY_BACK = {"login", "logout"}


class StaffAreaMiddleware:
    """Let only those into the desk who may be there, and keep its pages out of every cache."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        match = request.resolver_match
        if match and (_is_desk(match) or _is_account(match)):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Answer instead of the view where the person may not see it (yet)."""
        match = request.resolver_match
        if match is None or not (_is_desk(match) or _is_account(match)):
            return None
        if "\0" in "".join(text for texts in request.GET.lists() for text in (texts[0], *texts[1])):
            raise BadRequest("PostgreSQL takes no NUL character.")
        sessions.keep_or_end(request)
        return _check_desk(request, match) if _is_desk(match) else None


def _check_desk(request: HttpRequest, match: ResolverMatch) -> HttpResponse | None:
    name = match.url_name or ""
    if not request.user.is_authenticated or name == "login":
        own = request.GET.get("next", "") if name in _NO_WAY_BACK else request.get_full_path()
        return redirect_to_login(own) if own else redirect("account_login")
    if not request.user.is_staff:
        raise PermissionDenied
    if "admin" in match.app_names and name in _INSTEAD:
        return redirect(_INSTEAD[name])
    return factors.check_second_factor(request)


def _is_desk(match: ResolverMatch) -> bool:
    return "admin" in match.app_names or match.url_name in DESK_PAGES


def _is_account(match: ResolverMatch) -> bool:
    return (match.url_name or "").startswith(_ACCOUNT_PAGES)
