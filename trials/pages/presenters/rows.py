"""Loads all rows that a trial's page shows, in a number of queries that its size doesn't change."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from trials.models import EditorialText, Site, Trial, TrialSponsor
from trials.models.querysets import TrialQuerySet

_PARTS = (
    "arms__arm_interventions",
    "interventions",
    "outcome_measures",
    "criteria",
    "central_contacts",
    "overall_officials",
    "references",
    "links",
    "secondary_ids",
    "id_redirects",
    "trial_conditions__condition",
)


def with_rows(trials: TrialQuerySet) -> TrialQuerySet:
    """Add to trials everything that a page shows of them, contacts at sites apart."""
    return trials.select_related("eligibility", "editorial__live").prefetch_related(
        *_PARTS,
        Prefetch("trial_sponsors", TrialSponsor.objects.select_related("sponsor")),
        _sites(),
    )


def with_sites(trials: TrialQuerySet) -> TrialQuerySet:
    """Add to trials their sites, contacts apart, and nothing else."""
    return trials.prefetch_related(_sites())


def _sites() -> "Prefetch[str, Any, str]":
    return Prefetch("sites", Site.everything.select_related("facility"))


def add_contacts(sites: Sequence[Site]) -> None:
    """Load contacts and investigators of the sites that a page shows."""
    prefetch_related_objects(list(sites), "contacts", "investigators")


def published_text(trial: Trial) -> EditorialText | None:
    """Return the trial's editorial text if patients may see it."""
    text: EditorialText | None = getattr(trial, "editorial", None)
    return text if text and text.is_live else None


def lead_sponsor(trial: Trial) -> TrialSponsor | None:
    """Return who runs the trial."""
    lead = TrialSponsor.Role.LEAD
    return next((part for part in trial.trial_sponsors.all() if part.role == lead), None)


def collaborators(trial: Trial) -> list[TrialSponsor]:
    """Return who works with the lead sponsor."""
    role = TrialSponsor.Role.COLLABORATOR
    return [part for part in trial.trial_sponsors.all() if part.role == role]
