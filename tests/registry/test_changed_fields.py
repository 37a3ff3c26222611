"""What the importer says that a record changed: held to every element, and to real records."""

import copy
import csv
import json
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from registry import records
from registry.database import Importer, physical, statements
from registry.elements import Element, changed_study, elements, emptied_study, full_study
from registry.records import Json, whole
from tests import factories as make
from trials.editorial import staleness
from trials.models import EditorialText, ImportProblem, Passage, RecordVersion, Revision, Trial
from trials.registry import changes
from trials.registry.changes.fields import ELEMENTS, NOT_COMPARED
from trials.registry.decode import record_of
from trials.terms.desk import Part
from trials.terms.sources import UNREMARKABLE, Source

pytestmark = pytest.mark.django_db

ALL = [element for element in elements() if element.path != "identification_module.nct_id"]
# Each field of the record belongs to one passage, so that a change makes exactly one stale.
SOURCES = {
    part: [source.value for source in list(Source)[number :: len(Part)]]
    for number, part in enumerate(Part)
}


def source_of(element: Element) -> Source | None:
    """Return the field that an element belongs to; None where it is not compared."""
    if any(element.path.startswith(path) for path in NOT_COMPARED):
        return None
    (found,) = {
        source
        for source, paths in ELEMENTS.items()
        for path in paths
        if element.path == path or element.path.startswith((f"{path}.", f"{path}[]"))
    }
    return found


def numbered(number: int, study: Json) -> Json:
    study["protocolSection"]["identificationModule"]["nctId"] = records.nct(number)
    return study


def changed_fields(number: int = 1, version: int = 2) -> list[str]:
    return RecordVersion.objects.get(
        trial__nct_id=records.nct(number), number=version
    ).changed_fields


def write_texts(by: User) -> None:
    """Give every trial a live text whose passages share out the fields of the record."""
    for trial in Trial.everything.all():
        text = make.make_published_text(trial)
        text.live, _ = Revision.objects.get_or_create(
            text=text, number=1, defaults={"saved_at": make.NOW, "saved_by": by}
        )
        text.live.passages.all().delete()
        text.save()
        Passage.objects.bulk_create(
            Passage(revision=text.live, part=part, based_on_version=1, sources=sources)
            for part, sources in SOURCES.items()
        )


def retitle(protocol: Json) -> None:
    protocol["identificationModule"]["briefTitle"] = "Cold Milk"


def close(protocol: Json) -> None:
    protocol["statusModule"]["overallStatus"] = "COMPLETED"


# --- Mutations --------------------------------------------------------------------------------


@pytest.mark.parametrize("mutate", [changed_study, emptied_study], ids=["another", "none"])
def test_change_of_one_element_is_a_change_of_its_field_and_touches_no_text(
    take: Importer, ada: User, mutate: Callable[[Json, Element], Json]
) -> None:
    study = full_study()
    take(*(numbered(number, copy.deepcopy(study)) for number in range(len(ALL))))
    write_texts(ada)
    texts = list(EditorialText.objects.order_by("pk").values())
    rows = physical(EditorialText, Revision, Passage)

    take(*(numbered(number, mutate(study, element)) for number, element in enumerate(ALL)))

    for number, element in enumerate(ALL):
        source = source_of(element)
        fields = [source] if source else []
        trial = Trial.everything.select_related("editorial__live").get(nct_id=records.nct(number))
        assert changed_fields(number) == fields, element.path
        assert staleness.stale_parts(trial.editorial.live) == {
            part: fields for part, sources in SOURCES.items() if source in sources
        }, element.path
        assert staleness.changes_since(trial, 1) == [
            field for field in fields if field not in UNREMARKABLE
        ], element.path
    assert list(EditorialText.objects.order_by("pk").values()) == texts
    assert physical(EditorialText, Revision, Passage) == rows


# --- Importing --------------------------------------------------------------------------------


def test_first_version_changed_nothing(take: Importer) -> None:
    take(whole())

    assert changed_fields(version=1) == []


def test_each_version_is_held_against_the_one_before(take: Importer) -> None:
    def retitle_and_close(protocol: Json) -> None:
        retitle(protocol)
        close(protocol)

    take(whole())
    take(whole(change=retitle))
    take(whole(change=retitle_and_close))

    assert changed_fields(version=2) == [Source.BRIEF_TITLE]
    assert changed_fields(version=3) == [Source.OVERALL_STATUS]


def test_element_that_nobody_reads_makes_a_version_without_changes(take: Importer) -> None:
    take(whole())
    take(
        whole(change=lambda protocol: protocol.update(oversightModule={"isFdaRegulatedDrug": True}))
    )

    assert changed_fields() == []


def test_version_before_that_cannot_be_read_is_a_problem_and_claims_nothing(take: Importer) -> None:
    take(whole(1), whole(2))
    RecordVersion.objects.filter(trial__nct_id=records.nct(1)).update(raw=b"rust")

    take(whole(1, retitle), whole(2, retitle))

    assert changed_fields(1) == []
    assert changed_fields(2) == [Source.BRIEF_TITLE]
    (problem,) = ImportProblem.objects.all()
    assert (problem.nct_id, problem.record_version) == (records.nct(1), 2)
    assert "can't be read" in problem.message


def test_batch_reads_the_versions_before_in_one_statement(take: Importer) -> None:
    take(*map(whole, range(20)))
    with statements() as unchanged:
        take(*map(whole, range(20)))
    with statements() as changed:
        take(*(whole(number, retitle) for number in range(20)))

    def reading(said: list[str]) -> int:
        return sum("SELECT trial_id, raw" in statement for statement in said)

    assert (reading(unchanged), reading(changed)) == (0, 1)


# --- Between versions -------------------------------------------------------------------------


def test_between_shows_the_words_that_differ_over_several_versions(take: Importer) -> None:
    def older(protocol: Json) -> None:
        records.criteria_of(protocol, ("three nights", "four nights"))

    def and_louder(protocol: Json) -> None:
        older(protocol)
        records.criteria_of(protocol, ("Milk allergy", "No milk allergy"))

    for change in (lambda _: None, older, and_louder):
        take(whole(change=change))

    (found,) = changes.between(Trial.everything.get().pk, 1, 3)

    assert (found.source, found.kind, found.urgency) == ("criteria", "who_can_join", "high")
    said = [[(segment.op, segment.text) for segment in line] for line in found.lines]
    assert [
        ("equal", "* Sleeps badly"),
        ("del", "three"),
        ("ins", "four"),
        ("equal", "nights a week"),
    ] in said
    assert [("equal", "*"), ("del", "Milk"), ("ins", "No milk"), ("equal", "allergy")] in said


def test_between_a_version_that_is_not_there_is_said(take: Importer) -> None:
    take(whole())

    with pytest.raises(RecordVersion.DoesNotExist):
        changes.between(Trial.everything.get().pk, 1, 2)


# --- Real records -----------------------------------------------------------------------------

# What the registry writes, in the importer's fields; nothing for what is not read.
PATHS: dict[str, set[Source]] = {
    "armsInterventionsModule.armGroups": {Source.ARMS},
    "armsInterventionsModule.interventions": {Source.INTERVENTIONS, Source.ARMS},
    "contactsLocationsModule.centralContacts": {Source.CENTRAL_CONTACTS},
    "contactsLocationsModule.locations": {
        Source.SITES, Source.SITE_STATUSES, Source.SITE_CONTACTS,
    },
    "descriptionModule.detailedDescription": {Source.DETAILED_DESCRIPTION},
    "designModule.designInfo.interventionModelDescription": {Source.DESIGN},
    "designModule.enrollmentInfo.count": {Source.ENROLLMENT},
    "eligibilityModule.eligibilityCriteria": {Source.CRITERIA},
    "identificationModule.acronym": {Source.ACRONYM},
    "identificationModule.briefTitle": {Source.BRIEF_TITLE},
    "outcomesModule.primaryOutcomes": {Source.PRIMARY_OUTCOMES},
    "outcomesModule.secondaryOutcomes": {Source.OTHER_OUTCOMES},
    "referencesModule.references": {Source.REFERENCES},
    "referencesModule.seeAlsoLinks": {Source.REFERENCES},
    "statusModule.completionDateStruct.date": {Source.COMPLETION_DATE},
    "statusModule.primaryCompletionDateStruct.date": {Source.PRIMARY_COMPLETION_DATE},
    "statusModule.startDateStruct.date": {Source.START_DATE},
    "statusModule.startDateStruct.type": {Source.START_DATE},
    "statusModule.overallStatus": {Source.OVERALL_STATUS},
    "statusModule.lastKnownStatus": {Source.OVERALL_STATUS},
    "statusModule.statusVerifiedDate": {Source.RECORD_DATES},
    "statusModule.studyFirstPostDateStruct.type": {Source.RECORD_DATES},
    "statusModule.lastUpdatePostDateStruct.date": {Source.RECORD_DATES},
    "statusModule.lastUpdatePostDateStruct.type": {Source.RECORD_DATES},
}  # fmt: skip
NOT_READ = (
    "ipdSharingStatementModule.",
    "statusModule.lastUpdateSubmitDate",
    "derivedSection.conditionBrowseModule.browse",
    "derivedSection.interventionBrowseModule.browse",
)
# The registry moved one site's point, and nothing else of its sites.
ONLY_A_POINT = "NCT06825494"


def test_real_transitions_change_what_they_are_known_to_change(registry_sample: Path) -> None:
    folder = registry_sample / "registry" / "versions"
    with (folder / "CHANGES.tsv").open() as file:
        transitions = list(csv.DictReader(file, delimiter="\t"))
    assert len(transitions) > 15
    for known in transitions:
        before, after = (
            record_of((folder / known["nctId"] / known[name]).read_bytes(), "", "").study
            for name in ("from_file", "to_file")
        )
        found = set(changes.changed(before, after))
        read = [path for path in known["changed_paths"].split(",") if not path.startswith(NOT_READ)]
        assert found <= set().union(*(PATHS[path] for path in read)), known
        missing = [path for path in read if not found & PATHS[path]]
        assert missing == (
            ["contactsLocationsModule.locations"] if known["nctId"] == ONLY_A_POINT else []
        ), known


def test_real_versions_are_consecutive_in_the_database(
    take: Importer, registry_sample: Path
) -> None:
    folder = registry_sample / "registry" / "versions" / "NCT07386002"
    files = sorted(folder.glob("*.json"))
    for file in files:
        take(json.loads(file.read_bytes()))

    studies = [record_of(file.read_bytes(), "", "").study for file in files]
    kept = RecordVersion.objects.order_by("number").values_list("changed_fields", flat=True)
    assert list(kept) == [[], *(changes.changed(*pair) for pair in pairwise(studies))]


# --- Versions from before ---------------------------------------------------------------------


def test_migration_fills_versions_from_before_as_the_importer_would(take: Importer) -> None:
    take(whole(1), whole(2), whole(3))
    for change in (retitle, close):
        take(whole(1, change), whole(2, change))
    expected = list(RecordVersion.objects.order_by("pk").values_list("changed_fields", flat=True))
    RecordVersion.objects.update(changed_fields=[])

    import_module("trials.migrations.0008_changed_fields").fill(apps, None)

    found = RecordVersion.objects.order_by("pk").values_list("changed_fields", flat=True)
    assert list(found) == expected
    assert [Source.BRIEF_TITLE, Source.OVERALL_STATUS] in expected


def test_migration_claims_nothing_of_a_version_that_cannot_be_read(take: Importer) -> None:
    for change in (lambda _: None, retitle, lambda _: None):
        take(whole(change=change))
    RecordVersion.objects.filter(number=2).update(raw=b"rust")
    RecordVersion.objects.update(changed_fields=[])

    import_module("trials.migrations.0008_changed_fields").fill(apps, None)

    assert [changed_fields(version=number) for number in (1, 2, 3)] == [[], [], []]
