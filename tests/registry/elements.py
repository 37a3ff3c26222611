"""Every element of a study that the importer reads: its names, and how to change it alone."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args, get_origin

import msgspec

from registry.records import Json, load
from trials.registry.study import Study

FILLED = "Something"


@dataclass(frozen=True)
class Element:
    """A leaf of the study: `path` in the structs' names, `keys` in the API's, "[]" for a list."""

    path: str
    keys: tuple[str, ...]
    kind: Any

    @property
    def is_list(self) -> bool:
        return get_origin(self.kind) is list


def elements(struct: Any = Study, path: str = "", keys: tuple[str, ...] = ()) -> Iterator[Element]:
    """Yield the leaves of the study."""
    for field in msgspec.structs.fields(struct):
        here = f"{path}{field.name}"
        called = (*keys, field.encode_name)
        kind = field.type
        inner = get_args(kind)[0] if get_origin(kind) is list else kind
        if not _is_struct(inner):
            yield Element(here.removeprefix("protocol_section."), called, kind)
        elif inner is kind:
            yield from elements(inner, f"{here}.", called)
        else:
            yield from elements(inner, f"{here}[].", (*called, "[]"))


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def full_study() -> Json:
    """Return the whole study with something in every element that it leaves empty."""
    study = load("whole") | {"hasResults": True}
    for element in elements():
        holder, key = _holder(study, element)
        holder.setdefault(key, _something(element))
    return study


def changed_study(study: Json, element: Element) -> Json:
    """Return a study in which one element is another, that of the first entry of a list."""
    other = copy.deepcopy(study)
    holder, key = _holder(other, element)
    holder[key] = _another(holder[key])
    return other


def emptied_study(study: Json, element: Element) -> Json:
    """Return a study that lacks one element."""
    other = copy.deepcopy(study)
    holder, key = _holder(other, element)
    del holder[key]
    return other


def _holder(study: Json, element: Element) -> tuple[Any, str]:
    """Return the object that holds an element; makes what is missing on the way."""
    holder: Any = study
    for name, then in pairwise(element.keys):
        if name == "[]":
            if not holder:
                holder.append({})
            holder = holder[0]
        else:
            holder = holder.setdefault(name, [] if then == "[]" else {})
    return holder, element.keys[-1]


def _something(element: Element) -> Any:
    if element.is_list:
        return [FILLED]
    if element.kind is bool or bool in get_args(element.kind):
        return True
    return 7 if element.kind is not str else FILLED


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, list):
        return [*value, f"{FILLED} more"]
    return f"{value} and more" if isinstance(value, str) else value + 1
