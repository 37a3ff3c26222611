"""What readers can report, in words for readers, and what a page says once several did."""

from collections.abc import Iterable
from datetime import date

from trials.terms.plain.basics import word_for
from trials.terms.plain.dates import day_words
from trials.terms.reports import TOO_OLD_DAYS, Outcome, ReportKind

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
_OUTCOME: dict[str, str] = {
    Outcome.CORRECTED: "It was corrected",
    Outcome.NOTHING_WRONG: "Nothing was wrong",
    Outcome.PASSED_ON: "We passed it to the study team",
    Outcome.CANT_TELL: "We could not find out",
    Outcome.ANSWERED: "The study team answered",
    Outcome.TOO_OLD: f"No one could look into it in {TOO_OLD_DAYS} days",
}
_TO_A_STUDY_TEAM: dict[str, str] = {
    ReportKind.NO_CONTACT: "The phone number or email address did not work",
    ReportKind.NO_ANSWER: "No answer after 10 days",
    ReportKind.NOT_TAKING: "They were told that you are not taking people",
}


def reports_of_contact(reports: Iterable[tuple[str, date]]) -> tuple[str, ...]:
    """Return what readers told of a contact and when, for its study team: kinds with their days."""
    return tuple(f"{_TO_A_STUDY_TEAM[kind]} ({day_words(day)})" for kind, day in reports)


def report_kind(code: str) -> str:
    """Return what a reader can choose to say."""
    return word_for(_KIND, code)


def report_outcome(code: str) -> str:
    """Return what became of a report."""
    return word_for(_OUTCOME, code)
