"""What coordinators read in their area: where a site stands for them, and why a link is over."""

from dataclasses import dataclass
from enum import IntEnum

from trials.terms.plain.confirming import PageWords

FORGED = "We could not check that this came from our own page. Please press the button once more."
SIGNED_OUT = (
    "You are signed out by now. Ask for a new link to go on. What you had not sent yet is lost."
)
TOO_MANY = "Too many links were asked for from here. Please try again in an hour."
_ASK_AGAIN = "Ask for a new link. It takes a minute."


class Turn(IntEnum):
    """What a site needs of its coordinator; the first of these comes first in the list."""

    HANDED = 0
    ASKED = 1
    UNREACHED = 2
    OVERDUE = 3
    CHECK = 4
    TOLD = 5
    SENT = 6
    CONFIRMED = 7

    @property
    def needs_answer(self) -> bool:
        """Whether the coordinator is asked for something."""
        return self <= Turn.CHECK


@dataclass(frozen=True, slots=True)
class TurnWords:
    """The tab of a site: its words, its color and its sign."""

    words: str
    tab: str
    icon: str


TURNS: dict[Turn, TurnWords] = {
    Turn.HANDED: TurnWords("Handed over to you", "s-hold", "clock"),
    Turn.ASKED: TurnWords("Our editors ask you", "s-hold", "clock"),
    Turn.UNREACHED: TurnWords("Readers can’t reach you", "s-stop", "warn"),
    Turn.OVERDUE: TurnWords("Overdue", "s-stop", "warn"),
    Turn.CHECK: TurnWords("Please check", "s-hold", "clock"),
    Turn.TOLD: TurnWords("We have your answer", "s-invite", "edit"),
    Turn.SENT: TurnWords("Correction sent", "s-invite", "edit"),
    Turn.CONFIRMED: TurnWords("Confirmed", "s-open", "done"),
}
# Keyed by `coordinators.errors.Over`, by its value.
SIGN_IN_OVER: dict[str, PageWords] = {
    "unreadable": PageWords(
        "This link does not work",
        "It may be cut short. Open it from the email again, or copy all of it.",
        _ASK_AGAIN,
    ),
    "expired": PageWords("This link is too old", "It works for a short time only.", _ASK_AGAIN),
    "used": PageWords("This link was used already", "Each link signs in once.", _ASK_AGAIN),
}
DEALT_WITH = "Our editors have read it and dealt with it. Readers do not see it."
NO_LONGER_SHOWN = "No longer shown to readers."
STILL_WAIT = "Still waits for an editor: {}."
STILL_ASKED = "Our editors ask about: {}."
FATES: dict[str, str] = {
    "WAITING": "Waits for an editor.",
    "ASKED": "Our editors ask you about it.",
    "ACCEPTED": "Accepted. Readers see it beside what the registry says.",
    "DECLINED": "Declined.",
    "WITHDRAWN": "Taken back.",
    "REPLACED": "Replaced by a newer one.",
    "AGREED": "The registry says so, too. Nothing is left to do.",
    "MOVED": "The registry has changed this since. An editor is looking at it.",
}
