"""Letters to study teams: making them, sending each once at most, and to whom nothing goes."""

from trials.coordinators.letters.delivering import (
    Sent,
    attempt,
    cut_off,
    deliver,
    send_again,
    send_waiting,
    soon,
)
from trials.coordinators.letters.making import hand_over, invite, queue_sign_in, recipients

__all__ = [
    "Sent",
    "attempt",
    "cut_off",
    "deliver",
    "hand_over",
    "invite",
    "queue_sign_in",
    "recipients",
    "send_again",
    "send_waiting",
    "soon",
]
