"""Trials as rows of a table to keep: plain words, and the registry's codes beside them."""

from collections.abc import Collection, Iterator

from django.db.models import Count

from trials.coordinators.by_trial import TrialContacts, contacts_of, statuses
from trials.geo.places import Locality
from trials.models import SearchRow, Site, Trial, TrialSponsor
from trials.pages.presenters.nearest import nearest
from trials.pages.presenters.rows import published_text
from trials.search.nearest import nearest_sites
from trials.search.query import TrialSearch
from trials.terms import plain
from trials.terms.countries import country_name
from trials.terms.plain.contacts import tally_in_table
from trials.wording.fields import eligibility_of

HEADER = (
    "Trial number",
    "Title",
    "Status",
    "Status code",
    "Phase",
    "Ages",
    "Sex",
    "Sponsor",
    "Countries",
    "Nearest site",
    "Contacts confirmed",
    "Record last changed",
    "Reviewed by our editors",
    "Link",
)


def rows(
    trial_ids: Collection[int], search: TrialSearch, asked: Locality | None, base_url: str
) -> Iterator[tuple[str, ...]]:
    """Yield the rows of public trials in the order of their keys; ten queries at most."""
    trials, contacts, places = _trials(trial_ids), contacts_of(trial_ids), _places(trial_ids)
    sites = nearest_sites(asked, trial_ids, statuses(contacts), search.radius_km)
    sponsors, countries = _sponsors(trial_ids), _countries(trial_ids)
    for pk in trial_ids:
        if pk not in trials:
            continue
        near = nearest(sites[pk], asked, search.unit).words if asked and pk in sites else ""
        tally = contacts.get(pk, TrialContacts()).tally(places.get(pk, 0))
        around = (sponsors.get(pk, ""), countries.get(pk, ""), near, tally_in_table(tally))
        yield _row(trials[pk], around, base_url)


def _row(trial: Trial, around: tuple[str, ...], base_url: str) -> tuple[str, ...]:
    text, limits = published_text(trial), eligibility_of(trial)
    day, reviewed = trial.last_update_posted_date, text.reviewed_on if text else None
    return (
        trial.nct_id,
        text.plain_title if text else trial.brief_title or trial.nct_id,
        plain.status(trial.overall_status).words,
        trial.overall_status,
        plain.phase_short(trial.phases, trial.study_type),
        plain.ages(limits.minimum_age, limits.maximum_age),
        plain.sex(limits.sex),
        *around,
        day.isoformat() if day else "",
        reviewed.isoformat() if reviewed else "",
        f"{base_url}{trial.get_absolute_url()}",
    )


def _trials(trial_ids: Collection[int]) -> dict[int, Trial]:
    """Load what a row shows of its trial, and nothing of the long texts."""
    wanted = Trial.public.select_related("eligibility", "editorial").only(
        "nct_id",
        "brief_title",
        "overall_status",
        "study_type",
        "phases",
        "last_update_posted_date",
        "eligibility__minimum_age",
        "eligibility__maximum_age",
        "eligibility__sex",
        "editorial__is_live",
        "editorial__plain_title",
        "editorial__reviewed_on",
    )
    found: dict[int, Trial] = wanted.in_bulk(list(trial_ids))
    return found


def _sponsors(trial_ids: Collection[int]) -> dict[int, str]:
    lead = TrialSponsor.objects.filter(trial__in=trial_ids, role=TrialSponsor.Role.LEAD)
    return dict(lead.values_list("trial_id", "sponsor__name"))


def _places(trial_ids: Collection[int]) -> dict[int, int]:
    """Return how many sites trials have."""
    rows = Site.everything.filter(trial__in=trial_ids).order_by().values("trial")
    return dict(rows.annotate(places=Count("pk")).values_list("trial", "places"))


def _countries(trial_ids: Collection[int]) -> dict[int, str]:
    """Return the countries where people can join, or where it ran if nobody can."""
    rows = SearchRow.objects.filter(pk__in=trial_ids).values_list("pk", "country_set__codes")
    return {pk: "; ".join(country_name(code) for code in codes) for pk, codes in rows}
