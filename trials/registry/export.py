"""What the registry's tables hold, written out for other programs."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

import msgspec

from trials.models import Criterion, Trial

_TRIALS_AT_ONCE = 500
_NODE = ("text", "section", "depth", "role", "marker")


def known_ids(nct_ids: Collection[str]) -> set[str]:
    """Return which of the ids are those of trials."""
    found = Trial.everything.filter(nct_id__in=nct_ids)
    return set(found.values_list("nct_id", flat=True))


def criteria_lines(nct_ids: Collection[str] = ()) -> Iterator[str]:
    """Yield a line of JSON for each trial, all trials without ids, in the order of their ids."""
    trials = Trial.everything.order_by("nct_id").values_list("id", "nct_id")
    if nct_ids:
        trials = trials.filter(nct_id__in=nct_ids)
    streamed = trials.iterator(chunk_size=_TRIALS_AT_ONCE)
    while some := list(islice(streamed, _TRIALS_AT_ONCE)):
        nodes = _nodes_of([number for number, _ in some])
        for number, nct_id in some:
            yield msgspec.json.encode({"nctId": nct_id, "nodes": nodes[number]}).decode()


def _nodes_of(trial_ids: list[int]) -> dict[int, list[dict[str, object]]]:
    nodes: dict[int, list[dict[str, object]]] = defaultdict(list)
    rows = Criterion.objects.filter(trial_id__in=trial_ids).order_by("trial_id", "position")
    for trial_id, *values in rows.values_list("trial_id", *_NODE):
        nodes[trial_id].append(dict(zip(_NODE, values, strict=True)))
    return nodes
