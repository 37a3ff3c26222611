"""Reading archives from front to back."""

import io
import subprocess
import zipfile

import pytest

from trials.registry.unzip import DamagedZipError, Member, members_of

TEXT = b"one two three " * 9000


class Unseekable(io.RawIOBase):
    """A pipe to write to: archives written into it put sizes behind their members."""

    def __init__(self) -> None:
        super().__init__()
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self.data += bytes(data)
        return len(bytes(data))


def archive(*, packed: int = zipfile.ZIP_DEFLATED, streamed: bool = False) -> bytes:
    file = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(file, "w", packed) as zipped:
        zipped.writestr("a.json", TEXT)
        zipped.writestr("folder/", b"")
        zipped.writestr("folder/bé.json", b"{}")
        zipped.writestr("empty.json", b"")
    return bytes(file.data) if streamed else file.getvalue()


def stream(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data), 4096)


def content_of(member: Member, step: int = 5000) -> bytes:
    return b"".join(iter(lambda: member.read(step), b""))


def read_all(data: bytes, step: int = 5000) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    read_into(found, data, step)
    return found


def read_into(found: dict[str, bytes], data: bytes, step: int = 5000) -> None:
    """Read all members; what came before an error is found all the same."""
    for member in members_of(stream(data)):
        found[member.name] = content_of(member, step)


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize("step", [1000, 1 << 20])
def test_members_are_read_in_order(packed: int, step: int) -> None:
    assert read_all(archive(packed=packed), step) == {
        "a.json": TEXT,
        "folder/": b"",
        "folder/bé.json": b"{}",
        "empty.json": b"",
    }


def test_streamed_archive_with_sizes_behind_the_members_is_read() -> None:
    assert read_all(archive(streamed=True))["a.json"] == TEXT
    assert read_all(archive(streamed=True))["folder/bé.json"] == b"{}"


def test_streamed_archive_with_eight_byte_sizes_is_read() -> None:
    file = Unseekable()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in ("a.json", "b.json"):
            with zipped.open(name, "w", force_zip64=True) as member:
                member.write(TEXT)

    assert read_all(bytes(file.data)) == {"a.json": TEXT, "b.json": TEXT}


def test_sizes_above_four_gigabytes_stand_in_the_extra_field() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        with zipped.open("a.json", "w", force_zip64=True) as member:
            member.write(TEXT)
        zipped.writestr("b.json", b"{}")

    assert read_all(file.getvalue()) == {"a.json": TEXT, "b.json": b"{}"}


def test_members_may_be_left_unread() -> None:
    assert [m.name for m in members_of(stream(archive()))][2:] == ["folder/bé.json", "empty.json"]
    assert [m.name for m in members_of(stream(archive(streamed=True)))][3:] == ["empty.json"]


def test_empty_archive_has_no_members() -> None:
    file = io.BytesIO()
    zipfile.ZipFile(file, "w").close()

    assert read_all(file.getvalue()) == {}


def test_member_that_can_not_be_read_says_so_and_is_passed_over() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as zipped:
        zipped.writestr("a.json", TEXT, zipfile.ZIP_LZMA)
        zipped.writestr("b.json", b"{}")

    found = [(member.name, member.refusal) for member in members_of(stream(file.getvalue()))]

    assert found == [
        ("a.json", "the member is packed by method 14; only deflate is read"),
        ("b.json", ""),
    ]


def test_encrypted_member_is_refused() -> None:
    data = bytearray(archive())
    data[6] |= 1

    first, *_, last = ((member.name, member.refusal) for member in members_of(stream(bytes(data))))

    assert first == ("a.json", "the member is encrypted")
    assert last == ("empty.json", "")


def test_damaged_member_is_refused_and_the_next_one_read() -> None:
    data = bytearray(archive())
    start = data.index(b"a.json") + 6
    data[start + 40 : start + 60] = bytes(20)
    found = {}
    for member in members_of(stream(bytes(data))):
        try:
            found[member.name] = content_of(member)
        except DamagedZipError as error:
            found[member.name] = str(error).encode()

    assert found["a.json"].startswith(b"the member is damaged")
    assert found["folder/bé.json"] == b"{}"


def test_wrong_checksum_is_noticed() -> None:
    data = bytearray(archive(packed=zipfile.ZIP_STORED))
    data[data.index(TEXT) + 7] ^= 1

    with pytest.raises(DamagedZipError, match="checksum"):
        read_all(bytes(data))


@pytest.mark.parametrize("streamed", [False, True])
def test_cut_off_archive_gives_what_is_whole_and_says_so(streamed: bool) -> None:
    data = archive(streamed=streamed)
    behind = data.index(b"PK\x01\x02")
    for size in range(4, behind + 4):
        found: dict[str, bytes] = {}
        with pytest.raises(DamagedZipError):
            read_into(found, data[:size])
        assert all(text in (TEXT, b"", b"{}") for text in found.values())
    assert len(found) == 4


def test_archive_of_the_zip_program_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("zip")
    (folder / "a.json").write_bytes(TEXT)
    try:
        piped = subprocess.run(["zip", "-", "a.json"], cwd=folder, capture_output=True, check=True)
    except FileNotFoundError:
        pytest.skip("the program zip is not on this machine")

    assert read_all(piped.stdout) == {"a.json": TEXT}


def test_bytes_that_are_no_archive_are_damaged() -> None:
    with pytest.raises(DamagedZipError):
        read_all(b"PK\x03\x04 and so on")
