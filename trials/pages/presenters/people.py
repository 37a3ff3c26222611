"""Whom to ask and who is in charge: the contacts section."""

from collections.abc import Mapping, Sequence

from trials.models import Site, Trial
from trials.pages.presenters.page import ContactsSection, Person
from trials.pages.presenters.prose import Notes, plain
from trials.pages.presenters.rows import lead_sponsor
from trials.pages.presenters.sites import at_site, contact, place_of
from trials.pages.presenters.standing import Standing, is_expanded, standing
from trials.terms import plain as words
from trials.terms.contacts import ContactStanding
from trials.terms.plain.contacts import contact_state

_MOST_SITES = 3  # whose contacts are repeated here; the others' stand with the sites


def contacts_section(
    trial: Trial,
    sites: Sequence[Site],
    notes: Notes,
    standings: Mapping[int, ContactStanding],
    of_whole_study: ContactStanding,
) -> ContactsSection:
    """Word the contacts; `sites` are those on the page, in order, with their contacts loaded.

    `standings` tell of each site where its contact stands, `of_whole_study` of the trial's own.
    """
    state, countries = contact_state(of_whole_study), _countries(trial)
    central = tuple(contact(row, state, *countries) for row in trial.central_contacts.all())
    with_contacts = [site for site in sites if site.contacts.all()]
    return ContactsSection(
        anchor="contacts",
        heading="Study contacts",
        notes=notes.take(),
        lead=_lead(trial),
        central=central,
        at_sites=tuple(
            (_name(site), at_site(site, standings)) for site in with_contacts[:_MOST_SITES]
        ),
        more_sites=_more(len(with_contacts) - _MOST_SITES),
        officials=_officials(trial),
        missing="" if central or with_contacts else _missing(trial),
    )


def _countries(trial: Trial) -> list[str]:
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
