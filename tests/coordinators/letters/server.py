"""A real mail server on this machine, which answers as a test wants."""

import socket
import socketserver
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings


class Postbox:
    """What arrived, and what the server answers to whom: `at_rcpt` and `at_data` by address.

    `at_mail` is what it answers to any sender, if it takes no letters. `hangs_up` ends the
    connection once a letter is there, before its sender is told so.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.at_rcpt: dict[str, str] = {}
        self.at_data: dict[str, str] = {}
        self.at_mail = ""
        self.hangs_up = False

    async def handle_MAIL(self, *asked: Any) -> str:
        _, _, envelope, address, _ = asked
        if self.at_mail:
            return self.at_mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, *asked: Any) -> str:
        _, _, envelope, address, _ = asked
        if answer := self.at_rcpt.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        if answer := self.at_data.get(address):
            return answer
        content: Any = envelope.content
        self.letters.append(message_from_bytes(content, policy=default))  # type: ignore[arg-type]  # typed for another policy
        self.recipients.append(address)
        if self.hangs_up:
            server.transport.abort()
        return "250 Accepted"

    def only(self) -> EmailMessage:
        """Return the only letter that arrived."""
        (only,) = self.letters
        return only


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server() -> Iterator[Postbox]:
    """Run a mail server and let Django's SMTP backend use it."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with smtp_at(controller.port):
            yield box
    finally:
        controller.stop()


HANGS, HANGS_UP = "hangs", "hangs up"


class _Script(socketserver.StreamRequestHandler):
    """Answers each command as the script of its server says; the rest with 250."""

    server: "_ScriptedServer"

    def handle(self) -> None:
        self.server.connections += 1
        if not self._answer("CONNECT", "220 mx.example"):
            return
        while line := self.rfile.readline():
            verb = line[:4].decode().strip().upper()
            if not self._answer(verb, "354 Go on" if verb == "DATA" else "250 OK"):
                return
            if verb == "DATA" and not self._take_letter():
                return

    def _take_letter(self) -> bool:
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
        return self._answer("BODY", "250 Accepted")

    def _answer(self, verb: str, usual: str) -> bool:
        answer = self.server.script.get(verb, usual)
        if answer == HANGS:
            self.server.is_over.wait(10)
        if answer in {HANGS, HANGS_UP}:
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return True


class _ScriptedServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, script: Mapping[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Script)
        self.script = script
        self.connections = 0
        self.is_over = threading.Event()


@contextmanager
def scripted_server(script: Mapping[str, str]) -> Iterator[_ScriptedServer]:
    """Run a mail server that hangs, hangs up or answers oddly at a command (CONNECT: at once).

    BODY stands for the letter itself.
    """
    with _ScriptedServer(script) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            with smtp_at(server.server_address[1]):
                yield server
        finally:
            server.is_over.set()
            server.shutdown()


@contextmanager
def no_mail_server() -> Iterator[None]:
    """Let Django's SMTP backend speak to a port where nobody listens."""
    with smtp_at(free_port()):
        yield


@contextmanager
def smtp_at(port: int) -> Iterator[None]:
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
    ):
        yield


def plain(letter: EmailMessage) -> str:
    """Return the text version of a letter."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def html(letter: EmailMessage) -> str:
    """Return the HTML version of a letter."""
    part = letter.get_body(("html",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")
