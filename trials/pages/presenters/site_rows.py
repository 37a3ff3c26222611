"""Sites and their contacts as rows of a table to keep: the registry's values, and what study teams
say in columns of their own.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from trials.coordinators.values import folded
from trials.models import Site, SiteContact
from trials.pages.presenters.contacts import Said, only_ones, said_of
from trials.pages.presenters.links import e164, extension_in
from trials.pages.presenters.study_teams import Heard, fact_words
from trials.terms.corrections import Field
from trials.terms.plain.contacts import confirmed_on, contact_state, state_code
from trials.terms.registry import RecruitmentStatus
from trials.terms.site_facts import SiteFactKind

HEADER = (
    "Trial number",
    "Site number",
    "Facility",
    "City",
    "State",
    "Country",
    "Status code",
    "Status code from the study team",
    "Contact",
    "Role",
    "Phone",
    "Phone extension",
    "Phone as E.164",
    "Email",
    "Contact state",
    "Contact state in words",
    "Confirmed on",
    "Contact from the study team",
    "Phone from the study team",
    "Phone extension from the study team",
    "Phone from the study team as E.164",
    "Email from the study team",
    "From the study team on",
    *(kind.label for kind in SiteFactKind),
)
_NOBODY = SiteContact()


def rows(nct_id: str, sites: Sequence[Site], heard: Heard) -> Iterator[tuple[str, ...]]:
    """Yield a row for each contact of sites, in their order; one for a site that has none.

    Trials, facilities and contacts are loaded.
    """
    for site in sites:
        country, status = site.facility.country, heard.status_of(site)
        for person, said in _people(site, heard):
            closed_on = heard.takes_nobody_since(site)
            days = [value.on for value in (*said.values(), *((status,) if status else ()))]
            code = status.value if status else ""
            if closed_on is not None:
                code, days = RecruitmentStatus.ACTIVE_NOT_RECRUITING.value, [*days, closed_on]
            yield (
                nct_id,
                *_site(site, code),
                *_listed(person, country),
                *(_state(site, heard) if person is not _NOBODY else ("", "", "")),
                *_told(said, country),
                _day(max(days, default=None)),
                *_facts(site, heard),
            )


def _people(site: Site, heard: Heard) -> Iterator[tuple[SiteContact, Said]]:
    """Yield the registry's contacts, then whom the study team alone names, or else nobody."""
    people = list(site.contacts.all())
    by_name, known = said_of(heard.accepted.get(site.pk, ())), only_ones(people)
    for person in people:
        name = folded(person.name)
        yield person, by_name.pop(name, {}) if name in known else {}
    for name, said in by_name.items():
        yield SiteContact(name=name), said
    if not people and not by_name:
        yield _NOBODY, {}


def _site(site: Site, told: str) -> tuple[str, ...]:
    where = site.facility
    place = (where.name, where.city, where.state, where.country)
    return str(site.pk), *place, site.recruitment_status, told


def _listed(person: SiteContact, country: str) -> tuple[str, ...]:
    line = e164(person.phone, country)
    return person.name, person.role, person.phone, person.phone_ext, line, person.email


def _state(site: Site, heard: Heard) -> tuple[str, ...]:
    standing = heard.standings[site.pk]
    day = _day(confirmed_on(standing))
    return state_code(standing), contact_state(standing).words, day


def _told(said: Said, country: str) -> tuple[str, ...]:
    """Return what the study team says of a contact; nothing of a field that it does not correct."""
    fields = (Field.NAME, Field.PHONE, Field.PHONE_EXT)
    name, number, extension = (said[each].value if each in said else "" for each in fields)
    extension = extension or extension_in(number, country)
    email = said[Field.EMAIL].value if Field.EMAIL in said else ""
    return name, number, extension, e164(number, country), email


def _facts(site: Site, heard: Heard) -> Iterator[str]:
    """Yield each fact with its day; an empty cell where it is not stated."""
    known = heard.facts.get(site.pk, {})
    for kind in SiteFactKind:
        fact = known.get(kind)
        yield f"{fact_words(kind, fact)} ({fact.said_on.isoformat()})" if fact else ""


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
