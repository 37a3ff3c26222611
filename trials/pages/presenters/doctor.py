"""The doctor's sheet: what a doctor needs of a trial, on at most two printed sides.

Facts are shortened where a record is endless; the room that they leave goes to the criteria, whole
ones only (see `fitting`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from trials.models import Criterion, Site, Trial
from trials.pages.presenters import cover, facts, sites
from trials.pages.presenters.criteria import side_rows, tree
from trials.pages.presenters.fitting import (
    LINE,
    LINE_WIDTH,
    SheetSide,
    fitting_sides,
    height,
)
from trials.pages.presenters.links import Link, registry_record
from trials.pages.presenters.page import Fact, Line, Part, Person
from trials.pages.presenters.prose import Block, Listing, Notes, Paragraph, Text, plain
from trials.pages.presenters.rows import (
    add_contacts,
    eligibility_of,
    lead_sponsor,
    published_text,
)
from trials.pages.presenters.sentences import condition_names
from trials.terms import plain as words
from trials.terms.plain import StatusWords

# Two sides of Letter, the lower of the two papers, at the sheet's print size (see site.css).
_ROOM = 116 * LINE
_FRAME = 16 * LINE  # headings, tab, address, closing note
_LONGEST_VALUE = 240
_MOST_SITES = 3
_MOST_CONTACTS = 2
_MOST_NAMES = 5

_TITLES = {
    Criterion.Section.INCLUSION: "Inclusion: what must be true",
    Criterion.Section.EXCLUSION: "Exclusion: what must not be true",
    Criterion.Section.OTHER: "Other parts of the criteria",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet's words, in its order."""

    nct_id: str
    noun: str
    url: str
    record: Link
    status: StatusWords
    title: Text
    registry_title: Text | None
    sentences: tuple[str, ...]
    facts: tuple[Fact, ...]
    sides: tuple[SheetSide, ...]
    people: tuple[Person, ...]
    places: tuple[str, ...]


def present(trial: Trial) -> Sheet:
    """Return the sheet of a trial that was loaded with `rows.with_rows`."""
    text = published_text(trial)
    ordered = sites.in_order(trial)
    add_contacts(ordered[:_MOST_SITES])
    titles = [text.plain_title] if text else []
    titles.append(trial.brief_title or trial.official_title or trial.nct_id)
    sentences = tuple(_short(sentence) for sentence in cover.panel(trial).sentences)
    sheet_facts, people = _facts(trial), _people(trial, ordered)
    places = _places(trial, ordered)
    used = _used([*titles, *sentences, *places], sheet_facts, people)
    return Sheet(
        nct_id=trial.nct_id,
        noun=words.noun(trial.study_type),
        url=reverse("trial-detail", args=[trial.nct_id]),
        record=Link(f"{trial.nct_id} on ClinicalTrials.gov", registry_record(trial.nct_id)),
        status=words.status(trial.overall_status),
        title=plain(_short(titles[0])),
        registry_title=plain(_short(titles[1])) if len(titles) > 1 else None,
        sentences=sentences,
        facts=sheet_facts,
        sides=fitting_sides(_trees(trial), _ROOM - used),
        people=people,
        places=places,
    )


# --- What stands around the criteria ----------------------------------------------------------


def _short(value: str) -> str:
    """Shorten a fact that would crowd out the criteria; the page has it in full."""
    return value if len(value) <= _LONGEST_VALUE else f"{value[: _LONGEST_VALUE - 1].rstrip()}…"


def _facts(trial: Trial) -> tuple[Fact, ...]:
    lead = lead_sponsor(trial)
    treatments = [treatment.name for treatment in trial.interventions.all()]
    pairs = (
        ("Conditions", words.shortlist(condition_names(trial), _MOST_NAMES)),
        ("Treatments", words.shortlist(treatments, _MOST_NAMES)),
        ("Phase", words.phase(trial.phases, trial.study_type).value),
        ("Study type", words.study_type(trial.study_type).value),
        ("Groups", words.allocation(trial.allocation)),
        ("Who knows the treatment", words.masking(trial.masking, trial.who_masked)),
        ("Ages", facts.ages_of(trial)),
        ("Sex", words.sex(eligibility_of(trial).sex)),
        (
            "Healthy volunteers",
            words.healthy_volunteers(eligibility_of(trial).healthy_volunteers),
        ),
        ("Enrollment", words.enrollment(trial.enrollment_count, trial.enrollment_type).value),
        ("Ends", str(facts.trial_date(trial, "completion_date"))),
        ("Sponsor", lead.sponsor.name if lead else ""),
    )
    return tuple(facts.fact(label, _short(value)) for label, value in pairs)


def _people(trial: Trial, ordered: Sequence[Site]) -> tuple[Person, ...]:
    """Return whom to ask: central contacts, else those of the first sites."""
    central = [sites.contact(row, "") for row in trial.central_contacts.all()]
    if central:
        return tuple(central[:_MOST_CONTACTS])
    local = [
        replace(
            sites.contact(row, site.facility.country),
            affiliation=plain(_short(site.facility.name or site.facility.city)),
        )
        for site in ordered[:_MOST_SITES]
        for row in site.contacts.all()
    ]
    return tuple(local[:_MOST_CONTACTS])


def _places(trial: Trial, ordered: Sequence[Site]) -> tuple[str, ...]:
    shown = tuple(_short(_place(site, trial.overall_status)) for site in ordered[:_MOST_SITES])
    more = len(ordered) - len(shown)
    return (*shown, f"{words.count(more, 'more site')} on the page") if more else shown


def _place(site: Site, overall: str) -> str:
    parts = (site.facility.name, words.place(sites.place_of(site)))
    status = words.site_status(site.recruitment_status, overall).words
    return f"{', '.join(part for part in parts if part)} ({status})"


def _used(texts: Iterable[str], shown: Sequence[Fact], people: Sequence[Person]) -> int:
    """Return the height of everything but the criteria; facts stand in two columns."""
    column = LINE_WIDTH // 2 - 6
    facts_height = sum(height(f"{fact.label}: {fact.value}", column) for fact in shown) // 2
    return (
        _FRAME
        + facts_height
        + sum(height(_short(text)) for text in texts)
        + sum(height(_words(person)) for person in people)
    )


def _words(person: Person) -> str:
    ways = [way.words for way in person.ways]
    return ", ".join([str(person.name), str(person.affiliation or ""), *ways])


# --- Criteria ---------------------------------------------------------------------------------


def _trees(trial: Trial) -> list[tuple[str, tuple[Part, ...]]]:
    rows = list(trial.criteria.all())
    if rows:
        sides = side_rows(rows).items()
        return [(_TITLES[section], tree(kept, plain)) for section, kept in sides]
    written = _as_parts(Notes().blocks(eligibility_of(trial).criteria_text))
    return [("Criteria, as the record has them", written)] if written else []


def _as_parts(blocks: Iterable[Block]) -> tuple[Part, ...]:
    """Return a text without a tree in a tree's shape."""
    return tuple(_as_part(block) for block in blocks)


def _as_part(block: Block) -> Part:
    if isinstance(block, Paragraph):
        return Part("", (Line(Criterion.Role.PARAGRAPH, "", block.text),))
    return Part("ul", tuple(_as_line(entry) for entry in block.entries))


def _as_line(entry: Sequence[Block]) -> Line:
    first, *rest = entry
    if isinstance(first, Listing):
        return Line(Criterion.Role.ITEM, "•", plain(""), _as_parts(entry))
    return Line(Criterion.Role.ITEM, "•", first.text, _as_parts(rest))
