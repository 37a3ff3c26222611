"""What a record holds back, so that no sentence is built around it."""

from trials.models import Trial
from trials.terms.registry import OverallStatus

NOT_RELEASED = "The sponsor has not released the details yet."


def is_withheld(trial: Trial) -> bool:
    """Whether the registry holds back what the trial is about."""
    return trial.overall_status == OverallStatus.WITHHELD


def released(text: str) -> str:
    """Return a registry text, empty where it only says that it is held back."""
    return "" if text.strip().casefold() == "[withheld]" else text
