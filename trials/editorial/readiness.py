"""What still keeps a text from its readers: the one list behind forms, buttons and refusals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trials.editorial.checks import coverage, guard
from trials.editorial.checks.coverage import Wanted
from trials.editorial.checks.field import FieldReport, check_field
from trials.editorial.checks.findings import Finding, Level
from trials.editorial.errors import NotAllowedError
from trials.editorial.live_terms import kept_glossary
from trials.editorial.revisions import passages_of, sources_of
from trials.editorial.source_texts import rules, source_text, statements, with_sources
from trials.editorial.staleness import stale_parts
from trials.models import EditorialText, Revision, Trial
from trials.terms.desk import Part
from trials.terms.sources import Source

__all__ = ["Problem", "Report", "check_part", "check_ready", "report", "stale_parts"]

_NEEDED = (Part.PLAIN_TITLE, Part.PLAIN_SUMMARY)
_SIDES = {Part.GOOD_FIT: guard.Side.GOOD_FIT, Part.NOT_A_FIT: guard.Side.NOT_A_FIT}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence that says what is missing, and the field that it is about, if it is one."""

    sentence: str
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class PartReport:
    """One field: what reading it found, and what holding it against the record found."""

    reading: FieldReport
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is known of a revision. Without problems it may go on to its readers."""

    parts: dict[Part, PartReport]
    stale: dict[Part, list[Source]]
    wanted: Sequence[Wanted]
    uncovered: Sequence[Wanted]
    problems: list[Problem]


def loaded(trial: Trial) -> Trial:
    """Return a trial with everything that its texts are written from."""
    return with_sources(Trial.everything.all()).get(pk=trial.pk)


def check_ready(text: EditorialText) -> None:
    """Raise NotAllowedError with all that keeps the newest revision from its readers.

    The same for submitting, approving and publishing: an import may have come in between.
    """
    if text.head is None:
        raise NotAllowedError("There are no words yet.")
    problems = report(loaded(text.trial), text.head).problems
    if problems:
        said = " ".join(
            f"{problem.part.label}: {problem.sentence}" if problem.part else problem.sentence
            for problem in problems[:5]
        )
        more = f" And {len(problems) - 5} more." if len(problems) > 5 else ""
        raise NotAllowedError(f"Not ready yet. {said}{more}")


def report(trial: Trial, revision: Revision) -> Report:
    """Check a revision against its trial, which `loaded` returned."""
    passages = passages_of(revision)
    parts = {}
    for part in Part:
        sources = sources_of(passages.get(part), part)
        parts[part] = check_part(trial, part, words_of(revision, part), sources)
    stale = stale_parts(revision)
    wanted = coverage.wanted(rules(trial))
    uncovered = coverage.uncovered(wanted, revision.covers, revision.good_fit, revision.not_a_fit)
    problems = [
        *_missing(revision),
        *_open_findings(parts, revision.answers),
        *_unsigned(revision, stale),
        *_uncovered(uncovered),
    ]
    return Report(parts, stale, wanted, uncovered, problems)


def check_part(trial: Trial, part: Part, words: str, sources: Sequence[str]) -> PartReport:
    """Read one field, and hold it against the fields of the record that it was written from."""
    reading = check_field(part, words, glossary=kept_glossary())
    if not words.strip():
        return PartReport(reading, ())
    chosen = [Source(source) for source in sources]
    record = guard.Source(
        text="\n".join(
            source_text(trial, source) for source in chosen if source != Source.CRITERIA
        ),
        criteria=statements(trial) if Source.CRITERIA in chosen else (),
    )
    against = guard.compare(words, record, side=_SIDES.get(part))
    if part == Part.SIMILAR_STUDIES:
        against = list(_of_another_study(against))
    return PartReport(reading, (*against, *reading.findings))


def _of_another_study(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Ask once where numbers come from that no record of this trial can hold."""
    numbers = [finding.quote for finding in findings if finding.check == "number"]
    yield from (finding for finding in findings if finding.check != "number")
    if numbers:
        yield Finding(
            "number",
            Level.BLOCK,
            ", ".join(dict.fromkeys(numbers)),
            "The record of this trial can’t confirm numbers of another study. Say where you "
            "checked them: the publication, its table or page.",
        )


def words_of(revision: Revision, part: Part) -> str:
    """Return a field as one text; a list has a line each."""
    words = getattr(revision, part.value)
    return "\n".join(words) if part.is_list else str(words)


def is_answered(finding: Finding, answers: Mapping[str, Any]) -> bool:
    """Tell whether a finding that a reason can answer has one."""
    reason = answers.get(finding.key, {}).get("reason", "")
    return finding.level == Level.BLOCK and len(reason.strip()) >= coverage.SHORTEST_REASON


def _missing(revision: Revision) -> Iterator[Problem]:
    for part in _NEEDED:
        if not words_of(revision, part).strip():
            yield Problem("it is empty, and every page shows it.", part)


def _open_findings(
    parts: Mapping[Part, PartReport], answers: Mapping[str, Any]
) -> Iterator[Problem]:
    for part, found in parts.items():
        for finding in found.findings:
            if finding.level != Level.HINT and not is_answered(finding, answers):
                yield Problem(_quoted(finding), part)


def _quoted(finding: Finding) -> str:
    if finding.quote in finding.message:
        return finding.message
    words = finding.quote if len(finding.quote) <= _SHOWN else f"{finding.quote[:_SHOWN]}…"
    return f"“{words}”: {finding.message}"


def _unsigned(revision: Revision, stale: Mapping[Part, Sequence[Source]]) -> Iterator[Problem]:
    passages = passages_of(revision)
    for part in Part:
        if not words_of(revision, part).strip():
            continue
        passage = passages.get(part)
        if passage is None or passage.signed_at is None:
            yield Problem("nobody has signed that it was held against the record.", part)
        elif part in stale:
            names = ", ".join(source.label for source in stale[part])
            yield Problem(f"it is stale: {names} changed. Look at it again and sign it.", part)


def _uncovered(uncovered: Sequence[Wanted]) -> Iterator[Problem]:
    if not uncovered:
        return
    first = uncovered[0].text
    shown = first if len(first) <= _SHOWN else f"{first[:_SHOWN]}…"
    number = "1 criterion is" if len(uncovered) == 1 else f"{len(uncovered)} criteria are"
    yield Problem(
        f"{number} neither covered by a line nor waived with a reason, such as “{shown}”."
    )
