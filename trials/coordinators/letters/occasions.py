"""Why a site is in a letter: a function of where its contact stands, and the key that says it once.

A key names what the occasion rests on: an answer, a record, a series of readers' reports, a place
that somebody was given. While it is the same, no second letter says it; a new answer or record
makes a new key. So each situation of a site is asked about once, and a later one anew.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Max

from trials.coordinators.accepted import seen_of
from trials.coordinators.details import details_of
from trials.coordinators.letters.places import Place
from trials.coordinators.standings import standings_at
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


def occasions_of(
    standing: ContactStanding,
    *,
    place: Place | None,
    is_unheard: bool = False,
    answered_by: int | None,
    today: date,
) -> Iterator[Occasion]:
    """Yield why to write about a site: the first that was not said yet is enough.

    `place` is that of the coordinator who looks after it; anybody else is written to only about
    what was confirmed before, or what readers report. `is_unheard` tells that no letter told of
    that place; `answered_by` is the coordinator who gave the answer that counts.
    """
    if standing.told == Answer.NOT_MY_SITE and _had_it(place, standing.since, answered_by):
        return
    if occasion := _asked_about(standing, is_given=place is not None, today=today):
        yield occasion
    if is_unheard:
        yield Occasion.GIVEN


def _had_it(place: Place | None, told_on: date | None, answered_by: int | None) -> bool:
    """Tell whether somebody was asked before the answer that the site is not theirs.

    Of a place that was given on that day the answer itself tells: who gets it then is often new.
    """
    if place is None or told_on is None:
        return True
    if place.since == told_on:
        return place.coordinator == answered_by
    return place.since < told_on


def _asked_about(standing: ContactStanding, *, is_given: bool, today: date) -> Occasion | None:
    """Return what to ask about where a contact stands, None where nothing has to be asked."""
    if standing.has_difficulty:
        return Occasion.REPORTED
    if not (is_given or standing.told == Answer.RIGHT):
        return None
    if standing.by_answers in _AGES:
        return _AGES[standing.by_answers]
    if standing.changed:
        return Occasion.CHANGED
    if _said_long_ago(standing, today):
        return Occasion.TAKES_NOBODY
    return Occasion.FIRST if standing.told is None else None


def takes_people(site: Site) -> bool:
    """Tell whether the registry lists a site as one that takes people, or may do so again."""
    is_closed = site.recruitment_status in TAKES_NOBODY
    return not (is_closed or site.trial.overall_status in STUDY_TAKES_NOBODY)


def _said_long_ago(standing: ContactStanding, today: date) -> bool:
    """Tell whether a study team said so long ago that its site takes nobody that it may be over."""
    if standing.told != Answer.NOT_RECRUITING or standing.since is None:
        return False
    return (today - standing.since).days >= settings.CONTACT_OVERDUE_DAYS


def standings(sites: Sequence[Site], today: date) -> dict[int, ContactStanding]:
    """Return where the contact of each site stands, by its key; trials and contacts are loaded."""
    reported = ReaderReport.objects.filter(site__in=sites).reported(today)
    return standings_at(sites, reported=reported)


class Bases:
    """What the occasions of some sites rest on; three queries whatever the number of sites."""

    def __init__(self, sites: Collection[Site]) -> None:
        keys = [site.pk for site in sites]
        newest = list(Confirmation.objects.newest_of_sites(keys).select_related("link"))
        self.answers: dict[int | None, int] = {row.site_id: row.pk for row in newest}
        self.answered_by = {
            row.site_id: row.coordinator_id or (row.link.coordinator_id if row.link else None)
            for row in newest
        }
        # Also of those in which editors found nothing wrong: after one the site is asked anew.
        given = Confirmation.objects.filter(site__in=keys).order_by().values_list("site")
        self.given: dict[int | None, int] = dict(given.annotate(newest=Max("pk")))
        reports = ReaderReport.objects.waiting().filter(site__in=keys, kind__in=ABOUT_A_CONTACT)
        self.reports: dict[int | None, int] = {}
        for pk, site in reports.order_by("-pk").values_list("pk", "site"):
            self.reports[site] = pk  # the oldest stays: it is the same series while it is open

    def of(self, site: Site, occasion: Occasion, place: int | None) -> str:
        """Return what an occasion rests on; `place` is the key of the coordinator's place there."""
        if occasion == Occasion.GIVEN:
            return f"g{place}"
        if occasion == Occasion.FIRST:
            newest = self.given.get(site.pk)
            return f"g{place}-a{newest}" if newest else f"g{place}"
        if occasion == Occasion.REPORTED:
            return f"r{self.reports.get(site.pk, 0)}"
        answer = f"a{self.answers.get(site.pk, 0)}"
        if occasion == Occasion.CHANGED:
            return f"{answer}-{seen_of(details_of(site).digests)[:12]}"
        return answer


def once(occasion: Occasion, site: Site, basis: str, digest: str) -> str:
    """Return the key by which no second letter says the same to the same address."""
    return f"{occasion}:{site.pk}:{basis}:{digest[:32]}"
