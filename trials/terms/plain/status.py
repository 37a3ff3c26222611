"""Recruitment status in words, tab color and shape; the sentence beside the trial's name."""

from dataclasses import dataclass

from trials.terms.registry import OPEN_NOW, OverallStatus, RecruitmentStatus


@dataclass(frozen=True, slots=True)
class StatusWords:
    """How a status is shown: words, the tab's class (`s-…`), the icon's name, and what it means."""

    words: str
    tab: str
    icon: str
    sentence: str


_STATUS: dict[str, StatusWords] = {
    OverallStatus.RECRUITING: StatusWords(
        "Open to new participants",
        "s-open",
        "open",
        "The study team is looking for people to join now.",
    ),
    OverallStatus.NOT_YET_RECRUITING: StatusWords(
        "Not open yet",
        "s-hold",
        "soon",
        "The study team is not taking people yet.",
    ),
    OverallStatus.ENROLLING_BY_INVITATION: StatusWords(
        "By invitation only",
        "s-invite",
        "invite",
        "Only people the study team asks can join.",
    ),
    OverallStatus.ACTIVE_NOT_RECRUITING: StatusWords(
        "Running, not taking new people",
        "s-shut",
        "closed",
        "People are in the study now. It is not taking new people.",
    ),
    OverallStatus.SUSPENDED: StatusWords(
        "Paused", "s-hold", "hold", "The study has paused. It may start again."
    ),
    OverallStatus.COMPLETED: StatusWords(
        "Finished", "s-shut", "done", "The study has ended as planned."
    ),
    OverallStatus.TERMINATED: StatusWords(
        "Stopped early",
        "s-stop",
        "stopped",
        "The study ended early. If you are in it, talk to the study team.",
    ),
    OverallStatus.WITHDRAWN: StatusWords(
        "Cancelled before it began",
        "s-stop",
        "void",
        "The study was called off before anyone joined.",
    ),
    OverallStatus.UNKNOWN: StatusWords(
        "Status not known",
        "s-shut",
        "unknown",
        "The study team has not verified the record for 2 years or more. "
        "Ask the study team if it is still running.",
    ),
    OverallStatus.AVAILABLE: StatusWords(
        "Available outside a trial",
        "s-invite",
        "invite",
        "People may be able to get this treatment outside a trial. A doctor has to ask for it.",
    ),
    OverallStatus.NO_LONGER_AVAILABLE: StatusWords(
        "No longer available",
        "s-shut",
        "closed",
        "This treatment is no longer offered outside a trial.",
    ),
    OverallStatus.TEMPORARILY_NOT_AVAILABLE: StatusWords(
        "Not available for now",
        "s-hold",
        "hold",
        "This treatment is not offered outside a trial at the moment.",
    ),
    OverallStatus.APPROVED_FOR_MARKETING: StatusWords(
        "Now approved for general use",
        "s-shut",
        "done",
        "This treatment has been approved. It is no longer offered here. Ask your doctor about it.",
    ),
    OverallStatus.WITHHELD: StatusWords(
        "Held back by the registry",
        "s-shut",
        "unknown",
        "The registry holds this record back for now.",
    ),
}
_SILENT = StatusWords(
    "Status not stated",
    "s-shut",
    "unknown",
    "The record does not say if people can join. Ask the study team.",
)
_ASK = StatusWords(
    "Ask if this site is open",
    "s-shut",
    "unknown",
    "The record gives no status for this site.",
)

LEFT_REGISTRY = StatusWords(
    "No longer in the registry",
    "s-shut",
    "void",
    "The registry no longer lists this study.",
)


def status(code: str) -> StatusWords:
    """Return how an `OverallStatus` or a `RecruitmentStatus` is shown; empty means not stated."""
    return _STATUS.get(code, _SILENT)


def site_status(own: str, overall: str) -> StatusWords:
    """Return how a site's status is shown: its own, else what the trial's status implies for it.

    The registry stops checking sites when a record becomes UNKNOWN, so an old "open" isn't shown
    as today's; and an open trial says nothing about a site that gives no status.
    """
    if overall == OverallStatus.UNKNOWN and own in OPEN_NOW | {
        RecruitmentStatus.NOT_YET_RECRUITING
    }:
        return _STATUS[OverallStatus.UNKNOWN]
    if own:
        return status(own)
    if overall in OPEN_NOW or not overall:
        return _ASK
    return status(overall)
