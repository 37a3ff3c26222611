"""Reading a zip archive from front to back, as a stream.

`zipfile` starts from the table of contents at the end: it can read nothing of an archive that was
cut off, needs standard input copied to disk first, and holds some 600 bytes for every member, of
which the registry's own archive has 600,000. Here each member is read as it comes.
Format: PKWARE's APPNOTE 6.3.10, sections 4.3 to 4.5.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import NoReturn

_MEMBER, _DESCRIPTOR = b"PK\x03\x04", b"PK\x07\x08"
# What follows the last member: its table of contents, or the end of an empty archive.
_AFTERWARDS = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08")
_SIGNATURES = (_MEMBER, *_AFTERWARDS)
_HEADER = struct.Struct("<HHHHHIIIHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_FOLLOW, _UTF8_NAME = 1, 1 << 3, 1 << 11
_IN_EXTRA = 0xFFFFFFFF
_ZIP64_EXTRA = 1
_STEP = 1 << 16


class DamagedZipError(Exception):
    """The archive can't be read on; the message says why."""


class Member:
    """One file of an archive, readable until the next one is asked for.

    `refusal` says why its content can't be read, if it can't.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        head = _exactly(stream, _HEADER.size)
        _, self._flags, self._method, _, _, self._crc, packed, size, name, extra = _HEADER.unpack(
            head
        )
        coding = "utf-8" if self._flags & _UTF8_NAME else "cp437"
        self.name = _exactly(stream, name).decode(coding, "replace")
        self._left = _packed_size(packed, size, _exactly(stream, extra))
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._sum = 0
        self._ended = self._finished = False
        # Packed bytes read so far.
        self.taken = 0
        # The signature behind the member, where it had to be read to find the member's end.
        self.next_signature = b""
        self.refusal = ""
        if self._flags & _ENCRYPTED:
            self.refusal = "the member is encrypted"
        elif self._method not in (_STORED, _DEFLATED):
            self.refusal = f"the member is packed by method {self._method}; only deflate is read"

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end. Raises DamagedZipError."""
        data = b""
        while not data and not self._ended:
            data = self._inflate(size) if self._method == _DEFLATED else self._take(size)
            self._sum = zlib.crc32(data, self._sum)
        if not data:
            self._finish()
        return data

    def skip(self) -> None:
        """Go to the end of the member, whatever it holds. Raises DamagedZipError."""
        while not self._ended:
            if self.refusal:
                self._take(_STEP)
            else:
                with suppress(DamagedZipError):
                    self.read(_STEP)
        with suppress(DamagedZipError):
            self._finish()

    def _inflate(self, size: int) -> bytes:
        ahead = self._stream.peek(_STEP)
        if not ahead:
            self._refuse("the archive ends in the middle of this member")
        try:
            data = self._inflater.decompress(ahead, size)
        except zlib.error as error:
            self._refuse(f"the member is damaged ({error})")
        self._ended = self._inflater.eof
        rest = self._inflater.unused_data if self._ended else self._inflater.unconsumed_tail
        self._count(self._stream.read(len(ahead) - len(rest)))
        return data

    def _take(self, size: int) -> bytes:
        if self._flags & _SIZES_FOLLOW and self._left <= 0:
            raise DamagedZipError("the archive does not say where one of its members ends")
        data = self._stream.read(max(0, min(size, self._left)))
        if self._left > 0 and not data:
            raise DamagedZipError("the archive is cut off")
        self._count(data)
        self._ended = self._left <= 0
        return data

    def _count(self, packed: bytes) -> None:
        self.taken += len(packed)
        self._left -= len(packed)

    def _finish(self) -> None:
        """Read what follows the data, once, and compare the checksum."""
        if self._finished:
            return
        self._finished = True
        if self._flags & _SIZES_FOLLOW:
            self._read_descriptor()
        if not self.refusal and self._sum != self._crc:
            self._refuse("the member is damaged: its checksum is another")

    def _refuse(self, reason: str) -> NoReturn:
        self.refusal = reason
        raise DamagedZipError(reason)

    def _read_descriptor(self) -> None:
        """Read checksum and sizes behind the data: two sizes of four bytes, or of eight."""
        word = _exactly(self._stream, 4)
        crc = _exactly(self._stream, 4) if word == _DESCRIPTOR else word
        self._crc = int.from_bytes(crc, "little")
        _exactly(self._stream, 8)
        self.next_signature = self._stream.read(4)
        if len(self.next_signature) == 4 and self.next_signature not in _SIGNATURES:
            _exactly(self._stream, 4)
            self.next_signature = self._stream.read(4)


def members_of(stream: io.BufferedReader) -> Iterator[Member]:
    """Yield the members of an archive, from its first byte on.

    Raises DamagedZipError where the archive breaks off; what came before has been yielded.
    """
    signature = stream.read(4)
    while signature == _MEMBER:
        member = Member(stream)
        yield member
        member.skip()
        signature = member.next_signature or stream.read(4)
    if signature not in _AFTERWARDS:
        raise DamagedZipError("the archive is damaged or cut off")


def _exactly(stream: io.BufferedReader, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise DamagedZipError("the archive is cut off")
    return data


def _packed_size(packed: int, size: int, extra: bytes) -> int:
    """Return the packed size; above 4 GB it stands in an extra field, behind the other size."""
    while packed == _IN_EXTRA and len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _ZIP64_EXTRA:
            numbers = extra[4 : 4 + length]
            start = 8 if size == _IN_EXTRA else 0
            return int.from_bytes(numbers[start : start + 8], "little")
        extra = extra[4 + length :]
    return packed
