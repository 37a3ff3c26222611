"""The conditions around a condition, from the medical headings (MeSH) of its trials.

The registry's computer gives a trial headings and, nearest first, the headings above them. The
tree itself is not in the records. What is above a condition is what is above its trials; what is
below it is the one heading of a trial that has the condition's heading above. All is read from a
sample of trials, so a condition with ten thousand trials costs what one with a hundred does.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from statistics import fmean
from typing import NamedTuple

from django.db.models import QuerySet

from trials.models import Condition, TrialMeshTerm
from trials.terms.values import condition_slug

# How many of a condition's trials are looked at, and how many of those with its heading above.
SAMPLE = 100
_SAMPLE_BELOW = 200

# A heading stands for the condition, or is above it, if it is so in this part of the sample.
_MOST = 0.5
_SOME = 0.05
_CHANCE = 2
_BROADER_AT_MOST, _NARROWER_AT_MOST, _RELATED_AT_MOST = 5, 8, 8
_CANDIDATES = 60
# Shelves of the tree, and courses that any illness takes: no one's condition.
_SAY_LITTLE = frozenset(
    {
        "Acute Disease",
        "Chronic Disease",
        "Disease",
        "Disease Attributes",
        "Neoplasms by Histologic Type",
        "Neoplasms by Site",
        "Pathologic Processes",
        "Pathological Conditions, Anatomical",
        "Pathological Conditions, Signs and Symptoms",
        "Recurrence",
        "Signs and Symptoms",
        "Syndrome",
    }
)
_NEOPLASMS = re.compile(r"\bNeoplasms?\b")
_OF_CONDITIONS = TrialMeshTerm.objects.filter(about=TrialMeshTerm.About.CONDITION)


@dataclass(frozen=True, slots=True)
class Relatives:
    """Conditions with open trials: kinds of one, what it is a kind of, and others beside it."""

    narrower: list[Condition] = field(default_factory=list)
    broader: list[Condition] = field(default_factory=list)
    related: list[Condition] = field(default_factory=list)


class _Heading(NamedTuple):
    pk: int
    term: str


@dataclass(slots=True)
class _Reading:
    """The headings of one trial; `above` is in the record's order, nearest first."""

    direct: list[_Heading] = field(default_factory=list)
    above: list[_Heading] = field(default_factory=list)


def relatives(condition: Condition, trial_ids: Collection[int]) -> Relatives:
    """Return the conditions around one, given some of its trials; at most three statements."""
    readings = _read(_OF_CONDITIONS.filter(trial__in=list(trial_ids)[:SAMPLE]))
    own = _own(condition, readings)
    broader = _above(own, readings) if own else []
    narrower = _below(own) if own else []
    related = [*([own] if own else []), *_beside(own, readings)]
    found = _conditions({*broader, *narrower, *related}, but=condition)
    taken: set[int] = set()
    return Relatives(
        broader=_pick(broader, found, taken)[:_BROADER_AT_MOST],
        narrower=_largest(_pick(narrower, found, taken))[:_NARROWER_AT_MOST],
        related=_pick(related, found, taken)[:_RELATED_AT_MOST],
    )


def _read(rows: QuerySet[TrialMeshTerm]) -> list[_Reading]:
    """Return the headings of each trial that has any which say something."""
    readings: defaultdict[int, _Reading] = defaultdict(_Reading)
    columns = rows.order_by("trial", "pk").values_list(
        "trial", "is_ancestor", "mesh_term", "mesh_term__term"
    )
    for trial, is_ancestor, pk, term in columns:
        if term not in _SAY_LITTLE:
            reading = readings[trial]
            (reading.above if is_ancestor else reading.direct).append(_Heading(pk, term))
    return list(readings.values())


def _own(condition: Condition, readings: list[_Reading]) -> _Heading | None:
    """Return the heading that stands for a condition: by its name, or as most trials have it."""
    counts = Counter(heading for reading in readings for heading in reading.direct)
    for heading in counts:
        if condition.slug in _slugs(heading.term):
            return heading
    commonest, trials = next(iter(counts.most_common(1)), (None, 0))
    return commonest if trials >= _MOST * len(readings) else None


def _above(own: _Heading, readings: list[_Reading]) -> list[_Heading]:
    """Return what is above most of the trials that have a heading, nearest first."""
    ranks: defaultdict[_Heading, list[int]] = defaultdict(list)
    having = [reading for reading in readings if own in reading.direct]
    for reading in having:
        for rank, heading in enumerate(reading.above):
            ranks[heading].append(rank)
    shared = [heading for heading, at in ranks.items() if len(at) >= _MOST * len(having)]
    return sorted(shared, key=lambda heading: fmean(ranks[heading]))


def _below(own: _Heading) -> list[_Heading]:
    """Return headings that lie below one, most frequent first, read from the newest such trials.

    A trial with several headings does not tell which of them is the one below.
    """
    trials = _OF_CONDITIONS.filter(mesh_term=own.pk, is_ancestor=True).order_by("-trial")
    rows = _OF_CONDITIONS.filter(
        trial__in=trials.values("trial")[:_SAMPLE_BELOW], is_ancestor=False
    )
    alone = (reading.direct[0] for reading in _read(rows) if len(reading.direct) == 1)
    return [heading for heading, _ in Counter(alone).most_common(_CANDIDATES)]


def _beside(own: _Heading | None, readings: list[_Reading]) -> list[_Heading]:
    """Return what else the trials are about, most frequent first; of many trials not chance."""
    counts = Counter(heading for reading in readings for heading in reading.direct)
    least = max(_CHANCE, _SOME * len(readings)) if len(readings) > _CHANCE else 1
    common = [heading for heading, trials in counts.most_common() if trials >= least]
    return [heading for heading in common if heading != own][:_CANDIDATES]


def _conditions(headings: Iterable[_Heading], *, but: Condition) -> dict[_Heading, list[Condition]]:
    """Return the conditions that go by each heading, those with the most open trials first."""
    slugs = {heading: _slugs(heading.term) for heading in headings}
    wanted = set().union(*slugs.values())
    known = Condition.objects.filter(slug__in=wanted, open_trials__gt=0).exclude(pk=but.pk)
    rows = list(known.order_by("-open_trials", "-all_trials", "slug"))
    return {heading: [row for row in rows if row.slug in own] for heading, own in slugs.items()}


def _pick(
    headings: list[_Heading], found: dict[_Heading, list[Condition]], taken: set[int]
) -> list[Condition]:
    """Return a condition for each heading that has one, none twice."""
    picked = []
    for row in (found[heading][0] for heading in headings if found[heading]):
        if row.pk not in taken:
            taken.add(row.pk)
            picked.append(row)
    return picked


def _largest(conditions: list[Condition]) -> list[Condition]:
    return sorted(conditions, key=lambda row: (-row.open_trials, -row.all_trials))


def _slugs(term: str) -> set[str]:
    """Return the slugs of a heading's spellings.

    Headings turn their words round (“Leukemia, Myeloid, Acute”) and say neoplasms for cancer.
    """
    turned = {term, " ".join(reversed(term.split(", ")))}
    spellings = turned | {_NEOPLASMS.sub("Cancer", name) for name in turned}
    return {condition_slug(name) for name in spellings}
