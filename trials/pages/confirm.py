"""A study team confirms the contact of its site: the pages behind a link, which need no account.

The key stays in the query string of the first page, which no log of ours keeps, and comes back in
the form's body. It is a secret that only the link's holder has, so the form needs no token against
forgery, and with it no cookie.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from trials.coordinators import actions, continuing, corrections, links
from trials.coordinators.accepted import AcceptedValue, accepted_at, digest_of
from trials.coordinators.errors import LinkIsOverError, Over, RefusedError
from trials.coordinators.standings import standings_at
from trials.models import Confirmation, ConfirmationLink, Correction, ReaderReport, Site
from trials.pages.correction_form import CorrectionForm
from trials.pages.presenters.contacts import contact
from trials.pages.presenters.links import Link
from trials.pages.presenters.page import Person
from trials.terms import plain as words
from trials.terms.contacts import Answer, ContactStanding
from trials.terms.corrections import Fate, Field
from trials.terms.plain import StatusWords
from trials.terms.plain.confirming import (
    ANSWERED_BY_NOW,
    ANSWERS,
    ANSWERS_OF_CLOSED,
    CORRECTIONS_ASKED,
    CORRECTIONS_OVER,
    CORRECTIONS_SENT,
    CORRECTIONS_SLUG,
    NO_ANSWER,
    OVER,
    THANKS,
    AnswerWords,
    PageWords,
    corrected_field,
)
from trials.terms.plain.reports import reports_of_contact
from trials.terms.values import canonical_nct_id

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
    corrected: tuple[str, ...]
    seen: str
    earlier: str
    question: str
    reports: tuple[str, ...]
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
        told = actions.confirm(key=key, answer=answer, seen=request.POST.get("seen", ""))
    except LinkIsOverError as error:
        return _over(request, error.why)
    except RefusedError as error:
        return _ask(request, key, f"{error} Please look at the details again.")
    if answer == Answer.CHANGE:
        return HttpResponseRedirect(_next_address(told), status=303)
    return _thanks(ANSWERS[answer].slug, told)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_page
@sensitive_variables("key")
def confirm_corrections(request: HttpRequest) -> HttpResponse:
    """Thank whoever said that something must change, and take what it should say."""
    is_sent = request.method == "POST"
    key = (request.POST if is_sent else request.GET).get("key", "")
    try:
        told, site = continuing.opened(key)
    except LinkIsOverError as error:
        return _over(request, error.why, CORRECTIONS_OVER)
    values = accepted_at([site]).get(site.pk, [])
    form = CorrectionForm(site, request.POST if is_sent else None, values)
    problems = form.problems
    if form.is_valid():
        try:
            corrections.propose(confirmation=told, proposed=form.proposed)
        except RefusedError as error:
            problems = (Link(str(error), "#corrections"),)
        else:
            return _thanks(CORRECTIONS_SLUG, told)
    context = {
        "key": key,
        "corrections": form,
        "problems": problems,
        "thanks": CORRECTIONS_ASKED,
        "question": told.link.question if told.link and _is_asked(told.link) else "",
        "nct_id": site.trial.nct_id,
        "place": actions.label_of(site),
    }
    status = 400 if problems and not form.wants_more else 200
    return render(request, "confirm/corrections.html", context, status=status)


@require_safe
@private_page
def confirm_thanks(request: HttpRequest, answer: str) -> HttpResponse:
    """Thank for an answer, and say what comes of it."""
    words_of = {ANSWERS[each].slug: THANKS[each] for each in Answer}
    thanks = (words_of | {CORRECTIONS_SLUG: CORRECTIONS_SENT}).get(answer)
    if thanks is None:
        raise Http404("Nobody can answer that.")
    try:
        nct_id = canonical_nct_id(request.GET.get("trial", ""))
    except ValueError:
        nct_id = ""
    return render(request, "confirm/thanks.html", {"thanks": thanks, "nct_id": nct_id})


def _thanks(slug: str, told: Confirmation) -> HttpResponse:
    """Lead to the thanks for an answer, which name its trial and nothing else."""
    query = QueryDict(mutable=True)
    query["trial"] = told.trial.nct_id
    there = f"{reverse('confirm-thanks', args=[slug])}?{query.urlencode()}"
    return HttpResponseRedirect(there, status=303)


@sensitive_variables("key")
def _ask(request: HttpRequest, key: str, problem: str = "") -> HttpResponse:
    page = _asked(links.opened(key), key, problem)
    return render(request, "confirm/ask.html", {"page": page}, status=400 if problem else 200)


def _over(request: HttpRequest, why: Over, said: Mapping[str, PageWords] = OVER) -> HttpResponse:
    status = 404 if why == Over.UNREADABLE else 410
    return render(request, "confirm/over.html", {"over": said[why]}, status=status)


def _next_address(told: Confirmation) -> str:
    query = QueryDict(mutable=True)
    query["key"] = continuing.token_of(told)
    return f"{reverse('confirm-corrections')}?{query.urlencode()}"


@sensitive_variables("key")
def _asked(link: ConfirmationLink, key: str, problem: str) -> Asked:
    site = link.site
    assert site is not None  # noqa: S101  (an opened link has its site)
    values = accepted_at([site]).get(site.pk, [])
    standing = standings_at([site], reported=(), accepted={site.pk: values})[site.pk]
    answers = ANSWERS_OF_CLOSED if standing.takes_nobody else ANSWERS
    return Asked(
        key=key,
        nct_id=site.trial.nct_id,
        title=site.trial.brief_title or site.trial.nct_id,
        place=actions.label_of(site),
        status=words.site_status(site.recruitment_status, site.trial.overall_status),
        people=tuple(contact(row, None, site.facility.country) for row in site.contacts.all()),
        corrected=tuple(map(_corrected, values)),
        seen=digest_of(values),
        earlier=_earlier(link, standing),
        question=link.question if _is_asked(link) else "",
        reports=reports_of_contact(_reports(site)),
        answers=tuple(answers[answer] for answer in answers),
        expires=words.day_words(link.expires_at.date()),
        problem=problem,
    )


def _reports(site: Site) -> Iterable[tuple[str, date]]:
    """Return what readers report of the contact, which an answer ends."""
    return ReaderReport.objects.of_contact_at([site]).values_list("kind", "reported_on")


def _earlier(link: ConfirmationLink, standing: ContactStanding) -> str:
    """Say what the study team says by now: since the link was made, or that it takes nobody."""
    told, day = standing.told, standing.since
    if standing.closed_on is not None and (day is None or day < link.made_at.date()):
        told, day = Answer.NOT_RECRUITING, standing.closed_on
    if told is None or day is None:
        return ""
    if day < link.made_at.date() and told != Answer.NOT_RECRUITING:
        return ""
    return ANSWERED_BY_NOW[told].format(day=words.day_words(day))


def _is_asked(link: ConfirmationLink) -> bool:
    """Tell whether an editor still waits for the answer to what a link asks."""
    waiting = Correction.objects.filter(site=link.site_id, fate=Fate.ASKED, question=link.question)
    return bool(link.question) and waiting.exists()


def _corrected(value: AcceptedValue) -> str:
    said = words.status(value.value).words if value.field == Field.STATUS else value.value
    return corrected_field(value.field, value.contact_name, said, value.on)
