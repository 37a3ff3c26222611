"""What a study team reads behind a link: what it may answer, what comes of it, why a link is over.

`OVER` is keyed by `coordinators.errors.Over`, by its value.
"""

from dataclasses import dataclass
from datetime import date

from trials.terms.contacts import Answer
from trials.terms.corrections import Field
from trials.terms.plain.dates import day_words

NO_ANSWER = "Press one of the buttons."
_ASK_AGAIN = "Write to us, and our editors can make a new link."


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """An answer: its button, what it means, and its name in an address."""

    value: str
    slug: str
    button: str
    meaning: str


ANSWERS: dict[Answer, AnswerWords] = {
    Answer.RIGHT: AnswerWords(
        Answer.RIGHT,
        "right",
        "These details are right",
        "We show readers the day on which you confirmed them.",
    ),
    Answer.CHANGE: AnswerWords(
        Answer.CHANGE,
        "change",
        "Something must change",
        "A name, a phone number, an email address, or something else is wrong.",
    ),
    Answer.NOT_RECRUITING: AnswerWords(
        Answer.NOT_RECRUITING,
        "not-recruiting",
        "We are not taking new people",
        "We tell readers so, whatever the status above says.",
    ),
    Answer.NOT_MY_SITE: AnswerWords(
        Answer.NOT_MY_SITE,
        "not-my-site",
        "This is not my site",
        "You do not work here, or not any more.",
    ),
}
# In place of the above where the study team says already that its site takes nobody: to confirm the
# details would say that it does.
ANSWERS_OF_CLOSED: dict[Answer, AnswerWords] = {
    Answer.NOT_RECRUITING: AnswerWords(
        Answer.NOT_RECRUITING,
        "not-recruiting",
        "We are still not taking new people",
        "Readers go on to see so, with today’s date.",
    ),
    Answer.RIGHT: AnswerWords(
        Answer.RIGHT,
        "right",
        "We take new people again, and these details are right",
        "Readers see the status above again, and the day on which you confirmed it.",
    ),
    **{answer: ANSWERS[answer] for answer in (Answer.CHANGE, Answer.NOT_MY_SITE)},
}
# What the page behind a link says of an answer that came by another way meanwhile.
ANSWERED_BY_NOW: dict[Answer, str] = {
    Answer.RIGHT: "Somebody of your study team confirmed these details on {day}.",
    Answer.CHANGE: "Somebody of your study team told us on {day} that something must change.",
    Answer.NOT_RECRUITING: (
        "Somebody of your study team told us on {day} that you are not taking new people."
    ),
    Answer.NOT_MY_SITE: "Somebody told us on {day} that this is not their site.",
}


@dataclass(frozen=True, slots=True)
class PageWords:
    """A heading and what follows it."""

    heading: str
    lead: str
    more: str = ""


# What a study team may correct, in its words.
CORRECTED_FIELDS: dict[Field, str] = {
    Field.STATUS: "Status of this site",
    Field.NAME: "Name",
    Field.PHONE: "Phone number",
    Field.PHONE_EXT: "Phone extension",
    Field.EMAIL: "Email address",
    Field.OTHER: "Something else",
}
SOMETHING_ELSE = "Something else. I write it in the note."

_REGISTRY = (
    "Please also correct the record at ClinicalTrials.gov. We copy it and never change it. A "
    "change of the status of a site is due there within 30 days."
)
THANKS: dict[Answer, PageWords] = {
    Answer.RIGHT: PageWords(
        "Thank you. The details are confirmed",
        "Readers see today’s date beside them. They stop being confirmed when the registry changes "
        "them.",
    ),
    Answer.CHANGE: PageWords(
        "Thank you. An editor will ask you what must change",
        "Until then readers see that something here must change.",
        _REGISTRY,
    ),
    Answer.NOT_RECRUITING: PageWords(
        "Thank you. Readers see that you are not taking new people",
        "An editor will look at the page.",
        _REGISTRY,
    ),
    Answer.NOT_MY_SITE: PageWords(
        "Thank you. Readers see that the contact is wrong",
        "An editor will look for the right one. You need not do anything else.",
    ),
}
CORRECTIONS_ASKED = PageWords(
    "Thank you. What must change?",
    "We have your answer, and readers see that something here must change. Now tell us what. If "
    "you leave this page, an editor will ask you.",
)
CORRECTIONS_SLUG = "corrections"
CORRECTIONS_SENT = PageWords(
    "Thank you. An editor will check your corrections",
    "Readers see that something here must change. Once an editor accepts a correction, they see it "
    "as “from the study team”, with today’s date.",
    _REGISTRY,
)
_HAVE_YOUR_ANSWER = "Your answer is not lost: an editor knows that something must change."
OVER: dict[str, PageWords] = {
    "unreadable": PageWords(
        "This link does not work",
        "It may be cut short. Open it from the email again, or copy all of it.",
        _ASK_AGAIN,
    ),
    "expired": PageWords(
        "This link is too old", "Each link works for some weeks only.", _ASK_AGAIN
    ),
    "used": PageWords(
        "Somebody has answered already",
        "Each link takes one answer. If it was not yours, somebody who has the link came first.",
        "Is the answer wrong, or has something changed since? Write to us, and our editors can "
        "make a new link.",
    ),
    "revoked": PageWords(
        "This link was replaced or taken back",
        "If you have a newer email from us, use the link in that one.",
        _ASK_AGAIN,
    ),
    "changed": PageWords(
        "The details have changed",
        "The registry changed them after we made this link, so it can no longer confirm them.",
        _ASK_AGAIN,
    ),
    "gone": PageWords(
        "We no longer show this site",
        "The registry does not list it any more, or we do not show the trial. There is nothing to "
        "confirm.",
        "Is that a mistake? Write to us.",
    ),
}
# The same for the form that follows “something must change”.
CORRECTIONS_OVER: dict[str, PageWords] = {
    "unreadable": PageWords(
        "This address does not work", f"It may be cut short. {_HAVE_YOUR_ANSWER}", "Write to us."
    ),
    "expired": PageWords(
        "This page was open too long",
        f"It works for two hours. {_HAVE_YOUR_ANSWER}",
        "Write to us what must change, or ask for a new link.",
    ),
    "used": PageWords(
        "We have your corrections already",
        "An editor has them, or has dealt with your answer.",
        "Is something missing? Write to us.",
    ),
    "gone": OVER["gone"],
}


def corrected_field(field: Field, contact_name: str, value: str, on: date) -> str:
    """Say that readers see a value from the study team, and since when it told us."""
    whose = f", {contact_name}" if contact_name else ""
    return f"{CORRECTED_FIELDS[field]}{whose}: {value} (from the study team, {day_words(on)})"
