"""The one-time link by which a person chooses a password.

The key travels in the query string, which no log of ours keeps, and leaves the address bar at once.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.debug import sensitive_post_parameters

from findatrial.accounts import sessions

_KEY = "choosing_password"


def link_for(user: User) -> str:
    """Return an address that lets its holder choose the password of this account, once."""
    query = QueryDict(mutable=True)
    query["who"] = urlsafe_base64_encode(str(user.pk).encode())
    query["key"] = default_token_generator.make_token(user)
    return f"{settings.PUBLIC_BASE_URL}{reverse('account-choose-password')}?{query.urlencode()}"


@sensitive_post_parameters()
def choose_password(request: HttpRequest) -> HttpResponse:
    """Let the holder of a one-time link choose a password; then it leads to the login."""
    if "key" in request.GET:
        given = (request.GET.get("who", ""), request.GET["key"])
        if _person(*given) is None:
            return render(request, "account/link_is_over.html", status=410)
        request.session[_KEY] = given
        return redirect("account-choose-password")
    user = _person(*request.session.get(_KEY, ("", "")))
    if user is None:
        return render(request, "account/link_is_over.html", status=410)
    form = SetPasswordForm(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/choose_password.html", {"form": form, "person": user})
    form.save()
    sessions.end_sessions(user)
    request.session.flush()
    messages.success(request, "Your password is set. Log in with it.")
    return redirect("account_login")


def _person(who: str, key: str) -> User | None:
    """Return whose link it is, or None for one that is wrong, used or too old."""
    try:
        number = int(urlsafe_base64_decode(who))
    except ValueError:
        return None
    user = User.objects.filter(pk=number, is_active=True).first()
    return user if user and default_token_generator.check_token(user, key) else None
