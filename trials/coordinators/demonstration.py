"""What invented study teams said about the demonstration's sites, read from a TOML file.

Everything goes the way that real answers go, but for their day: a demonstration needs answers that
are half a year old. fixtures/README.md describes the keys.
"""

import tomllib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from trials.coordinators import corrections, facts, teams
from trials.coordinators.actions import label_of
from trials.coordinators.corrections import Proposed
from trials.coordinators.details import details_of, kept
from trials.coordinators.telling import tell_search
from trials.models import Confirmation, Coordinator, Site
from trials.terms.corrections import Field

Table = Mapping[str, Any]


class StudyTeamsError(Exception):
    """A file that can't be used; the words are for whoever runs the command."""


@transaction.atomic
def load(path: Path, by: User) -> list[tuple[Site, Table]]:
    """Write down what a file says, decided on by somebody of the desk; all of it or nothing.

    Return the sites with what the file says of each. Raise StudyTeamsError with a sentence where
    there are study teams already, and for a site that is not there.
    """
    if Coordinator.objects.exists():
        raise StudyTeamsError("There are coordinators already: this is for a new demonstration.")
    found = [(_site(said), said) for said in tomllib.loads(path.read_text())["sites"]]
    for site, said in found:
        if "coordinator" in said:
            _speak(site, said, by)
    tell_search({site.trial_id for site, _ in found})
    return found


def _site(said: Table) -> Site:
    rows = Site.everything.select_related("trial", "facility").prefetch_related("contacts")
    site = rows.filter(trial__nct_id=said["trial"], facility__city=said["city"]).first()
    if site is None:
        raise StudyTeamsError(f"{said['trial']} has no site in {said['city']}: import it first.")
    return site


def _speak(site: Site, said: Table, by: User) -> None:
    row = teams.give(site=site, address=said["coordinator"], name=said["name"], by=by)
    facts.say(coordinator=row.coordinator, site=site, said=said.get("facts", {}))
    for answer in said.get("answers", ()):
        told = Confirmation.objects.create(
            trial=site.trial,
            site=site,
            site_label=label_of(site),
            digests=kept(details_of(site).digests),
            answer=answer["answer"],
            confirmed_at=timezone.now() - timedelta(days=answer["days_ago"]),
            coordinator=row.coordinator,
        )
        _correct(told, answer.get("corrections", ()), by)


def _correct(told: Confirmation, said: "list[Table] | tuple[()]", by: User) -> None:
    if not said:
        return
    proposed = [
        Proposed(Field(each["field"]), each["contact"], each["new"], each.get("note", ""))
        for each in said
    ]
    for row, each in zip(
        corrections.propose(confirmation=told, proposed=proposed), said, strict=True
    ):
        if each.get("then") == "accept":
            corrections.accept(correction=row, by=by)
