"""A coordinator's own account: the address, whether letters go to it, and leaving for good."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from trials.coordinators import addresses, teams
from trials.coordinators.letters import suppression
from trials.models import Coordinator
from trials.pages.confirm import private_page
from trials.pages.team import access
from trials.terms.letters import SuppressedFor


@require_http_methods(["GET", "HEAD", "POST"])
@access.team_page
def account(request: HttpRequest, coordinator: Coordinator) -> HttpResponse:
    """Show who is signed in; stop letters or forget them, where they say so."""
    if request.method != "POST":
        return _page(request, coordinator)
    if change := _CHANGES.get(request.POST.get("verb", "")):
        change(coordinator.address)
        return HttpResponseRedirect(reverse("team-account"), status=303)
    if request.POST.get("sure") != "yes":
        return _page(request, coordinator, is_unsure=True)
    teams.leave_all(coordinator=coordinator)
    access.end(request)
    return HttpResponseRedirect(reverse("team-left"), status=303)


def _page(
    request: HttpRequest, coordinator: Coordinator, *, is_unsure: bool = False
) -> HttpResponse:
    context = {
        "coordinator": coordinator,
        "number": teams.current(coordinator).count(),
        "standing": suppression.found(addresses.digest_of(coordinator.address)),
        "is_unsure": is_unsure,
    }
    return render(request, "team/account.html", context, status=400 if is_unsure else 200)


def _stop(address: str) -> None:
    suppression.suppress(address=address, why=SuppressedFor.UNSUBSCRIBED)


def _undo(address: str) -> None:
    suppression.resubscribe(addresses.digest_of(address))


_CHANGES: dict[str, Callable[[str], None]] = {"stop": _stop, "undo": _undo}


@require_safe
@private_page
def left(request: HttpRequest) -> HttpResponse:
    """Say goodbye."""
    return render(request, "team/left.html")
