"""What a reader can report, and how a report ends. Labels are for editors, `plain` for readers."""

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


class Outcome(TextChoices):
    """What became of a report."""

    CORRECTED = "CORRECTED", "Corrected"
    NOTHING_WRONG = "NOTHING_WRONG", "Nothing was wrong"
    PASSED_ON = "PASSED_ON", "Passed to the study team"
    CANT_TELL = "CANT_TELL", "Can’t be told"
