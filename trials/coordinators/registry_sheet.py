"""What a study team told us against what the registry says, as lines for the registry's own form.

Empty where they agree. Nothing is written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from trials.coordinators.present import contact_of, registry_value
from trials.coordinators.registry_says import fate_now
from trials.coordinators.standings import standings_at
from trials.models import Confirmation, Correction, Site, SiteContact
from trials.terms.contacts import Answer, ContactStanding
from trials.terms.corrections import COLUMNS, STANDING, UNDECIDED, Fate, Field
from trials.terms.plain import registry_sheet as words
from trials.terms.plain.contacts import changed_parts
from trials.terms.plain.dates import day_words
from trials.terms.registry import RecruitmentStatus
from trials.terms.registry_form import OF_CONTACT, ORDER, STATUSES, TAKES_PEOPLE, Element


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One element of the form: what the registry says and what it should say, from whom and when.

    `contact` is the present name of the contact that it is about; `remark` is what to know first.
    """

    element: Element
    contact: str
    registry_says: str
    should_say: str
    source: str
    on: date
    remark: str = ""

    @property
    def day(self) -> str:
        """The day on which we were told, in words."""
        return day_words(self.on)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of one site. `location` are the form's elements by which the location is found,
    `notes` what has no value to put anywhere.
    """

    nct_id: str
    title: str
    location: tuple[tuple[Element, str], ...]
    lines: tuple[SheetLine, ...]
    notes: tuple[str, ...]
    is_told: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing has to be changed in the registry."""
        return not self.lines and not self.notes

    @property
    def empty(self) -> str:
        """What stands in place of an empty sheet."""
        return words.AGREES if self.is_told else words.NOTHING_TOLD

    @property
    def text(self) -> str:
        """The sheet as plain text, to be copied."""
        return "\n".join(_text(self))


def sheet_of(site: Site) -> Sheet:
    """Return the sheet of a site, whose trial, facility and contacts are loaded; five queries."""
    rows = Confirmation.objects.newest_of_sites([site.pk])
    told = rows.select_related("coordinator").prefetch_related("corrections").first()
    standing = standings_at([site], reported=())[site.pk]
    corrections = _corrections(site, told, standing)
    lines = _lines(site, corrections)
    if not any(line.element == Element.STATUS for line in lines):
        lines += _status_lines(site, standing)
    return Sheet(
        nct_id=site.trial.nct_id,
        title=_one_line(site.trial.brief_title),
        location=_location(site),
        lines=tuple(sorted(lines, key=lambda line: ORDER[line.element])),
        notes=tuple(_notes(site, told, standing, corrections)),
        is_told=told is not None,
    )


def _corrections(
    site: Site, told: Confirmation | None, standing: ContactStanding
) -> list[Correction]:
    """Return what was accepted, and what of the newest answer nobody has decided, in order.

    What the registry agreed with is among them: it may have gone back since the last look.
    Whoever says last that a site takes nobody takes back that it is open.
    """
    wanted = Q(fate__in=STANDING, decided_at__isnull=False)
    if told is not None:
        wanted |= Q(fate__in=(*UNDECIDED, Fate.AGREED), confirmation=told)
    rows = Correction.objects.filter(wanted, site=site)
    if standing.closed_on is not None:
        rows = rows.exclude(field=Field.STATUS, new_value__in=TAKES_PEOPLE)
    rows = rows.select_related("confirmation__coordinator", "confirmation__settlement")
    return list(rows.order_by("confirmation__confirmed_at", "pk"))


def _lines(site: Site, corrections: Sequence[Correction]) -> list[SheetLine]:
    """Return a line for each field that differs; what was told last of it counts."""
    found: dict[tuple[str, SiteContact | None], SheetLine] = {}
    for row in corrections:
        now, fate = registry_value(site, row), fate_now(row, site)
        contact = contact_of(site, row)
        if fate == Fate.AGREED:
            found.pop((row.field, contact), None)
        if row.field == Field.OTHER or now is None or fate == Fate.AGREED:
            continue
        is_status = row.field == Field.STATUS
        found[row.field, contact] = SheetLine(
            element=_element(site, row),
            contact=_one_line(contact.name) if contact else "",
            registry_says=_status(now) if is_status else _one_line(now) or words.NOTHING,
            should_say=_status(row.new_value) if is_status else _one_line(row.new_value),
            source=_source(row.confirmation),
            on=row.confirmation.confirmed_at.date(),
            remark=_REMARKS.get(fate, ""),
        )
    return list(found.values())


_REMARKS = {
    Fate.WAITING: words.NOT_DECIDED,
    Fate.ASKED: words.NOT_DECIDED,
    Fate.MOVED: words.MOVED,
}


def _element(site: Site, row: Correction) -> Element:
    if row.field == Field.STATUS:
        return Element.STATUS
    first, backup = OF_CONTACT[Field(row.field)]
    contact = contact_of(site, row)
    return first if contact is None or contact == site.contacts.all()[0] else backup


def _status_lines(site: Site, standing: ContactStanding) -> Iterator[SheetLine]:
    """Yield what follows from an answer that the site takes nobody, as long as it stands."""
    own = site.recruitment_status
    takes_people = (own or site.trial.overall_status) in TAKES_PEOPLE
    if standing.closed_on is not None and takes_people:
        answers = Confirmation.objects.newest_of_each_kind([site.pk]).select_related("coordinator")
        told = answers.get(answer=Answer.NOT_RECRUITING)
        yield SheetLine(
            element=Element.STATUS,
            contact="",
            registry_says=_status(own),
            should_say=STATUSES[RecruitmentStatus.ACTIVE_NOT_RECRUITING],
            source=_source(told),
            on=told.confirmed_at.date(),
            remark=words.STATUS_CHOICE,
        )


def _notes(
    site: Site,
    told: Confirmation | None,
    standing: ContactStanding,
    corrections: Sequence[Correction],
) -> Iterator[str]:
    """Yield what has no value to put anywhere."""
    day = day_words(standing.since) if standing.since else ""
    if standing.told == Answer.NOT_MY_SITE:
        yield words.NOT_MY_SITE.format(day=day)
    if standing.told == Answer.CHANGE and told and not told.corrections.all():
        yield words.SOMETHING.format(day=day)
    if standing.told == Answer.RIGHT and standing.changed:
        yield words.CHANGED.format(what=changed_parts(standing.changed), day=day)
    for row in corrections:
        day = day_words(row.confirmation.confirmed_at.date())
        if row.field == Field.OTHER:
            yield words.OTHER.format(day=day, note=_one_line(row.note))
        elif row.field in COLUMNS and registry_value(site, row) is None:
            yield words.CONTACT_GONE.format(
                day=day,
                field=Field(row.field).label,
                contact=_one_line(row.contact_name) or "a contact",
                value=_one_line(row.new_value),
            )


def _location(site: Site) -> tuple[tuple[Element, str], ...]:
    place = site.facility
    return (
        (Element.FACILITY, _one_line(place.name)),
        (Element.CITY, _one_line(place.city)),
        (Element.STATE, _one_line(place.state)),
        (Element.ZIP, _one_line(place.zip)),
        (Element.COUNTRY, _one_line(place.country)),
    )


def _text(sheet: Sheet) -> Iterator[str]:
    yield f"Corrections for ClinicalTrials.gov, {sheet.nct_id}"
    yield sheet.title
    yield ""
    for element, value in sheet.location:
        yield f"{element}: {value or words.NOTHING}"
    for line in sheet.lines:
        of = f" ({line.contact})" if line.contact else ""
        yield ""
        yield f"{line.element}{of}"
        yield f"  Registry says: {line.registry_says}"
        yield f"  Should say: {line.should_say}"
        yield f"  From {line.source}, {line.day}"
        if line.remark:
            yield f"  {line.remark}"
    for note in sheet.notes:
        yield ""
        yield note


def _source(told: Confirmation) -> str:
    if told.coordinator is None:
        return words.BY_LINK
    return _one_line(told.coordinator.name) or words.UNNAMED


def _status(code: str) -> str:
    return STATUSES.get(code, code) or words.NOTHING


def _one_line(text: str) -> str:
    return " ".join(text.split())
