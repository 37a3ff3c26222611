"""Which of a trial's sites take people: as the registry says or, where it told us otherwise, as the
study team does. Numbers, order and map follow what the site itself shows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from trials.coordinators.by_trial import told_statuses
from trials.models import Site, Trial
from trials.terms.registry import OPEN_NOW, OverallStatus


@dataclass(frozen=True, slots=True)
class Openness:
    """The whole study's status, and those that study teams told us, by the site's key."""

    overall: str
    told: Mapping[int, str] = field(default_factory=dict)

    def status_of(self, site: Site) -> str:
        """Return the status that the site shows, empty where it has none of its own."""
        return self.told.get(site.pk, site.recruitment_status)

    def is_open(self, site: Site) -> bool:
        """Whether people can ask to join at this site today, as far as anybody says."""
        return self.status_of(site) in OPEN_NOW and self.overall != OverallStatus.UNKNOWN

    def listed_open(self, sites: Iterable[Site]) -> int:
        """Return how many sites are open by themselves, whatever the whole study's status."""
        return sum(self.status_of(site) in OPEN_NOW for site in sites)

    def in_order(self, trial: Trial) -> list[Site]:
        """Return a trial's sites: open ones first, then by country, region, city and name."""

        def order(site: Site) -> tuple[bool, str, str, str, str, int]:
            where = site.facility
            closed = not self.is_open(site)
            return closed, where.country, where.state, where.city, where.name, site.position

        return sorted(trial.sites.all(), key=order)


def openness_of(trial: Trial) -> Openness:
    """Return which sites of a trial take people; one query where no study team spoke of any."""
    return Openness(trial.overall_status, told_statuses([trial.pk]))
