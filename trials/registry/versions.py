"""Reading kept records again."""

import json

import zstandard

from trials.models import RecordVersion

_LARGEST = 256 << 20


def raw_json(version: RecordVersion) -> str:
    """Return the record's JSON as it was received."""
    data = zstandard.ZstdDecompressor().decompress(bytes(version.raw), max_output_size=_LARGEST)
    return data.decode()


def readable_json(version: RecordVersion) -> str:
    """Return the record's JSON laid out for people."""
    return json.dumps(json.loads(raw_json(version)), indent=2, ensure_ascii=False)
