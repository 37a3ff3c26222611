"""Why something can't be done here. Each error's words are what the person reads."""

from enum import StrEnum


class RefusedError(Exception):
    """Somebody at the desk may not do this, or not now."""


class Over(StrEnum):
    """Why a link opens nothing."""

    UNREADABLE = "unreadable"
    EXPIRED = "expired"
    USED = "used"
    REVOKED = "revoked"
    CHANGED = "changed"
    GONE = "gone"


class LinkIsOverError(Exception):
    """A link that opens nothing; `why` tells what to do instead."""

    def __init__(self, why: Over) -> None:
        super().__init__(why.value)
        self.why = why
