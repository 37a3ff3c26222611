"""How the contacts of whole trials stand, for lists of them.

Only sites that a study team or enough readers have spoken of are read: of all others it is known
that nobody confirmed them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from django.db.models import Q
from django.utils import timezone

from trials.coordinators import details
from trials.coordinators.accepted import AcceptedValue, accepted_at, shows_contact, status_in
from trials.coordinators.standings import of_whole_study, standings_at
from trials.models import Confirmation, ReaderReport, Site, Trial
from trials.terms.contacts import ContactStanding, Tally, tally
from trials.terms.registry import RecruitmentStatus

Accepted: TypeAlias = Mapping[int, Sequence[AcceptedValue]]


@dataclass(frozen=True, slots=True)
class TrialContacts:
    """Where the contacts of a trial's sites stand, by the site's key; a silent site has no entry.

    `has_difficulty` says that readers can't reach one of them, or the whole study's. `corrected`
    are the statuses that study teams corrected, `statuses` all that they give and the registry
    does not.
    """

    at_sites: Mapping[int, ContactStanding] = field(default_factory=dict)
    has_difficulty: bool = False
    corrected: Mapping[int, str] = field(default_factory=dict)
    statuses: Mapping[int, str] = field(default_factory=dict)

    def tally(self, places: int) -> Tally:
        """Return how they stand together, of so many places."""
        known = self.at_sites.values()
        return tally(known, places=places, has_difficulty=self.has_difficulty)


def contacts_of(trial_ids: Collection[int]) -> dict[int, TrialContacts]:
    """Return how the contacts of trials stand, by the trial's key, in six queries at most.

    A trial that nobody has spoken of has no entry. A site where readers see no contact has nothing
    to confirm and is left out.
    """
    today = timezone.now().date()
    reports = ReaderReport.objects.filter(trial__in=trial_ids).difficulties(today)
    difficult = set(reports.values_list("trial", "site", "about"))
    sites = _sites(trial_ids, [site for _, site, _ in difficult if site is not None])
    accepted = accepted_at(sites)
    reported = {(site, about) for _, site, about in difficult}
    standings = standings_at(sites, reported=reported, accepted=accepted)
    troubled = _troubled_studies(difficult)
    troubled |= {site.trial_id for site in sites if standings[site.pk].has_difficulty}
    by_trial: dict[int, list[Site]] = {trial: [] for trial in troubled}
    for site in sites:
        by_trial.setdefault(site.trial_id, []).append(site)
    return {
        trial: TrialContacts(
            {
                site.pk: standings[site.pk]
                for site in found
                if shows_contact(site, accepted.get(site.pk, ()))
            },
            trial in troubled,
            _corrected(found, accepted),
            _statuses(found, accepted, standings),
        )
        for trial, found in by_trial.items()
    }


def _troubled_studies(difficult: Collection[tuple[int, int | None, str]]) -> set[int]:
    """Return the trials whose own contact readers report, as it can be reached now."""
    tried = {(trial, about) for trial, site, about in difficult if site is None}
    if not tried:
        return set()
    trials = Trial.everything.filter(pk__in={trial for trial, _ in tried}).only("pk")
    return {
        trial.pk
        for trial in trials.prefetch_related("central_contacts")
        if of_whole_study(
            trial, reported={(None, about) for key, about in tried if key == trial.pk}
        ).has_difficulty
    }


def statuses(contacts: Mapping[int, TrialContacts]) -> dict[int, str]:
    """Return the statuses of all sites that study teams give and the registry does not."""
    return {site: status for each in contacts.values() for site, status in each.statuses.items()}


def told_statuses(trial_ids: Collection[int]) -> dict[int, str]:
    """Return the statuses that study teams give and the registry does not, by the site's key.

    Four queries; one where no study team has spoken of a site.
    """
    sites = _sites(trial_ids, ())
    accepted = accepted_at(sites)
    return _statuses(sites, accepted, standings_at(sites, reported=(), accepted=accepted))


def _corrected(sites: Sequence[Site], accepted: Accepted) -> dict[int, str]:
    """Return the statuses of sites that study teams corrected."""
    told = {site.pk: status_in(accepted.get(site.pk, ())) for site in sites}
    return {key: status.value for key, status in told.items() if status}


def _statuses(
    sites: Sequence[Site], accepted: Accepted, standings: Mapping[int, ContactStanding]
) -> dict[int, str]:
    """Return the status that readers see of sites instead of the registry's."""
    closed = [site.pk for site in sites if standings[site.pk].takes_nobody]
    return _corrected(sites, accepted) | dict.fromkeys(
        closed, RecruitmentStatus.ACTIVE_NOT_RECRUITING.value
    )


def _sites(trial_ids: Collection[int], reported: Collection[int]) -> list[Site]:
    """Return the sites that a study team answered for, and those that readers report."""
    answered = Confirmation.objects.filter(trial__in=trial_ids, site__isnull=False)
    spoken_of = answered.order_by().values_list("site", flat=True)
    is_known = Q(pk__in=spoken_of) | Q(pk__in=reported)
    rows = Site.everything.filter(is_known, trial__in=trial_ids)
    light = rows.select_related("trial", "facility").only(
        "recruitment_status", "position", "trial__overall_status", *details.PLACE
    )
    return list(light.order_by().prefetch_related("contacts"))
