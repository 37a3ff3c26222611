"""Cutting streams into records, whatever holds them and wherever a read ends."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import records
from trials.registry import cut
from trials.registry.cut import Cut, cut_records

ONE, TWO, THREE = (records.raw(records.whole(number)) for number in (1, 2, 3))
# Everything that a boundary may fall into: escapes, escaped quotes, multi-byte letters, braces.
TRICKY = (
    r'{"protocolSection":{"a":"\"}]{[,\\","b":"é€😀","c":"\ud83d\ude00\n"},"d":[1.5e-3,true,null]}'
)
SMALL = [
    TRICKY.encode(),
    b'{"protocolSection":{}}',
    '{ "protocolSection" : {"t":"ü"}, "studies": 1}'.encode(),
]


def cuts(data: bytes, chunk: int = cut.CHUNK) -> list[Cut]:
    return list(cut_records(io.BytesIO(data), chunk))


def whole_ones(data: bytes, chunk: int = cut.CHUNK) -> list[bytes]:
    return [piece.raw for piece in cuts(data, chunk) if not piece.broken]


FORMATS = {
    "json lines": b"\n".join(SMALL) + b"\n",
    "json lines without a last line end": b"\n".join(SMALL),
    "json lines of windows": b"\r\n".join(SMALL) + b"\r\n",
    "json lines with blank lines": b"\n\n \t\n" + b"\n\n".join(SMALL),
    "byte order mark": b"\xef\xbb\xbf" + b"\n".join(SMALL),
    "array": b"[" + b",".join(SMALL) + b"]",
    "array, one a line": b"[\n" + b",\n".join(SMALL) + b"\n]\n",
    "array with a trailing comma": b"[" + b",".join(SMALL) + b",]",
    "array with a byte order mark": b"\xef\xbb\xbf[" + b",".join(SMALL) + b"]",
    "api answer": b'{"studies":[' + b",".join(SMALL) + b'],"nextPageToken":"a\\"b","totalCount":3}',
    "api answer, count first": b'{ "totalCount": 3, "x":{"y":1}, "studies" : ['
    + b",".join(SMALL) + b"]}",
    "api answer, with more around": b'{"meta":{"a":{"b":[{}]}},"studies":['
    + b",".join(SMALL) + b'],"c":{"d":1},"e":[1,2]}',
    "api answers behind each other": b'{"studies":[' + SMALL[0] + b'],"nextPageToken":"t"}\n'
    b'{"studies":[' + SMALL[1] + b"," + SMALL[2] + b"]}",
    "lines of arrays": b"[" + SMALL[0] + b"]\n[" + b",".join(SMALL[1:]) + b"]\n",
    "indented": b"[" + b",\n".join(SMALL[:1]) + b",\n"
    + json.dumps(json.loads(SMALL[1]), indent=2).encode() + b"," + SMALL[2] + b"]",
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@given(chunk=st.integers(1, 200))
def test_every_format_gives_its_records_whatever_the_chunk(name: str, chunk: int) -> None:
    found = whole_ones(FORMATS[name], chunk)

    assert [json.loads(raw) for raw in found] == [json.loads(raw) for raw in SMALL]
    assert not [piece for piece in cuts(FORMATS[name], chunk) if piece.broken]


@given(
    texts=st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=1, max_size=5),
    escaped=st.booleans(),
    chunk=st.integers(1, 64),
)
def test_any_text_survives_any_chunk(texts: list[str], escaped: bool, chunk: int) -> None:
    studies = [{"protocolSection": {"text": text}} for text in texts]
    data = b",".join(json.dumps(study, ensure_ascii=escaped).encode() for study in studies)

    assert [json.loads(raw) for raw in whole_ones(b"[" + data + b"]", chunk)] == studies


def test_empty_streams_give_nothing() -> None:
    assert cuts(b"") == []
    assert cuts(b" \n\r\n") == []
    assert cuts(b"[]") == []
    assert cuts(b'{"studies":[]}') == []


BROKEN = {
    "a missing quote": b'{"protocolSection":{"a":"x},"b":1}',
    "a missing brace": b'{"protocolSection":{"a":1}',
    "a missing value": b'{"protocolSection":{"a":}}',
    "garbage": b"%$ not json",
    "an extra brace": b'{"protocolSection":}}',
    "a lone word": b"nothing",
    "a nest too deep": b'{"protocolSection":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("join", [b",", b"\n", b",\n"])
def test_a_broken_record_is_lost_alone(name: str, join: bytes) -> None:
    data = b"[" + join.join([ONE, TWO, BROKEN[name], THREE]) + b"]"

    pieces = cuts(data)

    assert [piece.raw.strip() for piece in pieces if not piece.broken] == [ONE, TWO, THREE]
    (broken,) = (piece for piece in pieces if piece.broken)
    assert not broken.at_end
    assert broken.position.startswith("record 3, ")


def test_a_broken_last_record_is_one_problem() -> None:
    pieces = cuts(b"[" + ONE + b',{"protocolSection":{"a":},"b":"with more behind it"}]')

    assert [bool(piece.broken) for piece in pieces] == [False, True]
    assert not pieces[1].at_end


def test_a_broken_first_line_is_lost_alone() -> None:
    assert whole_ones(BROKEN["a missing brace"] + b"\n" + ONE + b"\n" + TWO) == [ONE, TWO]


def test_a_record_with_keys_in_another_order_is_found_behind_a_broken_one() -> None:
    turned = b'{"hasResults":false,"protocolSection":{}}'

    assert whole_ones(b"[" + BROKEN["a missing value"] + b"," + turned + b"]") == [turned]


def test_a_value_that_is_no_study_is_a_piece_of_its_own() -> None:
    assert whole_ones(b"[" + ONE + b',5,{"foo":1},' + TWO + b"]") == [ONE, b"5", b'{"foo":1}', TWO]


ODD = {
    "raw control characters": b'{"protocolSection":{"a":"one\ttwo\nthree\x01"}}',
    "half a surrogate pair": rb'{"protocolSection":{"a":"\ud83d and more text behind it"}}',
    "not a number": b'{"protocolSection":{"a":NaN,"b":-Infinity}}',
    "bytes that are no UTF-8": b'{"protocolSection":{"a":"caf\xe9"}}',
    "a number of 5,000 digits": b'{"protocolSection":{"a":' + b"9" * 5000 + b"}}",
    "a NUL": b'{"protocolSection":{"a":"\x00"}}',
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("chunk", [1, 7, 100_000])
def test_a_readable_record_with_odd_values_is_whole(name: str, chunk: int) -> None:
    assert whole_ones(b"[" + b",".join([ONE, ODD[name], TWO]) + b"]", chunk) == [
        ONE,
        ODD[name],
        TWO,
    ]


@pytest.mark.parametrize("form", [b"[%s,%s]", b"%s\n%s", b'{"studies":[%s,%s]}'])
def test_a_stream_cut_at_any_byte_gives_what_is_whole(form: bytes) -> None:
    first, second = SMALL[0], SMALL[2]
    data = form % (first, second)
    end_of_first = data.index(first) + len(first)

    for size in range(len(data)):
        pieces = cuts(data[:size], chunk=50)
        found = [piece.raw for piece in pieces if not piece.broken]
        assert found[:1] == ([first] if size >= end_of_first else []), size
        if not form.startswith(b"%s") and size > 3:
            assert pieces[-1].at_end, size


def test_a_stream_cut_in_a_record_says_where() -> None:
    *_, last = cuts(ONE + b"\n" + TWO[:-40])

    assert last.at_end
    assert last.position == f"record 2, line 2, byte {len(ONE) + 1}"
    assert "in the middle of this record" in last.broken
    assert records.nct(2).encode() in last.raw


def test_positions_count_records_lines_and_bytes() -> None:
    pieces = cuts(b"\n" + ONE + b"\n\n" + TWO, chunk=100)

    assert [piece.position for piece in pieces] == [
        "record 1, line 2, byte 1",
        f"record 2, line 4, byte {len(ONE) + 3}",
    ]


def test_a_huge_record_is_read() -> None:
    huge = records.raw(
        records.whole(1, lambda p: p["descriptionModule"].update(x="ä " * 3_000_000))
    )

    assert whole_ones(b"[" + ONE + b"," + huge + b"," + TWO + b"]") == [ONE, huge, TWO]


def test_an_endless_record_is_refused_and_the_next_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cut, "MAX_RECORD", 1000)
    endless = b'{"protocolSection":"' + b"x" * 5000 + b'"}'

    pieces = list(cut_records(io.BytesIO(SMALL[0] + endless + SMALL[1]), 100))

    assert [bool(piece.broken) for piece in pieces] == [False, True, False]
    assert "longer than" in pieces[1].broken


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-be", "utf-32"])
def test_other_encodings_are_named_or_refused(coding: str) -> None:
    (piece,) = cuts("\ufeff".encode(coding) + ONE.decode().encode(coding))

    assert piece.broken


@given(st.binary(max_size=300), st.integers(1, 50))
def test_any_bytes_end_and_never_raise(data: bytes, chunk: int) -> None:
    for piece in cuts(data, chunk):
        assert (
            piece.broken
            or json.loads(piece.raw.decode("utf-8", "surrogateescape"), strict=False) != ...
        )


@given(st.data())
def test_damage_in_one_record_leaves_the_others(data: st.DataObject) -> None:
    """One byte of the middle record is another: at most that record is lost."""
    place = data.draw(st.integers(0, len(SMALL[0]) - 1))
    byte = data.draw(st.binary(min_size=1, max_size=1))
    damaged = SMALL[0][:place] + byte + SMALL[0][place + 1 :]
    first = b'{"protocolSection":{"n":1}}'

    found = whole_ones(b"\n".join([first, damaged, SMALL[1], SMALL[2]]), chunk=64)

    assert found[0] == first
    assert found[-1] == SMALL[2]
