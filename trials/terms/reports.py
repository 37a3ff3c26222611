"""What a reader can report, and how a report ends. Labels are for editors, `plain` for readers."""

from collections.abc import Collection
from typing import TypeAlias

from django.db.models import TextChoices


class ReportKind(TextChoices):
    """What a reader says is the matter; nobody writes words of their own."""

    HARD_WORDS = "HARD_WORDS", "hard to understand"
    WRONG = "WRONG", "something seems wrong"
    NO_CONTACT = "NO_CONTACT", "the contact did not work"
    NO_ANSWER = "NO_ANSWER", "no answer after ten days"
    NOT_TAKING = "NOT_TAKING", "they say they are not taking people"


ABOUT_THE_PAGE = (ReportKind.HARD_WORDS, ReportKind.WRONG)
ABOUT_A_CONTACT = (ReportKind.NO_CONTACT, ReportKind.NO_ANSWER, ReportKind.NOT_TAKING)

# So many readers have to report a contact, within so many days, before others are told.
ENOUGH = 3
COUNTED_DAYS = 60
# A report that nobody could look into for so long ends by itself.
TOO_OLD_DAYS = 180


# Contacts that enough readers report: the site's key, None for the whole study, and the digest of
# the ways to reach it that they tried, empty where it was not kept.
Reported: TypeAlias = Collection[tuple[int | None, str]]


def is_reported(reported: Reported, site: int | None, reach: str) -> bool:
    """Tell whether readers report a contact as it can be reached now."""
    return (site, reach) in reported or (site, "") in reported


class Outcome(TextChoices):
    """What became of a report. Nobody chooses the last two: an answer or the clock brings them."""

    CORRECTED = "CORRECTED", "Corrected"
    NOTHING_WRONG = "NOTHING_WRONG", "Nothing was wrong"
    PASSED_ON = "PASSED_ON", "Passed to the study team"
    CANT_TELL = "CANT_TELL", "Can’t be told"
    ANSWERED = "ANSWERED", "The study team answered"
    TOO_OLD = "TOO_OLD", "Too old to look into"


WITHOUT_A_PERSON = (Outcome.ANSWERED, Outcome.TOO_OLD)

CHOSEN_OUTCOMES = tuple(each for each in Outcome if each not in WITHOUT_A_PERSON)
