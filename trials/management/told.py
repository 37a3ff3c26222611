"""What commands that send letters say at their end."""

from trials.coordinators.letters import Sent
from trials.terms.letters import LetterState
from trials.terms.plain import count

_WORDS = {
    LetterState.SENT: "sent",
    LetterState.WAITING: "put off",
    LetterState.SENDING: "cut off",
    LetterState.REFUSED: "refused",
    LetterState.BOUNCED: "came back",
    LetterState.DROPPED: "not sent",
}


def told(sent: Sent) -> str:
    """Return how many letters came to stand where, as a sentence."""
    parts = [
        f"{count(sent.states[state], 'letter')} {words}"
        for state, words in _WORDS.items()
        if sent.states[state] or state == LetterState.SENT
    ]
    return f"{', '.join(parts)}."
