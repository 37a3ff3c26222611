"""What the demo would have sent: its mail files, read with bounds on everything.

Files are what a program wrote, and may be cut or hold anything: what can't be read says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from heapq import nlargest
from os import DirEntry, scandir
from pathlib import Path

from django.conf import settings

_SHOWN = 20
_LONGEST_FILE = 200_000
_LONGEST_TEXT = 20_000
_LONGEST_HEADER = 1_000
# What Django's file backend writes between two letters.
_BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)
_FILES = "django.core.mail.backends.filebased.EmailBackend"


@dataclass(frozen=True, slots=True)
class MailFile:
    """One letter of a file. `headers` are all of them, as they would have been sent."""

    subject: str
    to: str
    date: str
    text: str
    headers: tuple[tuple[str, str], ...]


def are_written() -> bool:
    """Tell whether mail is written to files instead of being sent: only the demo does."""
    return settings.EMAIL_BACKEND == _FILES and not settings.PRODUCTION


def newest() -> list[MailFile]:
    """Return the newest letters, the newest first; none where mail is really sent."""
    if not are_written():
        return []
    found: list[MailFile] = []
    for path in _newest_files(Path(settings.EMAIL_FILE_PATH)):
        found += reversed(list(_letters(path)))
        if len(found) >= _SHOWN:
            break
    return found[:_SHOWN]


def _newest_files(folder: Path) -> list[Path]:
    try:
        with scandir(folder) as entries:
            files = (entry for entry in entries if entry.is_file(follow_symlinks=False))
            return [Path(entry.path) for entry in nlargest(_SHOWN, files, key=_age)]
    except OSError:
        return []


def _age(entry: "DirEntry[str]") -> tuple[float, str]:
    return entry.stat(follow_symlinks=False).st_mtime, entry.name


def _letters(path: Path) -> Iterator[MailFile]:
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST_FILE)
    except OSError:
        return
    for part in _BETWEEN.split(content):
        if part.strip():
            yield _letter(part)


def _letter(content: bytes) -> MailFile:
    try:
        message = message_from_bytes(content, policy=default)
        headers = tuple((name, _cut(value)) for name, value in message.items())
        return MailFile(
            subject=_cut(message["Subject"]),
            to=_cut(message["To"]),
            date=_cut(message["Date"]),
            text=_text(message),
            headers=headers,
        )
    except Exception as error:  # the parser of the standard library has no list of what it raises
        return MailFile("", "", "", f"This can’t be read ({type(error).__name__}).", ())


def _text(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return str(part.get_content())[:_LONGEST_TEXT] if part is not None else ""


def _cut(value: object) -> str:
    return "" if value is None else str(value).strip()[:_LONGEST_HEADER]
