"""Which declined corrections readers saw once: their rows do not tell, the audit does."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from trials.models import AuditEvent, Correction
from trials.terms.corrections import Fate

# What `corrections.retract` writes down, in its own transaction, right behind the correction.
_VERB = "stop showing correction"
_RIGHT_BEHIND = timedelta(seconds=5)


def retracted(rows: Iterable[Correction]) -> set[int]:
    """Return the keys of corrections that were accepted until an editor stopped showing them.

    One query, and none where nothing is declined.
    """
    declined = [(row, row.decided_at) for row in rows if row.fate == Fate.DECLINED]
    if not declined:
        return set()
    acts: dict[tuple[int, int, str], list[datetime]] = defaultdict(list)
    events = AuditEvent.objects.filter(verb=_VERB, trial__in={row.trial_id for row, _ in declined})
    for trial, by, reason, at in events.values_list("trial", "done_by", "reason", "done_at"):
        acts[trial, by, reason].append(at)
    return {
        row.pk
        for row, decided_at in declined
        if decided_at is not None
        and any(
            timedelta() <= at - decided_at < _RIGHT_BEHIND
            for at in acts[row.trial_id, row.decided_by_id or 0, row.reason]
        )
    }
