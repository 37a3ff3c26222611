"""What helps people to take part at a site and the registry has no field for: chosen, not written.

Only a study team says these. Nobody writes words of their own, so nothing has to be read before
readers see it. Labels are for readers and study teams alike.
"""

from django.db.models import TextChoices


class SiteFactKind(TextChoices):
    """A question that people ask before they travel."""

    LANGUAGES = "LANGUAGES", "Languages spoken"
    INTERPRETER = "INTERPRETER", "Interpreter"
    TRAVEL = "TRAVEL", "Help with travel costs"
    REMOTE = "REMOTE", "Visits by phone or video"
    PARKING = "PARKING", "Parking"


# The answers to each question but LANGUAGES, whose answers are language codes.
ANSWERS: dict[SiteFactKind, dict[str, str]] = {
    SiteFactKind.INTERPRETER: {
        "FREE": "Yes, at no cost",
        "ON_REQUEST": "If you ask in advance",
        "NONE": "No",
    },
    SiteFactKind.TRAVEL: {
        "ALL": "Yes, all of them",
        "SOME": "Yes, some of them",
        "NONE": "No",
    },
    SiteFactKind.REMOTE: {
        "SOME": "Yes, some visits",
        "NONE": "No, all visits are at the site",
    },
    SiteFactKind.PARKING: {
        "FREE": "Yes, free",
        "PAID": "Yes, for a fee",
        "NONE": "No",
    },
}
NOT_STATED = "Not stated – ask"
