"""Typed studies into rows: each oddity of tests/data/registry becomes a slip, the rest stands."""

import datetime

from registry.records import Json, load, parsed, raw, said, whole
from trials import models
from trials.registry.decode import record_of
from trials.registry.parse import ParsedStudy, parse
from trials.registry.parsers.values import Row


def rows(study: ParsedStudy, model: type) -> list[Row]:
    return study.rows[model]


def column(study: ParsedStudy, model: type, name: str) -> list[object]:
    return [row[name] for row in study.rows[model]]


def test_whole_study_has_no_slips() -> None:
    assert parsed("whole").slips == []


def test_whole_study_fills_the_trial() -> None:
    trial = parsed("whole").trial

    assert trial["nct_id"] == "NCT99910001"
    assert trial["acronym"] == "MILKY"
    assert trial["overall_status"] == "RECRUITING"
    assert trial["phases"] == ["PHASE2", "PHASE3"]
    assert trial["who_masked"] == ["PARTICIPANT", "INVESTIGATOR"]
    assert (trial["enrollment_count"], trial["enrollment_type"]) == (120, "ESTIMATED")
    assert trial["keywords"] == ["sleep", "milk"]
    assert trial["has_results"] is False


def test_dates_keep_their_precision_and_type() -> None:
    trial = parsed("whole").trial

    assert trial["start_date"] == datetime.date(2026, 1, 15)
    assert (trial["start_date_precision"], trial["start_date_type"]) == ("day", "ACTUAL")
    assert trial["primary_completion_date"] == datetime.date(2027, 6, 1)
    assert trial["primary_completion_date_precision"] == "month"
    assert trial["completion_date"] == datetime.date(2028, 1, 1)
    assert trial["completion_date_precision"] == "year"
    assert trial["results_first_posted_date"] is None
    assert trial["results_first_posted_date_precision"] == ""


def test_whole_study_fills_its_tables() -> None:
    study = parsed("whole")

    assert {model.__name__: len(found) for model, found in study.rows.items()} == {
        "Eligibility": 1, "Criterion": 6, "TrialCondition": 2, "TrialMeshTerm": 3,
        "TrialSponsor": 2, "Arm": 2, "Intervention": 2, "ArmIntervention": 2, "OutcomeMeasure": 2,
        "SecondaryId": 2, "CentralContact": 1, "OverallOfficial": 1, "Site": 3, "SiteContact": 2,
        "SiteInvestigator": 1, "Reference": 1, "Link": 1,
    }  # fmt: skip
    for model, found in study.rows.items():
        if model is not models.OutcomeMeasure and found and "position" in found[0]:
            by_owner: dict[int, list[int]] = {}
            for row in found:
                by_owner.setdefault(id(row.get("site")), []).append(row["position"])
            assert all(places == list(range(len(places))) for places in by_owner.values()), model


def test_a_record_with_nothing_but_its_id_is_a_trial() -> None:
    study = parsed("only-an-id")

    assert study.trial["nct_id"] == "NCT99910002"
    assert study.slips == []
    assert [model for model, found in study.rows.items() if found] == [models.Eligibility]


def test_sites_hold_place_status_point_and_people() -> None:
    study = parsed("whole")
    first, second, third = rows(study, models.Site)

    assert first["facility"] | {"key": None} == {
        "name": "Northfield General Hospital", "city": "Northfield", "state": "Minnesota",
        "zip": "55057", "country": "United States", "key": None,
    }  # fmt: skip
    assert (first["latitude"], first["longitude"]) == (44.45, -93.16)
    assert second["recruitment_status"] == "NOT_YET_RECRUITING"
    (bo, di) = rows(study, models.SiteContact)
    assert (bo["site"], bo["name"], bo["email"]) == (first, "Bo Nurse", "bo@example.org")
    assert di["site"] is second
    assert column(study, models.SiteInvestigator, "name") == ["Cy Doctor"]
    assert third["position"] == 2


def test_places_are_one_but_for_case_and_blanks() -> None:
    first = rows(parsed("whole"), models.Site)[0]["facility"]
    odd = rows(parsed("contacts-without-anything"), models.Site)[0]["facility"]

    assert first["key"].version is None or first["key"].int > 0
    assert odd["name"] == "A"
    assert odd["key"] != first["key"]


def test_impossible_dates_are_left_out() -> None:
    study = parsed("impossible-dates")

    assert said(study) == {
        ("statusModule.startDateStruct.date", "2019-02-30"),
        ("statusModule.completionDateStruct.date", "Spring 2020"),
        ("statusModule.primaryCompletionDateStruct.date", "2021-13"),
        ("statusModule.studyFirstPostDateStruct.type", "GUESSED"),
    }
    assert study.trial["start_date"] is None
    assert (study.trial["start_date_precision"], study.trial["start_date_type"]) == ("", "")
    assert study.trial["first_posted_date"] == datetime.date(2018, 4, 1)
    assert study.trial["status_verified_date"] == datetime.date(2019, 2, 1)


def test_unknown_codes_are_left_out() -> None:
    study = parsed("unknown-codes")

    assert said(study) == {
        ("statusModule.overallStatus", "ON_HOLD"),
        ("designModule.studyType", "MAGIC"),
        ("designModule.phases", "PHASE9"),
        ("designModule.designInfo.allocation", "DICE"),
        ("designModule.designInfo.maskingInfo.whoMasked", "THE_CAT"),
        ("contactsLocationsModule.locations.status", "PERHAPS"),
    }
    assert study.trial["phases"] == ["PHASE2"]
    assert study.trial["overall_status"] == ""
    assert study.trial["masking"] == "DOUBLE"


def test_strange_ages_are_shown_as_written_and_not_searched_by() -> None:
    study = parsed("strange-ages")
    (limits,) = rows(study, models.Eligibility)

    assert said(study) == {
        ("eligibilityModule.minimumAge", "about 18"),
        ("eligibilityModule.maximumAge", "900 Years"),
    }
    assert (limits["minimum_age"], limits["minimum_age_months"]) == ("about 18", None)
    assert (limits["maximum_age"], limits["maximum_age_months"]) == ("900 Years", None)


def test_ages_the_wrong_way_round_are_not_searched_by() -> None:
    study = parsed("ages-the-wrong-way-round")
    (limits,) = rows(study, models.Eligibility)

    assert said(study) == {("eligibilityModule.minimumAge", "65 Years to 18 Years")}
    assert limits["minimum_age_months"] is limits["maximum_age_months"] is None


def test_points_off_the_earth_are_left_out() -> None:
    study = parsed("points-off-the-earth")

    assert said(study) == {
        ("contactsLocationsModule.locations.geoPoint", "500.0, 10.0"),
        ("contactsLocationsModule.locations.geoPoint", "12.5, None"),
    }
    assert column(study, models.Site, "latitude") == [None, None, -12.5]
    assert column(study, models.Site, "longitude") == [None, None, 180.0]


def test_mojibake_is_mended_where_it_is_and_nowhere_else() -> None:
    study = parsed("mojibake")

    assert study.trial["brief_title"] == "Treatment of Sjögren’s Syndrome in Córdoba"
    assert study.trial["brief_summary"] == "Temperature above 38 °C and patients’ own words"
    assert study.trial["detailed_description"] == "A naïve Größe, 38 °C, fine as it is"
    assert {path for path, _ in said(study)} == {
        "identificationModule.briefTitle",
        "descriptionModule.briefSummary",
    }


def test_wrong_types_leave_the_rest_standing() -> None:
    study = parsed("wrong-types")

    assert study.trial["acronym"] == ""
    assert column(study, models.TrialCondition, "name") == ["Asthma", "Cough"]
    assert column(study, models.SecondaryId, "value") == ["A-1"]
    assert column(study, models.Site, "latitude") == [None]
    assert rows(study, models.Eligibility)[0]["healthy_volunteers"] is None
    assert len(study.slips) == 11


def test_two_spellings_of_a_condition_are_one_and_opposites_are_two() -> None:
    study = parsed("two-spellings-of-one-condition")

    assert column(study, models.TrialCondition, "name") == [
        "Non-Small Cell Lung Cancer",
        "HER2+ Breast Cancer",
        "HER2- Breast Cancer",
    ]
    assert study.trial["keywords"] == ["a", "b"]


def test_endless_sponsor_name_is_cut_and_blank_ones_left_out() -> None:
    study = parsed("sponsor-with-an-endless-name")
    lead, helper = rows(study, models.TrialSponsor)

    assert len(lead["sponsor"]["name"]) == 600
    assert lead["sponsor"]["agency_class"] == ""
    assert helper["sponsor"] | {} == {"name": "Helper", "agency_class": "NIH"}
    assert [helper["role"], helper["position"]] == ["COLLABORATOR", 1]
    assert {path for path, _ in said(study)} == {
        "sponsorCollaboratorsModule.leadSponsor.name",
        "sponsorCollaboratorsModule.leadSponsor.class",
    }


def test_arms_and_interventions_linked_from_either_side_are_linked() -> None:
    study = parsed("arms-linked-from-one-side")

    pairs = [
        (row["arm"]["label"], row["intervention"]["name"])
        for row in rows(study, models.ArmIntervention)
    ]
    assert pairs == [("A", "Alpha: long acting"), ("B", "Beta")]
    assert column(study, models.Intervention, "other_names") == [[], ["Bee"]]
    assert said(study) == {("armsInterventionsModule.interventions.type", "POTION")}


def test_links_from_both_sides_are_made_once() -> None:
    assert len(rows(parsed("whole"), models.ArmIntervention)) == 2


def test_contacts_without_anything_are_left_out() -> None:
    study = parsed("contacts-without-anything")
    (desk,) = rows(study, models.CentralContact)

    assert (desk["name"], desk["phone"], desk["phone_ext"]) == ("", "555-0100", "7")
    assert column(study, models.OverallOfficial, "name") == ["Ed"]
    assert column(study, models.SiteInvestigator, "name") == ["Fay"]
    assert column(study, models.SiteContact, "name") == ["Gus"]
    assert said(study) == {
        ("contactsLocationsModule.centralContacts", "CONTACT"),
        ("contactsLocationsModule.overallOfficials.role", "BOSS"),
        ("contactsLocationsModule.locations.contacts", "CONTACT"),
    }


def test_aliases_are_canonical_others_and_once() -> None:
    study = parsed("aliases")

    assert study.aliases == ["NCT99919999", "NCT99910113"]
    assert said(study) == {("identificationModule.nctIdAliases", "OLD-1")}


def test_headings_without_an_id_are_left_out() -> None:
    study = parsed("headings-without-ids")
    found = [(r["mesh_term"]["ui"], r["is_ancestor"]) for r in rows(study, models.TrialMeshTerm)]

    assert found == [("D001249", False), ("D001249", True)]
    assert len(study.slips) == 2


def test_references_without_text_and_links_without_address_are_left_out() -> None:
    study = parsed("references-without-text")

    assert column(study, models.Reference, "pmid") == ["1", ""]
    assert column(study, models.Link, "url") == ["https://example.org/"]
    assert said(study) == {("referencesModule.references.type", "HEARSAY")}


def test_headcount_beyond_belief_is_left_out() -> None:
    study = parsed("headcount-beyond-belief")

    assert study.trial["enrollment_count"] is None
    assert study.trial["enrollment_type"] == "ACTUAL"
    assert study.trial["expanded_access_types"] == ["INDIVIDUAL", "TREATMENT"]
    assert said(study) == {("designModule.enrollmentInfo.count", "99999999999")}


def test_criteria_are_a_tree_in_reading_order() -> None:
    criteria = rows(parsed("whole"), models.Criterion)
    text = load("whole")["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]

    assert [row["position"] for row in criteria] == list(range(6))
    assert all(row["text"] in text for row in criteria)
    for row in criteria:
        assert (row["parent"] is None) == (row["depth"] == 0)
        assert row["parent"] is None or row["parent"]["depth"] == row["depth"] - 1
    assert [r["section"] for r in criteria] == ["inclusion"] * 3 + ["exclusion"] * 3


def test_way_to_the_treatment_outside_the_trial_is_kept() -> None:
    def open_outside(protocol: Json) -> None:
        protocol["statusModule"]["expandedAccessInfo"] = {
            "hasExpandedAccess": True,
            "nctId": "nct99910028",
            "statusForNctId": "AVAILABLE",
        }

    study = parse(record_of(raw(whole(change=open_outside)), "a test", ""))
    assert study.trial["expanded_access_nct_id"] == "NCT99910028"
    assert study.trial["expanded_access_status"] == "AVAILABLE"


def test_way_outside_the_trial_without_a_valid_number_is_left_out() -> None:
    def odd(protocol: Json) -> None:
        protocol["statusModule"]["expandedAccessInfo"] = {
            "nctId": "ask us",
            "statusForNctId": "AVAILABLE",
        }

    study = parse(record_of(raw(whole(change=odd)), "a test", ""))
    assert ("statusModule.expandedAccessInfo.nctId", "ask us") in said(study)
    assert study.trial["expanded_access_nct_id"] == ""
    assert study.trial["expanded_access_status"] == ""
