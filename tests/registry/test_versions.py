"""Real records over time: an update writes exactly what differs."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from registry.database import FACTS, Physical, content_hashes, physical
from registry.records import Json
from trials import models
from trials.registry.decode import record_of
from trials.registry.run import import_studies
from trials.registry.tables import TABLES

# The parts of a record that each table's rows come from.
PARTS = {
    "Eligibility": ("eligibilityModule",),
    "Criterion": ("eligibilityModule",),
    "TrialCondition": ("conditionsModule",),
    "TrialMeshTerm": ("conditionBrowseModule", "interventionBrowseModule"),
    "TrialSponsor": ("sponsorCollaboratorsModule",),
    "Arm": ("armsInterventionsModule",),
    "Intervention": ("armsInterventionsModule",),
    "ArmIntervention": ("armsInterventionsModule",),
    "OutcomeMeasure": ("outcomesModule",),
    "CentralContact": ("contactsLocationsModule",),
    "OverallOfficial": ("contactsLocationsModule",),
    "Site": ("contactsLocationsModule",),
    "SiteContact": ("contactsLocationsModule",),
    "SiteInvestigator": ("contactsLocationsModule",),
    "Reference": ("referencesModule",),
    "Link": ("referencesModule",),
    "SecondaryId": ("identificationModule",),
}
# A number of the database says nothing; the place of what it points to does.
POINTERS = {"site_id": "Site", "arm_id": "Arm", "intervention_id": "Intervention"}


@pytest.fixture(scope="module")
def pairs(registry_sample: Path) -> list[tuple[Path, Path]]:
    """Return the consecutive versions of each trial."""
    found = []
    for folder in sorted((registry_sample / "registry" / "versions").glob("NCT*")):
        files = sorted(folder.glob("*.json"))
        found += pairwise(files)
    assert len(found) > 15
    return found


def said() -> dict[str, list[str]]:
    """Return what every column of every row says, in an order of its own."""
    rows = {model.__name__: list(model._default_manager.values()) for model in FACTS}
    places = {
        name: {row["id"]: row["position"] for row in rows[name]}
        for name in (*POINTERS.values(), "Criterion")
    }
    return {name: sorted(_said(row, name, places) for row in found) for name, found in rows.items()}


def _said(row: Json, name: str, places: dict[str, dict[int, int]]) -> str:
    plain = {
        k: v for k, v in row.items() if k not in ("id", "trial_id", "imported_at", "record_version")
    }
    for column, table in {**POINTERS, "parent_id": name}.items():
        if plain.get(column):
            plain[column] = places[table][plain[column]]
    return json.dumps(plain, default=str, sort_keys=True)


def parts(path: Path) -> Json:
    record = json.loads(path.read_bytes())
    return record.get("derivedSection", {}) | record["protocolSection"]


@pytest.mark.django_db
def test_every_version_pair_updates_exactly_what_differs(pairs: list[tuple[Path, Path]]) -> None:
    for old, new in pairs:
        models.Trial.everything.all().delete()
        import_studies([str(new)])
        fresh = said()
        models.Trial.everything.all().delete()
        import_studies([str(old)])
        before = physical(*FACTS)

        totals = import_studies([str(new)])

        assert (totals.changed, totals.rejected) == (1, 0), new
        assert said() == fresh, new
        _check_untouched(before, physical(*FACTS), parts(old), parts(new))


def _check_untouched(before: Physical, after: Physical, old: Json, new: Json) -> None:
    """The rows of parts that are the same lie where they lay."""
    for table in TABLES:
        name = table.model.__name__
        if all(old.get(part) == new.get(part) for part in PARTS[name]):
            assert before[name] == after[name], (new["identificationModule"], name)
    places = [part.get("contactsLocationsModule", {}).get("locations", []) for part in (old, new)]
    same = sum(one == other for one, other in zip(*places, strict=False))
    assert len(before["Site"].items() & after["Site"].items()) >= same


@pytest.mark.django_db
def test_versions_one_after_the_other_reach_the_hash_of_the_last(registry_sample: Path) -> None:
    folders = sorted((registry_sample / "registry" / "versions").glob("NCT*"))

    import_studies([str(folder) for folder in folders])

    last = [sorted(folder.glob("*.json"))[-1] for folder in folders]
    expected = [record_of(path.read_bytes(), "", "") for path in last]
    assert content_hashes() == {record.nct_id: record.content_hash for record in expected}
    for trial in models.Trial.everything.all():
        numbers = trial.record_versions.order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, trial.record_version + 1))


@pytest.mark.django_db
def test_sites_of_real_versions_keep_their_rows(registry_sample: Path) -> None:
    """In 288 sites of one trial one was dropped and eleven came: 277 rows have to stay."""
    folder = registry_sample / "registry" / "versions" / "NCT06868277"
    old, new = sorted(folder.glob("*.json"))
    import_studies([str(old)])
    before = set(models.Site.everything.values_list("id", flat=True))

    import_studies([str(new)])

    after = set(models.Site.everything.values_list("id", flat=True))
    assert (len(before), len(after), len(before & after)) == (278, 288, 277)


@pytest.mark.django_db
def test_every_real_record_is_taken_in(registry_sample: Path) -> None:
    source = str(registry_sample / "registry" / "studies.jsonl.gz")

    first = import_studies([source])
    again = import_studies([source])

    assert (first.new, first.rejected, first.broken_sources) == (1005, 0, 0)
    assert (again.unchanged, again.changed, again.new, again.rejected) == (1005, 0, 0, 0)
    run = models.ImportRun.objects.order_by("pk").last()
    assert (run.read, run.unchanged) == (1005, 1005)


@pytest.mark.django_db
def test_recorded_answers_and_invented_records_are_taken_in(registry_sample: Path) -> None:
    folder = registry_sample / "registry"

    pages = import_studies([str(folder / "pages")])
    invented = import_studies([str(folder / "negative")])

    assert pages.new > 10
    assert pages.complete
    assert invented.read >= 6
    assert invented.complete
    assert invented.odd_values > 0
