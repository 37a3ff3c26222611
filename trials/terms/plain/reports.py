"""What readers can report, in words for readers, and what a page says once several did."""

from trials.terms.plain.basics import word_for
from trials.terms.reports import ReportKind

DIFFICULTY = "Readers report difficulty reaching this contact."
NO_PLACE = "Not about one place"
UNNAMED_PLACE = "A place without a name"
_KIND: dict[str, str] = {
    ReportKind.HARD_WORDS: "The page is hard to understand",
    ReportKind.WRONG: "Something on the page seems wrong",
    ReportKind.NO_CONTACT: "The phone number or email address did not work",
    ReportKind.NO_ANSWER: "I had no answer after 10 days",
    ReportKind.NOT_TAKING: "They told me that they are not taking people",
}


def report_kind(code: str) -> str:
    """Return what a reader can choose to say."""
    return word_for(_KIND, code)
