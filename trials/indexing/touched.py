"""What a run changed, kept small: which trials, and which conditions they have or had."""

from array import array
from collections.abc import Collection

from django.db import connection

_CONDITIONS = "SELECT DISTINCT condition_id FROM trials_trialcondition WHERE trial_id = ANY(%s)"


class Touched:
    """The trials and conditions of a run: eight bytes a trial."""

    def __init__(self) -> None:
        self.trial_ids = array("q")
        self.condition_ids: set[int] = set()

    def before(self, trial_ids: Collection[int]) -> None:
        """Note the conditions of trials that are about to change: they may lose them."""
        if trial_ids:
            with connection.cursor() as cursor:
                cursor.execute(_CONDITIONS, [list(trial_ids)])
                self.condition_ids.update(condition_id for (condition_id,) in cursor.fetchall())

    def after(self, trial_ids: Collection[int]) -> None:
        """Note trials that have changed, and the conditions they have now."""
        self.before(trial_ids)
        self.trial_ids.extend(trial_ids)
