"""How the contacts of whole trials stand, for lists of them.

Only sites that a study team or enough readers have spoken of are read: of all others it is known
that nobody confirmed them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from trials.coordinators import details
from trials.coordinators.accepted import accepted_at
from trials.coordinators.standings import of_whole_study, standings_at
from trials.models import Confirmation, Correction, ReaderReport, Site, Trial
from trials.terms.contacts import ContactStanding, Tally, tally
from trials.terms.corrections import COLUMNS, Fate, Field
from trials.terms.registry import RecruitmentStatus

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    SpokenOf: TypeAlias = WithAnnotations[Site, "ToldStatus"]


class ToldStatus(TypedDict):
    """What `_sites` adds to a site; None where no status was corrected."""

    told_status: str | None


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
    """Return how the contacts of trials stand, by the trial's key, in seven queries at most.

    A trial that nobody has spoken of has no entry. A site where readers see no contact has nothing
    to confirm and is left out.
    """
    today = timezone.now().date()
    reports = ReaderReport.objects.filter(trial__in=trial_ids).difficulties(today)
    difficult = set(reports.values_list("trial", "site", "about"))
    sites = _sites(trial_ids, [site for _, site, _ in difficult if site is not None])
    standings = standings_at(sites, reported={(site, about) for _, site, about in difficult})
    troubled = _troubled_studies(difficult)
    troubled |= {site.trial_id for site in sites if standings[site.pk].has_difficulty}
    with_contact = _with_contact(sites)
    by_trial: dict[int, list[SpokenOf]] = {trial: [] for trial in troubled}
    for site in sites:
        by_trial.setdefault(site.trial_id, []).append(site)
    return {
        trial: TrialContacts(
            {site.pk: standings[site.pk] for site in found if site.pk in with_contact},
            trial in troubled,
            {site.pk: site.told_status for site in found if site.told_status},
            _statuses(found, standings),
        )
        for trial, found in by_trial.items()
    }


def _with_contact(sites: "Sequence[SpokenOf]") -> set[int]:
    """Return the sites where readers see a contact: the registry's, or one of the study team."""
    told = accepted_at([site for site in sites if not site.contacts.all()])
    added = {key for key, values in told.items() if any(value.field in COLUMNS for value in values)}
    return added.union(site.pk for site in sites if site.contacts.all())


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

    Three queries; one where no study team has spoken of a site.
    """
    sites = _sites(trial_ids, ())
    return _statuses(sites, standings_at(sites, reported=()))


def _statuses(
    sites: "Sequence[SpokenOf]", standings: Mapping[int, ContactStanding]
) -> dict[int, str]:
    """Return the status that readers see of sites instead of the registry's."""
    found = {site.pk: site.told_status for site in sites if site.told_status}
    closed = [site.pk for site in sites if standings[site.pk].takes_nobody]
    return found | dict.fromkeys(closed, RecruitmentStatus.ACTIVE_NOT_RECRUITING.value)


def _sites(trial_ids: Collection[int], reported: Collection[int]) -> "list[SpokenOf]":
    """Return the sites that a study team answered for, and those that readers report."""
    answered = Confirmation.objects.filter(trial__in=trial_ids, site__isnull=False)
    spoken_of = answered.order_by().values_list("site", flat=True)
    is_known = Q(pk__in=spoken_of) | Q(pk__in=reported)
    rows = Site.everything.filter(is_known, trial__in=trial_ids)
    light = rows.select_related("trial", "facility").only(
        "recruitment_status", "position", "trial__overall_status", *details.PLACE
    )
    told = light.annotate(told_status=Subquery(_corrected()))
    return list(told.order_by().prefetch_related("contacts"))


def _corrected() -> "QuerySet[Correction, tuple[str]]":
    """Return the status from the study team of the outer site, as `accepted.accepted_at` does."""
    rows = Correction.objects.filter(
        site=OuterRef("pk"),
        field=Field.STATUS,
        fate=Fate.ACCEPTED,
        registry_value=OuterRef("recruitment_status"),
    )
    newest = rows.exclude(new_value=OuterRef("recruitment_status"))
    return newest.order_by("-confirmation__confirmed_at", "-pk").values_list("new_value")[:1]
