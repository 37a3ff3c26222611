"""Files, folders, archives and standard input as sources."""

import gzip
import io
import os
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from registry import records
from trials.registry import sources
from trials.registry.sources import Piece, SourceError

STUDIES = [records.whole(number) for number in (1, 2, 3)]
IDS = [records.nct(number).encode() for number in (1, 2, 3)]
LINES = records.lines(*STUDIES)


def pieces(*paths: Path | str) -> list[Piece]:
    files = sources.files_below([str(path) for path in paths])
    return list(sources.pieces_of(files, lambda _: None))


def found(read: list[Piece]) -> list[bytes]:
    """Return the ids of the whole records."""
    return [i for p in read if not p.cut.broken for i in IDS if i in p.cut.raw]


def broken(read: list[Piece]) -> list[str]:
    return [f"{p.source}: {p.cut.broken}" for p in read if p.cut.broken]


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "noname"])
def test_plain_file_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    assert found(pieces(write(tmp_path / name, LINES))) == IDS


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.json", "a"])
def test_gzip_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    assert found(pieces(write(tmp_path / name, gzip.compress(LINES)))) == IDS


def test_gzip_of_several_members_is_one_text(tmp_path: Path) -> None:
    halves = gzip.compress(LINES[:5000]) + gzip.compress(LINES[5000:])

    assert found(pieces(write(tmp_path / "a.gz", halves))) == IDS


def test_gzip_cut_off_gives_what_is_whole_and_says_where(tmp_path: Path) -> None:
    noise = os.urandom(40_000).hex()
    text = records.lines(*(records.whole(n, lambda p: p.update(x=noise)) for n in (1, 2, 3)))
    packed = gzip.compress(text)

    read = pieces(write(tmp_path / "a.gz", packed[: len(packed) // 2]))

    assert found(read) == IDS[:1]
    (last,) = (piece.cut for piece in read if piece.cut.broken)
    assert last.position.startswith("record 2, line 2, byte ")
    assert "in the middle of this record" in last.broken
    assert "compressed data break off" in last.broken


def test_gzip_cut_off_between_records_is_said_once(tmp_path: Path) -> None:
    read = pieces(write(tmp_path / "a.gz", gzip.compress(LINES)[:-6]))

    assert found(read) == IDS
    assert len(broken(read)) == 1


def test_gzip_with_garbage_behind_keeps_its_records(tmp_path: Path) -> None:
    read = pieces(write(tmp_path / "a.gz", gzip.compress(LINES) + b"garbage"))

    assert found(read) == IDS
    assert len(broken(read)) == 1


def test_damaged_gzip_is_named(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(LINES))
    data[200:220] = bytes(20)

    assert "damaged" in broken(pieces(write(tmp_path / "a.gz", bytes(data))))[-1]


def test_zip_of_studies_is_read_member_by_member(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        one__json=records.raw(STUDIES[0]),
        README__md=b"not a study",
        two__jsonl=records.raw(STUDIES[1]),
        three__JSON__GZ=gzip.compress(records.raw(STUDIES[2])),
    )

    read = pieces(path)

    assert found(read) == IDS
    assert not broken(read)
    assert read[0].source == f"{path}/one.json"


def test_zip_keeps_good_members_beside_bad_ones(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", a__json=LINES).read_bytes()
    path = zipped(
        tmp_path / "a.zip",
        a__json=records.raw(STUDIES[0]),
        b__zip=inner,
        c__json=b"",
        d__json=b'{"protocolSection":',
        e__json__gz=gzip.compress(LINES)[:80],
        f__json=records.raw(STUDIES[2]),
    )

    read = pieces(path)

    assert found(read) == [IDS[0], IDS[2]]
    said = broken(read)
    assert [line.split(": ")[0].rpartition("/")[2] for line in said] == [
        "b.zip", "c.json", "d.json", "e.json.gz",
    ]  # fmt: skip
    assert "an archive inside an archive" in said[0]
    assert "no record" in said[1]


def test_zip_cut_off_gives_what_is_whole_and_says_so_once(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip", a__json=records.raw(STUDIES[0]), b__json=records.raw(STUDIES[1])
    )
    data = path.read_bytes()
    second = data.index(b"b.json")

    read = pieces(write(path, data[: second + 300]))

    assert found(read) == IDS[:1]
    (line,) = broken(read)
    assert line.startswith(f"{path}/b.json: the source ends in the middle of this record")


def test_zip_without_its_table_is_read_and_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a__jsonl=LINES)
    data = path.read_bytes()

    read = pieces(write(path, data[: data.index(b"PK\x01\x02")]))

    assert found(read) == IDS
    assert broken(read) == [f"{path}: the archive is damaged or cut off"]


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_bomb_is_refused(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_RATIO_FROM", 1 << 20)
    bomb = LINES + b" " * (8 << 20)
    if kind == "gz":
        path = write(tmp_path / "a.gz", gzip.compress(bomb))
    else:
        path = zipped(tmp_path / "a.zip", a__jsonl=bomb)

    read = pieces(path)

    assert found(read) == IDS
    assert "unpacks to far more" in broken(read)[-1]


def test_folder_is_read_in_name_order(tmp_path: Path) -> None:
    write(tmp_path / "b" / "2.json", records.raw(STUDIES[1]))
    write(tmp_path / "a.JSON", records.raw(STUDIES[0]))
    write(tmp_path / "c.jsonl.gz", gzip.compress(records.raw(STUDIES[2])))
    write(tmp_path / "notes.txt", b"hello")
    write(tmp_path / ".hidden.json", b"hello")

    assert found(pieces(tmp_path)) == IDS


def test_folder_without_sources_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no file"):
        pieces(tmp_path)


def test_missing_path_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no file or folder .*nowhere"):
        sources.files_below([str(write(tmp_path / "a", LINES)), str(tmp_path / "nowhere")])


@pytest.mark.parametrize("data", [b"", b"\n", b"[]", gzip.compress(b"", mtime=0)])
def test_source_without_records_says_so(tmp_path: Path, data: bytes) -> None:
    assert "it holds no record" in broken(pieces(write(tmp_path / "a", data)))[0]


def test_file_that_can_not_be_opened_is_a_problem(tmp_path: Path) -> None:
    gone = write(tmp_path / "a", LINES)
    files = [str(gone), str(write(tmp_path / "b", LINES))]
    gone.unlink()

    read = list(sources.pieces_of(files, lambda _: None))

    assert found(read) == IDS
    assert broken(read) == [f"{gone}: No such file or directory"]


def test_name_that_is_no_text_is_made_printable(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.json")
    with open(path, "wb") as file:
        file.write(LINES)

    read = pieces(tmp_path)

    assert found(read) == IDS
    assert read[0].source.endswith("caf?.json")


@pytest.mark.parametrize("data", [LINES, gzip.compress(LINES)])
def test_standard_input_is_read(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))

    read = pieces("-")

    assert found(read) == IDS
    assert read[0].source == "standard input"
    assert sources.total_size(["-"]) is None


def test_named_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(LINES))
    writer.start()

    assert sources.total_size([str(pipe)]) is None
    assert found(pieces(pipe)) == IDS
    writer.join()


def test_progress_hears_of_every_packed_byte(tmp_path: Path) -> None:
    files = [
        str(write(tmp_path / "a", LINES)),
        str(write(tmp_path / "b.gz", gzip.compress(LINES))),
        str(zipped(tmp_path / "c.zip", a__jsonl=LINES)),
    ]
    heard: list[int] = []

    list(sources.pieces_of(files, heard.append))

    assert sources.total_size(files) == sum(os.path.getsize(path) for path in files)
    assert sum(heard) == sources.total_size(files)
