"""Somebody to ask, in words: what the study team says stands first, and the registry's beside it.

The registry's value is never lost. Only the value that stands first is a link.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from trials.coordinators.accepted import AcceptedValue
from trials.coordinators.values import folded
from trials.models import CentralContact, Site, SiteContact
from trials.pages.presenters.links import Link, mail, phone
from trials.pages.presenters.page import Person
from trials.pages.presenters.prose import plain
from trials.pages.presenters.study_teams import Heard
from trials.terms import plain as words
from trials.terms.corrections import COLUMNS, Field
from trials.terms.plain import StatusWords
from trials.terms.plain.contacts import (
    NOTHING_LISTED,
    ContactWords,
    contact_state,
    from_study_team,
)
from trials.terms.registry import ContactRole, OverallStatus

Said = Mapping[Field, AcceptedValue]


def at_site(site: Site, heard: Heard) -> tuple[Person, ...]:
    """Word the contacts of a site: those of the registry, then whom the study team alone names."""
    people = list(site.contacts.all())
    by_name, known = said_of(heard.accepted.get(site.pk, ())), only_ones(people)
    if not people and not by_name:
        return ()
    state, country = contact_state(heard.standings[site.pk]), site.facility.country
    listed = [
        contact(person, state, country, said=by_name.pop(name, {}) if name in known else {})
        for person, name in ((each, folded(each.name)) for each in people)
    ]
    added = (_added(name, said, state, country) for name, said in by_name.items())
    return (*listed, *added)


def said_of(values: Sequence[AcceptedValue]) -> dict[str, Said]:
    """Return what study teams say of each contact, by its folded name; of the status nothing."""
    found: dict[str, dict[Field, AcceptedValue]] = {}
    for value in values:
        if value.field in COLUMNS:
            found.setdefault(folded(value.contact_name), {})[value.field] = value
    return dict(found)


def only_ones(people: Sequence[SiteContact]) -> set[str]:
    """Return the folded names that one contact alone has: by them corrections know a contact."""
    names = [folded(person.name) for person in people]
    return {name for name in names if names.count(name) == 1}


def contact(
    person: SiteContact | CentralContact,
    state: ContactWords | None,
    *countries: str,
    said: Said | None = None,
) -> Person:
    """Word a contact; `countries` are where its telephone number may be dialled.

    `state` is None only where the study team itself is asked. `said` is what it said before.
    """
    is_plain = person.role in {"", ContactRole.CONTACT}
    told = said or {}
    name = told.get(Field.NAME)
    return Person(
        plain((name.value if name else person.name) or "Contact"),
        "" if is_plain else words.role(person.role),
        ways=tuple(_ways(person, told, countries)),
        state=state,
        name_remark=_remark([name], person.name) if name else "",
    )


def _added(name: str, said: Said, state: ContactWords, country: str) -> Person:
    """Word a contact that is not to be found in the registry: all of it is the study team's."""
    person = contact(SiteContact(name=name), state, country, said=said)
    source = _source(list(said.values()))
    ways = tuple(replace(way, remark=source) for way in person.ways)
    return replace(person, ways=ways, name_remark=source if Field.NAME in said else "")


def status_at(site: Site, overall: str, heard: Heard) -> tuple[StatusWords, str]:
    """Return a site's status as it is shown, and who says so where it is the study team."""
    registry = words.site_status(site.recruitment_status, overall)
    value, day = heard.status_of(site), heard.takes_nobody_since(site)
    if day is not None:
        source = from_study_team(day)
        remark = f"{source[:1].upper()}{source[1:]}. The registry says: {registry.words}"
        return words.status(OverallStatus.ACTIVE_NOT_RECRUITING), remark
    if value is None:
        return registry, ""
    return words.status(value.value), _remark([value], registry.words)


def _ways(
    person: SiteContact | CentralContact, said: Said, countries: Sequence[str]
) -> Iterator[Link]:
    """Yield how to reach somebody."""
    number = [said[each] for each in (Field.PHONE, Field.PHONE_EXT) if each in said]
    listed = phone(person.phone, person.phone_ext, *countries) if person.phone else Link("")
    if number:
        typed = _value(said, Field.PHONE, person.phone)
        extension = _value(said, Field.PHONE_EXT, person.phone_ext)
        if Field.PHONE in said and Field.PHONE_EXT not in said:
            extension = ""  # the registry's is behind another number
        new = phone(typed, extension, *countries)
        yield replace(new, remark=_remark(number, listed.words))
    elif person.phone:
        yield listed
    if Field.EMAIL in said:
        new = mail(said[Field.EMAIL].value)
        yield replace(new, remark=_remark([said[Field.EMAIL]], person.email))
    elif person.email:
        yield mail(person.email)


def _value(said: Said, field: Field, registry: str) -> str:
    return said[field].value if field in said else registry


def _remark(values: Sequence[AcceptedValue], registry: str) -> str:
    """Return who says a value and when, and what the registry says."""
    beside = f"The registry says: {registry}" if registry.strip() else NOTHING_LISTED
    return f"{_source(values)} {beside}"


def _source(values: Sequence[AcceptedValue]) -> str:
    words = from_study_team(max(value.on for value in values))
    return f"{words[:1].upper()}{words[1:]}."
