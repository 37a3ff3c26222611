"""What letters to study teams say: subjects, why a site is in a letter, why somebody gets it."""

from dataclasses import dataclass

from trials.terms.contacts import Answer, ContactStanding
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
_NEW = "This site is in your hands now."
_NEVER_CONFIRMED = "Nobody has confirmed these details yet."
# Answers exist, of other details or of some that editors looked into.
_NOT_CONFIRMED = "Nobody has confirmed these details as they stand now."
_WAITS = "That waits with our editors."
_WHY: dict[str, str] = {
    Occasion.DUE: "These details were last confirmed on {day}. Please look at them again.",
    Occasion.OVERDUE: (
        "These details were last confirmed on {day}. That is long ago, and readers see so."
    ),
    Occasion.CHANGED: "The registry changed {what} since these details were confirmed on {day}.",
    Occasion.REPORTED: "Readers told us that they could not reach this contact.",
    Occasion.TAKES_NOBODY: (
        "The study team told us on {day} that this site is not taking new people. Is that still so?"
    ),
    Occasion.ASKED: "Our editors ask you to look at these details.",
}
# Nothing is asked: who gets a site hears how it stands.
_STANDS: dict[str, str] = {
    Answer.RIGHT: "These details were last confirmed on {day}.",
    Answer.CHANGE: "The study team told us on {day} that something must change.",
    Answer.NOT_RECRUITING: (
        "The study team told us on {day} that this site is not taking new people."
    ),
    Answer.NOT_MY_SITE: "Somebody told us on {day} that this is not their site.",
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


@dataclass(frozen=True, slots=True)
class Known:
    """What a letter says of a site beside the occasion.

    `is_new` tells that no letter told its reader before that they have the site, `was_answered`
    that study teams spoke of it at any time, `waits` that an editor has to look at what they said.
    """

    is_new: bool = False
    was_answered: bool = False
    waits: bool = False


def why(occasion: Occasion, standing: ContactStanding, known: Known) -> str:
    """Return why a site is in a letter, and that its reader has it where that is new to them."""
    told = _STANDS.get(standing.told or "") if occasion == Occasion.GIVEN else _WHY.get(occasion)
    parts = [_NEW] if known.is_new else []
    parts.append(told or (_NOT_CONFIRMED if known.was_answered else _NEVER_CONFIRMED))
    if occasion == Occasion.GIVEN and known.waits:
        parts.append(_WAITS)
    return " ".join(parts).format(
        day=day_words(standing.since) if standing.since else "an earlier day",
        what=changed_parts(standing.changed),
    )
