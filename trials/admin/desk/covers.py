"""The criteria of a text's trial, each with the line that covers it or the reason why none does."""

from collections.abc import Sequence
from dataclasses import dataclass

from trials.editorial.checks import coverage
from trials.editorial.checks.coverage import Wanted
from trials.editorial.readiness import Report
from trials.editorial.source_texts import rules
from trials.models import Revision, Trial


@dataclass(frozen=True, slots=True)
class Option:
    """A line that may cover a criterion."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """A criterion, and the line that covers it or the reason why none does."""

    digest: str
    side: str
    above: Sequence[str]
    text: str
    options: Sequence[Option]
    reason: str
    is_suggested: bool
    is_open: bool


def read_covers(trial: Trial, report: Report, revision: Revision) -> list[Cover]:
    """Return the criteria of a revision's trial in reading order, each with what answers it."""
    open_ones = {wanted.digest for wanted in report.uncovered}
    likely = coverage.suggest(report.uncovered, revision.good_fit, revision.not_a_fit)
    above = _above(trial)
    return [
        _cover(
            wanted,
            revision,
            above=above.get(wanted.digest, []),
            likely=likely.get(wanted.digest, ""),
            is_open=wanted.digest in open_ones,
        )
        for wanted in report.wanted
    ]


def _above(trial: Trial) -> dict[str, list[str]]:
    """Return what stands above each criterion: “with all of these”, or “except” turn its sense."""
    rows = {row.pk: row for row in rules(trial)}
    found: dict[str, list[str]] = {}
    for row in rows.values():
        above: list[str] = []
        parent = row.parent_id
        while parent is not None:
            above.insert(0, rows[parent].text)
            parent = rows[parent].parent_id
        found[coverage.digest(row.section, row.text)] = above
    return found


def _cover(
    wanted: Wanted, revision: Revision, *, above: Sequence[str], likely: str, is_open: bool
) -> Cover:
    said = revision.covers.get(wanted.digest, {})
    chosen = said.get("line", "") or likely
    lines = [("Good fit", line) for line in revision.good_fit]
    lines += [("Not a fit", line) for line in revision.not_a_fit]
    options = [Option(f"line:{line}", f"{side}: {line}", line == chosen) for side, line in lines]
    options.append(Option("waive", "No line: the reason beside", bool(said.get("reason"))))
    is_suggested = is_open and bool(likely) and not said
    return Cover(
        wanted.digest,
        wanted.section.capitalize(),
        above,
        wanted.text,
        options,
        said.get("reason", ""),
        is_suggested,
        is_open,
    )
