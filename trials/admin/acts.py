"""The history of a term, a pair or an introduction as its page lists it."""

from dataclasses import dataclass
from typing import Any

from trials import audit
from trials.models import AuditEvent

_SHOWN = 50
_VERBS = {
    "add": "added it",
    "approve": "approved it",
    "change": "changed it",
    "decline": "declined the proposal",
    "delete": "deleted it",
    "propose": "proposed words",
    "restore": "let searches use it again",
    "retire": "retired it",
    "revive": "brought it back",
    "strike": "struck it",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was changed, from what to what, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Act:
    """One line of a history."""

    event: AuditEvent
    words: str
    changes: tuple[Change, ...]


def acts(subject: str) -> list[Act]:
    """Return what was done to a subject, the newest first; the last fifty acts."""
    return [
        Act(event, _VERBS.get(event.verb, event.verb), _changes(event))
        for event in audit.history(subject=subject)[:_SHOWN]
    ]


def _changes(event: AuditEvent) -> tuple[Change, ...]:
    before, after = event.before, event.after
    names = dict.fromkeys((*before, *after))
    return tuple(
        Change(name.replace("_", " "), _words(before.get(name)), _words(after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    )


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
