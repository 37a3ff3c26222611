"""Mending texts that came through a wrong decoder on their way into the record."""

import re
from dataclasses import dataclass
from typing import Any

import ftfy
import ftfy.badness

_NUL = "\x00"
_SURROGATE = re.compile("[\ud800-\udfff]")
# Python keeps a byte that is not UTF-8 as one of these.
_FIRST_BYTE, _LAST_BYTE = 0xDC80, 0xDCFF
# UTF-8 read as Windows-1252: a lead byte's character, then one for a continuation byte. ftfy
# judges the text itself; these spare it the many that can't be.
_MOJIBAKE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u017e\u0192\u02c6\u02dc\u2013-\u2122]")
_MOJIBAKE_BYTES = re.compile(
    rb"\xc3[\x82-\xb4](?:\xc2|\xc5|\xc6\x92|\xcb|\xe2\x80|\xe2\x82\xac|\xe2\x84)"
)
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Slip:
    """An odd value: where in the record, what stood there, what is wrong with it."""

    path: str
    value: str
    message: str


class Mender:
    """Mends all texts of a record and notes a slip for each that it changes."""

    def __init__(self) -> None:
        self.slips: list[Slip] = []

    @staticmethod
    def is_needed(canonical: bytes) -> bool:
        """Tell from a record's JSON whether a text in it may need mending."""
        return b"\\u0000" in canonical or _MOJIBAKE_BYTES.search(canonical) is not None

    def mend(self, value: Any, path: str = "") -> Any:
        """Return a copy of a JSON value with its texts mended."""
        if isinstance(value, str):
            return self._text(value, path)
        if isinstance(value, dict):
            return {
                printable(key): self.mend(entry, f"{path}.{key}" if path else key)
                for key, entry in value.items()
            }
        if isinstance(value, list):
            return [self.mend(entry, f"{path}[]") for entry in value]
        return value

    def _text(self, text: str, path: str) -> str:
        if _NUL in text:
            self._slip(path, text, text.index(_NUL), "A NUL character, removed.")
            text = text.replace(_NUL, "")
        if broken := _SURROGATE.search(text):
            self._slip(path, text, broken.start(), "Broken characters, replaced.")
            text = _SURROGATE.sub(_replacement, text)
        garbled = _MOJIBAKE.search(text)
        if garbled and ftfy.badness.is_bad(text):
            mended = ftfy.fix_encoding(text)
            if mended != text:
                self._slip(path, text, garbled.start(), "Garbled characters, mended.")
            return mended
        return text

    def _slip(self, path: str, text: str, place: int, message: str) -> None:
        """Note the place with what stands around it."""
        start = max(0, place - _SHOWN // 2)
        shown = printable(text[start : start + _SHOWN])
        self.slips.append(Slip(printable(path), shown, message))


def printable(text: str) -> str:
    """Return a text that the database and a terminal can hold: no NUL, no half surrogates."""
    return text.replace(_NUL, "␀").encode("utf-8", "replace").decode()


def _replacement(match: re.Match[str]) -> str:
    """Return what a byte means in Windows-1252, which text that is not UTF-8 nearly always is."""
    code = ord(match[0])
    if _FIRST_BYTE <= code <= _LAST_BYTE:
        return bytes([code & 0xFF]).decode("cp1252", "replace")
    return "\ufffd"
