"""Pages of fixed text: what the portal is, how it works, what it keeps, whom it shuts out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trials.pages.responses import public_page


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """Say what the portal is and is not."""
    return render(request, "statements/about.html")


@public_page
def how_we_work(request: HttpRequest) -> HttpResponse:
    """Say how a trial's page is made."""
    return render(request, "statements/how_we_work.html")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the portal keeps of its readers."""
    return render(request, "statements/privacy.html")


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what the portal aims for, what was tested and what was not."""
    return render(request, "statements/accessibility.html")
