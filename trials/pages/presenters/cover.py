"""The cover of the leaflet: what the status means today, what the reader can do, what changed."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from trials.editorial.staleness import changes_since, stale_parts
from trials.models import EditorialText, Trial
from trials.pages.presenters.links import Link, registry_results
from trials.pages.presenters.openness import Openness
from trials.pages.presenters.page import Change, Panel
from trials.pages.presenters.prose import flat
from trials.pages.presenters.rows import lead_sponsor
from trials.pages.presenters.standing import Standing, is_expanded, standing
from trials.terms import plain as words
from trials.terms.desk import Part
from trials.terms.registry import OPEN_NOW, OPEN_SOON, OverallStatus
from trials.terms.sources import Kind, Source, kinds_of
from trials.terms.values import PartialDate, Precision
from trials.wording.fields import trial_date
from trials.wording.sentences import when
from trials.wording.withheld import NOT_RELEASED, is_withheld, released

_CONTACTS = Link("How to reach the study team", "#contacts")
_CRITERIA = Link("See who can join", "#eligibility")
_WHO_CAN_GET_IT = Link("See who can get it", "#eligibility")
_LATE = timedelta(days=31)
_STALE = timedelta(days=2 * 365)


def tag_line(trial: Trial) -> str:
    """Return phase, study type and sponsor in one line; the id is the template's."""
    lead = lead_sponsor(trial)
    return " · ".join(
        (
            words.phase_short(trial.phases, trial.study_type),
            words.study_type_short(trial.study_type),
            lead.sponsor.name if lead else "Sponsor not stated",
        )
    )


def panel(trial: Trial, openness: Openness) -> Panel:
    """Return what the right side of the cover says."""
    sentences = (*_status(trial), *_sites(trial, openness))
    warnings = tuple(_warnings(trial, timezone.now().date()))
    return Panel(sentences, warnings, *_ways_on(trial), _outside(trial))


def _outside(trial: Trial) -> Link | None:
    """Return the way to the same treatment outside a trial, where the record names one."""
    nct_id = trial.expanded_access_nct_id
    if not nct_id:
        return None
    is_available = trial.expanded_access_status == OverallStatus.AVAILABLE
    said = "A way to get this treatment outside a trial"
    if not is_available:
        said = f"{said}: {words.status(trial.expanded_access_status).words}"
    return Link(f"{said} ({nct_id})", reverse("trial-detail", args=[nct_id]))


def _ways_on(trial: Trial) -> tuple[Link, Link]:
    """Return the panel's button and its link."""
    similar = Link("See similar trials", similar_trials(trial))
    if trial.overall_status in OPEN_NOW | OPEN_SOON:
        return _WHO_CAN_GET_IT if is_expanded(trial) else _CRITERIA, _CONTACTS
    if trial.overall_status in {OverallStatus.UNKNOWN, ""}:
        return _CONTACTS, similar
    if trial.overall_status == OverallStatus.COMPLETED and trial.results_first_posted_date:
        return Link("See the results", registry_results(trial.nct_id)), similar
    return similar, _CONTACTS


def similar_trials(trial: Trial) -> str:
    """Return the address of the trials of the first condition, or of all trials."""
    conditions = [row for row in trial.trial_conditions.all() if released(row.name)]
    return conditions[0].condition.get_absolute_url() if conditions else reverse("trial-list")


def _status(trial: Trial) -> Iterator[str]:
    yield words.status(trial.overall_status).sentence
    start, end = trial_date(trial, "start_date"), trial_date(trial, "completion_date")
    if is_withheld(trial):
        yield NOT_RELEASED
    is_late = _is_past(trial, "start_date", timezone.now().date() - _LATE)
    if trial.overall_status in OPEN_SOON and start.iso and not is_late:
        yield f"The record gives {start.words} as its start."
    if trial.overall_status == OverallStatus.TERMINATED and end.kind == "actual":
        yield f"It ended {when(end)}."
    if trial.overall_status == OverallStatus.COMPLETED and trial.results_first_posted_date:
        yield "Results are on the registry."
    if trial.last_known_status:
        yield f"Its last known status: {words.status(trial.last_known_status).words}."
    if trial.why_stopped:
        yield f"Why, in the study team’s words: {flat(trial.why_stopped)}"
    yield from _verified(trial)


def _verified(trial: Trial) -> Iterator[str]:
    verified = trial_date(trial, "status_verified_date")
    changed = trial_date(trial, "last_update_posted_date")
    if verified.iso:
        yield f"The study team last verified this {when(verified)}."
    elif changed.iso:
        yield f"The record last changed {when(changed)}."


def _is_past(trial: Trial, name: str, day: date) -> bool:
    """Whether the last day that one of the trial's dates can mean is before a day."""
    known = _partial(trial, name)
    return known is not None and known.last_day < day


def _partial(trial: Trial, name: str) -> PartialDate | None:
    first = getattr(trial, name)
    precision = getattr(trial, f"{name}_precision") or Precision.DAY
    return PartialDate(first, Precision(precision)) if first else None


def _warnings(trial: Trial, today: date) -> Iterator[str]:
    """Warn where an open record's own dates say that it may be out of date."""
    if trial.overall_status in OPEN_SOON and _is_past(trial, "start_date", today - _LATE):
        start = trial_date(trial, "start_date").words
        yield f"The record gives {start} as its start, {_since(trial)} Ask before you plan."
    if trial.overall_status in OPEN_NOW:
        yield from _past_end(trial, today)
    if trial.overall_status in OPEN_NOW | OPEN_SOON and _is_past(
        trial, "status_verified_date", today - _STALE
    ):
        yield "The study team has not verified this for more than 2 years. Ask if it is still true."


def _since(trial: Trial) -> str:
    changed, start = trial.last_update_posted_date, _partial(trial, "start_date")
    is_untouched = changed is not None and start is not None and changed <= start.last_day
    return "and has not been changed since." if is_untouched else "and that has passed."


def _past_end(trial: Trial, today: date) -> Iterator[str]:
    for name, what in (
        ("completion_date", "its end"),
        ("primary_completion_date", "the day by which it has its main results"),
    ):
        if _is_past(trial, name, today):
            given = trial_date(trial, name).words
            yield f"The record gives {given} as {what}, and that has passed. Ask if it is open."
            return


def _sites(trial: Trial, openness: Openness) -> Iterator[str]:
    """Say so where the sites' own statuses differ from the trial's, and where the count does not
    follow the record.
    """
    sites = [site for site in trial.sites.all() if openness.status_of(site)]
    open_now = openness.listed_open(sites)
    if not sites:
        return
    total = words.count(len(trial.sites.all()), "site")
    if trial.overall_status in OPEN_NOW:
        if not open_now:
            yield "But no site is listed as open now. Ask before you travel."
        elif open_now < len(trial.sites.all()):
            yield f"{words.number(open_now)} of {total} {_is_are(open_now)} open now."
    elif open_now:
        yield (
            f"But {words.number(open_now)} of {total} {_is_are(open_now)} listed as open. "
            "Ask first."
        )
    if openness.told:
        where = words.count(len(openness.told), "site")
        yield f"The study team gives another status than the registry for {where}."


def _is_are(number: int) -> str:
    return "is" if number == 1 else "are"


def change(trial: Trial, text: EditorialText | None) -> Change | None:
    """Tell what the record changed since an editor last held the page against it, if anything."""
    if text is None or text.reviewed_on is None or text.based_on_version is None:
        return None
    changed = changes_since(trial, text.based_on_version)
    if not changed:
        return None
    posted = trial.last_update_posted_date
    return Change(
        what=tuple(Link(kind.label, _where(kind, changed)) for kind in kinds_of(changed)),
        posted=trial_date(trial, "last_update_posted_date")
        if posted and posted > text.reviewed_on
        else None,
        copied=words.date_words(trial.imported_at.date(), "day"),
        reviewed=words.date_words(text.reviewed_on, "day"),
        stale=tuple(_stale(trial, text)),
        unchecked=frozenset().union(*(_SHOWN_IN.get(source, ()) for source in changed)),
    )


def _where(kind: Kind, changed: Collection[Source]) -> str:
    """Return where the page shows what changed."""
    is_at_sites = Source.SITE_STATUSES in changed and Source.OVERALL_STATUS not in changed
    return "#where" if kind == Kind.STATUS and is_at_sites else _SECTIONS[kind]


def _stale(trial: Trial, text: EditorialText) -> Iterator[Link]:
    """Yield what our editors wrote from what changed, in the page's order."""
    # Without its revision nobody knows what the text was written from.
    stale = stale_parts(text.live) if text.live else Part
    parts = {part for part in stale if getattr(text, part.value)}
    for link, written in _WRITTEN:
        is_there = link is not _CHECKLIST or standing(trial) != Standing.OVER
        if is_there and parts.intersection(written):
            yield link


_SECTIONS = {
    Kind.STATUS: "#main",
    Kind.CONTACTS: "#contacts",
    Kind.WHO_CAN_JOIN: "#eligibility",
    Kind.PLACES: "#where",
    Kind.TREATMENT: "#studies",
    Kind.DESIGN: "#facts",
    Kind.OUTCOMES: "#studies",
    Kind.DATES: "#facts",
    Kind.ABOUT: "#studies",
    Kind.SPONSOR: "#facts",
    Kind.RESULTS: "#why",
}
# In which sections a new status or contact stands at once, before an editor has seen it.
_SHOWN_IN: dict[Source, tuple[str, ...]] = {
    Source.OVERALL_STATUS: ("cover",),
    Source.SITE_STATUSES: ("where",),
    Source.SITE_CONTACTS: ("where", "contacts"),
    Source.CENTRAL_CONTACTS: ("contacts",),
    Source.OFFICIALS: ("contacts",),
}
_FIT = (Part.GOOD_FIT, Part.NOT_A_FIT)
_CHECKLIST = Link("the checklist in section 5", "#eligibility")
_WRITTEN: tuple[tuple[Link, tuple[Part, ...]], ...] = (
    (Link("the title", "#main"), (Part.PLAIN_TITLE,)),
    (Link("the summary", "#main"), (Part.PLAIN_SUMMARY,)),
    (Link("section 2", "#studies"), (Part.WHAT_IT_STUDIES, Part.TAKING_PART)),
    (Link("section 3", "#who"), _FIT),
    (Link("section 4", "#why"), (Part.POTENTIAL_BENEFIT, Part.SIMILAR_STUDIES)),
    (_CHECKLIST, _FIT),
)
