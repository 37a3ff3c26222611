"""What study teams say of their sites' status, told to searches: which trials run near a place.

Pages ask `by_trial` anew. A search reads rows that were written before, so whoever changes what a
study team says tells it here.
"""

from collections.abc import Collection

from django.db import transaction

from trials import indexing
from trials.coordinators.by_trial import told_statuses
from trials.models import Confirmation, Correction, Site, ToldStatus
from trials.terms.contacts import Answer
from trials.terms.corrections import Fate, Field

_CHUNK = 500


def tell_search(trial_ids: Collection[int]) -> None:
    """Have searches go by the statuses that study teams give of the sites of trials.

    Should come last in a transaction: it waits for imports and others that write search rows.
    Where searches know it already nothing is written.
    """
    said = told_statuses(trial_ids)
    rows = ToldStatus.objects.filter(site__trial__in=trial_ids)
    known = dict(rows.values_list("site", "status"))
    changed = {site for site in {*said, *known} if said.get(site) != known.get(site)}
    if not changed:
        return
    rows.filter(site__in=changed).delete()
    ToldStatus.objects.bulk_create(
        ToldStatus(site_id=site, status=said[site]) for site in changed if site in said
    )
    trials = Site.everything.filter(pk__in=changed).order_by().values_list("trial", flat=True)
    indexing.refresh(set(trials))


def tell_search_of_all() -> None:
    """Look at each site whose status a study team gave: an import may have ended or revived it."""
    answers = Confirmation.objects.filter(answer=Answer.NOT_RECRUITING, site__isnull=False)
    statuses = Correction.objects.filter(field=Field.STATUS, fate=Fate.ACCEPTED, site__isnull=False)
    known = ToldStatus.objects.values_list("site__trial")
    found = known.union(
        answers.order_by().values_list("trial"), statuses.order_by().values_list("trial")
    )
    trials = sorted(trial for (trial,) in found)
    for first in range(0, len(trials), _CHUNK):
        with transaction.atomic():
            tell_search(trials[first : first + _CHUNK])
