"""What public pages share: cache headers, missing pages of lists, and where a form came from."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from findatrial.theme import theme_of

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], R]

# A reader's own browser asks every time: a trial that just closed, or a color scheme just chosen,
# shows at once. A cache in front of the portal may answer for a minute, which carries a rush of
# readers to one page, and never with the page of a reader who chose a scheme.
_SHARED_SECONDS = 60


def public_page(view: View[P, R]) -> View[P, R]:
    """Let a view answer GET and HEAD only, and set the cache headers of a public page."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if theme_of(request):
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=0, s_maxage=_SHARED_SECONDS)
        return response

    return require_safe(page)


def no_such_page(request: HttpRequest, what: str) -> HttpResponse:
    """Say that a list (`what`, as a sentence begins) has no page at this address."""
    return render(request, "pages/no_such_page.html", {"what": what}, status=404)


def is_from_our_page(request: HttpRequest) -> bool:
    """Tell whether a browser says that the form was sent from a page of this site.

    A program that says nothing is believed: it is nobody's browser that was led astray.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from; empty where that can't be known."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""
