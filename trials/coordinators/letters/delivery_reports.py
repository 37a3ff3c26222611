"""Reading delivery reports (RFC 3464) out of messages, mailboxes and folders: no database.

Whatever a message holds, the next one is read.
"""

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32, default
from pathlib import Path
from typing import BinaryIO

from trials.coordinators import addresses
from trials.coordinators.letters.answers import About, meaning, one_line

# A report quotes at most the letter that it is about.
LONGEST_MESSAGE = 5_000_000
_PERMANENT = re.compile(r"^\s*5\.\d{1,3}\.\d{1,3}\b")
# A status that says nothing: what the mail server answered says more.
_ANY = re.compile(r"^5\.0\.0$")
_ANSWER = re.compile(r"^smtp;\s*(\d{3})[ -]\s*(.*)$", re.IGNORECASE | re.DOTALL)
_RETURNED = ("message/rfc822", "text/rfc822-headers")
_NO_REPORT = "this is no delivery report"


class UnreadableError(Exception):
    """What can't be read; the words say what and why."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An address that took no mail for good, by the names that the report has for it.

    `message_ids` are those of the messages that came back with the report.
    """

    addresses: tuple[str, ...]
    status: str
    about: About
    message_ids: tuple[str, ...]


def messages_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the messages of a file, a mailbox or a Maildir folder, each with its name.

    Raise UnreadableError with a sentence where there is none.
    """
    try:
        if path.is_dir():
            yield from _of_maildir(path)
            return
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}.") from None
    try:
        with path.open("rb") as file:
            start = file.read(5)
            if start != b"From ":
                file.seek(0)
                content = read(file)
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror}.") from None
    if start == b"From ":
        yield from _of_mailbox(path)
    elif content:  # an empty file is an empty mailbox
        yield str(path), content


def read(file: BinaryIO) -> bytes:
    """Return one message, up to the length of any that we understand."""
    return file.read(LONGEST_MESSAGE + 1)


def failures_in(content: bytes) -> list[Failure]:
    """Return the addresses that a report gives up on; none where it only says that it is late.

    Raise UnreadableError with a sentence for what is no delivery report.
    """
    if len(content) > LONGEST_MESSAGE:
        raise UnreadableError("it is too long")
    try:
        message = message_from_bytes(content, policy=default)
        fields = list(_fields(message))
        message_ids = tuple(_message_ids(message))
    except Exception as error:  # the parser of the standard library has no list of what it raises
        raise UnreadableError(f"it can’t be read ({type(error).__name__})") from None
    if not fields:
        raise UnreadableError(_NO_REPORT)
    return [failure for each in fields if (failure := _failure(each, message_ids))]


def _of_maildir(path: Path) -> Iterator[tuple[str, bytes]]:
    if not any((path / part).is_dir() for part in ("new", "cur")):
        raise UnreadableError(f"{path}: this folder is no Maildir.")
    for part in ("new", "cur"):
        folder = path / part
        for name in sorted(folder.iterdir()) if folder.is_dir() else ():
            if name.is_file():
                with name.open("rb") as file:
                    yield str(name), read(file)


def _of_mailbox(path: Path) -> Iterator[tuple[str, bytes]]:
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            with box.get_file(key) as file:
                # A part of a mailbox reads as a file does.
                yield f"{path}, message {number}", read(file)  # type: ignore[arg-type]
    finally:
        box.close()


def _fields(message: Message) -> Iterator[Message]:
    """Yield the blocks of a report that are about one recipient each."""
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else ():
            if isinstance(block, Message) and block["Final-Recipient"] is not None:
                yield block


def _message_ids(message: Message) -> Iterator[str]:
    """Yield the names of the messages that a report returns, whole or their headers alone."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind not in _RETURNED:
            continue
        returned = part.get_payload(0) if kind == "message/rfc822" else _headers(part)
        if isinstance(returned, Message) and (name := returned["Message-ID"]):
            yield "".join(str(name).split())


def _headers(part: Message) -> Message | None:
    content = part.get_payload(decode=True)
    # The older policy takes what a header holds as it is.
    return message_from_bytes(content, policy=compat32) if isinstance(content, bytes) else None


def _failure(block: Message, message_ids: tuple[str, ...]) -> Failure | None:
    status = str(block.get("Status", ""))
    if not _PERMANENT.match(status) or _plain(block, "Action") not in {"failed", ""}:
        return None
    names = (_address(block, name) for name in ("Original-Recipient", "Final-Recipient"))
    known = tuple(dict.fromkeys(address for address in names if address))
    status = status.split()[0]
    return Failure(known, status, _about(block, status), message_ids) if known else None


def _about(block: Message, status: str) -> About:
    answer = _ANSWER.match(str(block.get("Diagnostic-Code", "")))
    if answer and _ANY.match(status):
        return meaning(one_line(answer[2]), int(answer[1]))
    return meaning(status)


def _plain(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip().lower()


def _address(block: Message, name: str) -> str:
    """Return the normal address in a field such as `rfc822; joy@clinic.example`."""
    kind, _, address = _plain(block, name).partition(";")
    try:
        return addresses.normal(address.strip().strip("<>")) if kind.strip() == "rfc822" else ""
    except ValueError:
        return ""
