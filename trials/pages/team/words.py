"""A coordinator's site in words: what it needs, what readers see, what became of corrections."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from trials.coordinators.accepted import seen_at
from trials.coordinators.actions import label_of
from trials.coordinators.registry_says import fate_now
from trials.coordinators.retracted import retracted
from trials.coordinators.standings import standings_at
from trials.models import Correction, ReaderReport, Site, SiteCoordinator
from trials.pages.presenters.contacts import at_site, status_at
from trials.pages.presenters.page import FactList, Person
from trials.pages.presenters.prose import Text, plain
from trials.pages.presenters.study_teams import Heard, heard
from trials.terms import plain as words
from trials.terms.contacts import Answer, ContactStanding, ContactState
from trials.terms.corrections import STANDING, UNDECIDED, Fate, Field
from trials.terms.plain import StatusWords
from trials.terms.plain.confirming import CORRECTED_FIELDS
from trials.terms.plain.contacts import ContactWords, contact_state
from trials.terms.plain.reports import reports_of_contact
from trials.terms.plain.teams import (
    DEALT_WITH,
    FATES,
    NO_LONGER_SHOWN,
    STILL_ASKED,
    STILL_WAIT,
    TURNS,
    Turn,
    TurnWords,
)
from trials.terms.reports import Reported


@dataclass(frozen=True, slots=True)
class SentCorrection:
    """A correction and what became of it; the last two say what a coordinator can do."""

    pk: int
    field: str
    contact: str
    shown: str
    new: str
    note: str
    fate: str
    reason: str
    question: str
    reply: str
    is_asked: bool
    is_own: bool
    can_answer: bool
    can_take_back: bool


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """Corrections that were sent together; `waits` says which are undecided, empty where none."""

    sent_on: str
    waits: str
    corrections: tuple[SentCorrection, ...]


@dataclass(frozen=True, slots=True)
class TeamSite:
    """One site of a coordinator. `seen` is the digest of the details that the page shows.

    `what_waits` says which corrections nobody has decided.
    """

    pk: int
    url: str
    place: Text
    title: Text
    nct_id: str
    status: StatusWords
    status_note: str
    people: tuple[Person, ...]
    facts: FactList
    former_facts: tuple[str, ...]
    turn: Turn
    tab: TurnWords
    state: ContactWords
    dates: str
    reports: tuple[str, ...]
    seen: str
    takes_nobody: bool
    handed_by: str
    answers: tuple[SentAnswer, ...]
    what_waits: str

    @property
    def waits(self) -> bool:
        """Whether a correction is under way, so that what stands there is not what should."""
        return self.turn in {Turn.ASKED, Turn.SENT}

    @property
    def is_handed(self) -> bool:
        """Whether it waits to be taken on."""
        return self.turn == Turn.HANDED

    @property
    def is_asked(self) -> bool:
        """Whether editors ask about a correction."""
        return self.turn == Turn.ASKED

    @property
    def can_confirm(self) -> bool:
        """Whether there is a button to confirm it: not where its team says that it takes nobody,
        nor where readers see no contact.
        """
        return (
            bool(self.people)
            and not self.takes_nobody
            and self.turn
            in {
                Turn.UNREACHED,
                Turn.OVERDUE,
                Turn.CHECK,
                Turn.TOLD,
            }
        )


def due_first(rows: Sequence[SiteCoordinator]) -> list[tuple[Turn, SiteCoordinator]]:
    """Put places that `teams.sites_of` loaded into order, each with what it needs; three queries.

    A coordinator may have thousands: only those of a page are worded.
    """
    sites = _sites(rows)
    found = standings_at(sites, reported=_reported(sites))
    open_ones: dict[int | None, list[Correction]] = {}
    for correction in Correction.objects.filter(site__in=sites, fate__in=UNDECIDED):
        open_ones.setdefault(correction.site_id, []).append(correction)
    turns = [
        (_turn(row, found[row.site.pk], open_ones.get(row.site_id, ())), row)
        for row in rows
        if row.site
    ]
    return sorted(turns, key=lambda each: (each[0], each[1].site_label, each[1].pk))


def team_sites(rows: Sequence[SiteCoordinator]) -> list[TeamSite]:
    """Word the sites of places that `teams.sites_of` loaded, in their order; seven queries."""
    sites = _sites(rows)
    known = heard(sites, reported=_reported(sites))
    told = Correction.objects.filter(site__in=sites).select_related("confirmation__settlement")
    found = list(told.order_by("-confirmation__confirmed_at", "-confirmation", "pk"))
    sent: dict[int | None, list[Correction]] = {}
    for correction in found:
        sent.setdefault(correction.site_id, []).append(correction)
    stopped = retracted(found)
    told_by_readers: dict[int | None, list[tuple[str, date]]] = {}
    for report in ReaderReport.objects.of_contact_at(sites):
        about = (report.kind, report.reported_on)
        told_by_readers.setdefault(report.site_id, []).append(about)
    return [
        replace(
            _site(row, row.site, known, sent.get(row.site_id, []), stopped),
            reports=reports_of_contact(told_by_readers.get(row.site_id, ())),
        )
        for row in rows
        if row.site
    ]


def _sites(rows: Sequence[SiteCoordinator]) -> list[Site]:
    return [row.site for row in rows if row.site is not None]


def _reported(sites: Sequence[Site]) -> Reported:
    """Return the contacts that readers could not reach."""
    return ReaderReport.objects.filter(site__in=sites).reported(timezone.now().date())


def _site(
    row: SiteCoordinator,
    site: Site,
    known: Heard,
    corrections: Sequence[Correction],
    stopped: Collection[int],
) -> TeamSite:
    standing = known.standings[site.pk]
    turn = _turn(row, standing, corrections)
    status, note = status_at(site, site.trial.overall_status, known)
    return TeamSite(
        pk=site.pk,
        url=reverse("team-site", args=[site.pk]),
        place=plain(label_of(site)),
        title=plain(site.trial.brief_title or site.trial.nct_id),
        nct_id=site.trial.nct_id,
        status=status,
        status_note=note,
        people=at_site(site, known),
        facts=known.facts_at(site),
        former_facts=known.former_facts_at(site),
        turn=turn,
        tab=TURNS[turn],
        state=contact_state(standing),
        dates=_dates(standing),
        reports=(),
        seen=seen_at(site, known.accepted.get(site.pk, ())),
        takes_nobody=known.takes_nobody_since(site) is not None,
        handed_by=str(row.handed_by) if row.handed_by else "",
        answers=tuple(
            _answer(list(together), row, site, stopped)
            for _, together in groupby(corrections, lambda each: each.confirmation_id)
        ),
        what_waits=_what_waits(corrections),
    )


def _turn(
    row: SiteCoordinator, standing: ContactStanding, corrections: Collection[Correction]
) -> Turn:
    if row.taken_on is None:
        return Turn.HANDED
    if any(_waits_for_team(correction, standing) for correction in corrections):
        return Turn.ASKED
    if standing.has_difficulty:
        return Turn.UNREACHED
    if any(correction.fate in UNDECIDED for correction in corrections):
        return Turn.SENT
    if standing.state == ContactState.REPORTED_WRONG:
        return Turn.TOLD
    if standing.state == ContactState.OVERDUE:
        return Turn.OVERDUE
    return Turn.CONFIRMED if standing.state == ContactState.CONFIRMED else Turn.CHECK


def _waits_for_team(correction: Correction, standing: ContactStanding) -> bool:
    """Tell whether editors ask about a correction, and nobody has answered anew on a later day."""
    if correction.fate != Fate.ASKED or correction.decided_at is None:
        return False
    return standing.since is None or standing.since <= correction.decided_at.date()


def _dates(standing: ContactStanding) -> str:
    """Say when a contact was confirmed, and when it has to be again; empty where it never was."""
    if standing.since is None or standing.told != Answer.RIGHT:
        return ""
    since, today = standing.since, timezone.now().date()
    last = f"Last confirmed {words.day_words(since)} ({_ago(since, today)})."
    due = since + timedelta(days=settings.CONTACT_DUE_DAYS)
    if standing.changed or due <= today:
        return f"{last} Please check now."
    return f"{last} Next check: {words.day_words(due)}."


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return "today" if days < 1 else f"{words.count(days, 'day')} ago"


def _what_waits(corrections: Sequence[Correction]) -> str:
    """Say which corrections an editor has to decide, and about which one is asked."""
    said = []
    for fate, sentence in ((Fate.WAITING, STILL_WAIT), (Fate.ASKED, STILL_ASKED)):
        if fields := [_about(each) for each in corrections if each.fate == fate]:
            said.append(sentence.format("; ".join(fields)))
    return " ".join(said)


def _about(row: Correction) -> str:
    field = CORRECTED_FIELDS[Field(row.field)]
    return f"{field}, {row.contact_name}" if row.contact_name else field


def _answer(
    corrections: Sequence[Correction], row: SiteCoordinator, site: Site, stopped: Collection[int]
) -> SentAnswer:
    told = corrections[0].confirmation
    is_own = told.coordinator_id == row.coordinator_id
    return SentAnswer(
        sent_on=words.day_words(told.confirmed_at.date()),
        # Of a single one its own fate says it.
        waits=_what_waits(corrections) if len(corrections) > 1 else "",
        corrections=tuple(
            _sent(each, site, is_own=is_own, is_stopped=each.pk in stopped) for each in corrections
        ),
    )


def _fate(row: Correction, fate: Fate, *, is_stopped: bool) -> str:
    if is_stopped:
        return NO_LONGER_SHOWN
    return DEALT_WITH if _is_read_note(row) else FATES[fate]


def _is_read_note(row: Correction) -> bool:
    """Tell whether a correction was accepted that has no value to show."""
    return row.field == Field.OTHER and row.fate == Fate.ACCEPTED


def _sent(row: Correction, site: Site, *, is_own: bool, is_stopped: bool) -> SentCorrection:
    is_status = row.field == Field.STATUS
    # As the registry stands at this moment; what can still be done with it goes by the table.
    fate = fate_now(row, site) if row.fate in STANDING else Fate(row.fate)
    return SentCorrection(
        pk=row.pk,
        field=CORRECTED_FIELDS[Field(row.field)],
        contact=row.contact_name,
        shown=words.status(row.shown_value).words if is_status else row.shown_value,
        new=words.status(row.new_value).words if is_status else row.new_value,
        note=row.note,
        fate=_fate(row, fate, is_stopped=is_stopped),
        reason=row.reason if fate == Fate.DECLINED else "",
        question=row.question,
        reply=row.reply,
        is_asked=fate == Fate.ASKED,
        is_own=is_own,
        can_answer=is_own and fate == Fate.ASKED,
        can_take_back=is_own and row.fate in UNDECIDED,
    )
