"""Acts of the audit in words, as every history lists them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from trials import audit
from trials.editorial.states import EVENTS
from trials.models import AuditEvent

_SHOWN = 50
# What is done to a trial's page and its text.
_ON_PAGES = {verb.value: said for verb, said in EVENTS.items()} | {
    "accept correction": "accepted a correction at {place}: {field}",
    "ask about correction": "asked the study team of {place} about a correction: {field}",
    "assign": "assigned the text to {assigned_to}",
    "break lock": "broke the writer’s lock",
    "close report": "closed a reader’s report: {outcome}",
    "decline correction": "declined a correction at {place}: {field}",
    "stop showing correction": "stopped showing a correction at {place}: {field}",
    "give": "gave the site {place} to a coordinator",
    "hide": "hid the trial’s page",
    "invite": "made a link to confirm the contact at {place}",
    "load": "published the text from a file",
    "look again": "held the page against the record again: its words still hold",
    "note": "left a note",
    "re-queue": "asked for another look",
    "restore": "restored an older revision",
    "revoke": "ended a link to confirm the contact at {place}",
    "schedule": "changed the day on which the text goes live",
    "schedule refused": "was to publish on schedule, but it was refused",
    "settle": "settled what the study team says at {place}: {outcome}",
    "show": "showed the trial’s page again",
    "take away": "took the site {place} away from a coordinator",
    "write to site": "sent a letter to the study team at {place}",
}
# What is done to a term, a pair of wordings or an introduction: none of them belongs to a trial.
_ON_WORDS = {
    "add": "added it",
    "allow letters": "allowed letters to addresses that the registry lists",
    "approve": "approved it",
    "change": "changed it",
    "decline": "declined the proposal",
    "delete": "deleted it",
    "lift": "took an address at {domain} off the list of those that get nothing",
    "propose": "proposed words",
    "restore": "let searches use it again",
    "retire": "retired it",
    "revive": "brought it back",
    "send again": "let a letter that was cut off be sent again",
    "stop letters": "stopped letters to addresses that the registry lists",
    "strike": "struck it",
    "suppress": "put an address at {domain} on the list of those that get nothing",
    "write from here": "said that this installation writes to study teams",
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


def acts_on(subject: str) -> list[Act]:
    """Return what was done to a subject, the newest first; the last fifty acts."""
    return acts(audit.history(subject=subject)[:_SHOWN])


def acts(events: Iterable[AuditEvent]) -> list[Act]:
    """Return events as a history lists them."""
    return [Act(event, told(event), _changes(event)) for event in events]


def told(event: AuditEvent) -> str:
    """Say what somebody did, as a sentence after their name."""
    sentences = _ON_WORDS if event.trial_id is None else _ON_PAGES
    said = sentences.get(event.verb, f"did “{event.verb}”")
    return said.format(**{"assigned_to": "no one"} | _filled(event.after))


def _filled(after: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in after.items() if value}


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
