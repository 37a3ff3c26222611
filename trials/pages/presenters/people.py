"""Whom to ask and who is in charge: the contacts section."""

from collections.abc import Sequence

from trials.models import Site, Trial
from trials.pages.presenters.page import ContactsSection, Person
from trials.pages.presenters.prose import Notes, plain
from trials.pages.presenters.rows import lead_sponsor
from trials.pages.presenters.sites import contact, place_of
from trials.terms import plain as words

_MOST_SITES = 3  # whose contacts are repeated here; the others' stand with the sites


def contacts_section(trial: Trial, sites: Sequence[Site], notes: Notes) -> ContactsSection:
    """Word the contacts; `sites` are those on the page, in order, with their contacts loaded."""
    central = tuple(contact(row, _only_country(trial)) for row in trial.central_contacts.all())
    with_contacts = [site for site in sites if site.contacts.all()]
    return ContactsSection(
        anchor="contacts",
        heading="Study contacts",
        notes=notes.take(),
        central=central,
        at_sites=tuple(_at_site(site) for site in with_contacts[:_MOST_SITES]),
        more_sites=_more(len(with_contacts) - _MOST_SITES),
        officials=_officials(trial),
        missing="" if central or with_contacts else _missing(trial),
    )


def _only_country(trial: Trial) -> str:
    """Return the country of all sites, so that its numbers can be dialled; empty for several."""
    countries = {site.facility.country for site in trial.sites.all()}
    return countries.pop() if len(countries) == 1 else ""


def _at_site(site: Site) -> tuple[str, tuple[Person, ...]]:
    name = site.facility.name or words.place(place_of(site))
    people = tuple(contact(row, site.facility.country) for row in site.contacts.all())
    return name, people


def _more(sites: int) -> str:
    if sites < 1:
        return ""
    if sites == 1:
        return "1 more site lists a contact of its own."
    return f"{words.number(sites)} more sites list contacts of their own."


def _officials(trial: Trial) -> tuple[Person, ...]:
    return tuple(
        Person(plain(row.name), words.role(row.role), plain(row.affiliation))
        for row in trial.overall_officials.all()
    )


def _missing(trial: Trial) -> str:
    lead = lead_sponsor(trial)
    through = f", {lead.sponsor.name}" if lead else ""
    return (
        f"The record does not list a contact. Ask through the sponsor{through}. "
        "Your doctor can help you reach them."
    )
