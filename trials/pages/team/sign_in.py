"""The way in: an address gets a link by mail, and the link's page has a button.

Nobody learns from the answer if an address is known: it is the same, and letters are sent in the
background. It repeats the address, so it answers the form itself: on a page of its own the address
would have to travel in a URL or a cookie. Looking at a link changes nothing.
"""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from trials.coordinators import addresses, letters, sign_in
from trials.coordinators.errors import LinkIsOverError, Over
from trials.models import Coordinator
from trials.pages.confirm import private_page
from trials.pages.responses import address_of, is_from_our_page
from trials.pages.team import access, asking
from trials.terms.plain.teams import FORGED, SIGN_IN_OVER, SIGNED_OUT, TOO_MANY


class SignInForm(forms.Form):
    """Whose sites."""

    address = forms.CharField(
        max_length=300, error_messages={"required": "Write your email address."}
    )

    def clean_address(self) -> str:
        """Return the address as it is kept."""
        try:
            return addresses.normal(self.cleaned_data["address"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an address, and mail a link to it where a coordinator has it."""
    access.check_text(request)
    if request.method != "POST":
        over = SIGNED_OUT if access.OVER in request.GET else ""
        return render(request, "team/sign_in.html", {"form": SignInForm(), "over": over})
    form = SignInForm(request.POST)
    status = 400
    if not is_from_our_page(request):
        status = 403
        form.add_error(None, FORGED)
    elif form.is_valid():
        if asking.may_ask(address_of(request)):
            _mail(form.cleaned_data["address"])
            return render(request, "team/sent.html", {"typed": form.data["address"].strip()})
        status = 429
        form.add_error(None, TOO_MANY)
    return render(request, "team/sign_in.html", {"form": form}, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@sensitive_variables("key")
def enter(request: HttpRequest) -> HttpResponse:
    """Show the button of a mailed link, which changes nothing, or sign its holder in."""
    is_press = request.method == "POST"
    key = (request.POST if is_press else request.GET).get("key", "")
    try:
        if not is_press:
            sign_in.check(key)
            return render(request, "team/enter.html", {"key": key})
        if not is_from_our_page(request):
            return render(request, "team/enter.html", {"key": key, "problem": FORGED}, status=403)
        coordinator = sign_in.use(key)
    except LinkIsOverError as error:
        return _over(request, error.why)
    access.enter(request, coordinator)
    return HttpResponseRedirect(reverse("team-sites"), status=303)


@require_POST
@private_page
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    access.end(request)
    return redirect("sign-in")


def _mail(address: str) -> None:
    coordinator = Coordinator.objects.filter(address=address).first()
    if coordinator is not None and (letter := letters.queue_sign_in(coordinator=coordinator)):
        letters.soon(letter)


def _over(request: HttpRequest, why: Over) -> HttpResponse:
    status = 404 if why == Over.UNREADABLE else 410
    return render(request, "team/over.html", {"over": SIGN_IN_OVER[why]}, status=status)
