"""A study team confirms the contact of its site: the pages behind a link, which need no account.

The key stays in the query string of the first page, which no log of ours keeps, and comes back in
the form's body. It is a secret that only the link's holder has, so the form needs no token against
forgery, and with it no cookie.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from trials.coordinators import actions, links
from trials.coordinators.errors import LinkIsOverError, Over
from trials.models import ConfirmationLink
from trials.pages.presenters.page import Person
from trials.pages.presenters.sites import contact
from trials.terms import plain as words
from trials.terms.contacts import Answer
from trials.terms.plain import StatusWords
from trials.terms.plain.confirming import (
    ANSWERS,
    NO_ANSWER,
    OVER,
    THANKS,
    AnswerWords,
)

Page = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a study team is asked about, and what it may answer; `problem` asks once more."""

    key: str
    nct_id: str
    title: str
    place: str
    status: StatusWords
    people: tuple[Person, ...]
    answers: tuple[AnswerWords, ...]
    expires: str
    problem: str


def private_page(view: Page) -> Page:
    """Keep a page out of caches, search engines and the referrer that other sites would get."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, *args: str, **options: str) -> HttpResponse:
        response = view(request, *args, **options)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@sensitive_variables("key")
def confirm(request: HttpRequest) -> HttpResponse:
    """Show the details of a link, which changes nothing, or take the answer to them."""
    is_answer = request.method == "POST"
    key = (request.POST if is_answer else request.GET).get("key", "")
    try:
        if not is_answer:
            return _ask(request, key)
        given = request.POST.get("answer", "")
        if given not in Answer:
            return _ask(request, key, NO_ANSWER)
        answer = Answer(given)
        actions.confirm(key=key, answer=answer)
    except LinkIsOverError as error:
        return _over(request, error.why)
    thanks = reverse("confirm-thanks", args=[ANSWERS[answer].slug])
    return HttpResponseRedirect(thanks, status=303)


@require_safe
@private_page
def confirm_thanks(request: HttpRequest, answer: str) -> HttpResponse:
    """Thank for an answer, and say what comes of it."""
    given = next((each for each in Answer if ANSWERS[each].slug == answer), None)
    if given is None:
        raise Http404("Nobody can answer that.")
    return render(request, "confirm/thanks.html", {"thanks": THANKS[given]})


@sensitive_variables("key")
def _ask(request: HttpRequest, key: str, problem: str = "") -> HttpResponse:
    page = _asked(links.opened(key), key, problem)
    return render(request, "confirm/ask.html", {"page": page}, status=400 if problem else 200)


def _over(request: HttpRequest, why: Over) -> HttpResponse:
    status = 404 if why == Over.UNREADABLE else 410
    return render(request, "confirm/over.html", {"over": OVER[why]}, status=status)


@sensitive_variables("key")
def _asked(link: ConfirmationLink, key: str, problem: str) -> Asked:
    site = link.site
    assert site is not None  # noqa: S101  (an opened link has its site)
    return Asked(
        key=key,
        nct_id=site.trial.nct_id,
        title=site.trial.brief_title or site.trial.nct_id,
        place=actions.label_of(site),
        status=words.site_status(site.recruitment_status, site.trial.overall_status),
        people=tuple(contact(row, None, site.facility.country) for row in site.contacts.all()),
        answers=tuple(ANSWERS[answer] for answer in Answer),
        expires=words.day_words(link.expires_at.date()),
        problem=problem,
    )
