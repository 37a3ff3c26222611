"""Import problems: what was wrong, in a sentence, and where."""

import re

from trials.models import ImportProblem
from trials.registry.cut import Cut
from trials.registry.decode import RejectedRecord
from trials.registry.mend import printable

_ID = re.compile(rb'"nctId"\s*:\s*"([A-Za-z0-9]{1,20})"')
_LONGEST_ID = 40


def rejection(source: str, position: str, error: RejectedRecord) -> ImportProblem:
    """Return the problem of a record that can't be taken in."""
    return ImportProblem(
        kind=ImportProblem.Kind.REJECTED,
        nct_id=printable(error.nct_id)[:_LONGEST_ID],
        source=source,
        position=position,
        message=printable(str(error)),
    )


def broken_piece(source: str, cut: Cut) -> list[ImportProblem]:
    """Return the problems of a broken piece: a record lost, a source that ends early, or both."""
    problems = []
    if cut.raw or not cut.at_end:
        error = RejectedRecord(f"The record can't be read: {cut.broken}.", _id_in(cut.raw))
        problems.append(rejection(source, cut.position, error))
    if cut.at_end:
        problems.append(
            ImportProblem(
                kind=ImportProblem.Kind.CUT_OFF,
                source=source,
                position=cut.position,
                message=f"The source could not be read to its end: {cut.broken}.",
            )
        )
    return problems


def shown(problem: ImportProblem) -> str:
    """Return a problem as a line for a terminal."""
    place = ", ".join(part for part in (problem.source, problem.position) if part)
    named = f" ({problem.nct_id})" if problem.nct_id else ""
    return f"{place}{named}: {problem.message}"


def _id_in(raw: bytes) -> str:
    """Return what a record that can't be read calls itself, if that much can be seen."""
    match = _ID.search(raw)
    return match[1].decode() if match else ""
