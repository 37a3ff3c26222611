"""Taking a site away from a coordinator: a page that says what happens, and one press on it."""

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from trials.admin.desk.access import desk_member
from trials.coordinators import teams
from trials.coordinators.errors import RefusedError
from trials.models import SiteCoordinator

_FROM_SITE = "site"  # ?from=site: the page of the site led here, and gets the editor back


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk_member
def take_away(request: HttpRequest, row: int) -> HttpResponse:
    """Ask before a site is taken away, which changes nothing, or take it away."""
    rows = SiteCoordinator.objects.select_related("coordinator", "trial")
    found = rows.filter(pk=row).first()
    if found is None:
        raise Http404("Nobody had a site by this number.")
    back = _back(request, found)
    if found.ended_on is not None:
        messages.error(request, "That is over already: this site is no longer theirs.")
        return redirect(back)
    if request.method == "POST":
        _take_away(request, found)
        return redirect(back)
    context = admin.site.each_context(request) | {
        "title": "Take a site away",
        "row": found,
        "back": back,
    }
    return TemplateResponse(request, "desk/take_away.html", context)


def _take_away(request: HttpRequest, row: SiteCoordinator) -> None:
    by: User = request.user  # type: ignore[assignment]  # staff alone come here
    said = f"{row.coordinator} no longer looks after {row.site_label}."
    try:
        teams.take_away(row=row, by=by)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)


def _back(request: HttpRequest, row: SiteCoordinator) -> str:
    if request.GET.get("from") == _FROM_SITE and row.site_id is not None:
        return reverse("admin:desk-site", args=[row.site_id])
    return reverse("admin:desk-coordinators")
