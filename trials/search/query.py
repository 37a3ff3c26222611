"""What a search is: one frozen value that pages, feeds, the API and saved links share.

Its address is canonical and stays stable for good: the same search always writes the same query
string, and what equals the default is left out.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self
from urllib.parse import urlencode

from trials.terms.facets import FACETS, OPEN_OR_SOON
from trials.terms.registry import OverallStatus
from trials.terms.sphere import KM_PER_MILE
from trials.terms.values import Age

PAGE_SIZE = 10
# Past this page nobody reads; a search that long is narrowed or downloaded.
LAST_PAGE = 500
ANY_DISTANCE = 0
ALL = "all"
OPEN = "open"


class Unit(StrEnum):
    """What a radius is measured in."""

    KM = "km"
    MI = "mi"


class AgeUnit(StrEnum):
    """What a person's age is measured in."""

    YEARS = "years"
    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"


class Sort(StrEnum):
    """The order of the results."""

    BEST = "best"
    NEAREST = "nearest"
    NEWEST = "newest"
    UPDATED = "updated"


# Within which distance a place is looked around unless the search says.
DEFAULT_RADIUS = {Unit.KM: 100, Unit.MI: 60}

Values = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialSearch:
    """A whole search. Every value is valid by itself; `read` makes one of any query string.

    `radius` is in `unit`: None for the default, `ANY_DISTANCE` for no limit. The facets hold the
    values of `trials.terms.facets`; an empty one does not filter, except `status`, where empty
    means open now or soon and `("all",)` every status.
    """

    q: str = ""
    exact: bool = False
    place: str = ""
    radius: int | None = None
    unit: Unit = Unit.KM
    age: int | None = None
    age_unit: AgeUnit = AgeUnit.YEARS
    sex: Values = ()
    status: Values = ()
    phase: Values = ()
    study_type: Values = ()
    intervention_type: Values = ()
    age_group: Values = ()
    healthy_volunteers: Values = ()
    country: Values = ()
    sponsor_class: Values = ()
    has_results: Values = ()
    reviewed: Values = ()
    sort: Sort = Sort.BEST
    page: int = 1

    @property
    def radius_km(self) -> float | None:
        """How far around the place to look, in kilometers; None for any distance."""
        if self.radius == ANY_DISTANCE:
            return None
        radius = self.radius or DEFAULT_RADIUS[self.unit]
        return radius * KM_PER_MILE if self.unit is Unit.MI else float(radius)

    @property
    def age_months(self) -> tuple[float, float] | None:
        """The person's age in months: from (included) and to (not included) the next birthday."""
        if self.age is None:
            return None
        unit = self.age_unit.removesuffix("s").capitalize()
        return Age(self.age, unit).months, Age(self.age + 1, unit).months

    @property
    def statuses(self) -> Values:
        """The registry statuses asked for; empty for every one."""
        if not self.status:
            return OPEN_OR_SOON
        return () if ALL in self.status else self.status

    @property
    def is_open_only(self) -> bool:
        """Whether nothing but trials open now or soon is asked for."""
        return bool(self.statuses) and set(self.statuses) <= set(OPEN_OR_SOON)

    def values(self, facet: str) -> Values:
        """Return what a facet (or `country`) is narrowed to; empty where it is not."""
        return self.statuses if facet == "status" else getattr(self, facet)

    def query(self, **changes: Any) -> str:
        """Return the canonical query string, without `?`; empty for the plain search."""
        search = self.with_(**changes) if changes else self
        return urlencode(list(search._pairs()), doseq=True)

    def with_(self, **changes: Any) -> Self:
        """Return the search with other values; what changes the results starts at page 1."""
        return replace(self, **({"page": 1} | changes))

    def _pairs(self) -> Any:
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                yield field.name, _written(field.name, value)


def canonical_status(values: Values) -> Values:
    """Return a status choice in its one form: in order, the default and every status short."""
    if ALL in values:
        return (ALL,)
    chosen = {*values} - {OPEN} | ({*OPEN_OR_SOON} if OPEN in values else set())
    ordered = tuple(value for value in OverallStatus.values if value in chosen)
    return () if ordered == OPEN_OR_SOON else ordered


def canonical_values(facet: str, values: Values) -> Values:
    """Return a facet's values in their one order; values it does not have are left out."""
    return tuple(value for value in FACETS[facet].values if value in values)


def _written(name: str, value: object) -> object:
    if name == "exact":
        return "1"
    if name == "radius" and value == ANY_DISTANCE:
        return "any"
    if name == "sex" and isinstance(value, tuple):
        return [str(one).lower() for one in value]
    return value
