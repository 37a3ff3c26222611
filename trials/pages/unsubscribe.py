"""Stopping our letters: one button, or one click in a mail program (RFC 8058), and no account.

Looking changes nothing, however often a mail scanner does it. The key is signed, and a secret that
only the letter's reader has, so that the form needs no token against forgery, and no cookie.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from trials.coordinators.letters import keys
from trials.pages.confirm import private_page


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@sensitive_variables("key")
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Show the button; stop letters, or take that back, where it was pressed.

    The answer is the page itself: a mail program that posts here follows no redirect.
    """
    key = request.POST.get("key") or request.GET.get("key", "")
    try:
        domain = keys.domain(key)
        if request.method == "POST" and request.POST.get("verb") == "undo":
            keys.resubscribe(key)
        elif request.method == "POST":
            keys.unsubscribe(key)
        standing = keys.standing(key)
    except keys.UnreadableKeyError:
        return render(request, "unsubscribe/unreadable.html", status=404)
    context = {
        "key": key,
        "domain": domain,
        "standing": standing,
        "is_done": request.method == "POST",
    }
    return render(request, "unsubscribe/unsubscribe.html", context)
