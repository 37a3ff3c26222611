"""Rows for lists of trials, written in bulk: a list needs hundreds."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User

from trials.indexing.conditions import count_trials
from trials.models import (
    Condition,
    EditorialText,
    Eligibility,
    Facility,
    MeshTerm,
    Site,
    Synonym,
    Trial,
    TrialCondition,
    TrialMeshTerm,
)
from trials.terms.words import phrase_key

NOW = datetime(2026, 11, 22, tzinfo=UTC)
_NUMBERS = count(10_000_001)


def add_trials(amount: int, **values: Any) -> list[Trial]:
    """Write public trials that are open, changed on 1 November 2026, and have an eligibility."""
    trials = Trial.everything.bulk_create(_trial(values) for _ in range(amount))
    Eligibility.objects.bulk_create(
        Eligibility(trial=trial, minimum_age="18 Years", sex="ALL") for trial in trials
    )
    return trials


def add_trial(**values: Any) -> Trial:
    """Write one trial as `add_trials` does."""
    return add_trials(1, **values)[0]


def _trial(values: dict[str, Any]) -> Trial:
    nct_id = f"NCT{next(_NUMBERS)}"
    row = {
        "nct_id": nct_id,
        "brief_title": f"A Study Called {nct_id}",
        "brief_summary": "This study looks at a new way to help people sleep. It takes a year.",
        "overall_status": "RECRUITING",
        "study_type": "INTERVENTIONAL",
        "phases": ["PHASE2"],
        "last_update_posted_date": date(2026, 11, 1),
        "last_update_posted_date_precision": "day",
        "imported_at": NOW,
    }
    row |= values
    if row["last_update_posted_date"] is None:
        row["last_update_posted_date_precision"] = ""
    return Trial(**row)


def hide(trial: Trial, by: User) -> Trial:
    """Hide a trial."""
    trial.hidden_at, trial.hidden_by = NOW, by
    trial.save()
    return trial


def leave(trial: Trial) -> Trial:
    """Mark a trial as gone from the registry."""
    trial.left_registry_on = date(2026, 10, 1)
    trial.save()
    return trial


def add_condition(trials: list[Trial], name: str = "Lupus", slug: str = "lupus") -> Condition:
    """Let trials name a condition, and count its trials."""
    condition, _ = Condition.objects.get_or_create(slug=slug, defaults={"name": name})
    TrialCondition.objects.bulk_create(
        TrialCondition(trial=trial, condition=condition, name=name, position=0) for trial in trials
    )
    count_trials([condition.pk])
    return condition


def add_headings(
    trials: list[Trial], direct: Sequence[str], above: Sequence[str] = (), about: str = "CONDITION"
) -> None:
    """Give trials MeSH headings, and the headings above them, nearest first."""
    terms = [(term, term in above) for term in (*direct, *above)]
    headings = {
        term: MeshTerm.objects.get_or_create(ui=term[:64], defaults={"term": term})[0]
        for term, _ in terms
    }
    TrialMeshTerm.objects.bulk_create(
        TrialMeshTerm(trial=trial, mesh_term=headings[term], about=about, is_ancestor=is_above)
        for trial in trials
        for term, is_above in terms
    )


def add_synonym(words: str, also: str, **values: Any) -> Synonym:
    """Write our editors' pair of two names for one thing."""
    keys = {"words_key": phrase_key(words), "also_key": phrase_key(also)}
    given = {"words": words, "also": also} | values
    return Synonym.objects.update_or_create(**keys, defaults=given)[0]  # it may be a known one


def add_sites(trial: Trial, amount: int, country: str = "Kenya", city: str = "Kisumu") -> None:
    """Let a trial run at so many places of one city."""
    facilities = Facility.objects.bulk_create(
        Facility(name=f"Clinic {number}", city=city, country=country, key=uuid4())
        for number in range(amount)
    )
    Site.everything.bulk_create(
        Site(trial=trial, facility=facility, position=number)
        for number, facility in enumerate(facilities)
    )


def publish(trial: Trial, by: User, **values: Any) -> EditorialText:
    """Give a trial a published text, reviewed on 15 June 2026."""
    row = {
        "plain_title": f"Plain title of {trial.nct_id}",
        "plain_summary": "For people who sleep badly, this study tests if walks may help.",
        "reviewed_on": date(2026, 6, 15),
        "published_at": NOW,
        "published_by": by,
        "based_on_version": trial.record_version,
        "state": EditorialText.State.PUBLISHED,
        "is_live": True,
    }
    return EditorialText.objects.create(trial=trial, **(row | values))
