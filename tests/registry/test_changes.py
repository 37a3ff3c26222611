"""Two states of a record: which fields differ, and in which words."""

import copy
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.elements import elements, full_study
from registry.records import Json, raw, sites_of, whole
from tests.difference_marks import shown
from trials.registry.changes import Difference, changed, differences
from trials.registry.changes.fields import ELEMENTS, NOT_COMPARED
from trials.registry.decode import record_of
from trials.registry.study import Study
from trials.terms.sources import Kind, Source, Urgency

Change = Callable[[Json], object]


def study(change: Change = lambda _: None) -> Study:
    return record_of(raw(whole(change=change)), "a test", "").study


def changed_by(change: Change, before: Change = lambda _: None) -> list[Source]:
    return changed(study(before), study(change))


def test_every_element_belongs_to_exactly_one_field() -> None:
    paths = [path for group in (*ELEMENTS.values(), NOT_COMPARED) for path in group]
    owners = {
        element.path: [
            path for path in paths if f"{element.path}.".startswith((f"{path}.", f"{path}[]"))
        ]
        for element in elements()
    }
    assert {path: owned for path, owned in owners.items() if len(owned) != 1} == {}
    assert set(paths) == {owned for (owned,) in owners.values()}
    assert set(ELEMENTS) == set(Source)


# --- What is no difference --------------------------------------------------------------------


def rewrite(value: object, change: Callable[[str], str]) -> object:
    """Change all texts inside a JSON value."""
    if isinstance(value, dict):
        return {key: rewrite(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [rewrite(part, change) for part in value]
    return change(value) if isinstance(value, str) else value


def of(json: Json) -> Study:
    return record_of(raw(json), "a test", "").study


def test_white_space_and_escapes_are_no_difference() -> None:
    before, after = full_study(), full_study()
    for json, text in (
        (before, "Age > 18 *or* so\n\n* two"),
        (after, "Age \\> 18\r\n\\*or* so  * two"),
    ):
        json["protocolSection"] = rewrite(
            json["protocolSection"], lambda said, t=text: f"{said} {t}"
        )
        json["protocolSection"]["identificationModule"]["nctId"] = "NCT99920001"

    assert changed(of(before), of(after)) == []


def test_any_other_sign_is_a_difference() -> None:
    def say(text: str) -> Change:
        return lambda protocol: protocol["eligibilityModule"].update(eligibilityCriteria=text)

    for text in ("Age ≥ 18", "Age ≥18", "age > 18", "Age > 18.", "Age > 1 8"):
        assert changed_by(say(text), say("Age > 18")) == [Source.CRITERIA]


@given(st.randoms(use_true_random=False))
def test_order_of_lists_is_no_difference(chance: random.Random) -> None:
    before = whole()
    after = shuffled(copy.deepcopy(before), chance)

    assert changed(of(before), of(after)) == []
    assert differences(of(before), of(after)) == []


def shuffled(value: Json, chance: random.Random) -> Json:
    for part in value.values() if isinstance(value, dict) else value:
        if isinstance(part, dict | list):
            shuffled(part, chance)
    if isinstance(value, list):
        chance.shuffle(value)
    return value


def test_swapped_descriptions_are_a_difference() -> None:
    def swap(protocol: Json) -> None:
        first, second = protocol["armsInterventionsModule"]["interventions"]
        second["description"] = first.pop("description")

    assert changed_by(swap) == [Source.INTERVENTIONS]


# --- Groups and treatments --------------------------------------------------------------------


def test_new_group_of_old_treatments_is_a_change_of_the_groups_alone() -> None:
    def add(protocol: Json) -> None:
        module = protocol["armsInterventionsModule"]
        module["armGroups"].append({"label": "Tea", "type": "OTHER"})
        module["interventions"][1]["armGroupLabels"].append("Tea")

    assert changed_by(add) == [Source.ARMS]


def test_treatment_given_to_other_groups_is_a_change_of_the_groups() -> None:
    def give(protocol: Json) -> None:
        first, second = protocol["armsInterventionsModule"]["interventions"]
        first["armGroupLabels"], second["armGroupLabels"] = ["Water"], ["Milk"]

    assert changed_by(give) == [Source.ARMS]


# --- Sites ------------------------------------------------------------------------------------


def twin_sites(*statuses: str, zips: tuple[str, ...] = ()) -> Change:
    """Return a change that lets the study run at several sites of one name in one city."""
    return lambda protocol: protocol["contactsLocationsModule"].update(
        locations=[
            {"facility": "Research Site", "city": "Lyon", "country": "France", "status": status}
            | ({"zip": zips[number]} if zips else {})
            for number, status in enumerate(statuses)
        ]
    )


def close_first(protocol: Json) -> None:
    sites_of(protocol)[0]["status"] = "COMPLETED"


def recode_and_close(protocol: Json) -> None:
    sites_of(protocol)[0].update(zip="55058", status="COMPLETED")


def rename_and_close(protocol: Json) -> None:
    sites_of(protocol)[0].update(facility="Northfield Clinic", status="COMPLETED")


def move_point(protocol: Json) -> None:
    sites_of(protocol)[0]["geoPoint"] = {"lat": 44.46, "lon": -93.17}


def call_elsewhere(protocol: Json) -> None:
    sites_of(protocol)[0]["contacts"][0]["phone"] = "555-0199"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        (close_first, [Source.SITE_STATUSES]),
        (call_elsewhere, [Source.SITE_CONTACTS]),
        (move_point, []),
        (lambda protocol: sites_of(protocol).pop(), [Source.SITES]),
        (lambda protocol: sites_of(protocol).append({"facility": "New"}), [Source.SITES]),
        (rename_and_close, [Source.SITES]),
        (recode_and_close, [Source.SITES, Source.SITE_STATUSES]),
        (lambda protocol: (sites_of(protocol).pop(), close_first(protocol)),
         [Source.SITES, Source.SITE_STATUSES]),
    ],
)  # fmt: skip
def test_sites_statuses_and_contacts_are_told_apart(change: Change, fields: list[Source]) -> None:
    assert changed_by(change) == fields


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        (twin_sites("RECRUITING", "COMPLETED"), twin_sites("COMPLETED", "RECRUITING"), []),
        (
            twin_sites("RECRUITING", "COMPLETED"),
            twin_sites("COMPLETED", "COMPLETED"),
            [Source.SITE_STATUSES],
        ),
        (
            twin_sites("RECRUITING"),
            twin_sites("RECRUITING", "COMPLETED"),
            [Source.SITES],
        ),
        (
            twin_sites("RECRUITING"),
            twin_sites("COMPLETED", "COMPLETED"),
            [Source.SITES, Source.SITE_STATUSES],
        ),
        (
            twin_sites("RECRUITING", "COMPLETED", zips=("1", "2")),
            twin_sites("COMPLETED", "RECRUITING", zips=("1", "2")),
            [Source.SITE_STATUSES],
        ),
    ],
)
def test_sites_of_one_name_are_told_apart_where_they_can_be(
    before: Change, after: Change, fields: list[Source]
) -> None:
    assert changed_by(after, before) == fields


# --- Words ------------------------------------------------------------------------------------


def difference_of(source: Source, change: Change) -> Difference:
    (found,) = (each for each in differences(study(), study(change)) if each.source == source)
    return found


def stop(protocol: Json) -> None:
    protocol["statusModule"].update(overallStatus="SUSPENDED", whyStopped="No milk.")


def retime(protocol: Json) -> None:
    protocol["outcomesModule"]["primaryOutcomes"][0]["timeFrame"] = "6 weeks"


def hire(protocol: Json) -> None:
    protocol["contactsLocationsModule"]["centralContacts"].append({"name": "Night Desk"})


def restart(protocol: Json) -> None:
    protocol["statusModule"]["startDateStruct"] = {"date": "2026-02-01", "type": "ACTUAL"}


def open_second(protocol: Json) -> None:
    sites_of(protocol)[1]["status"] = "RECRUITING"


@pytest.mark.parametrize(
    ("source", "change", "lines"),
    [
        (
            Source.OVERALL_STATUS,
            stop,
            [
                "{+Why stopped: No milk.+}",
                "Overall status: [-Recruiting-] {+Suspended+}",
            ],
        ),
        (Source.PRIMARY_OUTCOMES, retime, ["Minutes until asleep · [-4-] {+6+} weeks"]),
        (Source.CENTRAL_CONTACTS, hire, ["{+Night Desk+}"]),
        (Source.START_DATE, restart, ["[-2026-01-15-] {+2026-02-01+} · Actual"]),
        (
            Source.SITE_STATUSES,
            open_second,
            ["Sainte Claire Clinic, Lyon, France: [-Not Yet Recruiting-] {+Recruiting+}"],
        ),
        (
            Source.SITE_CONTACTS,
            call_elsewhere,
            [
                "Northfield General Hospital, Northfield, Minnesota, United States: "
                "Bo Nurse · Contact · [-555-0111-] {+555-0199+} · bo@example.org",
            ],
        ),
    ],
)
def test_field_is_shown_in_words_that_differ(
    source: Source, change: Change, lines: list[str]
) -> None:
    said = [line.replace("\xa0", " ") for line in shown(difference_of(source, change).lines)]
    assert sorted(said) == sorted(lines)


def test_difference_says_what_it_is_about() -> None:
    found = difference_of(Source.OVERALL_STATUS, stop)
    assert (found.label, found.kind, found.urgency) == (
        "status of the whole study",
        Kind.STATUS,
        Urgency.URGENT,
    )


def test_difference_that_patients_never_read_has_no_kind() -> None:
    found = difference_of(
        Source.KEYWORDS, lambda protocol: protocol["conditionsModule"].pop("keywords")
    )
    assert (found.kind, found.urgency) == (None, None)
