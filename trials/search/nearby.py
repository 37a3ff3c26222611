"""Which trials are at a place, and how far: SQL over places, never over sites.

Distances are computed for the places (some ten thousand cities), not for the millions of sites.
"""

from trials.geo.places import Kind, Locality
from trials.search.question import Question, Sql, joined
from trials.terms.sphere import EARTH_KM, cells_around

# More squares than this are no help: the places of half a continent are read without them.
_MOST_RANGES = 60


def kilometers(latitude: float, longitude: float, of: str) -> Sql:
    """Return the great-circle distance from a point to the row `of`, as terms.sphere has it."""
    return Sql(
        f"{2 * EARTH_KM} * asin(sqrt(least(1, "
        f"power(sin(radians({of}.latitude - %s) / 2), 2) + "
        f"cos(radians(%s)) * cos(radians({of}.latitude)) * "
        f"power(sin(radians({of}.longitude - %s) / 2), 2))))",
        (latitude, latitude, longitude),
    )


def of_places(question: Question, *, is_open: bool, far: bool = True) -> Sql:
    """Return (trial_id, km) of the trials at the place, a point or a region.

    Without `far` the trials alone, some more than once: all that counting needs.
    """
    columns = "tp.trial_id, min(d.km) AS km" if far else "tp.trial_id"
    found = _selected(columns).then("FROM (") + places(question)
    found = found.then(") d JOIN trials_trialplace tp ON tp.place_id = d.id")
    if is_open:
        found = found.then("AND tp.is_open")
    return _grouped(found + _within(question), far=far)


def of_matched(question: Question, *, far: bool = True) -> Sql:
    """Return the same of the trials `m` alone, by their places `d`: where the reach is wide."""
    columns = "m.trial_id, min(d.km) AS km" if far else "m.trial_id"
    found = _selected(columns).then(
        "FROM m JOIN trials_trialplace tp ON tp.trial_id = m.trial_id JOIN d ON d.id = tp.place_id"
    )
    return _grouped(found + _within(question), far=far)


def of_one(question: Question) -> Sql:
    """Return the km of trial `m` at the place, no row where it is not there: for few trials."""
    place, reach = question.locality, question.search.radius_km
    assert place is not None  # noqa: S101  (who asks has looked)
    far, where, having = Sql("NULL::float"), Sql("tp.trial_id = m.trial_id"), Sql("count(*) > 0")
    if place.kind is Kind.REGION:
        where = where.then("AND") + _in_region(place)
    else:
        far = Sql("min(") + kilometers(place.latitude, place.longitude, "p").then(")")
        if reach is not None:
            having = far.then("<= %s", reach)
    found = Sql("SELECT") + far.then("AS km FROM trials_trialplace tp")
    found = found.then("JOIN trials_place p ON p.id = tp.place_id WHERE") + where
    return found.then("HAVING") + having


def places(question: Question) -> Sql:
    """Return (id, km) of the places that may be within reach."""
    place, reach = question.locality, question.search.radius_km
    assert place is not None  # noqa: S101  (who asks has looked)
    if place.kind is Kind.REGION:
        found = Sql("SELECT id, NULL::float AS km FROM trials_place p WHERE NOT is_packaged AND")
        return found + _in_region(place)
    far = kilometers(place.latitude, place.longitude, "p")
    found = Sql("SELECT id,") + far
    found = found.then("AS km FROM trials_place p WHERE NOT is_packaged AND cell IS NOT NULL")
    squares = cells_around(place.latitude, place.longitude, reach) if reach is not None else []
    if squares and len(squares) <= _MOST_RANGES:
        ranges = joined((Sql("cell BETWEEN %s AND %s", square) for square in squares), "OR")
        found = found.then("AND (") + ranges.then(")")
    return found.then("OFFSET 0")  # or the distance would be computed for every trial of a place


def _selected(columns: str) -> Sql:
    return Sql(f"SELECT {columns}")


def _grouped(found: Sql, *, far: bool) -> Sql:
    return found.then("GROUP BY 1") if far else found


def _within(question: Question) -> Sql:
    reach = question.search.radius_km
    if question.is_point and reach is not None:
        return Sql("WHERE d.km <= %s", (reach,))
    return Sql("")


def _in_region(place: Locality) -> Sql:
    return Sql("p.country_code = %s AND p.state_key = %s", (place.country_code, place.state_key))
