"""Handing one letter to the mail server, and what its answer means for the letter."""

import re
from contextlib import suppress
from dataclasses import dataclass
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from trials.terms.letters import LetterState

_PATIENCE_SECONDS = 20
_LONGEST_PROBLEM = 300
_ADDRESS = re.compile(r"\S+@\S+")
# A refusal by policy (RFC 3463, 5.7) is about who sends, not about the address.
_BY_POLICY = re.compile(r"^5\.7\.")
MAY_BE_OUT = "The connection broke while it was sent: it may have arrived."


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a letter. `is_dead` tells that its address takes no mail.

    `is_unreachable` tells that the server could not be spoken to: the next letter won't do better.
    """

    state: LetterState
    problem: str = ""
    is_dead: bool = False
    is_unreachable: bool = False


def post(message: EmailMultiAlternatives) -> Posted:
    """Send a letter by the mail server of the settings and return what became of it.

    WAITING: it surely did not go out, and may be tried again. SENDING: nobody knows.
    """
    connection = get_connection(timeout=_PATIENCE_SECONDS)
    try:
        return _post(connection, message)
    finally:
        with suppress(OSError):  # what the server says to goodbye changes nothing
            connection.close()


def _post(connection: BaseEmailBackend, message: EmailMultiAlternatives) -> Posted:
    try:
        connection.open()
    except (OSError, ValueError) as error:
        return Posted(LetterState.WAITING, _words(error), is_unreachable=True)
    try:
        connection.send_messages([message])
    except SMTPRecipientsRefused as error:
        ((code, said),) = error.recipients.values()
        return _refused(code, _said(said))
    except SMTPDataError as error:
        is_final = error.smtp_code >= 500
        state = LetterState.REFUSED if is_final else LetterState.WAITING
        return Posted(state, _words(error))
    except SMTPServerDisconnected:
        return Posted(LetterState.SENDING, MAY_BE_OUT)
    except SMTPException as error:
        return Posted(LetterState.WAITING, _words(error))
    except OSError:
        return Posted(LetterState.SENDING, MAY_BE_OUT)
    return Posted(LetterState.SENT)


def _refused(code: int, said: str) -> Posted:
    """Return what it means that the server takes nothing for the address."""
    if code < 500:
        return Posted(LetterState.WAITING, f"{code} {said}")
    is_dead = not _BY_POLICY.match(said)
    state = LetterState.BOUNCED if is_dead else LetterState.REFUSED
    return Posted(state, f"{code} {said}", is_dead=is_dead)


def _words(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{error.smtp_code} {_said(error.smtp_error)}"
    return f"The mail server could not be reached: {type(error).__name__}"


def _said(answer: bytes | str) -> str:
    """Return what a server said, on one line and without anybody's address."""
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    printable = "".join(sign if sign.isprintable() else " " for sign in words)
    return _ADDRESS.sub("…", " ".join(printable.split()))[:_LONGEST_PROBLEM]
