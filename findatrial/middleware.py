"""Headers on every response, and a plain 503 when the database can't answer in time."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

Handler = Callable[[HttpRequest], HttpResponse]

_PERMISSIONS = "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)"
_RETRY_AFTER_SECONDS = "30"


class SecurityHeadersMiddleware:
    """Add the headers that neither Django nor django-csp sends."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers added."""
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        if response.status_code >= 400:  # an error page wears the reader's color scheme, too
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class OverloadMiddleware:
    """Turn a database that is down or past its time-out into a 503 that says when to return."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for database failures; every other exception takes its way."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        return HttpResponse(
            loader.render_to_string("maintenance.html"),
            status=503,
            headers={"Retry-After": _RETRY_AFTER_SECONDS, "Cache-Control": "no-store"},
        )
