"""What an import writes, keeps and leaves alone."""

from datetime import UTC, date, datetime
from typing import Any

import msgspec
import pytest
import zstandard
from django.contrib.auth.models import User

from registry import records
from registry.database import Importer, content_hashes, physical, statements
from registry.records import Json, criteria_of, nct, sites_of, whole
from trials import models


def trial(number: int = 1) -> models.Trial:
    return models.Trial.everything.get(nct_id=nct(number))


def test_import_writes_a_study_whole(take: Importer) -> None:
    totals = take(whole())

    assert (totals.read, totals.new, totals.rejected, totals.odd_values) == (1, 1, 0, 0)
    found = trial()
    assert found.brief_title == "Warm Milk for Restless Sleep"
    assert found.phases == ["PHASE2", "PHASE3"]
    assert [site.facility.city for site in found.sites.all()] == [
        "Northfield",
        "Lyon",
        "Southfield",
    ]
    assert found.sites.first().contacts.get().phone == "555-0111"
    assert found.trial_sponsors.get(role="LEAD").sponsor.name == "Example Sleep Institute"
    assert [entry.condition.slug for entry in found.trial_conditions.all()] == [
        "insomnia",
        "restless-sleep",
    ]
    assert found.eligibility.minimum_age_months == 216
    first = found.criteria.first()
    assert [child.text for child in first.children.all()] == [
        "Sleeps badly three nights a week",
        "Likes milk",
    ]
    assert found.arms.first().arm_interventions.get().intervention.name == "Warm milk"
    assert (found.hidden_at, found.hidden_reason, found.left_registry_on) == (None, "", None)


def test_import_keeps_the_raw_record(take: Importer) -> None:
    take(whole())

    version = trial().record_versions.get()
    assert zstandard.decompress(version.raw) == records.raw(whole())
    assert (version.number, version.data_version) == (1, "2026-05-21")
    assert len(bytes(version.content_hash)) == 32


def test_same_file_twice_writes_nothing(take: Importer) -> None:
    take(whole(1), whole(2))
    before = physical()

    totals = take(whole(1), whole(2))

    assert (totals.unchanged, totals.new, totals.changed) == (2, 0, 0)
    assert physical() == before


def test_new_version_holder_alone_writes_nothing(take: Importer) -> None:
    take(whole())
    before = physical()
    study = whole()
    study["derivedSection"]["miscInfoModule"]["versionHolder"] = "2026-06-01"

    assert take(study).unchanged == 1
    assert physical() == before


def test_changed_study_is_a_new_version(take: Importer) -> None:
    take(whole())
    changed = whole(1, lambda p: p["statusModule"].update(overallStatus="COMPLETED"))

    totals = take(changed)

    assert (totals.changed, totals.new, totals.unchanged) == (1, 0, 0)
    assert (trial().overall_status, trial().record_version) == ("COMPLETED", 2)
    assert list(trial().record_versions.order_by("number").values_list("number", flat=True)) == [
        1,
        2,
    ]


def test_change_of_the_status_touches_the_trial_alone(take: Importer) -> None:
    take(whole(1), whole(2))
    before = physical()

    take(whole(1, lambda p: p["statusModule"].update(overallStatus="COMPLETED")))

    after = physical()
    (touched,) = set(after["Trial"].items()) - set(before["Trial"].items())
    assert touched[0] == trial().id
    for name in before.keys() - {"Trial", "RecordVersion", "Condition"}:  # which counts open trials
        assert after[name] == before[name], name


# --- What an import does not touch -------------------------------------------------------------


def test_hiding_stays(take: Importer) -> None:
    take(whole())
    ada = User.objects.create(username="ada")
    hidden = datetime(2026, 1, 1, tzinfo=UTC)
    models.Trial.everything.update(hidden_at=hidden, hidden_by=ada, hidden_reason="asked to")

    take(whole(1, lambda p: p["statusModule"].update(overallStatus="COMPLETED")))

    assert (trial().overall_status, trial().hidden_at) == ("COMPLETED", hidden)
    assert (trial().hidden_by, trial().hidden_reason) == (ada, "asked to")


def test_editorial_text_stays(take: Importer) -> None:
    take(whole())
    models.EditorialText.objects.create(
        trial=trial(), plain_title="Milk at night", based_on_version=1
    )
    before = physical(models.EditorialText)

    take(whole(1, lambda p: p["statusModule"].update(overallStatus="COMPLETED")))

    assert physical(models.EditorialText) == before


# --- Former ids, leaving and coming back -------------------------------------------------------


def aliased(number: int, *aliases: str) -> Json:
    return whole(number, lambda p: p["identificationModule"].update(nctIdAliases=list(aliases)))


def test_former_ids_become_redirects(take: Importer) -> None:
    take(aliased(1, "NCT00000007", nct(2)))

    assert dict(models.IdRedirect.objects.values_list("nct_id", "trial__nct_id")) == {
        "NCT00000007": nct(1),
        nct(2): nct(1),
    }


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_trial_under_a_former_id_has_left_whatever_the_order(
    take: Importer, order: tuple[int, int]
) -> None:
    studies = {1: aliased(1, nct(2)), 2: whole(2)}

    take(*(studies[number] for number in order))
    before = physical(models.Trial)

    assert trial(2).left_registry_on == models.ImportRun.objects.get().started_at.date()
    assert trial(1).left_registry_on is None
    take(*studies.values())
    assert physical(models.Trial) == before


def test_former_id_that_is_no_longer_named_is_no_redirect(take: Importer) -> None:
    take(aliased(1, nct(2)), whole(2))

    take(whole(1))
    take(whole(2))

    assert not models.IdRedirect.objects.exists()
    assert trial(2).left_registry_on is None


@pytest.mark.parametrize("change", [False, True])
def test_trial_that_had_left_comes_back(take: Importer, change: bool) -> None:
    take(whole())
    models.Trial.everything.update(left_registry_on=date(2026, 1, 1))

    take(
        whole(1, lambda p: p["statusModule"].update(overallStatus="COMPLETED") if change else None)
    )

    assert trial().left_registry_on is None


# --- Many at once ------------------------------------------------------------------------------


def test_batch_costs_the_same_statements_for_one_and_for_many(take: Importer) -> None:
    def changed(number: int) -> Json:
        def change(protocol: Json) -> None:
            unique(number)(protocol)
            sites_of(protocol)[0].update(status="COMPLETED")
            criteria_of(protocol, ("Likes milk", "Likes warm milk"))

        return whole(number, change)

    take(whole(500))
    with statements() as for_one:
        take(whole(1, unique(1)))
    with statements() as for_many:
        take(*(whole(number, unique(number)) for number in range(2, 202)))
    with statements() as for_one_changed:
        take(changed(1))
    with statements() as for_many_changed:
        take(*(changed(number) for number in range(2, 202)))
    with statements() as for_many_unchanged:
        take(*(changed(number) for number in range(2, 202)))

    assert len(for_one) == len(for_many)
    assert len(for_one_changed) == len(for_many_changed)
    assert len(for_many) < 110  # rows of facts, what searches read, and the end of the run
    assert len(for_many_changed) < 91
    assert len(for_many_unchanged) < 16


def unique(number: int) -> Any:
    """Return a change that gives a study a place, sponsor and condition of its own."""

    def change(protocol: Json) -> None:
        sites_of(protocol)[0]["facility"] = f"Hospital number {number}"
        protocol["sponsorCollaboratorsModule"]["leadSponsor"]["name"] = f"Sponsor {number}"
        protocol["conditionsModule"]["conditions"].append(f"Illness {number}")

    return change


def test_shared_rows_are_shared(take: Importer) -> None:
    take(whole(1), whole(2))
    take(whole(3))

    assert models.Facility.objects.count() == 3
    assert models.Sponsor.objects.count() == 2
    assert models.Condition.objects.count() == 2
    assert models.MeshTerm.objects.count() == 3


def test_same_trial_twice_in_a_file_ends_as_the_last(take: Importer) -> None:
    done = whole(1, lambda p: p["statusModule"].update(overallStatus="COMPLETED"))

    totals = take(whole(1), whole(2), done, done)

    assert (totals.new, totals.changed, totals.unchanged) == (2, 1, 1)
    assert trial().overall_status == "COMPLETED"


# --- Problems ----------------------------------------------------------------------------------


def test_odd_value_is_a_problem_of_the_version_that_holds_it(take: Importer) -> None:
    take(whole())

    totals = take(
        whole(1, lambda p: p["statusModule"]["startDateStruct"].update(date="2019-02-30"))
    )

    assert totals.odd_values == 1
    assert totals.complete
    problem = models.ImportProblem.objects.get()
    assert (problem.kind, problem.trial, problem.record_version) == ("ODD_VALUE", trial(), 2)
    assert problem.path == "protocolSection.statusModule.startDateStruct.date"
    assert problem.value == "2019-02-30"
    assert problem.source == str(take.path)
    assert problem.position == "record 1, line 1, byte 0"
    assert trial().start_date is None


def test_rejected_record_is_a_problem_and_its_neighbours_stand(take: Importer) -> None:
    bad = whole(2, lambda p: p["identificationModule"].update(nctId="NCT-TWO"))

    totals = take(whole(1), bad, whole(3))

    assert (totals.new, totals.rejected, totals.complete) == (2, 1, False)
    problem = models.ImportProblem.objects.get()
    assert (problem.kind, problem.trial, problem.nct_id) == ("REJECTED", None, "NCT-TWO")
    assert problem.position.startswith("record 2, line 2, ")
    assert "no valid NCT id" in problem.message
    assert totals.first_problems == [
        f"{take.path}, {problem.position} (NCT-TWO): {problem.message}"
    ]


def test_cut_off_file_imports_what_is_whole_and_says_where(take: Importer) -> None:
    from trials.registry.run import import_studies

    take.path.write_bytes(records.lines(whole(1), whole(2))[:-700])
    totals = import_studies([str(take.path)])

    assert (totals.new, totals.rejected, totals.broken_sources) == (1, 1, 1)
    assert set(content_hashes()) == {nct(1)}
    rejected, cut = models.ImportProblem.objects.order_by("-kind")
    assert (rejected.kind, rejected.nct_id) == ("REJECTED", nct(2))
    assert (cut.kind, cut.position) == ("CUT_OFF", rejected.position)


def test_run_holds_its_totals(take: Importer) -> None:
    take(whole(1), whole(2))
    take(whole(1), whole(2, lambda p: p.pop("designModule")), whole(3), {"protocolSection": 1})

    run = models.ImportRun.objects.latest("pk")
    assert (run.read, run.new, run.changed, run.unchanged, run.rejected) == (4, 1, 1, 1, 1)
    assert run.sources == str(take.path)
    assert run.finished_at > run.started_at


def test_study_that_the_database_refuses_is_rejected_alone(
    take: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No such study is known: one is made by letting an impossible point through."""
    from trials.registry.parsers import places

    monkeypatch.setattr(places, "_point", lambda location, _: (location.geo_point.lat, 0.0))
    bad = whole(2, lambda p: sites_of(p)[0]["geoPoint"].update(lat=500))

    totals = take(whole(1), bad, whole(3))

    assert (totals.new, totals.rejected, totals.read) == (2, 1, 3)
    assert set(content_hashes()) == {nct(1), nct(3)}
    problem = models.ImportProblem.objects.get()
    assert (problem.nct_id, problem.kind) == (nct(2), "REJECTED")
    assert "The database refused it" in problem.message
    run = models.ImportRun.objects.get()
    assert (run.read, run.new, run.rejected) == (3, 2, 1)


def test_hash_in_the_database_is_that_of_the_record(take: Importer) -> None:
    from trials.registry.decode import record_of

    take(whole(1))

    assert content_hashes() == {nct(1): record_of(records.raw(whole(1)), "", "").content_hash}
    assert msgspec.json.decode(records.raw(whole(1))) == whole(1)
