"""What readers are told of a contact's state, and a study team of its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trials.terms.contacts import Answer, ContactStanding, ContactState, Detail, Tally
from trials.terms.plain.basics import count, listed, number
from trials.terms.plain.dates import day_words
from trials.terms.plain.reports import DIFFICULTY

NOT_CONFIRMED = "Not confirmed by the study team."
_TOLD: dict[str, str] = {
    Answer.CHANGE: "The study team told us on {day} that something here must change.",
    Answer.NOT_RECRUITING: (
        "The study team told us on {day} that this site is not taking new people."
    ),
    Answer.NOT_MY_SITE: "We were told on {day} that the contact listed here is not the right one.",
}
_AGES: dict[str, str] = {
    ContactState.CONFIRMED: "Confirmed by the study team on {day}.",
    ContactState.DUE: "Confirmed by the study team on {day}. Check before you travel.",
    ContactState.OVERDUE: (
        "Last confirmed by the study team on {day}. That is long ago. Check before you travel."
    ),
}
_DETAILS: dict[str, str] = {
    Detail.PLACE: "the place",
    Detail.NAMES: "the name",
    Detail.PHONES: "the phone number",
    Detail.EMAILS: "the email address",
    Detail.STATUS: "the status",
    Detail.STUDY: "the status of the whole study",
    Detail.WHO_HAS_WHICH: "who has which phone number or email address",
}
UNDIALABLE_NUMBER = "we could not tell how to dial this number"
NOTHING_LISTED = "The registry lists none."
_ON_A_CARD: dict[str, str] = {
    ContactState.CONFIRMED: "Contact confirmed by the study team on {day}.",
    ContactState.DUE: "Contact confirmed by the study team on {day}. Check before you travel.",
    ContactState.OVERDUE: "Contact last confirmed by the study team on {day}. That is long ago.",
}
_SOME_DIFFICULTY = "Readers report difficulty reaching a contact."


@dataclass(frozen=True, slots=True)
class ContactWords:
    """A contact's state in words; `is_warning` makes them stand out."""

    words: str
    is_warning: bool


def contact_state(standing: ContactStanding) -> ContactWords:
    """Return what readers are told of a contact."""
    words = _by_answers(standing)
    if standing.has_difficulty:
        words = f"{DIFFICULTY} {words}"
    return ContactWords(words, standing.state == ContactState.REPORTED_WRONG)


def changed_parts(changed: Sequence[Detail]) -> str:
    """Return what the registry changed, as a list in a sentence."""
    return listed([_DETAILS[detail] for detail in changed])


def state_code(standing: ContactStanding) -> str:
    """Return a contact's state for machine formats: "NOT_CONFIRMED", "REPORTED_WRONG"."""
    return standing.state.name


def confirmed_on(standing: ContactStanding) -> date | None:
    """Return since when a contact is confirmed; None where it is not."""
    return standing.since if standing.state in _ON_A_CARD else None


def from_study_team(day: date) -> str:
    """Return where a value comes from that stands beside the registry's."""
    return f"from the study team, {day_words(day)}"


def site_on_card(standing: ContactStanding) -> ContactWords | None:
    """Return what a card says of the one site that it names; None where nothing is known of it."""
    if standing.state in _ON_A_CARD and standing.since:
        day = day_words(standing.since)
        return ContactWords(_ON_A_CARD[standing.state].format(day=day), is_warning=False)
    if standing.state == ContactState.REPORTED_WRONG:
        return contact_state(standing)
    return None


def tally_on_card(found: Tally) -> ContactWords:
    """Return what a card says of the contacts of a whole study."""
    words = _tally(found)
    if found.has_difficulty:
        words = f"{words} {_SOME_DIFFICULTY}"
    return ContactWords(words, found.has_difficulty)


def with_status(words: ContactWords, status: str, is_open: bool) -> ContactWords:
    """Add to a card the status that the study team of the site gives, and the registry does not."""
    told = f"The study team says of this site: {status[:1].lower()}{status[1:]}."
    return ContactWords(f"{words.words} {told}", words.is_warning or not is_open)


def tally_in_table(found: Tally) -> str:
    """Return how contacts stand together for a table: "2 of 12; newest 2026-05-03"."""
    parts = [f"{found.confirmed} of {found.places}"]
    if found.newest:
        parts.append(f"newest {found.newest.isoformat()}")
    if found.has_difficulty:
        parts.append("readers report difficulty")
    return "; ".join(parts)


def _tally(found: Tally) -> str:
    if found.newest is None:
        lately = " lately" if found.is_overdue else ""
        return f"No contact confirmed by the study team{lately}."
    share = f"{number(found.confirmed)} of {count(found.places, 'place')}"
    return f"{share}: contact confirmed by the study team, last on {day_words(found.newest)}."


def _by_answers(standing: ContactStanding) -> str:
    if standing.since is None or standing.told is None:
        return NOT_CONFIRMED
    day = day_words(standing.since)
    if standing.told != Answer.RIGHT:
        return _TOLD[standing.told].format(day=day)
    if standing.changed:
        what = changed_parts(standing.changed)
        verb = "has" if len(standing.changed) == 1 else "have"
        return (
            f"Not confirmed by the study team: {what} {verb} changed in the registry since it was "
            f"confirmed on {day}."
        )
    return _AGES[standing.by_answers].format(day=day)
