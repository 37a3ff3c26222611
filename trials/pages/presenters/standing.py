"""Where a trial stands for somebody who would join: open, not now, or never again."""

from enum import StrEnum

from trials.models import Trial
from trials.terms.registry import OPEN_NOW, OPEN_SOON, OverallStatus, StudyType
from trials.wording.fields import eligibility_of
from trials.wording.withheld import NOT_RELEASED, is_withheld

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


def where_limits_are(trial: Trial) -> str:
    """Say where limits stand that no field of the record holds."""
    if is_withheld(trial):
        return NOT_RELEASED
    if trial.criteria.all() or eligibility_of(trial).criteria_text.strip():
        return "The record’s limits are in section 5."
    return "The record gives no such limits."
