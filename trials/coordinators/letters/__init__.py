"""Letters to study teams: making them, sending each once at most, and to whom nothing goes."""

from trials.coordinators.letters.again import cut_off, left_to_the_desk, rests, send_again
from trials.coordinators.letters.delivering import (
    MOST_IN_A_ROW,
    Sent,
    attempt,
    deliver,
    send_waiting,
    soon,
)
from trials.coordinators.letters.making import hand_over, invite, queue_sign_in, recipients

__all__ = [
    "MOST_IN_A_ROW",
    "Sent",
    "attempt",
    "cut_off",
    "deliver",
    "hand_over",
    "invite",
    "left_to_the_desk",
    "queue_sign_in",
    "recipients",
    "rests",
    "send_again",
    "send_waiting",
    "soon",
]
