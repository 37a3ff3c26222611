"""Where a trial runs: sites in order, grouped by country, with their contacts, and the map."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trials.geo.locator import LocatorMap, locator_map
from trials.geo.points import MapPoint
from trials.models import CentralContact, Site, SiteContact, Trial
from trials.pages.presenters.links import Link, mail, phone
from trials.pages.presenters.page import Country, Person, SiteRow
from trials.pages.presenters.prose import plain
from trials.terms import plain as words
from trials.terms.plain import Place
from trials.terms.registry import OPEN_NOW, ContactRole, OverallStatus

SHOWN = 20  # sites in sight before the disclosures
MOST_ON_PAGE = 500  # past this, the list has pages of its own
_NO_COUNTRY = "Country not stated"


def place_of(site: Site) -> Place:
    """Return a site's city, state and country."""
    facility = site.facility
    return Place(facility.city, facility.state, facility.country)


def is_open(site: Site, overall: str) -> bool:
    """Whether people can ask to join at this site today, as far as the record says."""
    return site.recruitment_status in OPEN_NOW and overall != OverallStatus.UNKNOWN


def in_order(trial: Trial) -> list[Site]:
    """Return a trial's sites: open ones first, then by country, region, city and name."""

    def order(site: Site) -> tuple[bool, str, str, str, str, int]:
        where = site.facility
        closed = not is_open(site, trial.overall_status)
        return closed, where.country, where.state, where.city, where.name, site.position

    return sorted(trial.sites.all(), key=order)


@dataclass(frozen=True, slots=True)
class Places:
    """The worded sites of one page: those in sight, the rest, and their map."""

    shown: tuple[Country, ...]
    rest: tuple[Country, ...]
    map: LocatorMap | None


def places(sites: Sequence[Site], overall: str) -> Places:
    """Word sites that are in order and have their contacts loaded."""
    shown = _by_country(sites[:SHOWN])
    rest = dict(sorted(_by_country(sites[SHOWN:]).items()))
    points = {
        site.pk: point
        for group in (*shown.values(), *rest.values())
        for site in group
        if (point := _point(site, overall))
    }
    drawing = locator_map(list(points.values()))
    numbered = list(points)[: drawing.numbered] if drawing else []
    numbers = {pk: str(number) for number, pk in enumerate(numbered, start=1)}
    rows = _Rows(overall, numbers, with_country=len(shown) + len(rest) == 1)
    return Places(
        tuple(rows.country(name, group, "site") for name, group in shown.items()),
        tuple(
            rows.country(name, group, "more site" if name in shown else "site")
            for name, group in rest.items()
        ),
        drawing,
    )


def plain_list(sites: Sequence[Site], overall: str) -> tuple[Country, ...]:
    """Word one page of a very long list of sites, without a map."""
    rows = _Rows(overall, {}, with_country=False)
    return tuple(rows.country(name, group, "site") for name, group in _by_country(sites).items())


def _by_country(sites: Iterable[Site]) -> dict[str, list[Site]]:
    groups: dict[str, list[Site]] = {}
    for site in sites:
        groups.setdefault(site.facility.country or _NO_COUNTRY, []).append(site)
    return groups


@dataclass(frozen=True, slots=True)
class _Rows:
    """Words the sites of one trial, from its status and the numbers of the pins."""

    overall: str
    numbers: dict[int, str]
    with_country: bool

    def country(self, name: str, sites: Sequence[Site], noun: str) -> Country:
        open_now = sum(is_open(site, self.overall) for site in sites)
        count = words.count(len(sites), noun)
        if open_now:
            count = f"{count}, {words.number(open_now)} open now"
        return Country(name, count, tuple(map(self.row, sites)))

    def row(self, site: Site) -> SiteRow:
        facility, where = site.facility, place_of(site)
        name = words.place(where if self.with_country else where._replace(country=""))
        return SiteRow(
            number=self.numbers.get(site.pk, ""),
            place=" ".join(part for part in (name or where.country, facility.zip) if part),
            facility=plain(facility.name),
            status=words.site_status(site.recruitment_status, self.overall),
            status_note=self.status_note(site),
            contacts=tuple(contact(person, facility.country) for person in site.contacts.all()),
            investigators="; ".join(
                f"{words.role(person.role)}: {person.name}" for person in site.investigators.all()
            ),
        )

    def status_note(self, site: Site) -> str:
        """Return the site's own status where another one is shown for it."""
        own = words.status(site.recruitment_status)
        shown = words.site_status(site.recruitment_status, self.overall)
        if not site.recruitment_status or own == shown:
            return ""
        return f"When last verified: {own.words}"


def contact(person: SiteContact | CentralContact, country: str) -> Person:
    """Word a contact; `country` is where its telephone number is dialled."""
    is_plain = person.role in {"", ContactRole.CONTACT}
    return Person(
        plain(person.name or "Contact"),
        "" if is_plain else words.role(person.role),
        ways=ways(person.phone, person.phone_ext, person.email, country),
    )


def ways(number: str, extension: str, address: str, country: str) -> tuple[Link, ...]:
    """Return how to reach somebody."""
    found = [phone(number, extension, country)] if number else []
    if address:
        found.append(mail(address))
    return tuple(found)


def _point(site: Site, overall: str) -> MapPoint | None:
    if site.latitude is None or site.longitude is None:
        return None
    label = words.place(place_of(site)) or "Site"
    return MapPoint(site.latitude, site.longitude, label, is_open(site, overall))


def summary(sites: Sequence[Site], overall: str) -> str:
    """Return how many sites there are, and how many of them are open."""
    if not sites:
        return ""
    open_now = sum(is_open(site, overall) for site in sites)
    total = words.sites([place_of(site) for site in sites])
    return f"{total}. {_open_words(open_now, len(sites))}"


def _open_words(open_now: int, total: int) -> str:
    if not open_now:
        return "The record lists no site as open now."
    if open_now == total:
        return "It is open now." if total == 1 else "All of them are open now."
    verb = "is" if open_now == 1 else "are"
    return f"{words.number(open_now)} of them {verb} open now and listed first."
