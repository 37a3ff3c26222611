"""The doctor's sheet: what a doctor needs of a trial, on at most two printed sides.

Facts are shortened where a record is endless; the room that they leave goes to the criteria, in
type as large as their length allows (see `fitting`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from trials.coordinators.accepted import accepted_at
from trials.coordinators.standings import of_whole_study, standings_at
from trials.editorial import reports
from trials.models import Criterion, Site, Trial
from trials.pages.presenters import cover, facts, sites
from trials.pages.presenters.contacts import at_site, contact, status_at
from trials.pages.presenters.criteria import side_rows, tree
from trials.pages.presenters.fitting import (
    TYPES,
    Criteria,
    SheetSide,
    Type,
    fitting_sides,
    height,
)
from trials.pages.presenters.links import registry_record
from trials.pages.presenters.openness import Openness, openness_of
from trials.pages.presenters.page import Fact, Line, Part, Person
from trials.pages.presenters.people import countries_of
from trials.pages.presenters.prose import Block, Listing, Notes, Paragraph, Text, plain
from trials.pages.presenters.rows import add_contacts, lead_sponsor, published_text
from trials.pages.presenters.study_teams import Heard
from trials.terms import plain as words
from trials.terms.contacts import ContactStanding
from trials.terms.plain import StatusWords
from trials.terms.plain.contacts import contact_state
from trials.wording.fields import ages_of, eligibility_of, trial_date
from trials.wording.sentences import condition_names

_FRAME = 12  # lines: headings, tab, address, instructions, closing note
_LONGEST_VALUE = 240
_MOST_SITES = 3
_MOST_CONTACTS = 2
_MOST_NAMES = 5

_SHORT_TITLE = 90
_SIDES = {
    Criterion.Section.INCLUSION: (
        "Inclusion: what must be true",
        "Tick what is true.",
        "inclusion criteria",
    ),
    Criterion.Section.EXCLUSION: (
        "Exclusion: what must not be true",
        "Tick what applies: each one is a reason not to join.",
        "exclusion criteria",
    ),
    Criterion.Section.OTHER: (
        "Other parts of the criteria",
        "Tick what you have gone through.",
        "other criteria",
    ),
}
_AS_WRITTEN = (
    "Criteria, as the record has them",
    "Tick what you have gone through.",
    "criteria",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet's words, in its order. `record` is the record's address at the registry."""

    nct_id: str
    url: str
    record: str
    status: StatusWords
    title: Text
    short_title: str
    registry_title: Text | None
    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    facts: tuple[Fact, ...]
    people: tuple[Person, ...]
    places: tuple[str, ...]
    more_places: str
    type: Type = TYPES[0]
    sides: tuple[SheetSide, ...] = ()
    is_on_one_side: bool = False

    @property
    def left(self) -> int:
        """How many criteria the sheet has no room for."""
        return sum(side.left for side in self.sides)

    @property
    def total(self) -> int:
        """How many criteria the record has."""
        return sum(side.total for side in self.sides)


def present(trial: Trial) -> Sheet:
    """Return the sheet of a trial that was loaded with `rows.with_rows`."""
    return _with_criteria(_around(trial), _criteria(trial))


def _around(trial: Trial) -> Sheet:
    """Return the sheet without its criteria."""
    openness = openness_of(trial)
    text, panel = published_text(trial), cover.panel(trial, openness)
    ordered = openness.in_order(trial)
    shown = ordered[:_MOST_SITES]
    add_contacts(shown)
    reported = reports.difficulty(trial)
    accepted = accepted_at(shown)
    known = Heard(standings_at(shown, reported=reported, accepted=accepted), accepted)
    titles = [text.plain_title] if text else []
    titles.append(trial.brief_title or trial.official_title or trial.nct_id)
    return Sheet(
        nct_id=trial.nct_id,
        url=reverse("trial-detail", args=[trial.nct_id]),
        record=registry_record(trial.nct_id),
        status=words.status(trial.overall_status),
        title=plain(_short(titles[0])),
        short_title=_short(titles[0], _SHORT_TITLE),
        registry_title=plain(_short(titles[1])) if len(titles) > 1 else None,
        sentences=tuple(map(_short, panel.sentences)),
        warnings=panel.warnings,
        facts=_facts(trial),
        people=_people(trial, shown, known, of_whole_study(trial, reported=reported)),
        places=tuple(_short(_place(site, trial.overall_status, known)) for site in shown),
        more_places=_more_places(openness, ordered),
    )


def _with_criteria(sheet: Sheet, criteria: Sequence[Criteria]) -> Sheet:
    """Add the criteria in the largest type that has room for all, or in the smallest."""
    for kind in TYPES:
        used = _used(sheet, kind)
        sides = fitting_sides(criteria, kind.column, kind.room - used)
        sheet = replace(sheet, type=kind, sides=sides)
        if not sheet.left:
            break
    else:
        return sheet
    one = fitting_sides(criteria, kind.column, kind.room * 9 // 20 - used)
    return replace(sheet, is_on_one_side=not any(side.left for side in one))


# --- What stands around the criteria ----------------------------------------------------------


def _short(value: str, longest: int = _LONGEST_VALUE) -> str:
    """Shorten a fact that would crowd out the criteria; the page has it in full."""
    return value if len(value) <= longest else f"{value[: longest - 1].rstrip()}…"


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
        ("Ages", ages_of(trial)),
        ("Sex", words.sex(eligibility_of(trial).sex)),
        (
            "Healthy volunteers",
            words.healthy_volunteers(eligibility_of(trial).healthy_volunteers),
        ),
        ("Enrollment", words.enrollment(trial.enrollment_count, trial.enrollment_type).value),
        ("Ends", str(trial_date(trial, "completion_date"))),
        ("Sponsor", lead.sponsor.name if lead else ""),
    )
    return tuple(facts.fact(label, _short(value)) for label, value in pairs)


def _people(
    trial: Trial, shown: Sequence[Site], known: Heard, of_whole_study: ContactStanding
) -> tuple[Person, ...]:
    """Return whom to ask: central contacts, else those of the first sites."""
    state, countries = contact_state(of_whole_study), countries_of(trial)
    central = [contact(row, state, *countries) for row in trial.central_contacts.all()]
    if central:
        return tuple(central[:_MOST_CONTACTS])
    local = [
        replace(person, affiliation=plain(_short(site.facility.name or site.facility.city)))
        for site in shown
        for person in at_site(site, known)
    ]
    return tuple(local[:_MOST_CONTACTS])


def _more_places(openness: Openness, ordered: Sequence[Site]) -> str:
    """Say what part of the sites is shown, and in which order; nothing where it is all of them."""
    if len(ordered) <= _MOST_SITES:
        return ""
    open_now = sum(map(openness.is_open, ordered))
    order = "in the order of country and city"
    if not open_now:
        total = words.count(len(ordered), "site")
        return f"{_MOST_SITES} of {total}, {order}. None is listed as open now."
    shown, total = min(open_now, _MOST_SITES), words.count(open_now, "open site")
    return f"{shown} of {total}, {order}; {words.count(len(ordered), 'site')} in all."


def _place(site: Site, overall: str, known: Heard) -> str:
    parts = (site.facility.name, words.place(sites.place_of(site)))
    status, told = status_at(site, overall, known)
    said = f"{status.words}. {told}" if told else status.words
    return f"{', '.join(part for part in parts if part)} ({said})"


def _used(sheet: Sheet, kind: Type) -> int:
    """Return the room that everything but the criteria takes; facts stand in two columns."""
    half = kind.measure // 2 - 1000
    facts_height = sum(height(f"{fact.label}: {fact.value}", half) for fact in sheet.facts)
    texts = [str(sheet.title), str(sheet.registry_title or ""), " ".join(sheet.sentences)]
    texts += [
        " ".join(sheet.warnings),
        *sheet.places,
        sheet.more_places,
        *map(_words, sheet.people),
    ]
    around = sum(height(text, kind.measure * 9 // 10) for text in texts)
    frame = _FRAME * height("", kind.measure)
    return kind.across(around + facts_height // 2 + frame)


def _words(person: Person) -> str:
    ways = [f"{way.words} {way.note} {way.remark}" for way in person.ways]
    state = person.state.words if person.state else ""
    parts = [str(person.name), person.name_remark, str(person.affiliation or ""), *ways, state]
    return ", ".join(parts)


# --- Criteria ---------------------------------------------------------------------------------


def _criteria(trial: Trial) -> list[Criteria]:
    rows = list(trial.criteria.all())
    if rows:
        sides = side_rows(rows).items()
        return [Criteria(*_SIDES[section], tree(kept, plain)) for section, kept in sides]
    written = _as_parts(Notes().blocks(eligibility_of(trial).criteria_text))
    return [Criteria(*_AS_WRITTEN, written)] if written else []


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
