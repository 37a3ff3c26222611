"""Studies for the tests: the files of tests/data/registry, and changes of the whole one."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trials.registry.decode import record_of
from trials.registry.parse import ParsedStudy, parse

FOLDER = Path(__file__).resolve().parent.parent / "data" / "registry"
Json = dict[str, Any]


def load(name: str) -> Json:
    """Return the study in tests/data/registry/<name>.json."""
    return json.loads((FOLDER / f"{name}.json").read_text())


def whole(number: int = 1, change: Callable[[Json], object] = lambda _: None) -> Json:
    """Return the whole study under an id of its own, changed by a function of its protocol."""
    study = copy.deepcopy(load("whole"))
    study["protocolSection"]["identificationModule"]["nctId"] = nct(number)
    change(study["protocolSection"])
    return study


def nct(number: int) -> str:
    """Return the id of the numbered study."""
    return f"NCT9992{number:04d}"


def raw(study: Json) -> bytes:
    """Return a study as the registry sends it."""
    return json.dumps(study, ensure_ascii=False, separators=(",", ":")).encode()


def lines(*studies: Json) -> bytes:
    """Return studies as JSON Lines."""
    return b"".join(raw(study) + b"\n" for study in studies)


def parsed(name: str) -> ParsedStudy:
    """Return a file's study with its rows."""
    return parse(record_of(raw(load(name)), "a test", ""))


def said(study: ParsedStudy) -> set[tuple[str, str]]:
    """Return path and value of a study's odd values."""
    return {(slip.path.removeprefix("protocolSection."), slip.value) for slip in study.slips}


def sites_of(protocol: Json) -> list[Json]:
    """Return the locations of a study."""
    return protocol["contactsLocationsModule"]["locations"]


def criteria_of(protocol: Json, *replace: tuple[str, str]) -> None:
    """Replace pieces of the criteria text, which has to hold them."""
    module = protocol["eligibilityModule"]
    for old, new in replace:
        assert old in module["eligibilityCriteria"]
        module["eligibilityCriteria"] = module["eligibilityCriteria"].replace(old, new)
