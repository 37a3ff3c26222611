"""How a field of a record reads to an editor: a line for each entry of a list, paragraphs else."""

from collections.abc import Iterable, Iterator
from inspect import getmembers, isclass
from typing import Any

import msgspec
from django.db.models import TextChoices

from trials.registry.changes.fields import LOCATIONS, plain_text, staying, values_of
from trials.registry.study import Location, Study
from trials.terms import registry
from trials.terms.sources import Source

_BETWEEN = " · "
_NO_BREAK = "\xa0"
_CODES = {
    choice.value: str(choice.label)
    for _, choices in getmembers(registry, isclass)
    if issubclass(choices, TextChoices)
    for choice in choices
}


def lines_of(source: Source, study: Study) -> list[str]:
    """Return what a study says in a field, in the record's order; nothing where it is silent."""
    elements = values_of(source, study)
    if len(elements) == 1:
        return list(_lines(elements[0][1]))
    return [f"{name}: {line}" for name, value in elements for line in _lines(value)]


def is_text(source: Source, study: Study) -> bool:
    """Tell if a field is one text, whose lines have an order."""
    elements = values_of(source, study)
    return len(elements) == 1 and isinstance(elements[0][1], str)


def lines_at_sites(source: Source, before: Study, after: Study) -> tuple[list[str], list[str]]:
    """Return what both states say of the sites that are in both: statuses, or contacts."""
    old: list[str] = []
    new: list[str] = []
    for there, here in staying(LOCATIONS(before), LOCATIONS(after)):
        old += _at_sites(source, there)
        new += _at_sites(source, here)
    return old, new


def _at_sites(source: Source, sites: list[Location]) -> Iterator[str]:
    for site in sites:
        where = ", ".join(filter(None, (site.facility, site.city, site.state, site.country)))
        said = [site.status] if source == Source.SITE_STATUSES else site.contacts
        for line in _lines(said):
            yield f"{plain_text(where)}: {line}"


def _lines(value: Any) -> Iterator[str]:
    lines: Iterable[str]
    if isinstance(value, str):
        lines = [_word(value)] if value in _CODES else map(plain_text, value.splitlines())
    elif isinstance(value, list):
        lines = (_BETWEEN.join(_words(entry)) for entry in value)
    else:
        lines = [_BETWEEN.join(_words(value))]
    yield from filter(None, lines)


def _words(value: Any) -> Iterator[str]:
    """Yield every value inside an entry that says something."""
    if isinstance(value, msgspec.Struct):
        value = [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, list | tuple):
        for part in value:
            yield from _words(part)
    elif isinstance(value, bool):
        yield "yes" if value else "no"
    elif value is not None and value != "":
        yield _word(str(value))


def _word(value: str) -> str:
    """Return a code's label in one piece, so that it changes as one; else the text."""
    label = _CODES.get(value)
    return label.replace(" ", _NO_BREAK) if label else plain_text(value)
