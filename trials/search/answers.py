"""What a search answers, as frozen values: pages word them, nobody else computes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trials.geo.places import Found, Locality
from trials.search.query import LAST_PAGE, PAGE_SIZE, TrialSearch
from trials.search.words.plan import Plan, Understanding


@dataclass(frozen=True, slots=True)
class Hit:
    """A trial found; `km` is the way to its nearest site that counts, where a point was asked."""

    trial_id: int
    km: float | None = None


@dataclass(frozen=True, slots=True)
class NearestSite:
    """The site of a trial that a person would go to.

    `km` is None where only a country or region was asked for; `status` is the site's own or, where
    it has none, the trial's. `closed_km` is how far a nearer site is that takes nobody, and
    `closed_city` where; None and empty where there is none. `site_id` is the site's key.
    """

    city: str
    state: str
    country: str
    status: str
    km: float | None = None
    closed_km: float | None = None
    closed_city: str = ""
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a search, as far as one page of it shows.

    `facets` maps a facet to its values with the number of trials that the search would find with
    that value instead of the facet's present ones; `country` is one of them, by code, most trials
    first. `plan` says how the words were taken.
    """

    search: TrialSearch
    words: Understanding
    plan: Plan
    found: Found | None
    locality: Locality | None
    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def last_page(self) -> int:
        """The number of the last page that can be asked for, 1 at least."""
        return max(1, min(LAST_PAGE, -(-self.total // PAGE_SIZE)))

    @property
    def place_is_unknown(self) -> bool:
        """Whether a place was typed that nobody knows; the search then looks everywhere."""
        return bool(self.search.place) and self.locality is None
