"""A coordinator's own account: the address, and leaving for good."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from trials.coordinators import teams
from trials.models import Coordinator
from trials.pages.confirm import private_page
from trials.pages.team import access


@require_http_methods(["GET", "HEAD", "POST"])
@access.team_page
def account(request: HttpRequest, coordinator: Coordinator) -> HttpResponse:
    """Show who is signed in; forget them where they tick that they are sure."""
    is_leaving = request.method == "POST"
    if is_leaving and request.POST.get("sure") == "yes":
        teams.leave_all(coordinator=coordinator)
        access.end(request)
        return HttpResponseRedirect(reverse("team-left"), status=303)
    number = teams.current(coordinator).count()
    context = {"coordinator": coordinator, "number": number, "is_unsure": is_leaving}
    return render(request, "team/account.html", context, status=400 if is_leaving else 200)


@require_safe
@private_page
def left(request: HttpRequest) -> HttpResponse:
    """Say goodbye."""
    return render(request, "team/left.html")
