"""Two states of a record → what an editor sees of their difference, field by field."""

from dataclasses import dataclass

from trials.registry.changes.fields import OF_SITES, changed
from trials.registry.changes.wording import is_text, lines_at_sites, lines_of
from trials.registry.study import Study
from trials.terms.difference import Line, compare_list, compare_text
from trials.terms.sources import Kind, Source, Urgency, kinds_of, urgency_of


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one field; `kind` is None where patients read nothing of it."""

    source: Source
    kind: Kind | None
    urgency: Urgency | None
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        """The field's name for editors."""
        return str(self.source.label)


def differences(before: Study, after: Study) -> list[Difference]:
    """Return what differs between two states of a record, in the order of `Source`."""
    return [_difference(source, before, after) for source in changed(before, after)]


def _difference(source: Source, before: Study, after: Study) -> Difference:
    kind = next(iter(kinds_of([source])), None)
    return Difference(
        source, kind, urgency_of(kind) if kind else None, _lines(source, before, after)
    )


def _lines(source: Source, before: Study, after: Study) -> tuple[Line, ...]:
    if source in OF_SITES:
        return compare_list(*lines_at_sites(source, before, after))
    compare = compare_text if is_text(source, after) else compare_list
    return compare(lines_of(source, before), lines_of(source, after))
