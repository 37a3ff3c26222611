"""Cutting a byte stream into records: JSON Lines, arrays, API answers, single studies.

All of these are JSON values with something between them: line ends, commas, the brackets of lists,
the head and tail of an API answer. One cutter that passes over the latter reads them all, also
mixed. The buffer is bounded, so memory stays flat whatever the stream's size. A record with broken
JSON is handed on as broken and the next study is looked for.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import msgspec

CHUNK = 1 << 18
# The largest records with results are some 10 MB; a longer one is a mistake or an attack.
MAX_RECORD = 32 << 20

_FILLER = re.compile(rb"(?:[\s,\[\]]|\xef\xbb\xbf)*")
_FLAT = rb'(?:"(?:[^"\\]|\\.)*"|[\w.+-]+|\{[^{}]*\}|\[[^\[\]]*\])'
# An API answer: `{"totalCount": 7, "studies":` before its list, `"nextPageToken": "x"}` behind.
_ANSWER_HEAD = re.compile(
    rb'\{(?:(?!"protocolSection").){0,4000}?"studies"\s*:\s*(?=\[)', re.DOTALL
)
_ANSWER_TAIL = re.compile(rb'(?:"\w+"\s*:\s*' + _FLAT + rb"\s*,?\s*)*\}")
_HEAD_BYTES = 4096
_STUDY_START = re.compile(
    rb'\{\s*"(?:protocolSection|resultsSection|annotationSection|documentSection|derivedSection'
    rb'|hasResults)"'
)
_START_BYTES = 64
_NOT_UTF8 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")

_TRAILING = re.compile(r"trailing characters \(byte ([0-9]+)\)")
# Only the end of a value is wanted, so numbers are not made.
_LENIENT = json.JSONDecoder(strict=False, parse_int=str, parse_float=str)
# How near its end a cut-off text makes the lenient decoder stumble (an escape, `fals`, a number).
_CUT_MARGIN = 16


class Stream(Protocol):
    """What is read from; an empty answer is the end."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of a stream: its bytes, where it stood, and why it can't be a record if it can't."""

    raw: bytes
    position: str
    broken: str = ""
    # The stream ended inside this piece.
    at_end: bool = False


class _BrokenJsonError(Exception):
    """No JSON value starts here."""


def cut_records(stream: Stream, chunk: int = CHUNK) -> Iterator[Cut]:
    """Yield the records of a stream in order, reading `chunk` bytes at a time."""
    return _Cutter(stream, chunk).cut()


class _Cutter:
    """The part of the stream that waits, and how far it is done."""

    def __init__(self, stream: Stream, chunk: int) -> None:
        self.stream = stream
        self.chunk = chunk
        self.buffer = b""
        self.index = 0
        self.ended = False
        self.bytes_before = 0
        self.line = 1
        self.count = 0
        self.open_lists = 0
        self.open_answers = 0

    def cut(self) -> Iterator[Cut]:
        self._fill(max(map(len, _NOT_UTF8)))
        if self.buffer.startswith(_NOT_UTF8):
            yield Cut(b"", "byte 0", "the text is UTF-16 or UTF-32; registry files are UTF-8", True)
            return
        while self._find_value():
            self.count += 1
            yield self._next()
        if self.open_lists > 0 or self.open_answers > 0:
            reason = "the source ends before its list of studies is closed"
            yield Cut(b"", self._position(), reason, at_end=True)

    def _find_value(self) -> bool:
        """Go to the next value; False where there is none."""
        while True:
            self._skip_filler()
            self._fill(_HEAD_BYTES)
            if self.index >= len(self.buffer):
                return False
            if head := _ANSWER_HEAD.match(self.buffer, self.index):
                self.open_answers += 1
                self._go_to(head.end())
            elif self.open_answers and (tail := _ANSWER_TAIL.match(self.buffer, self.index)):
                self.open_answers -= 1
                self._go_to(tail.end())
            else:
                return True

    def _skip_filler(self) -> None:
        while True:
            match = _FILLER.match(self.buffer, self.index)
            if match:
                self.open_lists += match[0].count(b"[") - match[0].count(b"]")
                self._go_to(match.end())
            if self.index < len(self.buffer) or self.ended:
                return
            self._read()

    def _next(self) -> Cut:
        while True:
            waiting = memoryview(self.buffer)[self.index :]
            try:
                size = _size_of_value(waiting, ended=self.ended)
            except _BrokenJsonError as error:
                return self._resync(str(error))
            if (size or len(waiting)) > MAX_RECORD:
                return self._resync(f"the record is longer than {MAX_RECORD >> 20} MB")
            if size is not None and (size < len(waiting) or self.ended):
                piece = Cut(bytes(waiting[:size]).rstrip(), self._position())
                self._go_to(self.index + size)
                return piece
            if self.ended:
                return self._cut_off()
            self._read()

    def _cut_off(self) -> Cut:
        raw = self.buffer[self.index : self.index + CHUNK]
        reason = "the source ends in the middle of this record"
        piece = Cut(raw, self._position(), reason, at_end=True)
        self._go_to(len(self.buffer))
        self.open_lists = self.open_answers = 0  # said once is enough
        return piece

    def _resync(self, reason: str) -> Cut:
        """Skip to where the next study starts."""
        raw = self.buffer[self.index : self.index + CHUNK]
        piece = Cut(raw, self._position(), reason)
        self._go_to(self.index + 1)
        while not (match := _STUDY_START.search(self.buffer, self.index)):
            if self.ended:
                self._go_to(len(self.buffer))
                self.open_lists = self.open_answers = 0  # closed or not, in what was skipped
                return piece
            self._go_to(max(self.index, len(self.buffer) - _START_BYTES))
            self._read()
        self._go_to(match.start())
        return piece

    def _go_to(self, index: int) -> None:
        self.line += self.buffer.count(b"\n", self.index, index)
        self.index = index

    def _fill(self, size: int) -> None:
        """Have at least so many bytes waiting, unless the stream ends."""
        while len(self.buffer) - self.index < size and not self.ended:
            self._read()

    def _read(self) -> None:
        """Drop what is done and read on; as much again as is waiting, so retries stay linear."""
        waiting = self.buffer[self.index :]
        raw = self.stream.read(max(self.chunk, len(waiting)))
        self.ended = not raw
        self.bytes_before += self.index
        self.buffer = waiting + raw
        self.index = 0

    def _position(self) -> str:
        return f"record {self.count}, line {self.line}, byte {self.bytes_before + self.index}"


def _size_of_value(text: memoryview, *, ended: bool) -> int | None:
    """Return how many bytes the value at the start of a text has, None where it goes on.

    Raises _BrokenJsonError. msgspec's scanner tells all three apart, fast; what it refuses may
    still be a value with raw control characters, half surrogates or NaN: such a record is worth
    reading, and Python's own scanner finds its end.
    """
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except msgspec.DecodeError as error:
        if trailing := _TRAILING.search(str(error)):
            return int(trailing[1]) - 1
        if "truncated" in str(error) and not ended:
            return None
        return _size_of_odd_value(text)
    except RecursionError:
        raise _BrokenJsonError("the record is nested too deeply") from None
    return len(text)


def _size_of_odd_value(text: memoryview) -> int | None:
    # Bytes that are not UTF-8 become lone surrogates here and themselves again for the count.
    decoded = str(text, "utf-8", "surrogateescape")
    try:
        _, end = _LENIENT.raw_decode(decoded)
    except RecursionError:
        raise _BrokenJsonError("the record is nested too deeply") from None
    except json.JSONDecodeError as error:
        if error.msg.startswith("Unterminated") or error.pos >= len(decoded) - _CUT_MARGIN:
            return None
        raise _BrokenJsonError(f"broken JSON: {error.msg.lower()}") from None
    return len(decoded[:end].encode("utf-8", "surrogateescape"))
