"""Bytes of a record → a typed study, its content hash, and what had to be set aside to type it."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

import msgspec

from trials.registry.mend import Mender, Slip
from trials.registry.study import Study
from trials.terms.values import canonical_nct_id

# A record with more values of a wrong type than this is not a study with slips in it.
_MAX_SLIPS = 40
_SLIP = re.compile(r"Expected (?P<expected>.+?), got `(?P<got>\w+)` - at `(?P<path>\$[^`]*)`")
_DATA_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_INTEGER = 18
_PYTHON_TYPES = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "null": type(None),
    "array": list,
    "object": dict,
}

Json = dict[str, Any]


@dataclass(slots=True)
class Record:
    """A record that could be read; `slips` are the odd values met so far."""

    nct_id: str
    raw: bytes
    content_hash: bytes
    data_version: str
    source: str
    position: str
    study: Study
    slips: list[Slip] = field(default_factory=list)


class RejectedRecord(Exception):
    """A record can't be read at all; the message says why, `nct_id` is what it calls itself."""

    def __init__(self, message: str, nct_id: str = "") -> None:
        super().__init__(message)
        self.nct_id = nct_id


def record_of(raw: bytes, source: str, position: str) -> Record:
    """Return the record that a piece of JSON holds.

    The hash is SHA-256 over the JSON with sorted keys and without `versionHolder`, which changes
    with every data release of the registry although nothing else does.

    Raises RejectedRecord where the bytes are not JSON or not a study.
    """
    mender = Mender()
    try:
        content = _content_of(raw, mender)
        nct_id = _nct_id_of(content)
        data_version = _take_version_holder(content)
        canonical = msgspec.json.encode(content, order="sorted")
        if mender.is_needed(canonical):
            content = mender.mend(content)
    except RecursionError:
        raise RejectedRecord("The record is nested too deeply.") from None
    return Record(
        nct_id=nct_id,
        raw=raw,
        content_hash=hashlib.sha256(canonical).digest(),
        data_version=data_version,
        source=source,
        position=position,
        study=_typed(content, nct_id, mender.slips),
        slips=mender.slips,
    )


def _content_of(raw: bytes, mender: Mender) -> Json:
    try:
        value = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        value = mender.mend(_decoded_leniently(raw))
    if not isinstance(value, dict) or "protocolSection" not in value:
        raise RejectedRecord("This is not a study record: it has no “protocolSection”.")
    return value


def _decoded_leniently(raw: bytes) -> Any:
    """Read JSON with raw control characters, half surrogates, NaN, or bytes that are not UTF-8."""
    try:
        return json.loads(raw.decode("utf-8", "surrogateescape"), strict=False, parse_int=_number)
    except ValueError as error:
        raise RejectedRecord(f"This is not valid JSON: {error}.") from None


def _number(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


def _nct_id_of(content: Json) -> str:
    said = _said_nct_id(content)
    try:
        return canonical_nct_id(said)
    except ValueError as error:
        reason = f"The record has no valid NCT id: {error}." if said else "It has no NCT id."
        raise RejectedRecord(reason, said[:40]) from None


def _said_nct_id(content: Json) -> str:
    protocol = content["protocolSection"]
    module = protocol.get("identificationModule") if isinstance(protocol, dict) else None
    said = module.get("nctId") if isinstance(module, dict) else None
    return said if isinstance(said, str) else ""


def _take_version_holder(content: Json) -> str:
    """Remove and return the date of the data; an empty text where it is missing or odd."""
    derived = content.get("derivedSection")
    module = derived.get("miscInfoModule") if isinstance(derived, dict) else None
    version = module.pop("versionHolder", "") if isinstance(module, dict) else ""
    return version if isinstance(version, str) and _DATA_VERSION.fullmatch(version) else ""


def _typed(content: Json, nct_id: str, slips: list[Slip]) -> Study:
    """Return the typed study; values of a wrong type are set aside as slips.

    Raises RejectedRecord where hardly anything has the right type.
    """
    for _ in range(_MAX_SLIPS):
        try:
            return msgspec.convert(content, Study)
        except msgspec.ValidationError as error:
            slip = _SLIP.search(str(error))
            removed = _set_aside(content, slip) if slip else []
            if not removed:
                raise RejectedRecord(f"The record can't be read: {error}.", nct_id) from None
            slips.extend(removed)
    raise RejectedRecord("Too many values of the record have a wrong type.", nct_id)


def _set_aside(content: Json, slip: re.Match[str]) -> list[Slip]:
    """Remove the values at a path that have the offending type, and return them.

    The path names one element of a list; all elements are looked at, to be done at once.
    """
    names = [name or "[]" for name, _ in re.findall(r"\.([^.\[]+)|(\[)", slip["path"])]
    wrong = _PYTHON_TYPES.get(slip["got"])
    if not names or wrong is None:
        return []
    path = ".".join(names).replace(".[]", "[]")
    message = f"Expected {slip['expected'].replace('`', '')}, not {slip['got']}; left out."
    return [
        Slip(path, _shown(value), message)
        for holder in _holders(content, names[:-1])
        for value in _removed(holder, names[-1], wrong)
    ]


def _holders(value: Any, names: list[str]) -> list[Any]:
    holders = [value]
    for name in names:
        if name == "[]":
            holders = [item for holder in holders if isinstance(holder, list) for item in holder]
        else:
            holders = [h[name] for h in holders if isinstance(h, dict) and name in h]
    return holders


def _removed(holder: Any, name: str, wrong: type) -> list[Any]:
    if name == "[]" and isinstance(holder, list):
        bad = [item for item in holder if type(item) is wrong]
        holder[:] = [item for item in holder if type(item) is not wrong]
        return bad
    if isinstance(holder, dict) and name in holder and type(holder[name]) is wrong:
        return [holder.pop(name)]
    return []


def _shown(value: Any) -> str:
    return msgspec.json.encode(value).decode("utf-8", "replace")[:200]
