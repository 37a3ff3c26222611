"""The site that a person would go to, for the trials of one page of results."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from trials.geo.places import Kind, Locality
from trials.search.answers import NearestSite
from trials.search.nearby import kilometers
from trials.search.question import Sql
from trials.terms.facets import OPEN_OR_SOON
from trials.terms.registry import OPEN_NOW

_FROM_SITES = (
    "AS km, f.city, f.state, f.country, s.id AS site_id, s.position FROM trials_site s "
    "JOIN trials_trial t ON t.id = s.trial_id JOIN trials_facility f ON f.id = s.facility_id "
    "LEFT JOIN unnest(%s::bigint[], %s::text[]) AS told (site_id, status) ON told.site_id = s.id "
    "LEFT JOIN LATERAL (SELECT * FROM trials_place p WHERE"
)
_ITS_PLACE = (
    "NOT p.is_packaged AND p.city = f.city AND p.state = f.state AND p.country = f.country "
    "ORDER BY p.latitude IS NULL, p.id LIMIT 1) p ON true"
)
# A closed site is worth a word where it is nearer by more than this: sites of one city share
# one point, and "a nearer site is closed" must not be said of the same street.
_NEARER_KM = 1.0


@dataclass(frozen=True, slots=True)
class _Site:
    """A row of `_sites`: the nearest of its trial with that status."""

    trial_id: int
    trial_status: str
    status: str
    km: float | None
    city: str
    state: str
    country: str
    site_id: int

    @property
    def takes_people(self) -> bool:
        return self.status in OPEN_OR_SOON


def nearest_sites(
    place: Locality | None,
    trial_ids: Collection[int],
    told: Mapping[int, str],
    reach_km: float | None = None,
) -> dict[int, NearestSite]:
    """Return for each trial that has one the nearest site that is open, or else that counts.

    Where a country or a region was asked for, a site in it; without a place nothing. `told` are
    statuses that count instead of the registry's, by the site's key. A site within reach that takes
    people now or soon goes before an open one beyond it.
    """
    if place is None or not trial_ids:
        return {}
    by_trial: dict[int, list[_Site]] = {}
    for site in _sites(place, trial_ids, told):
        by_trial.setdefault(site.trial_id, []).append(site)
    return {trial: _nearest(sites, reach_km) for trial, sites in by_trial.items()}


def _nearest(sites: list[_Site], reach_km: float | None) -> NearestSite:
    """Choose among a trial's nearest sites of each status."""
    of_open_trial = sites[0].trial_status in OPEN_OR_SOON
    chosen = min(sites, key=lambda site: (*_rank(site, of_open_trial, reach_km), _far(site)))
    nearer = [
        site
        for site in sites
        if of_open_trial
        and not site.takes_people
        and chosen.takes_people
        and _far(site) < _far(chosen) - _NEARER_KM
    ]
    closed = min(nearer, key=_far, default=None)
    return NearestSite(
        city=chosen.city,
        state=chosen.state,
        country=chosen.country,
        status=chosen.status,
        km=chosen.km,
        closed_km=closed.km if closed else None,
        closed_city=closed.city if closed else "",
        site_id=chosen.site_id,
    )


def _rank(site: _Site, of_open_trial: bool, reach_km: float | None) -> tuple[bool, int]:
    """Return what sorts a site to prefer first: of an open trial one within reach that takes
    people, and now rather than soon.
    """
    if not of_open_trial:
        return False, 0
    is_beyond = reach_km is not None and not (site.takes_people and _far(site) <= reach_km)
    return is_beyond, 0 if site.status in OPEN_NOW else 1 if site.takes_people else 2


def _far(site: _Site) -> float:
    return float("inf") if site.km is None else site.km


def _sites(place: Locality, trial_ids: Collection[int], told: Mapping[int, str]) -> Iterable[_Site]:
    """Yield for each trial and each status of its sites the nearest one, or the first in reach."""
    by_point = place.kind is Kind.POINT
    far = _far_sql(place) if by_point else Sql("NULL::float")
    asked = Sql(
        "SELECT DISTINCT ON (trial_id, status) trial_id, trial_status, status, km, city, state, "
        "country, site_id FROM (SELECT s.trial_id, t.overall_status AS trial_status, "
        "coalesce(told.status, nullif(s.recruitment_status, ''), t.overall_status) AS status,"
    ) + far.then(_FROM_SITES, list(told), list(told.values()))
    # Where the site has a point of its own its city needs no looking up.
    asked = asked.then("s.latitude IS NULL AND" if by_point else "").then(_ITS_PLACE)
    asked = asked.then("WHERE s.trial_id = ANY(%s)", list(trial_ids))
    if not by_point:
        asked = asked.then("AND p.country_code = %s", place.country_code)
    if place.kind is Kind.REGION:
        asked = asked.then("AND p.state_key = %s", place.state_key)
    asked = asked.then(") sites ORDER BY trial_id, status, km NULLS LAST, position")
    with connection.cursor() as cursor:
        cursor.execute(asked.text, asked.values)
        return [_Site(*row) for row in cursor.fetchall()]


def _far_sql(place: Locality) -> Sql:
    """Return how far site `s` is; one without a point stands where others of its city do."""
    own = kilometers(place.latitude, place.longitude, "s")
    its_city = kilometers(place.latitude, place.longitude, "p")
    return Sql("coalesce(") + own.then(",") + its_city.then(")")
