"""The reader's color scheme: a cookie only once somebody asks for one."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "theme"
_YEAR = 365 * 24 * 3600
_FORCED = ("light", "dark")


def theme_of(request: HttpRequest) -> str:
    """Return `light` or `dark` where the reader chose one, else an empty text."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in _FORCED else ""


# A CSRF token would need a cookie on every public page, and all that a forged request could do
# here is to change a color.
@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember a scheme, or forget it (`system`), and go back to the page it was chosen on."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in _FORCED:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
