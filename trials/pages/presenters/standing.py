"""Where a trial stands for somebody who would join: open, not now, or never again.

Also tells what a record holds back, so that no page builds a sentence around it.
"""

from enum import StrEnum

from trials.models import Trial
from trials.pages.presenters.rows import eligibility_of
from trials.terms.registry import OPEN_NOW, OPEN_SOON, OverallStatus, StudyType

NOT_RELEASED = "The sponsor has not released the details yet."
_OVER = frozenset(
    {
        OverallStatus.COMPLETED,
        OverallStatus.TERMINATED,
        OverallStatus.WITHDRAWN,
        OverallStatus.NO_LONGER_AVAILABLE,
        OverallStatus.APPROVED_FOR_MARKETING,
    }
)


class Standing(StrEnum):
    """Whether people can join: now or soon, only after asking, or never again."""

    OPEN = "open"
    ASK = "ask"
    OVER = "over"


def standing(trial: Trial) -> Standing:
    """Return where a trial stands, by its overall status."""
    if trial.overall_status in OPEN_NOW | OPEN_SOON:
        return Standing.OPEN
    over = trial.overall_status in _OVER or trial.left_registry_on is not None
    return Standing.OVER if over else Standing.ASK


def is_expanded(trial: Trial) -> bool:
    """Whether the record is a way to a treatment outside a trial."""
    return trial.study_type == StudyType.EXPANDED_ACCESS


def is_withheld(trial: Trial) -> bool:
    """Whether the registry holds back what the trial is about."""
    return trial.overall_status == OverallStatus.WITHHELD


def released(text: str) -> str:
    """Return a registry text, empty where it only says that it is held back."""
    return "" if text.strip().casefold() == "[withheld]" else text


def where_limits_are(trial: Trial) -> str:
    """Say where limits stand that no field of the record holds."""
    if is_withheld(trial):
        return NOT_RELEASED
    if trial.criteria.all() or eligibility_of(trial).criteria_text.strip():
        return "The record’s limits are in section 5."
    return "The record gives no such limits."
