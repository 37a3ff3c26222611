"""The second factor: who needs to show one, and what happens when somebody's factors change."""

from collections.abc import Callable
from functools import wraps

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from findatrial.accounts import sessions

View = Callable[..., HttpResponse]

_ADDED_HERE = "second_factor_added"


def check_second_factor(request: HttpRequest) -> HttpResponse | None:
    """Return where a signed-in person has to go before the desk opens, or None.

    With STAFF_SECOND_FACTOR a session needs a factor that was shown or set up in it: without any,
    the person is sent to set one up; with one, to show it.
    """
    if not settings.STAFF_SECOND_FACTOR or _was_shown(request):
        return None
    user: User = request.user  # type: ignore[assignment]  # the desk's pages asked who it is
    if _factors(user):
        back = QueryDict(mutable=True)
        back[REDIRECT_FIELD_NAME] = request.get_full_path()
        return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{back.urlencode()}")
    messages.info(request, "The desk opens when your account has a second step. Set one up here.")
    return redirect("mfa_index")


def adds_factor(view: View) -> View:
    """Wrap a view that adds a factor: it is thereby shown in this session, and others end."""

    @wraps(view)
    def adding(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        before = _factors(request.user)
        response = view(request, *args, **kwargs)
        if _factors(request.user) > before:
            request.session[_ADDED_HERE] = True
            _end_others(request)
        return response

    return adding


def removes_factor(view: View) -> View:
    """Wrap a view that removes a factor: the other sessions end, and the last one stays."""

    @wraps(view)
    def removing(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        before = _factors(request.user)
        if settings.STAFF_SECOND_FACTOR and before == 1:
            messages.error(request, "This is your only second step. Set up another one first.")
            return redirect("mfa_index")
        response = view(request, *args, **kwargs)
        if _factors(request.user) < before:
            _end_others(request)
        return response

    return removing


def renews_codes(view: View) -> View:
    """Wrap a view that makes new recovery codes: the other sessions end."""

    @wraps(view)
    def renewing(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 302:
            _end_others(request)
        return response

    return renewing


def forget_factors(user: User) -> None:
    """Remove every factor of a person who lost them, recovery codes included."""
    Authenticator.objects.filter(user=user).delete()


def _was_shown(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return _ADDED_HERE in request.session or any(entry["method"] == "mfa" for entry in records)


def _factors(user: object) -> int:
    """Count what opens the account beside the password; recovery codes alone don't count."""
    if not isinstance(user, User):
        return 0
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return int(Authenticator.objects.filter(user=user, type__in=kinds).count())


def _end_others(request: HttpRequest) -> None:
    if isinstance(request.user, User):
        sessions.end_sessions(request.user, keep=request.session.session_key)
