"""The facts of trials that a search needs, read in one go: nine statements for any number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models.functions import Coalesce, Left

from trials.models import (
    Intervention,
    OutcomeMeasure,
    Site,
    Synonym,
    Trial,
    TrialCondition,
    TrialMeshTerm,
    TrialSponsor,
)
from trials.terms.words import phrase_key

_DESCRIPTION_LENGTH = 2_000


class Mesh(NamedTuple):
    """A MeSH heading that the registry derived."""

    term: str
    is_ancestor: bool


class Treatment(NamedTuple):
    """What a trial tests."""

    type: str
    name: str
    other_names: list[str]


class Organisation(NamedTuple):
    """Who runs a trial, or works with them."""

    role: str
    name: str
    agency_class: str


class SiteFacts(NamedTuple):
    """Where a trial runs, with the status that counts; the coordinates are null together."""

    status: str
    city: str
    state: str
    country: str
    zip: str
    latitude: float | None
    longitude: float | None


@dataclass(slots=True)
class Facts:
    """A public trial. Ages in months, null for no limit; our own words empty where unpublished."""

    trial_id: int
    brief_title: str
    acronym: str
    official_title: str
    brief_summary: str
    description: str
    keywords: list[str]
    status: str
    has_results: bool
    study_type: str
    phases: list[str]
    posted_on: date | None
    changed_on: date | None
    minimum_age_months: float | None
    maximum_age_months: float | None
    standard_ages: list[str] | None
    sex: str | None
    healthy_volunteers: bool | None
    is_live: bool | None
    plain_title: str | None
    plain_summary: str | None
    conditions: list[str] = field(default_factory=list)
    mesh: list[Mesh] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    outcomes: list[str] = field(default_factory=list)
    sites: list[SiteFacts] = field(default_factory=list)
    # Keys of MeSH headings that its conditions are known to stand for
    supported: set[str] = field(default_factory=set)

    @property
    def is_reviewed(self) -> bool:
        """Whether our editors published a text about it."""
        return bool(self.is_live)


_COLUMNS = (
    "pk",
    "brief_title",
    "acronym",
    "official_title",
    "brief_summary",
    Left("detailed_description", _DESCRIPTION_LENGTH),
    "keywords",
    "overall_status",
    "has_results",
    "study_type",
    "phases",
    "first_posted_date",
    "last_update_posted_date",
    "eligibility__minimum_age_months",
    "eligibility__maximum_age_months",
    "eligibility__standard_ages",
    "eligibility__sex",
    "eligibility__healthy_volunteers",
    "editorial__is_live",
    "editorial__plain_title",
    "editorial__plain_summary",
)


def read(trial_ids: Collection[int]) -> list[Facts]:
    """Return the facts of the public ones among these trials."""
    found = Trial.public.filter(pk__in=trial_ids).order_by("pk").values_list(*_COLUMNS)
    facts = [Facts(*row) for row in found]
    ids = [trial.trial_id for trial in facts]
    conditions = _of(ids, TrialCondition, "name")
    mesh = _of(ids, TrialMeshTerm, "mesh_term__term", "is_ancestor")
    treatments = _of(ids, Intervention, "type", "name", "other_names")
    organisations = _of(ids, TrialSponsor, "role", "sponsor__name", "sponsor__agency_class")
    outcomes = _of(ids, OutcomeMeasure, "measure")
    sites = _of(ids, Site, _STATUS, *_PLACE, "latitude", "longitude")
    for trial in facts:
        trial.conditions = [name for (name,) in conditions[trial.trial_id]]
        trial.mesh = [Mesh(*row) for row in mesh[trial.trial_id]]
        trial.treatments = [Treatment(*row) for row in treatments[trial.trial_id]]
        trial.organisations = [Organisation(*row) for row in organisations[trial.trial_id]]
        trial.outcomes = [measure for (measure,) in outcomes[trial.trial_id]]
        trial.sites = [SiteFacts(*row) for row in sites[trial.trial_id]]
    _add_supported(facts)
    return facts


_STATUS = Coalesce("told_status__status", "recruitment_status")
_PLACE = ("facility__city", "facility__state", "facility__country", "facility__zip")


def _of(
    trial_ids: Iterable[int], model: Any, *columns: str | Coalesce
) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Return the rows that belong to each trial, in the order they were written."""
    grouped: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rows = model._default_manager.filter(trial__in=trial_ids).order_by("pk")
    for trial_id, *values in rows.values_list("trial_id", *columns):
        grouped[trial_id].append(tuple(values))
    return grouped


def _add_supported(facts: list[Facts]) -> None:
    """Add what other trials, or our editors, say that a trial's conditions mean."""
    keys = {name: phrase_key(name) for trial in facts for name in trial.conditions}
    held = Synonym.objects.filter(struck_at__isnull=True, words_key__in=set(keys.values()))
    meant = defaultdict(set)
    for words_key, also_key in held.values_list("words_key", "also_key"):
        meant[words_key].add(also_key)
    for trial in facts:
        trial.supported = set().union(*(meant[keys[name]] for name in trial.conditions))
