"""Sources of records: files, folders, archives, standard input; each opened as a byte stream.

What a source is, its first bytes say, not its name. A source that can't be opened or read to its
end yields a broken piece in its place; what came before it and the other sources are read all the
same.
"""

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, TypeAlias

from trials.registry import unzip
from trials.registry.cut import CHUNK, Cut, cut_records
from trials.registry.mend import printable

STANDARD_INPUT = "-"
SUFFIXES = (".json", ".jsonl", ".ndjson", ".gz", ".zip")

# JSON of studies shrinks five- to tenfold; a bomb a thousandfold.
MAX_RATIO = 400
_RATIO_FROM = 64 << 20
_GZIP_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")

Advance = Callable[[int], object]
Read = Callable[[int], bytes]
Stream: TypeAlias = "io.BufferedReader[Any]"


@dataclass(frozen=True, slots=True)
class Piece:
    """A cut of a source, with the source's name."""

    source: str
    cut: Cut


class SourceError(Exception):
    """A source can't be read; the message says why."""


def files_below(paths: list[str]) -> list[str]:
    """Return the files to read: the paths themselves, and folders' files in name order.

    Raises SourceError with a sentence for a path that is not there or a folder without sources.
    """
    found: list[str] = []
    for path in paths:
        if path != STANDARD_INPUT and Path(path).is_dir():
            found.extend(_files_of_folder(Path(path)))
        elif path == STANDARD_INPUT or Path(path).exists():
            found.append(path)
        else:
            raise SourceError(f"There is no file or folder “{path}”.")
    return found


def _files_of_folder(folder: Path) -> list[str]:
    files = [
        str(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _is_wanted(path.name) and not path.name.startswith(".")
    ]
    if not files:
        raise SourceError(
            f"The folder “{folder}” holds no file that ends in {', '.join(SUFFIXES)}."
        )
    return files


def _is_wanted(name: str) -> bool:
    return name.lower().endswith(SUFFIXES)


def total_size(files: list[str]) -> int | None:
    """Return the bytes to read, or None where standard input or a pipe makes that unknown."""
    if not all(path != STANDARD_INPUT and Path(path).is_file() for path in files):
        return None
    return sum(Path(path).stat().st_size for path in files)


def pieces_of(files: list[str], advance: Advance) -> Iterator[Piece]:
    """Yield the records of all files in order; `advance` hears of the bytes read so far."""
    for path in files:
        name = "standard input" if path == STANDARD_INPUT else printable(path)
        try:
            with _open(path) as file:
                yield from _pieces_of_stream(name, _Layer(_heard(file.read, advance)))
        except OSError as error:
            yield _unreadable(name, error.strerror or str(error))


def _open(path: str) -> IO[bytes]:
    if path == STANDARD_INPUT:
        return sys.stdin.buffer
    return Path(path).open("rb")


def _heard(read: Read, advance: Advance) -> Read:
    def reading(size: int) -> bytes:
        data = read(size)
        advance(len(data))
        return data

    return reading


class _Layer(io.RawIOBase):
    """A stream that counts what is read; packed streams lie in layers over each other."""

    failure = ""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._read(len(buffer))
        memoryview(buffer)[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Unpacked(_Layer):
    """What is whole of a packed stream, and why it ended early if it did."""

    def __init__(self, read: Read, packed: Callable[[], int]) -> None:
        super().__init__(read)
        self._packed = packed

    def readinto(self, buffer: Any) -> int:
        if self.failure:
            return 0
        try:
            size = super().readinto(buffer)
        except unzip.DamagedZipError as error:
            self.failure = str(error)
            return 0
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            self.failure = f"the compressed data break off or are damaged ({error})"
            return 0
        if self.count > max(_RATIO_FROM, MAX_RATIO * self._packed()):
            self.failure = "it unpacks to far more than studies do"
        return size


def _pieces_of_stream(name: str, layer: _Layer, *, in_archive: bool = False) -> Iterator[Piece]:
    stream = io.BufferedReader(layer, CHUNK)
    if not stream.peek(4).startswith(_ZIP_MAGIC):
        yield from _pieces_of_text(name, stream, layer)
    elif in_archive:
        yield _unreadable(name, "an archive inside an archive is not read")
    else:
        yield from _pieces_of_zip(name, stream)


def _pieces_of_text(name: str, stream: Stream, layer: _Layer) -> Iterator[Piece]:
    layers = [layer]
    if stream.peek(2).startswith(_GZIP_MAGIC):
        # One step at a time: a larger read would lose what came before a break.
        read = gzip.GzipFile(fileobj=stream, mode="rb").read1
        layers.append(_Unpacked(read, lambda: layer.count))
        stream = io.BufferedReader(layers[-1], CHUNK)
    cut = None
    for cut in cut_records(stream):
        if cut.at_end and (failed := _failed(layers)):
            cut = replace(cut, broken=f"{cut.broken} ({failed.failure})")
        yield Piece(name, cut)
    if cut is None or not cut.at_end:
        if failed := _failed(layers):
            yield _unreadable(name, failed.failure, f"byte {failed.count} of what was unpacked")
        elif cut is None:
            yield _unreadable(name, "it holds no record")


def _failed(layers: list[_Layer]) -> _Layer | None:
    return next((layer for layer in layers if layer.failure), None)


def _pieces_of_zip(name: str, stream: Stream) -> Iterator[Piece]:
    failed = False
    try:
        for member in unzip.members_of(stream):
            failed = False
            if _is_wanted(member.name):
                for piece in _pieces_of_member(f"{name}/{printable(member.name)}", member):
                    failed = piece.cut.at_end
                    yield piece
    except unzip.DamagedZipError as error:
        if not failed:  # said of its last member already
            yield _unreadable(name, str(error))


def _pieces_of_member(name: str, member: unzip.Member) -> Iterator[Piece]:
    if member.refusal:
        yield _unreadable(name, member.refusal)
    else:
        layer = _Unpacked(member.read, lambda: member.taken)
        yield from _pieces_of_stream(name, layer, in_archive=True)


def _unreadable(name: str, reason: str, position: str = "") -> Piece:
    return Piece(name, Cut(b"", position, broken=reason, at_end=True))
