"""How many trials each condition has. Conditions keep these counts so that the A to Z, and every
list of conditions, costs the same for a condition with one trial and with ten thousand.
"""

from collections.abc import Collection

from django.db import connection, transaction

from trials.terms.facets import OPEN_OR_SOON

# In a statement of its own, so that the counts see what other transactions wrote before they let
# go of these rows; in order, so that no two wait for each other.
_LOCK = """
SELECT id FROM trials_condition
WHERE %(every)s OR id = ANY(%(ids)s)
ORDER BY id FOR NO KEY UPDATE
"""
_COUNT = """
UPDATE trials_condition AS condition
SET open_trials = counted.open_trials, all_trials = counted.all_trials
FROM (
    SELECT condition.id,
        count(trial.id) FILTER (WHERE trial.overall_status = ANY(%(open)s)) AS open_trials,
        count(trial.id) AS all_trials
    FROM trials_condition AS condition
    LEFT JOIN trials_trialcondition AS link ON link.condition_id = condition.id
    LEFT JOIN trials_trial AS trial ON trial.id = link.trial_id
        AND trial.hidden_at IS NULL AND trial.left_registry_on IS NULL
    WHERE %(every)s OR condition.id = ANY(%(ids)s)
    GROUP BY condition.id
) AS counted
WHERE counted.id = condition.id
    AND (counted.open_trials, counted.all_trials)
        IS DISTINCT FROM (condition.open_trials, condition.all_trials)
"""


def count_trials(condition_ids: Collection[int] | None = None) -> None:
    """Set `open_trials` and `all_trials` of conditions, of every one for None.

    Counted are public trials; open are those open now or soon (`OPEN_OR_SOON`). A condition that
    a trial has lost needs counting as much as one that it gained. Rows whose counts are right
    already are not written. Two statements for any number of conditions, in the caller's
    transaction if there is one; until it ends, other callers wait for these conditions.
    """
    values: dict[str, bool | list[int] | list[str]] = {
        "every": condition_ids is None,
        "ids": list(condition_ids or ()),
        "open": list(OPEN_OR_SOON),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, values)
        cursor.execute(_COUNT, values)
