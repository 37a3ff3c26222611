"""Decoding records: identity, content hash, mending, types."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import records
from registry.records import Json
from trials.registry.decode import Record, RejectedRecord, record_of


def decoded(study: Json) -> Record:
    return record_of(records.raw(study), "file", "line 1")


def with_text(text: bytes) -> bytes:
    return records.raw(records.whole()).replace(b"Warm Milk for Restless Sleep", text)


def test_record_has_its_identity() -> None:
    record = decoded(records.whole(7))

    assert record.nct_id == records.nct(7)
    assert record.data_version == "2026-05-21"
    assert (record.source, record.position) == ("file", "line 1")
    assert record.raw == records.raw(records.whole(7))
    assert record.slips == []


def test_id_becomes_canonical() -> None:
    assert decoded(records.load("only-an-id")).nct_id == "NCT99910002"


def test_hash_leaves_version_holder_out() -> None:
    study = records.whole()
    study["derivedSection"]["miscInfoModule"]["versionHolder"] = "2027-01-01"

    assert decoded(study).content_hash == decoded(records.whole()).content_hash


def test_hash_leaves_the_order_of_keys_and_white_space_out() -> None:
    study = records.whole()
    turned = json.dumps(turn(study), indent=3, ensure_ascii=True).encode()

    assert record_of(turned, "", "").content_hash == decoded(study).content_hash


def turn(value: object) -> object:
    if isinstance(value, dict):
        return {key: turn(value[key]) for key in reversed(value)}
    return [turn(entry) for entry in value] if isinstance(value, list) else value


@given(st.data())
def test_hash_sees_every_other_difference(data: st.DataObject) -> None:
    study = records.whole()
    place: Json | list[object] = study
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key]:
            break
        place = place[key]
    if key in ("versionHolder", "nctId"):
        return
    place[key] = "something else" if place[key] != "something else" else "another"

    assert decoded(study).content_hash != decoded(records.whole()).content_hash


def test_hash_sees_the_order_of_a_list() -> None:
    turned = records.whole(1, lambda p: p["contactsLocationsModule"]["locations"].reverse())

    assert decoded(turned).content_hash != decoded(records.whole()).content_hash


@pytest.mark.parametrize("version", ["", "soon", 7, None, "2026\x00", "2026-05-21T10:00"])
def test_odd_version_holder_is_no_data_version(version: object) -> None:
    study = records.whole()
    study["derivedSection"]["miscInfoModule"]["versionHolder"] = version

    assert decoded(study).data_version == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b"5", "not a study record"),
        (b'"protocolSection"', "not a study record"),
        (b'["protocolSection"]', "not a study record"),
        (b'{"studies":[]}', "not a study record"),
        (b'{"protocolSection":null}', "has no NCT id"),
        (b'{"protocolSection":{"identificationModule":[]}}', "has no NCT id"),
        (b'{"protocolSection":{"identificationModule":{"nctId":12345678}}}', "has no NCT id"),
        (
            b'{"protocolSection":{"identificationModule":{"nctId":"NCT00000000"}}}',
            "no valid NCT id",
        ),
        (b'{"protocolSection":' + b"[" * 900 + b"]" * 900 + b"}", "NCT id"),
        (b'{"protocolSection":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"protocolSection":' + b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_study_is_rejected_with_a_reason(text: bytes, reason: str) -> None:
    with pytest.raises(RejectedRecord, match=reason):
        record_of(text, "", "")


def test_rejection_names_what_the_record_calls_itself() -> None:
    with pytest.raises(RejectedRecord) as error:
        record_of(b'{"protocolSection":{"identificationModule":{"nctId":"NCTx"}}}', "", "")

    assert error.value.nct_id == "NCTx"


@pytest.mark.parametrize(
    ("text", "title", "message"),
    [
        (b"A\\u0000B", "AB", "A NUL character, removed."),
        (b"A\x00B", "AB", "A NUL character, removed."),
        (b"A\\ud83d B", "A\ufffd B", "Broken characters, replaced."),
        (b"Caf\xe9 \x96 bar", "Café – bar", "Broken characters, replaced."),
        ("SjÃ¶gren".encode(), "Sjögren", "Garbled characters, mended."),
        ("patientsâ€™ own".encode(), "patients’ own", "Garbled characters, mended."),
    ],
)
def test_garbled_text_is_mended_and_noted(text: bytes, title: str, message: str) -> None:
    record = record_of(with_text(text), "", "")

    assert record.study.protocol_section.identification_module.brief_title == title
    (slip,) = record.slips
    assert slip.path == "protocolSection.identificationModule.briefTitle"
    assert slip.message == message


@pytest.mark.parametrize("text", ["tab\there", "line\nend", "Größe", "naïve Ångström", "ÄÖÜ", "Â"])
def test_good_text_is_left_alone(text: str) -> None:
    record = record_of(with_text(text.encode()), "", "")

    assert record.study.protocol_section.identification_module.brief_title == text
    assert record.slips == []


def test_numbers_beyond_every_range_are_read() -> None:
    text = records.raw(records.whole()).replace(b'"count":120', b'"count":' + b"9" * 5000)

    record = record_of(text.replace(b"44.45", b"1e999"), "", "")

    assert {slip.path.rpartition(".")[2] for slip in record.slips} == {"count"}
    assert record.study.protocol_section.contacts_locations_module.locations[0].geo_point.lat > 90


def test_values_of_a_wrong_type_are_set_aside() -> None:
    record = decoded(records.load("wrong-types"))
    protocol = record.study.protocol_section

    assert protocol.conditions_module.conditions == ["Asthma", "Cough"]
    assert protocol.conditions_module.keywords == []
    assert [info.id for info in protocol.identification_module.secondary_id_infos] == ["", "A-1"]
    assert {(slip.path.removeprefix("protocolSection."), slip.value) for slip in record.slips} == {
        ("identificationModule.acronym", '{"text":"NO"}'),
        ("identificationModule.secondaryIdInfos[].id", "7"),
        ("identificationModule.secondaryIdInfos[]", '"B-2"'),
        ("conditionsModule.conditions[]", "7"),
        ("conditionsModule.conditions[]", "null"),
        ("conditionsModule.keywords", '"sleep"'),
        ("designModule.enrollmentInfo.count", '"many"'),
        ("eligibilityModule.healthyVolunteers", '"Accepts Healthy Volunteers"'),
        ("eligibilityModule.eligibilityCriteria", "null"),
        ("contactsLocationsModule.locations[].city", "null"),
        ("contactsLocationsModule.locations[].geoPoint", "[1,2]"),
    }
    assert "Expected str, not int; left out." in {slip.message for slip in record.slips}


def test_a_record_of_wrong_types_throughout_is_rejected() -> None:
    with pytest.raises(RejectedRecord, match="wrong type") as error:
        decoded(deep_numbers(records.whole()))

    assert error.value.nct_id == records.nct(1)


def deep_numbers(value: object) -> object:
    """Return a study whose texts are all numbers but for its id."""
    if isinstance(value, dict):
        return {k: v if k == "nctId" else deep_numbers(v) for k, v in value.items()}
    if isinstance(value, list):
        return [deep_numbers(entry) for entry in value]
    return 7 if isinstance(value, str | bool) else value


def test_unknown_keys_are_kept_in_the_raw_record_and_ignored() -> None:
    study = records.whole(1, lambda p: p.update(novelModule={"a": [1]}))

    assert decoded(study).slips == []
    assert b"novelModule" in decoded(study).raw


def test_a_broken_key_does_not_reach_the_database() -> None:
    record = record_of(with_text(rb'x","k\u0000\udfff":"a\u0000b'), "", "")

    assert record.slips
    assert all("\x00" not in slip.path and slip.path.isprintable() for slip in record.slips)
