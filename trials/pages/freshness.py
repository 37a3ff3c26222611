"""How fresh the portal is: the figures of the newest count, for people and for programs."""

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from trials.models import FreshnessCount
from trials.pages.presenters.freshness import freshness_page
from trials.pages.responses import public_page
from trials.terms.freshness import Figures


@public_page
def freshness(request: HttpRequest) -> HttpResponse:
    """Show the figures in words, or say that nothing has been counted yet."""
    row, figures = _newest()
    page = freshness_page(row.counted_at, figures) if row and figures else None
    return render(request, "pages/freshness.html", {"page": page})


@public_page
def freshness_json(_request: HttpRequest) -> HttpResponse:
    """Send the figures as docs/freshness.md describes them; both keys are null before a count."""
    row, figures = _newest()
    said = {
        "counted_at": row.counted_at if row and figures else None,
        "figures": msgspec.to_builtins(figures),
    }
    return JsonResponse(said)


def _newest() -> tuple[FreshnessCount | None, Figures | None]:
    """Return the newest count and its figures; None for those that an older version wrote."""
    row = FreshnessCount.objects.first()
    if row is None:
        return None, None
    try:
        return row, msgspec.convert(row.figures, Figures)
    except msgspec.ValidationError:
        return row, None
