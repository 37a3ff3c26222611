"""Our enumerations are the registry's, value for value."""

import json
from pathlib import Path

import pytest
from django.db.models import TextChoices

from trials.terms import registry

# The registry's name of each; those missing here are ours alone.
NAMES = {
    registry.OverallStatus: "Status",
    registry.RecruitmentStatus: "RecruitmentStatus",
    registry.StudyType: "StudyType",
    registry.Phase: "Phase",
    registry.Sex: "Sex",
    registry.StandardAge: "StandardAge",
    registry.SamplingMethod: "SamplingMethod",
    registry.DateType: "DateType",
    registry.EnrollmentType: "EnrollmentType",
    registry.AgencyClass: "AgencyClass",
    registry.PrimaryPurpose: "PrimaryPurpose",
    registry.Allocation: "DesignAllocation",
    registry.InterventionModel: "InterventionalAssignment",
    registry.ObservationalModel: "ObservationalModel",
    registry.TimePerspective: "DesignTimePerspective",
    registry.Masking: "DesignMasking",
    registry.WhoMasked: "WhoMasked",
    registry.ArmType: "ArmGroupType",
    registry.InterventionType: "InterventionType",
    registry.ReferenceType: "ReferenceType",
}


def choices() -> list[type[TextChoices]]:
    return [
        entry for entry in vars(registry).values()
        if isinstance(entry, type) and issubclass(entry, TextChoices) and entry is not TextChoices
    ]  # fmt: skip


@pytest.fixture(scope="module")
def official(registry_sample: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads((registry_sample / "spec" / "enums.json").read_text())
    return found


@pytest.mark.parametrize("ours", NAMES, ids=lambda ours: ours.__name__)
def test_enumeration_is_the_registrys(
    ours: type[TextChoices], official: dict[str, list[str]]
) -> None:
    assert set(ours.values) == set(official[NAMES[ours]])


@pytest.mark.parametrize("ours", choices(), ids=lambda ours: ours.__name__)
def test_values_fit_their_column_and_have_labels(ours: type[TextChoices]) -> None:
    assert all(len(value) <= 32 for value in ours.values)
    assert all(label.strip() for label in ours.labels)


def test_open_statuses_are_statuses() -> None:
    assert set(registry.OverallStatus) >= registry.OPEN_NOW | registry.OPEN_SOON
    assert not registry.OPEN_NOW & registry.OPEN_SOON
