"""All checks of one field's own words, the same while one writes and when one submits.

What needs the source beside the words (numbers, negations, coverage) is checked elsewhere.
"""

from dataclasses import dataclass

from trials.editorial.checks.abbreviations import check_abbreviations
from trials.editorial.checks.findings import Finding
from trials.editorial.checks.jargon import check_jargon
from trials.editorial.checks.promises import check_promises
from trials.editorial.checks.reading import check_reading, grade, grade_words
from trials.terms.desk import Part
from trials.terms.glossary import Glossary


@dataclass(frozen=True, slots=True)
class FieldReport:
    """What the desk shows beside a field."""

    grade: float | None
    """US school grade; None for a text too short to tell."""
    grade_words: str
    """What to say beside the grade; empty where there is none."""
    findings: tuple[Finding, ...]
    """In text order; what is about the whole field comes first."""


def check_field(part: Part, text: str, *, glossary: Glossary) -> FieldReport:
    """Check a field's cleaned words; the lines of a list are joined by line breaks.

    `glossary` holds the words that pages explain.
    """
    value = grade(text)
    findings = (
        *check_reading(text, part),
        *check_abbreviations(text, glossary),
        *check_jargon(text, glossary),
        *check_promises(text, is_list=part.is_list),
    )
    return FieldReport(
        value,
        "" if value is None else grade_words(value, part),
        tuple(sorted(findings, key=lambda finding: (finding.start, finding.end))),
    )
