"""What commands that send letters say at their end."""

from trials.coordinators import letters
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
INTERRUPTED = (
    "Stopped. What waits is sent by the next send_letters. A letter that was just being sent may "
    "have arrived: in a quarter of an hour it waits at the desk, under “Mail to study teams”."
)
INTERRUPTED_CODE = 130


def told(sent: Sent) -> str:
    """Return how many letters came to stand where, and how many wait for the desk; in sentences."""
    parts = [
        f"{count(sent.states[state], 'letter')} {words}"
        for state, words in _WORDS.items()
        if sent.states[state] or state == LetterState.SENT
    ]
    lines = [f"{', '.join(parts)}."]
    if cut_off := letters.cut_off().count():
        verbs = "was cut off and waits" if cut_off == 1 else "were cut off and wait"
        where = "at the desk, under “Mail to study teams”"
        lines.append(f"{count(cut_off, 'letter')} {verbs} {where}.")
    return "\n".join(lines)


def stopped(sent: Sent) -> str:
    """Return why a run had to stop, in sentences."""
    if sent.is_unreachable:
        return f"{sent.problem.removesuffix('.')}. The letters wait."
    return (
        f"{letters.MOST_IN_A_ROW} letters in a row were put off, refused or cut off for a reason "
        f"that is not their addresses. The mail server said last: {sent.problem} The letters wait."
    )
