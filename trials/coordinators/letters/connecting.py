"""The connection to the mail server: whether a letter was handed over, why it can't be reached."""

import ssl
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPAuthenticationError,
    SMTPNotSupportedError,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from socket import gaierror

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from trials.coordinators.letters.answers import one_line

_SMTP = "django.core.mail.backends.smtp.EmailBackend"
_GO_ON = 354
_NO_ANSWER = "it closed the connection, or did not answer in time"
# The first that fits counts.
_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (gaierror, "its name was not found"),
    (ConnectionRefusedError, "nobody listens at its port"),
    (TimeoutError, "it did not answer in time"),
    (ssl.SSLCertVerificationError, "its certificate is not trusted"),
    (ssl.SSLError, "it speaks no TLS at this port, or another than ours"),
    (SMTPServerDisconnected, _NO_ANSWER),
    (ConnectionError, _NO_ANSWER),
    (UnicodeError, "EMAIL_URL has no name of a host"),
)


class _Watched(SMTP):
    """A connection that knows whether the server has asked for a letter itself."""

    has_begun = False

    def getreply(self) -> tuple[int, bytes]:
        code, said = super().getreply()
        # Nothing but DATA is answered so, and what follows it is the letter.
        self.has_begun |= code == _GO_ON
        return code, said


class _WatchedTls(_Watched, SMTP_SSL):
    pass


class WatchedBackend(EmailBackend):
    """Django's way to a mail server, over a connection that is watched. It sends one letter."""

    @property
    def connection_class(self) -> type[SMTP]:
        """Which connection Django opens."""
        return _WatchedTls if self.use_ssl else _Watched


def to_server(patience: float) -> BaseEmailBackend:
    """Return the way to the mail server of the settings; `patience` in seconds for each answer."""
    name = f"{__name__}.{WatchedBackend.__name__}" if settings.EMAIL_BACKEND == _SMTP else None
    connection: BaseEmailBackend = get_connection(name, timeout=patience)
    return connection


def may_be_out(connection: BaseEmailBackend) -> bool:
    """Tell whether the letter of an open connection may have been handed over."""
    watched = getattr(connection, "connection", None)
    return watched.has_begun if isinstance(watched, _Watched) else True


def cause(error: Exception) -> str:
    """Return why a mail server could not be reached, in words that follow a colon."""
    if isinstance(error, SMTPAuthenticationError):
        return f"it refused the login: {_answer(error)}"
    if isinstance(error, SMTPNotSupportedError):
        is_tls = "STARTTLS" in str(error)
        return "it offers no STARTTLS" if is_tls else "it offers no login, or none that we know"
    if isinstance(error, SMTPResponseException):
        return f"it answered {_answer(error)}"
    return next((words for kind, words in _CAUSES if isinstance(error, kind)), type(error).__name__)


def _answer(error: SMTPResponseException) -> str:
    return f"{error.smtp_code} {one_line(error.smtp_error)}"
