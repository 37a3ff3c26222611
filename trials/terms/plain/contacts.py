"""What readers are told of a contact's state, and a study team of its answer."""

from dataclasses import dataclass

from trials.terms.contacts import Answer, ContactStanding, ContactState, Detail
from trials.terms.plain.basics import listed
from trials.terms.plain.dates import day_words
from trials.terms.plain.reports import DIFFICULTY

NOT_CONFIRMED = "Not confirmed by the study team."
_TOLD: dict[str, str] = {
    Answer.CHANGE: "The study team told us on {day} that something here must change.",
    Answer.NOT_RECRUITING: (
        "The study team told us on {day} that this site is not taking new people."
    ),
    Answer.NOT_MY_SITE: "The person listed here told us on {day} that this is not their site.",
}
_AGES: dict[str, str] = {
    ContactState.CONFIRMED: "Confirmed by the study team on {day}.",
    ContactState.DUE: "Confirmed by the study team on {day}. Check before you travel.",
    ContactState.OVERDUE: (
        "Last confirmed by the study team on {day}. That is long ago. Check before you travel."
    ),
}
_DETAILS: dict[str, str] = {
    Detail.NAMES: "the name",
    Detail.PHONES: "the phone number",
    Detail.EMAILS: "the email address",
    Detail.STATUS: "the status",
    Detail.WHO_HAS_WHICH: "who has which phone number or email address",
}


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


def _by_answers(standing: ContactStanding) -> str:
    if standing.since is None or standing.told is None:
        return NOT_CONFIRMED
    day = day_words(standing.since)
    if standing.told != Answer.RIGHT:
        return _TOLD[standing.told].format(day=day)
    if standing.changed:
        what = listed([_DETAILS[detail] for detail in standing.changed])
        verb = "has" if len(standing.changed) == 1 else "have"
        return (
            f"Not confirmed by the study team: {what} {verb} changed in the registry since it was "
            f"confirmed on {day}."
        )
    return _AGES[standing.by_answers].format(day=day)
