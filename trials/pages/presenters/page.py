"""The shape of a trial's page: every word and section, ready for the templates to arrange.

The same for trials with a published editorial text and for those without.
"""

from dataclasses import dataclass

from trials.geo.locator import LocatorMap
from trials.pages.presenters.links import Link
from trials.pages.presenters.prose import Block, Text
from trials.terms.glossary import Term
from trials.terms.plain import DateWords, StatusWords
from trials.terms.plain.contacts import ContactWords


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value. `date` is set where the value is one; `link` where it leads on."""

    label: str
    value: Text
    meaning: Text | None = None
    date: DateWords | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class FactList:
    """Facts that the record states, and a sentence that names the others (may be empty)."""

    stated: tuple[Fact, ...]
    silent: str


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part: its anchor, its heading, and the terms explained beside it."""

    anchor: str
    heading: str
    notes: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The right side of the cover: what the status means, and what the reader can do."""

    sentences: tuple[str, ...]
    warnings: tuple[str, ...]
    button: Link
    link: Link
    outside: Link | None


@dataclass(frozen=True, slots=True)
class Change:
    """That the record changed since the review: what, and when in words.

    `posted` is the registry's day of the change; a change that the registry gave no day has the
    day of our `copied` alone. `stale` leads to what our editors wrote from what changed.
    `unchecked` names the sections in which a new status or a new contact stands.
    """

    what: tuple[Link, ...]
    posted: DateWords | None
    copied: DateWords
    reviewed: DateWords
    stale: tuple[Link, ...]
    unchecked: frozenset[str]


@dataclass(frozen=True, slots=True)
class FactsSection(Section):
    """Quick facts, and every other fact of the record behind a disclosure."""

    quick: tuple[Fact, ...]
    more: FactList


@dataclass(frozen=True, slots=True)
class Group:
    """A group of participants: what it gets, and the names of its treatments."""

    label: Text
    kind: str
    treatments: str
    description: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Treatment:
    """Something that is tested or compared."""

    name: Text
    kind: str
    other_names: str
    description: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something the team measures, and when."""

    measure: Text
    time_frame: Text
    description: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What a section keeps folded: outcomes, or a text of the study team's, with its notes."""

    title: str
    notes: tuple[Term, ...]
    outcomes: tuple[Outcome, ...] = ()
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class StudiesSection(Section):
    """What the trial studies. `is_own_words` says that `main` is the study team's text."""

    main: tuple[Block, ...]
    is_own_words: bool
    sentences: tuple[Text, ...]
    taking_part: tuple[Block, ...]
    setup: FactList
    groups: tuple[Group, ...]
    treatments: tuple[Treatment, ...]
    primary: tuple[Outcome, ...]
    folded: tuple[Disclosure, ...]


@dataclass(frozen=True, slots=True)
class WhoSection(Section):
    """Who may fit and who may not; `remarks` say that it is closed, and whose the lines are.

    `are_marked` draws ticks and crosses; `nothing` stands for a side without lines.
    """

    remarks: tuple[str, ...]
    good_lead: str
    good: tuple[Text, ...]
    bad_lead: str
    bad: tuple[Text, ...]
    nothing: str
    are_marked: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication or web page that the record names."""

    citation: Text
    kind: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class WhySection(Section):
    """What the trial may bring, and what similar studies found."""

    benefit: tuple[Block, ...]
    similar: tuple[Block, ...]
    similar_note: str
    results: str
    results_link: Link | None
    publications: tuple[Publication, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the criteria, with what belongs under it."""

    role: str
    marker: str
    text: Text
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring lines: a list (`tag` is "ol" or "ul"), or lines that stand alone ("")."""

    tag: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One disclosure of the criteria. `parts` holds the tree, `blocks` a text without one."""

    anchor: str
    title: str
    notes: tuple[Term, ...]
    parts: tuple[Part, ...] = ()
    blocks: tuple[Block, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Checklist:
    """Lines to tick before the visit to the doctor."""

    needed: tuple[str, ...]
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EligibilitySection(Section):
    """The record's rules, and the checklist, None where nobody can join any more."""

    facts: FactList
    sides: tuple[Side, ...]
    checklist: Checklist | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to ask or in charge: name, part in the study, ways to reach them.

    `state` tells if a contact is confirmed; whoever is in charge and can't be reached has none.
    `name_remark` says that the name is from the study team, and what the registry says.
    """

    name: Text
    role: str
    affiliation: Text | None = None
    ways: tuple[Link, ...] = ()
    state: ContactWords | None = None
    name_remark: str = ""

    @property
    def has_remarks(self) -> bool:
        """Whether something of it is the study team's, which takes lines of their own."""
        return bool(self.name_remark) or any(way.remark for way in self.ways)


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One site. `number` repeats the pin on the map and is empty without one.

    `status_told` says that the status is the study team's, and what the registry says. `facts` are
    what its study team adds, None where it adds nothing. `report` is where to report a contact,
    given where the list is too long to choose from.
    """

    number: str
    place: str
    facility: Text
    status: StatusWords
    status_note: str
    contacts: tuple[Person, ...]
    investigators: str
    status_told: str = ""
    facts: FactList | None = None
    report: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """The sites of one country, in the order of region and city, open ones first."""

    name: str
    count: str
    rows: tuple[SiteRow, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class WhereSection(Section):
    """The sites: the first ones in sight, the rest by country, and a map.

    `jumps` lead to each country's sites in a long list; `unmapped` says how many have no pin;
    `told` what study teams say otherwise, and where they say nothing. `table` is all of it to keep.
    """

    summary: str
    jumps: tuple[tuple[Link, str], ...]
    unmapped: str
    told: tuple[str, ...]
    shown: tuple[Country, ...]
    rest: tuple[Country, ...]
    more: Link | None
    table: Link | None
    map: LocatorMap | None


@dataclass(frozen=True, slots=True)
class AtSite:
    """Whom to ask at one site, and what its study team says of the site."""

    name: str
    people: tuple[Person, ...]
    facts: FactList


@dataclass(frozen=True, slots=True)
class ContactsSection(Section):
    """Whom to ask: for the whole trial, at sites, and who leads it.

    `lead` says what to ask for; `missing` takes its place where there is nobody to call.
    """

    lead: str
    central: tuple[Person, ...]
    at_sites: tuple[AtSite, ...]
    more_sites: str
    officials: tuple[Person, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its heading, words, a link inside them, and what follows in a new sentence."""

    heading: str
    before: Text
    link: Link | None = None
    after: Text | None = None


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions about one matter."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HowSection(Section):
    """How to take part, or what to do instead (`lead` says why)."""

    lead: str
    steps: tuple[Step, ...]
    questions: tuple[Questions, ...]


@dataclass(frozen=True, slots=True)
class Colophon:
    """When the page was reviewed, or that it was not; how fresh the record is."""

    reviewed: DateWords | None
    freshness: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrialPage:
    """All of it, in the page's order."""

    nct_id: str
    noun: str
    url: str
    doctor_url: str
    record: Link
    is_reviewed: bool
    is_expanded: bool
    written_in: str
    status: StatusWords
    title: Text
    registry_title: Text | None
    tag_line: str
    summary: Text
    description: str
    panel: Panel
    change: Change | None
    facts: FactsSection
    studies: StudiesSection
    who: WhoSection
    why: WhySection
    eligibility: EligibilitySection
    where: WhereSection
    contacts: ContactsSection
    how: HowSection
    conditions: tuple[Link, ...]
    colophon: Colophon

    @property
    def sections(self) -> tuple[Section, ...]:
        """The numbered sections, for the contents."""
        return (
            self.facts,
            self.studies,
            self.who,
            self.why,
            self.eligibility,
            self.where,
            self.contacts,
            self.how,
        )
