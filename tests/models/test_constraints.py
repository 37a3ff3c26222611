"""Pairs and ranges that the database itself holds."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.db.models import Model
from django.utils import timezone

from trials import models as ours
from trials.models.trial import DATES

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = datetime.date(2026, 11, 22)


def make_trial(nct_id: str = "NCT99930001", **columns: Any) -> ours.Trial:
    return ours.Trial.everything.create(nct_id=nct_id, imported_at=NOW, **columns)


def make_person() -> User:
    return User.objects.create(username="ada")


def refused(constraint: str, make: Any) -> None:
    """Check that the database refuses a row, and by which rule."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


@pytest.mark.parametrize("nct_id", ["", "nct99930001", "NCT9993001", "NCT9993000A", "NCT9993000\n"])
def test_trial_has_a_canonical_id(nct_id: str) -> None:
    refused("trial_nct_id_canonical", lambda: make_trial(nct_id))


def test_trial_id_is_there_once() -> None:
    make_trial()

    refused("nct_id", make_trial)


@pytest.mark.parametrize("name", DATES)
@pytest.mark.parametrize(
    "columns", [{"": TODAY}, {"_precision": "day"}, {"": TODAY, "_precision": "hour"}]
)
def test_date_and_precision_are_a_pair(name: str, columns: dict[str, Any]) -> None:
    said = {f"{name}{suffix}": value for suffix, value in columns.items()}

    refused(f"trial_{name}_pair", lambda: make_trial(**said))
    make_trial(**{name: TODAY, f"{name}_precision": "month"})


def test_hidden_at_and_hidden_by_are_a_pair() -> None:
    refused("trial_hidden_pair", lambda: make_trial(hidden_at=NOW))
    refused("trial_hidden_pair", lambda: make_trial(hidden_by=make_person()))


def test_ages_are_in_order_and_not_negative() -> None:
    def limits(low: float | None, high: float | None) -> Any:
        return lambda: ours.Eligibility.objects.create(
            trial=trial, minimum_age_months=low, maximum_age_months=high
        )

    trial = make_trial()
    refused("eligibility_age_range", limits(12, 11))
    refused("eligibility_age_not_negative", limits(-1, None))
    refused("eligibility_age_not_negative", limits(None, -1))
    limits(12, 12)()


@pytest.mark.parametrize(("depth", "has_parent"), [(0, True), (1, False)])
def test_criterion_below_another_is_deeper(depth: int, has_parent: bool) -> None:
    said = {"trial": make_trial(), "section": "other", "role": "item", "text": "a"}
    above = ours.Criterion.objects.create(position=0, depth=0, **said)
    parent = above if has_parent else None

    refused(
        "criterion_parent_and_depth",
        lambda: ours.Criterion.objects.create(position=1, depth=depth, parent=parent, **said),
    )


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(1, None), (None, 1), (91, 0), (-91, 0), (0, 181), (0, -180.5)]
)
def test_site_stands_on_earth(latitude: float | None, longitude: float | None) -> None:
    trial, place = make_trial(), ours.Facility.objects.create(key="0" * 32)

    refused(
        "site_point",
        lambda: ours.Site.everything.create(
            trial=trial, facility=place, position=0, latitude=latitude, longitude=longitude
        ),
    )


def test_contact_says_something() -> None:
    trial = make_trial()

    refused(
        "centralcontact_says_something",
        lambda: ours.CentralContact.objects.create(trial=trial, position=0, role="CONTACT"),
    )


def test_trial_has_one_lead_sponsor() -> None:
    trial, one = make_trial(), ours.Sponsor.objects.create(name="One")
    lead = {"trial": trial, "role": "LEAD", "position": 0}
    ours.TrialSponsor.objects.create(sponsor=one, **lead)

    refused("trialsponsor_one_lead", lambda: ours.TrialSponsor.objects.create(sponsor=one, **lead))


def test_sponsor_is_there_once() -> None:
    ours.Sponsor.objects.create(name="One", agency_class="NIH")

    refused("sponsor_once", lambda: ours.Sponsor.objects.create(name="One", agency_class="NIH"))


def test_run_adds_up() -> None:
    refused(
        "importrun_adds_up", lambda: ours.ImportRun.objects.create(started_at=NOW, read=2, new=1)
    )


def test_version_number_is_there_once() -> None:
    trial, run = make_trial(), ours.ImportRun.objects.create(started_at=NOW)
    version = {"trial": trial, "run": run, "number": 1, "imported_at": NOW}
    ours.RecordVersion.objects.create(content_hash=b"", raw=b"", **version)

    refused(
        "recordversion_number_once",
        lambda: ours.RecordVersion.objects.create(content_hash=b"", raw=b"", **version),
    )


def test_problem_of_a_trial_names_its_version() -> None:
    trial, run = make_trial(), ours.ImportRun.objects.create(started_at=NOW)

    refused(
        "importproblem_trial_and_version",
        lambda: ours.ImportProblem.objects.create(run=run, kind="ODD_VALUE", trial=trial),
    )


def test_published_text_is_complete_and_has_a_publisher() -> None:
    trial = make_trial()

    def text(**columns: Any) -> Any:
        return lambda: ours.EditorialText.objects.create(trial=trial, **columns)

    refused("editorialtext_published_pair", text(published_at=NOW))
    refused("editorialtext_published_is_live", text(state="PUBLISHED"))
    refused("editorialtext_live_is_complete", text(is_live=True))
    refused(
        "editorialtext_live_is_complete",
        text(
            is_live=True,
            published_at=NOW,
            published_by=make_person(),
            reviewed_on=TODAY,
            based_on_version=1,
        ),
    )
    refused(
        "editorialtext_scheduled_is_approved",
        text(scheduled_at=NOW, scheduled_by=User.objects.get()),
    )


def deferred_pairs() -> list[tuple[type[Model], str]]:
    return [
        (ours.TrialCondition, "trialcondition_once"),
        (ours.TrialMeshTerm, "trialmeshterm_once"),
        (ours.ArmIntervention, "armintervention_once"),
    ]


@pytest.mark.parametrize(("model", "name"), deferred_pairs())
def test_pair_is_there_once(model: type[Model], name: str) -> None:
    (rule,) = (entry for entry in model._meta.constraints if entry.name == name)

    assert isinstance(rule, models.UniqueConstraint)
    assert rule.deferrable is models.Deferrable.DEFERRED
