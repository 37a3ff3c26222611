"""A trial as one card of a list. Needs the columns and the summary of `TrialQuerySet.for_card`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from django.utils.text import Truncator

from trials.coordinators.by_trial import TrialContacts, contacts_of
from trials.models import EditorialText, Trial
from trials.pages.presenters import prose
from trials.pages.presenters.matched import Matched
from trials.pages.presenters.nearest import Nearest
from trials.terms import plain
from trials.terms.plain.contacts import (
    ContactWords,
    site_on_card,
    tally_on_card,
    with_status,
)
from trials.terms.registry import OPEN_NOW

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from trials.models.querysets import CardAnnotations, CardPlaces

    CardTrial: TypeAlias = WithAnnotations[Trial, CardAnnotations]

_CHARACTERS_READ = 600
_WORDS_AT_MOST, _CHARACTERS_AT_MOST = 30, 240
_SENTENCE = re.compile(r".{25,220}?(?:[.!?](?=\s+[^\Wa-z]|$)|。)")


@dataclass(frozen=True, slots=True)
class Card:
    """What one card says, in words.

    `reviewed_on` is None where our editors have not published a text; `summary` is the study
    team's own sentence then. `contacts` tells if contacts are confirmed. `nearest` and `matched`
    are what a search adds.
    """

    pk: int
    nct_id: str
    url: str
    title: prose.Text
    status: plain.StatusWords
    summary: prose.Text
    ages: str
    sex: str
    phase: str
    places: str
    contacts: ContactWords
    changed: plain.DateWords
    reviewed_on: date | None
    reviewed: str
    nearest: Nearest | None = None
    matched: Matched | None = None


def cards(
    pks: Iterable[int],
    nearest: Mapping[int, int | None] | None = None,
    contacts: Mapping[int, TrialContacts] | None = None,
) -> list[Card]:
    """Return the cards of public trials, in the order of their primary keys; eight queries at most.

    Lists find keys first and load cards for one page's: what a card costs is then never paid for
    a trial that is only counted, sorted or skipped. `nearest` has the key of a trial's nearest
    site, where a place was asked for; `contacts` is what `contacts_of` returns, where it was asked
    already.
    """
    wanted, near = list(pks), nearest or {}
    found = Trial.public.for_card().in_bulk(wanted)
    told = contacts_of(found) if contacts is None and found else contacts or {}
    silent = TrialContacts()
    return [card(found[pk], told.get(pk, silent), near.get(pk)) for pk in wanted if pk in found]


def card(trial: "CardTrial", contacts: TrialContacts, nearest: int | None) -> Card:
    """Return a trial's card; `nearest` is the key of its nearest site, where that is known."""
    text = _published_text(trial)
    eligibility = getattr(trial, "eligibility", None)
    return Card(
        pk=trial.pk,
        nct_id=trial.nct_id,
        url=trial.get_absolute_url(),
        title=prose.plain(text.plain_title if text else trial.brief_title or trial.nct_id),
        status=plain.status(trial.overall_status),
        summary=prose.plain(text.plain_summary if text else first_sentence(trial.brief_summary)),
        ages=plain.ages(eligibility.minimum_age, eligibility.maximum_age)
        if eligibility
        else plain.NOT_STATED,
        sex=plain.sex(eligibility.sex if eligibility else ""),
        phase=_phase(trial),
        places=_places(trial.card_places),
        contacts=_contacts(trial.card_places, contacts, nearest),
        changed=plain.date_words(
            trial.last_update_posted_date, trial.last_update_posted_date_precision
        ),
        reviewed_on=text.reviewed_on if text else None,
        reviewed=plain.day_words(text.reviewed_on) if text and text.reviewed_on else "",
    )


def first_sentence(text: str) -> str:
    """Return a registry text's first sentence, or its first words where none ends early."""
    line = prose.flat(text[:_CHARACTERS_READ])
    sentence = _SENTENCE.match(line)
    if sentence:
        return sentence[0]
    return Truncator(Truncator(line).words(_WORDS_AT_MOST)).chars(_CHARACTERS_AT_MOST)


def _published_text(trial: Trial) -> EditorialText | None:
    text = getattr(trial, "editorial", None)
    return text if text is not None and text.is_live else None


def _phase(trial: Trial) -> str:
    """Return the phase for a place that is labelled "Phase": "2", "Not applicable"."""
    words = plain.phase_short(trial.phases, trial.study_type).removeprefix("Phase ")
    return words[:1].upper() + words[1:]


def _places(summary: "CardPlaces | None") -> str:
    if summary is None:
        return plain.sites_counted(0, countries=0, country="", only=None)
    country = summary["country"] or ""
    return plain.sites_counted(
        summary["sites"],
        countries=summary["countries"],
        country=country,
        only=plain.Place(summary["city"], summary["state"], country),
    )


def _contacts(
    summary: "CardPlaces | None", contacts: TrialContacts, nearest: int | None
) -> ContactWords:
    """Tell of the contact at the nearest site, or the only one, where anybody spoke of it."""
    places = summary["sites"] if summary else 0
    only = next(iter(contacts.at_sites), None) if places == 1 else None
    key = nearest or only or 0
    named = contacts.at_sites.get(key)
    told = site_on_card(named) if named else None
    words = told or tally_on_card(contacts.tally(places))
    status = contacts.corrected.get(key, "")
    return with_status(words, plain.status(status).words, status in OPEN_NOW) if status else words
