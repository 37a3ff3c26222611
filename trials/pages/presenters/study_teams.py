"""What study teams say of the sites of one page: where contacts stand, corrections, and facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from trials.coordinators.accepted import AcceptedValue, accepted_at, status_in
from trials.coordinators.facts import LANGUAGES, facts_and_former_at
from trials.coordinators.standings import standings_at
from trials.models import Site, SiteFact
from trials.pages.presenters.page import Fact, FactList
from trials.pages.presenters.prose import plain
from trials.terms import plain as words
from trials.terms.contacts import ContactStanding
from trials.terms.plain.contacts import from_study_team
from trials.terms.plain.site_facts import answers, not_stated
from trials.terms.reports import Reported
from trials.terms.site_facts import SiteFactKind

_ALL_SILENT = not_stated(tuple(SiteFactKind))
UNLESS_TOLD = f"{_ALL_SILENT.rstrip('.')}, unless a site says so below."


@dataclass(frozen=True, slots=True)
class Heard:
    """All that study teams say of some sites, by the site's key.

    `former` are facts of a place where a site is no longer: study teams alone see these.
    """

    standings: Mapping[int, ContactStanding]
    accepted: Mapping[int, Sequence[AcceptedValue]] = field(default_factory=dict)
    facts: Mapping[int, Mapping[SiteFactKind, SiteFact]] = field(default_factory=dict)
    former: Mapping[int, Mapping[SiteFactKind, SiteFact]] = field(default_factory=dict)

    def status_of(self, site: Site) -> AcceptedValue | None:
        """Return the status that a study team corrected, None where it did not."""
        return status_in(self.accepted.get(site.pk, ()))

    def takes_nobody_since(self, site: Site) -> date | None:
        """Return the day on which a study team said that it takes nobody; None where it did not.

        Not told of a site that the registry itself lists as taking nobody.
        """
        standing = self.standings.get(site.pk)
        return standing.closed_on if standing and standing.takes_nobody else None

    def has_facts(self, site: Site) -> bool:
        """Tell whether the study team has added a fact."""
        return bool(self.facts.get(site.pk))

    def facts_at(self, site: Site) -> FactList:
        """Word what a study team adds about its site, and name what it leaves out."""
        known = self.facts.get(site.pk, {})
        stated = tuple(_fact(kind, known[kind]) for kind in SiteFactKind if kind in known)
        return FactList(stated, not_stated([kind for kind in SiteFactKind if kind not in known]))

    def former_facts_at(self, site: Site) -> tuple[str, ...]:
        """Word what a study team added while its site was elsewhere, each with that place."""
        known = self.former.get(site.pk, {})
        return tuple(_former(kind, known[kind]) for kind in SiteFactKind if kind in known)


def heard(sites: Sequence[Site], *, reported: Reported) -> Heard:
    """Return what study teams say of sites, in three queries.

    Trials, facilities and contacts are loaded; `reported` are the contacts that readers could
    not reach.
    """
    accepted = accepted_at(sites)
    standings = standings_at(sites, reported=reported, accepted=accepted)
    return Heard(standings, accepted, *facts_and_former_at(sites))


def told(sites: Sequence[Site], known: Heard) -> tuple[str, ...]:
    """Return what a list of sites says above them: corrected statuses, and what is not stated."""
    corrected = sum(
        known.status_of(site) is not None or known.takes_nobody_since(site) is not None
        for site in sites
    )
    lines = [f"The study team gives another status for {words.count(corrected, 'site')}."]
    return (*(lines if corrected else ()), *((UNLESS_TOLD,) if sites else ()))


def fact_words(kind: SiteFactKind, fact: SiteFact) -> str:
    """Return what was said: "English and Swahili", "Yes, free"."""
    if kind == SiteFactKind.LANGUAGES:
        return words.listed([LANGUAGES[code] for code in fact.values if code in LANGUAGES])
    return ", ".join(answers(kind, fact.values))


def _fact(kind: SiteFactKind, fact: SiteFact) -> Fact:
    source = from_study_team(fact.said_on)
    return Fact(kind.label, plain(fact_words(kind, fact)), plain(_sentence(source)))


def _former(kind: SiteFactKind, fact: SiteFact) -> str:
    said = f"{kind.label}: {fact_words(kind, fact)}"
    return f"{said} (said on {words.day_words(fact.said_on)} of {fact.site_label})"


def _sentence(part: str) -> str:
    return f"{part[:1].upper()}{part[1:]}"
