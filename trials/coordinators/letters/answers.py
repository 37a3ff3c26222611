"""What mail servers mean by refusing a letter: that the mailbox is dead, or that it is about us."""

import re
from enum import Enum, auto

_LONGEST = 300
_ADDRESS = re.compile(r"\S+@\S+")
# An enhanced code (RFC 3463) stands first; one old family of servers puts it into brackets.
_ENHANCED = re.compile(r"(?:^\s*|\(#)[45]\.(\d{1,3}\.\d{1,3})(?![\d.])")
# No such mailbox, no such domain, no valid address, moved, null MX, disabled, no host for mail.
_OF_MAILBOX = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1", "4.4"})
_OF_SENDER = frozenset({"1.7", "1.8"})
# The refusals that a server without enhanced codes has for a mailbox.
_MAY_BE_MAILBOX = (550, 551, 553)
_ABOUT_US = re.compile(
    r"\b(relay\w*|sender|helo|ehlo|polic(y|ies)|spam|blocked|block ?list\w*|blacklist\w*|denied"
    r"|authenticat\w*|reputation|spf|dkim|dmarc)\b",
    re.IGNORECASE,
)
_WHO = r"(user|mailbox|recipient|account)"
_NOBODY = re.compile(
    rf"\bno such {_WHO}\b|\bunknown {_WHO}\b|\bno mailbox\b.*\bby that name\b"
    rf"|\b{_WHO}\b.*\b(unknown|not found|does(n.t| not) exist)\b",
    re.IGNORECASE,
)


class About(Enum):
    """What a refusal is about. Only a surely dead mailbox is written to no more."""

    MAILBOX = auto()
    US = auto()
    UNSURE = auto()


def meaning(said: str, code: int = 0) -> About:
    """Return what a refusal of a recipient is about.

    `said` begins with its enhanced code, if it has one; without a reply code it is a status alone,
    as a delivery report has it.
    """
    if enhanced := _ENHANCED.search(said):
        return _of_enhanced(enhanced[1], is_final=not 400 <= code < 500)
    if 400 <= code < 500:
        # 450 and 452 are about a mailbox or its room; the other ones about a server.
        return About.UNSURE if code in {450, 452} else About.US
    if _ABOUT_US.search(said):
        return About.US
    return About.MAILBOX if code in _MAY_BE_MAILBOX and _NOBODY.search(said) else About.UNSURE


def _of_enhanced(enhanced: str, *, is_final: bool) -> About:
    if enhanced.startswith("7.") or enhanced in _OF_SENDER:
        return About.US
    return About.MAILBOX if is_final and enhanced in _OF_MAILBOX else About.UNSURE


def one_line(answer: bytes | str) -> str:
    """Return what a server said, on one line and without anybody's address."""
    words = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    printable = "".join(sign if sign.isprintable() else " " for sign in words)
    return _ADDRESS.sub("…", " ".join(printable.split()))[:_LONGEST]
