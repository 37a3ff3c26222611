"""What letters to study teams say: subjects, why a site is in a letter, why somebody gets it."""

from datetime import date

from trials.terms.contacts import Detail
from trials.terms.letters import LetterKind, Occasion
from trials.terms.plain.basics import count
from trials.terms.plain.contacts import changed_parts
from trials.terms.plain.dates import day_words

_SIGN_IN = "Your link to sign in to Find a Trial"
_OF_ONE: dict[str, str] = {
    LetterKind.HAND_OVER: "A trial site is handed over to you: {place}",
    LetterKind.INVITATION: "Is this contact right? {place}",
    LetterKind.QUESTION: "A question about {place}",
    LetterKind.REMINDER: "Please check the contact at {place}",
}
_WHY: dict[str, str] = {
    Occasion.FIRST: "Nobody has confirmed these details yet.",
    Occasion.DUE: "They were last confirmed on {day}. Please look at them again.",
    Occasion.OVERDUE: "They were last confirmed on {day}. That is long ago, and readers see so.",
    Occasion.CHANGED: "The registry changed {what} since they were confirmed on {day}.",
    Occasion.REPORTED: "Readers told us that they could not reach this contact.",
    Occasion.TAKES_NOBODY: (
        "You told us on {day} that this site is not taking new people. Is that still so?"
    ),
    Occasion.ASKED: "Our editors ask you to look at them.",
}
IS_COORDINATOR = "You get this email because you look after trial sites at Find a Trial."
IS_HANDED_OVER = "You get this email because a colleague hands a trial site over to you."
IS_LISTED = (
    "You get this email because ClinicalTrials.gov lists you as the contact of a trial site."
)


def subject(kind: LetterKind, places: list[str]) -> str:
    """Return the subject of a letter about some places; all of it on one line."""
    if kind == LetterKind.SIGN_IN:
        return _SIGN_IN
    if len(places) > 1:
        return f"Please check the contacts at {count(len(places), 'site')}"
    return _OF_ONE[kind].format(place=places[0])


def why(occasion: Occasion, since: date | None, changed: tuple[Detail, ...]) -> str:
    """Return why a site is in a letter. `since` is the day on which its details were confirmed."""
    return _WHY[occasion].format(
        day=day_words(since) if since else "an earlier day",
        what=changed_parts(changed),
    )
