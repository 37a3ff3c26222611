"""Small files that browsers and crawlers ask for at fixed addresses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from trials.pages.responses import public_page

# Crawlers reach every trial through the list and its conditions; an address for each typed number
# or table helps nobody. Pages of a search tell crawlers themselves to leave them out.
_ROBOTS = "User-agent: *\nDisallow: /find/\nDisallow: /trials/download.csv\n"


@public_page
def robots(_request: HttpRequest) -> HttpResponse:
    """Tell crawlers where not to go."""
    return HttpResponse(_ROBOTS, content_type="text/plain")


@public_page
def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead programs that read no `<link rel=icon>` to the icon."""
    return redirect(static("favicon.svg"))
