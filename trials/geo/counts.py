"""How many trials are open now or soon at each of some places, in one statement."""

from collections.abc import Sequence

from django.db import connection

from trials.geo.candidates import Candidate, with_trials
from trials.geo.localities import Kind

_COUNT = """
WITH wanted AS (
    SELECT * FROM unnest(%s::int[], %s::bigint[]) AS town (number, place_id)
    UNION ALL
    SELECT region.number, place.id
    FROM unnest(%s::int[], %s::text[], %s::text[]) AS region (number, country_code, state_key)
    JOIN trials_place AS place ON NOT place.is_packaged
        AND place.country_code = region.country_code AND place.state_key = region.state_key
    UNION ALL
    SELECT country.number, place.id
    FROM unnest(%s::int[], %s::text[]) AS country (number, country_code)
    JOIN trials_place AS place ON NOT place.is_packaged
        AND place.country_code = country.country_code
)
SELECT wanted.number, count(DISTINCT open.trial_id)
FROM wanted JOIN trials_trialplace AS open ON open.place_id = wanted.place_id AND open.is_open
GROUP BY wanted.number
"""


def counted(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates with the numbers of their trials."""
    if not candidates:
        return []
    numbered = list(enumerate(candidates))
    towns = [(number, place) for number, one in numbered for place in one.site_places]
    regions = [
        (number, one.locality.country_code, one.locality.state_key)
        for number, one in numbered
        if one.locality.kind is Kind.REGION
    ]
    countries = [
        (number, one.locality.country_code)
        for number, one in numbered
        if one.locality.kind is Kind.COUNTRY
    ]
    columns = [*_columns(towns, 2), *_columns(regions, 3), *_columns(countries, 2)]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, columns)
        trials = dict(cursor.fetchall())
    return [with_trials(one, trials.get(number, 0)) for number, one in numbered]


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]
