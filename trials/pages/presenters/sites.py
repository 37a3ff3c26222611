"""Where a trial runs: sites in order, grouped by country, with their contacts, and the map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from trials.geo.locator import LocatorMap, locator_map
from trials.geo.points import MapPoint
from trials.models import Site, Trial
from trials.pages.presenters.contacts import at_site, status_at
from trials.pages.presenters.links import Link
from trials.pages.presenters.openness import Openness
from trials.pages.presenters.page import Country, SiteRow
from trials.pages.presenters.prose import plain
from trials.pages.presenters.study_teams import Heard
from trials.terms import plain as words
from trials.terms.plain import Place
from trials.terms.registry import OPEN_NOW

SHOWN = 20  # sites in sight before the disclosures
MOST_ON_PAGE = 500  # past this, the list has pages of its own
_WHOLE_STUDY = "The whole study’s status. The record gives none for this site."
_NO_COUNTRY = "Country not stated"


def place_of(site: Site) -> Place:
    """Return a site's city, state and country."""
    facility = site.facility
    return Place(facility.city, facility.state, facility.country)


@dataclass(frozen=True, slots=True)
class Places:
    """The worded sites of one page: those in sight, the rest, and their map."""

    shown: tuple[Country, ...]
    rest: tuple[Country, ...]
    map: LocatorMap | None


def places(sites: Sequence[Site], openness: Openness, heard: Heard) -> Places:
    """Word sites that are in order and have their contacts loaded.

    `heard` is what their study teams say, and where their contacts stand.
    """
    shown = _open_first(_by_country(sites[:SHOWN]), openness)
    rest = _open_first(_by_country(sites[SHOWN:]), openness)
    points = {
        site.pk: point
        for group in (*shown.values(), *rest.values())
        for site in group
        if (point := _point(site, openness))
    }
    drawing = locator_map(list(points.values()))
    numbered = list(points)[: drawing.numbered] if drawing else []
    numbers = {pk: str(number) for number, pk in enumerate(numbered, start=1)}
    rows = _Rows(openness, numbers, heard, with_country=len(shown) + len(rest) == 1)
    return Places(
        tuple(
            rows.country(name, group, "site", f"country-{number}")
            for number, (name, group) in enumerate(shown.items(), start=1)
        ),
        tuple(
            rows.country(name, group, "more site" if name in shown else "site", f"more-{number}")
            for number, (name, group) in enumerate(rest.items(), start=1)
        ),
        drawing,
    )


def jumps(sites: Sequence[Site], found: Places, openness: Openness) -> tuple[tuple[Link, str], ...]:
    """Return a link to each country of a list that is too long to see, and how many sites it has.

    A country with sites in sight and folded ones is linked at its first.
    """
    if len(sites) <= SHOWN:
        return ()
    anchors = {country.name: country.anchor for country in (*found.rest, *found.shown)}
    groups = _open_first(_by_country(sites), openness)
    if len(groups) < 2:
        return ()
    return tuple(
        (Link(name, f"#{anchors[name]}"), _counted(group, openness, "site"))
        for name, group in groups.items()
    )


def unmapped(sites: Sequence[Site], found: Places) -> str:
    """Say how many sites are not on the map; empty without a map or a gap."""
    off = len(sites) - found.map.total if found.map else 0
    if off < 1:
        return ""
    verb = "is" if off == 1 else "are"
    return f"{words.count(off, 'site')} {verb} not on the map."


def plain_list(
    sites: Sequence[Site], openness: Openness, heard: Heard, *, report: str
) -> tuple[Country, ...]:
    """Word one page of a very long list of sites, without a map; `report` is where to report."""
    rows = _Rows(openness, {}, heard, with_country=False, report=report)
    groups = _open_first(_by_country(sites), openness)
    return tuple(rows.country(name, group, "site", "") for name, group in groups.items())


def table_link(trial: Trial) -> Link:
    """Return where all sites and contacts are a table to keep."""
    return Link(
        "All sites and contacts as a table (CSV)", reverse("trial-site-table", args=[trial.nct_id])
    )


def _by_country(sites: Iterable[Site]) -> dict[str, list[Site]]:
    groups: dict[str, list[Site]] = {}
    for site in sites:
        groups.setdefault(site.facility.country or _NO_COUNTRY, []).append(site)
    return groups


def _open_first(groups: dict[str, list[Site]], openness: Openness) -> dict[str, list[Site]]:
    """Order countries: those with an open site first, then by name."""

    def order(item: tuple[str, list[Site]]) -> tuple[bool, str]:
        name, sites = item
        return not any(openness.is_open(site) for site in sites), name

    return dict(sorted(groups.items(), key=order))


def _counted(sites: Sequence[Site], openness: Openness, noun: str) -> str:
    count, listed = words.count(len(sites), noun), openness.listed_open(sites)
    if not listed:
        return count
    is_so = "open now" if _is_open(openness.overall) else "listed as open"
    return f"{count}, {words.number(listed)} {is_so}"


def _is_open(overall: str) -> bool:
    return overall in OPEN_NOW or not overall


@dataclass(frozen=True, slots=True)
class _Rows:
    """Words the sites of one trial, from who is open, the pins' numbers, what study teams say."""

    openness: Openness
    numbers: dict[int, str]
    heard: Heard
    with_country: bool
    report: str = ""

    def country(self, name: str, sites: Sequence[Site], noun: str, anchor: str) -> Country:
        count = _counted(sites, self.openness, noun)
        return Country(name, count, tuple(map(self.row, sites)), anchor)

    def row(self, site: Site) -> SiteRow:
        facility, where = site.facility, place_of(site)
        name = words.place(where if self.with_country else where._replace(country=""))
        status, told = status_at(site, self.openness.overall, self.heard)
        return SiteRow(
            number=self.numbers.get(site.pk, ""),
            place=" ".join(part for part in (name or where.country, facility.zip) if part),
            facility=plain(facility.name),
            status=status,
            status_note=self.status_note(site),
            status_told=told,
            contacts=at_site(site, self.heard),
            investigators="; ".join(
                f"{words.role(person.role)}: {person.name}" for person in site.investigators.all()
            ),
            facts=self.heard.facts_at(site) if self.heard.has_facts(site) else None,
            report=f"{self.report}?site={site.pk}" if self.report else "",
        )

    def status_note(self, site: Site) -> str:
        """Say whose status is shown where it isn't the site's own."""
        own = words.status(site.recruitment_status)
        shown = words.site_status(site.recruitment_status, self.openness.overall)
        if not site.recruitment_status:
            is_whole = shown == words.status(self.openness.overall)
            return _WHOLE_STUDY if is_whole else ""
        if own == shown:
            return ""
        return f"When last verified: {own.words}"


def _point(site: Site, openness: Openness) -> MapPoint | None:
    if site.latitude is None or site.longitude is None:
        return None
    label = words.place(place_of(site)) or "Site"
    return MapPoint(site.latitude, site.longitude, label, openness.is_open(site))


def summary(sites: Sequence[Site], openness: Openness) -> str:
    """Return how many sites there are, and how many of them are open."""
    if not sites:
        return ""
    total = words.sites([place_of(site) for site in sites])
    return f"{total}. {_open_words(sites, openness)}"


def _open_words(sites: Sequence[Site], openness: Openness) -> str:
    listed, total = openness.listed_open(sites), len(sites)
    if not any(openness.status_of(site) for site in sites):
        return "The record gives no status of its own for any site."
    if not listed:
        return "No site is listed as open now."
    if not _is_open(openness.overall):
        whole = words.status(openness.overall).words
        verb = "is" if listed == 1 else "are"
        open_ones = f"{words.number(listed)} of them {verb}" if total > 1 else "It is"
        return (
            f"{open_ones} listed as open, although the whole study’s status is "
            f"“{whole}”. Ask first."
        )
    if listed == total:
        return "It is open now." if total == 1 else "All of them are open now."
    verb = "is" if listed == 1 else "are"
    countries = len({site.facility.country for site in sites})
    order = "and listed first" if countries == 1 else "and listed first in its country"
    if listed > 1 and countries > 1:
        order = "and listed first in their countries"
    return f"{words.number(listed)} of them {verb} open now {order}."
