"""Whom to ask and who is in charge: the contacts section."""

from collections.abc import Sequence

from trials.models import Site, Trial
from trials.pages.presenters.contacts import at_site, contact
from trials.pages.presenters.page import AtSite, ContactsSection, Person
from trials.pages.presenters.prose import Notes, plain
from trials.pages.presenters.rows import lead_sponsor
from trials.pages.presenters.sites import place_of
from trials.pages.presenters.standing import Standing, is_expanded, standing
from trials.pages.presenters.study_teams import Heard
from trials.terms import plain as words
from trials.terms.contacts import ContactStanding
from trials.terms.plain.contacts import contact_state

_MOST_SITES = 3  # whose contacts are repeated here; the others' stand with the sites


def contacts_section(
    trial: Trial,
    sites: Sequence[Site],
    notes: Notes,
    heard: Heard,
    of_whole_study: ContactStanding,
) -> ContactsSection:
    """Word the contacts; `sites` are those on the page, in order, with their contacts loaded.

    `heard` is what the sites' study teams say, `of_whole_study` where the trial's own contact
    stands.
    """
    state, countries = contact_state(of_whole_study), countries_of(trial)
    central = tuple(contact(row, state, *countries) for row in trial.central_contacts.all())
    worded = ((site, at_site(site, heard)) for site in sites)
    with_contacts = [(site, people) for site, people in worded if people]
    return ContactsSection(
        anchor="contacts",
        heading="Study contacts",
        notes=notes.take(),
        lead=_lead(trial),
        central=central,
        at_sites=tuple(
            AtSite(_name(site), people, heard.facts_at(site))
            for site, people in with_contacts[:_MOST_SITES]
        ),
        more_sites=_more(len(with_contacts) - _MOST_SITES),
        officials=_officials(trial),
        missing="" if central or with_contacts else _missing(trial),
    )


def countries_of(trial: Trial) -> list[str]:
    """Return the countries of all sites: where a number of the whole study may be dialled."""
    return sorted({site.facility.country for site in trial.sites.all()})


def _lead(trial: Trial) -> str:
    """Say what people can ask the study team for, as things stand."""
    noun, where = words.noun(trial.study_type), standing(trial)
    if where == Standing.OVER:
        return (
            f"Nobody can join this {noun} now. You can still contact the study team with a "
            "question, or if you were in it."
        )
    if where == Standing.ASK:
        sentence = words.status(trial.overall_status).sentence
        return f"{sentence} You can contact the study team to ask about the {noun}."
    if is_expanded(trial):
        return "A doctor has to ask for this treatment. Your doctor can use these contacts."
    return "Contact the study team to ask about joining."


def _name(site: Site) -> str:
    return site.facility.name or words.place(place_of(site))


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
    lead, noun = lead_sponsor(trial), words.noun(trial.study_type)
    runs = f"{lead.sponsor.name.rstrip('. ')} is in charge of it. " if lead else ""
    closed = f"Nobody can join this {noun} now." if standing(trial) == Standing.OVER else ""
    ask = "You, or your doctor, can ask them" if lead else "Your doctor can help you ask"
    return (
        f"{closed} The record lists no one to call about this {noun}. {runs}{ask}. "
        "Look at the registry’s page too."
    ).strip()
