"""Reading kept records again."""

import json

import zstandard

from trials.models import RecordVersion
from trials.registry.mend import printable

_LARGEST = 256 << 20


def raw_bytes(version: bytes) -> bytes:
    """Return a record as it was received from what is kept of it.

    Raises zstandard.ZstdError where that is damaged.
    """
    return zstandard.ZstdDecompressor().decompress(version, max_output_size=_LARGEST)


def raw_json(version: RecordVersion) -> str:
    """Return the record's JSON as it was received; a sign stands for a byte that is no UTF-8."""
    return raw_bytes(bytes(version.raw)).decode("utf-8", "replace")


def readable_json(version: RecordVersion) -> str:
    """Return the record's JSON laid out for people."""
    record = json.loads(raw_json(version), strict=False)
    return printable(json.dumps(record, indent=2, ensure_ascii=False))
