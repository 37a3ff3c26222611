"""Why a site is in a letter: a function of where its contact stands, and the key that says it once.

A key names what the occasion rests on: an answer, a record, a series of readers' reports. While it
is the same, no second letter says it; a new answer or record makes a new key.
"""

from collections.abc import Collection, Sequence
from datetime import date

from trials.coordinators import details
from trials.models import Confirmation, ReaderReport, Site
from trials.terms.contacts import Answer, ContactStanding, ContactState
from trials.terms.letters import Occasion
from trials.terms.registry import OverallStatus, RecruitmentStatus
from trials.terms.reports import ABOUT_A_CONTACT

# Nobody is asked about the contact of a site that takes no people any more.
TAKES_NOBODY = (
    RecruitmentStatus.ACTIVE_NOT_RECRUITING,
    RecruitmentStatus.COMPLETED,
    RecruitmentStatus.TERMINATED,
    RecruitmentStatus.WITHDRAWN,
)
STUDY_TAKES_NOBODY = (
    *(OverallStatus(status) for status in TAKES_NOBODY),
    OverallStatus.NO_LONGER_AVAILABLE,
    OverallStatus.APPROVED_FOR_MARKETING,
    OverallStatus.WITHHELD,
)
_AGES = {ContactState.DUE: Occasion.DUE, ContactState.OVERDUE: Occasion.OVERDUE}


def occasion_of(standing: ContactStanding, *, is_given: bool) -> Occasion | None:
    """Return why to write about a site, None where there is no reason to.

    `is_given` tells that a coordinator looks after it; anybody else is written to only about what
    was confirmed before.
    """
    if standing.told == Answer.NOT_MY_SITE or not (is_given or standing.told == Answer.RIGHT):
        return None
    if standing.has_difficulty:
        return Occasion.REPORTED
    if standing.by_answers in _AGES:
        return _AGES[standing.by_answers]
    if standing.changed:
        return Occasion.CHANGED
    return Occasion.FIRST if standing.told is None else None


def standings(sites: Sequence[Site], today: date) -> dict[int, ContactStanding]:
    """Return where the contact of each site stands, by its key; trials and contacts are loaded."""
    reported = ReaderReport.objects.filter(site__in=sites).reported(today)
    return details.standings(sites, reported=reported)


class Bases:
    """What the occasions of some sites rest on; two queries whatever the number of sites."""

    def __init__(self, sites: Collection[Site]) -> None:
        keys = [site.pk for site in sites]
        newest = Confirmation.objects.newest_of_sites(keys)
        self.answers: dict[int | None, int] = {row.site_id: row.pk for row in newest}
        reports = ReaderReport.objects.waiting().filter(site__in=keys, kind__in=ABOUT_A_CONTACT)
        self.reports: dict[int | None, int] = {}
        for pk, site in reports.order_by("-pk").values_list("pk", "site"):
            self.reports[site] = pk  # the oldest stays: it is the same series while it is open

    def of(self, site: Site, occasion: Occasion, given: int | None) -> str:
        """Return what an occasion rests on; `given` is the key of the coordinator's place there."""
        if occasion == Occasion.FIRST:
            return f"g{given}"
        if occasion == Occasion.REPORTED:
            return f"r{self.reports.get(site.pk, 0)}"
        answer = f"a{self.answers.get(site.pk, 0)}"
        if occasion == Occasion.CHANGED:
            return f"{answer}-{details.details_of(site).digests.whole[:12]}"
        return answer


def once(occasion: Occasion, site: Site, basis: str, digest: str) -> str:
    """Return the key by which no second letter says the same to the same address."""
    return f"{occasion}:{site.pk}:{basis}:{digest[:32]}"
