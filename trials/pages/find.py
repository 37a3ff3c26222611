"""From a trial's number, as people type or paste it, to its page."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trials.models import IdRedirect, Trial
from trials.pages.responses import public_page
from trials.terms.values import canonical_nct_id

# Whole numbers only: with a digit too few, leading zeros would turn it into another trial's.
_NUMBER = re.compile(r"(?<![a-z])nct[:#-]*([0-9]+)", re.IGNORECASE)
_DIGITS = 8
_SHOWN_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a number: a sentence, the answer's HTTP status, the registry's id."""

    sentence: str
    status: int
    nct_id: str = ""


@public_page
def find_by_number(request: HttpRequest) -> HttpResponse:
    """Redirect to the page of the trial in `number`, or say what is wrong with it."""
    numbers = request.GET.getlist("number")
    typed = " ".join(numbers).strip()
    if not numbers:
        return _form(request, "", None)
    try:
        nct_id = read_number(typed)
    except ValueError as wrong:
        return _form(request, typed, Problem(str(wrong), 400))
    if not is_known(nct_id):
        return _form(request, typed, Problem(f"We have no page for {nct_id}.", 404, nct_id))
    return redirect("trial-detail", nct_id)


def read_number(typed: str) -> str:
    """Return the NCT id in a text such as `nct 0719 3667`, `07193667` or a pasted address.

    Raises ValueError with a sentence for the reader.
    """
    if not typed:
        raise ValueError("Type a trial number.")
    squeezed = "".join(typed.split())
    bare = squeezed.isascii() and squeezed.isdigit()
    found = {squeezed} if bare else set(_NUMBER.findall(squeezed))
    if not found:
        raise ValueError("This is not a trial number.")
    if len(found) > 1:
        raise ValueError("Type one trial number at a time.")
    digits = found.pop()
    if len(digits) != _DIGITS:
        raise ValueError(f"A trial number has 8 digits. This one has {len(digits)}.")
    return canonical_nct_id(f"NCT{digits}")


def is_known(nct_id: str) -> bool:
    """Tell whether the trial's own page has something to say, be it that the trial is gone."""
    return (
        Trial.everything.filter(nct_id=nct_id).exists()
        or IdRedirect.objects.filter(nct_id=nct_id).exists()
    )


def _form(request: HttpRequest, typed: str, problem: Problem | None) -> HttpResponse:
    return render(
        request,
        "pages/find.html",
        {"typed": typed[:_SHOWN_AT_MOST], "problem": problem},
        status=problem.status if problem else 200,
    )
