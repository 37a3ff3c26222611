"""Asking a study team about a correction: written down, and sent, or made into a link to copy."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from trials.coordinators import actions, corrections, letters
from trials.coordinators.errors import RefusedError
from trials.models import Confirmation, Correction, Letter, Site


@dataclass(frozen=True, slots=True)
class Asked:
    """The letters that wait to go out, or a link to copy; neither where the study team reads the
    question in its own area alone.
    """

    letters: tuple[Letter, ...] = ()
    link: str = ""


@transaction.atomic
def ask(*, correction: Correction, question: str, by: User) -> Asked:
    """Ask the study team about a correction and let it know; raise RefusedError where none can be.

    Letters go to whoever may get them. Where nobody may, whoever answered by a link needs a new
    one, for the desk to copy; a coordinator finds the question beside the correction.
    """
    corrections.ask_back(correction=correction, question=question, by=by)
    told = correction.confirmation
    site = _site(told)
    if site is None:
        raise RefusedError("The registry no longer lists this site: nobody can be asked.")
    try:
        return Asked(letters=tuple(letters.invite(site=site, by=by, question=question)))
    except RefusedError:
        if told.coordinator_id is not None:
            return Asked()
        return Asked(link=actions.invite(site=site, by=by, question=question))


def _site(told: Confirmation) -> Site | None:
    rows = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    return rows.filter(pk=told.site_id or 0).first()
