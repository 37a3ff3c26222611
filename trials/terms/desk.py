"""The editorial desk's vocabulary: what a text consists of, where it stands, what people do to it.

The verbs are the same in actions, buttons, the audit and the docs. No state uses a word that the
registry uses for a study (withdrawn, terminated, suspended, completed, active).
"""

from django.db.models import TextChoices


class Part(TextChoices):
    """One field of a text: its value is the column's name, its label the words for editors."""

    PLAIN_TITLE = "plain_title", "Plain title"
    PLAIN_SUMMARY = "plain_summary", "One-sentence summary"
    WHAT_IT_STUDIES = "what_it_studies", "What this trial studies"
    GOOD_FIT = "good_fit", "Good fit"
    NOT_A_FIT = "not_a_fit", "Not a fit"
    POTENTIAL_BENEFIT = "potential_benefit", "Potential benefit"
    SIMILAR_STUDIES = "similar_studies", "How similar studies have performed"
    TAKING_PART = "taking_part", "What taking part involves"

    @property
    def is_list(self) -> bool:
        """Whether the field holds lines instead of one text."""
        return self in _LISTS


_LISTS = (Part.GOOD_FIT, Part.NOT_A_FIT)


class State(TextChoices):
    """Where the working copy of a text stands; what patients see is told by `is_live` alone."""

    NOT_STARTED = "NOT_STARTED", "Not started"
    DRAFT = "DRAFT", "Draft"
    IN_REVIEW = "IN_REVIEW", "In review"
    RETURNED = "RETURNED", "Returned"
    APPROVED = "APPROVED", "Approved"
    PUBLISHED = "PUBLISHED", "Published"
    UNPUBLISHED = "UNPUBLISHED", "Unpublished"


class Verb(TextChoices):
    """What moves a text from one state to the next; the label is the button's."""

    START = "start", "Start writing"
    SUBMIT = "submit", "Submit for review"
    RETURN = "return", "Return to the writer"
    APPROVE = "approve", "Approve"
    PUBLISH = "publish", "Publish"
    UNPUBLISH = "unpublish", "Unpublish"


class Role(TextChoices):
    """A Django group of the desk; the value is the group's name."""

    WRITER = "writer", "Writer"
    REVIEWER = "reviewer", "Reviewer"
    PUBLISHER = "publisher", "Publisher"


# The right of each role; Django's permission by codename, on EditorialText.
RIGHTS = {
    Role.WRITER: "write_text",
    Role.REVIEWER: "review_text",
    Role.PUBLISHER: "publish_text",
}
