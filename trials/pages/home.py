"""The home page."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trials.models import Condition, Trial
from trials.pages.presenters.card import cards
from trials.pages.responses import public_page

_CARDS = 3
_CONDITIONS = 18
# Conditions are looked for among this many trials, so that the page costs the same with ten
# reviewed trials and with a hundred thousand.
_TRIALS_LOOKED_AT = 200


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show what the portal is for, what our editors reviewed lately, and ways in."""
    reviewed = Trial.public.reviewed().newest_review_first().values_list("pk", flat=True)
    return render(
        request,
        "pages/home.html",
        {"reviewed": cards(reviewed[:_CARDS]), "conditions": _conditions()},
    )


def _conditions() -> list[Condition]:
    """Return conditions with an open trial that our editors reviewed lately, A to Z.

    A registry has a hundred thousand conditions in sponsors' words; those of reviewed trials are
    the ones that lead to a page in plain words.
    """
    trials = Trial.public.open_now().reviewed().newest_review_first()[:_TRIALS_LOOKED_AT]
    found = (
        Condition.objects.filter(trial_conditions__trial__in=trials)
        .annotate(trials=Count("trial_conditions"))
        .order_by("-trials", "name")[:_CONDITIONS]
    )
    return sorted(found, key=lambda condition: condition.name.casefold())
