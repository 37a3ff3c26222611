"""Handing one letter to the mail server, and what its answer means for the letter."""

from contextlib import suppress
from dataclasses import dataclass
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from trials.coordinators.letters import connecting
from trials.coordinators.letters.answers import About, meaning, one_line
from trials.terms.letters import LetterState

_PATIENCE_SECONDS = 20
_SHUTS_DOWN = 421
MAY_BE_OUT = "The connection broke while it was sent: it may have arrived."


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a letter. `is_dead` tells that its address takes no mail.

    `is_unreachable` tells that the server could not be spoken to: the next letter won't do better.
    `is_about_us` tells that the next one may well fare the same, whoever gets it.
    """

    state: LetterState
    problem: str = ""
    is_dead: bool = False
    is_unreachable: bool = False
    is_about_us: bool = False


def post(message: EmailMultiAlternatives) -> Posted:
    """Send a letter by the mail server of the settings and return what became of it.

    WAITING: it surely did not go out, and may be tried again. SENDING: nobody knows.
    """
    try:
        connection = connecting.to_server(_PATIENCE_SECONDS)
    except ValueError as error:  # TLS from the start, and STARTTLS besides
        return _unreachable(error)
    try:
        return _post(connection, message)
    finally:
        with suppress(OSError):  # what the server says to goodbye changes nothing
            connection.close()


def no_email(error: ValueError) -> Posted:
    """Return what becomes of a letter that can't be made into an e-mail, or not be addressed."""
    problem = f"It could not be made into an email: {type(error).__name__}"
    return Posted(LetterState.REFUSED, problem)


def _post(connection: BaseEmailBackend, message: EmailMultiAlternatives) -> Posted:
    try:
        connection.open()
    except (OSError, ValueError) as error:
        return _unreachable(error)
    try:
        connection.send_messages([message])
    except SMTPRecipientsRefused as error:
        ((code, said),) = error.recipients.values()
        return _refused(code, one_line(said))
    except (SMTPSenderRefused, SMTPDataError) as error:
        return _put_off(error)
    except ValueError as error:
        return no_email(error)
    except (SMTPException, OSError) as error:
        if connecting.may_be_out(connection):
            return Posted(LetterState.SENDING, MAY_BE_OUT, is_about_us=True)
        return _unreachable(error)
    return Posted(LetterState.SENT)


def _refused(code: int, said: str) -> Posted:
    """Return what it means that the server takes nothing for the address."""
    about, problem = meaning(said, code), f"{code} {said}"
    if about == About.MAILBOX:
        return Posted(LetterState.BOUNCED, problem, is_dead=True)
    if code >= 500 and about == About.UNSURE:
        return Posted(LetterState.REFUSED, problem)
    return Posted(
        LetterState.WAITING,
        problem,
        is_unreachable=code == _SHUTS_DOWN,
        is_about_us=about == About.US,
    )


def _put_off(error: SMTPResponseException) -> Posted:
    """Return what it means that the server takes nothing from us, or not this letter."""
    problem = f"{error.smtp_code} {one_line(error.smtp_error)}"
    is_over = error.smtp_code == _SHUTS_DOWN
    return Posted(LetterState.WAITING, problem, is_unreachable=is_over, is_about_us=True)


def _unreachable(error: Exception) -> Posted:
    problem = f"The mail server could not be reached: {connecting.cause(error)}."
    return Posted(LetterState.WAITING, problem, is_unreachable=True, is_about_us=True)
