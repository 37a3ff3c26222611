"""Corrections for tests: an answer that asks for a change, and what it says."""

from typing import Any

from django.utils import timezone

from tests.coordinators.rows import fresh, make_answer
from trials.coordinators import actions, corrections, details
from trials.coordinators.corrections import Proposed
from trials.models import Confirmation, Coordinator, Correction, Site
from trials.terms.contacts import Answer
from trials.terms.corrections import Field

JOY = "Joy Achieng"
NEW_PHONE = "+254 20 2724999"


def phone(value: str = NEW_PHONE, **values: Any) -> Proposed:
    """Say another phone number of the one contact."""
    return Proposed(**({"field": Field.PHONE, "contact_name": JOY, "new_value": value} | values))


def make_corrections(site: Site, *proposed: Proposed, days_ago: int = 0) -> list[Correction]:
    """Let a study team have asked for a change some days ago, and have said which."""
    told = make_answer(site, Answer.CHANGE, days_ago=days_ago)
    return corrections.propose(confirmation=told, proposed=proposed or (phone(),))


def asked_by(coordinator: Coordinator, site: Site, *proposed: Proposed) -> list[Correction]:
    """Let a coordinator who signed in have asked for changes now."""
    told = Confirmation.objects.create(
        trial=site.trial,
        site=site,
        site_label=actions.label_of(site),
        digests=details.kept(details.details_of(fresh(site)).digests),
        answer=Answer.CHANGE,
        confirmed_at=timezone.now(),
        coordinator=coordinator,
    )
    return corrections.propose(confirmation=told, proposed=proposed or (phone(),))


def make_correction(site: Site, proposed: Proposed | None = None, **values: Any) -> Correction:
    """Let a study team have asked for one change."""
    return make_corrections(site, proposed or phone(), **values)[0]


def now(correction: Correction) -> Correction:
    """Return a correction as the database has it."""
    return Correction.objects.select_related("confirmation").get(pk=correction.pk)


def fate(correction: Correction) -> str:
    """Return where a correction stands."""
    return now(correction).fate


def shown(site: Site) -> list[tuple[str, str]]:
    """Return what readers see beside the registry's details: fields and values."""
    found = corrections.accepted_at([fresh(site)]).get(site.pk, [])
    return [(value.field.value, value.value) for value in found]
