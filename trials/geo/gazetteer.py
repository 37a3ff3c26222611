"""Writes the packaged towns and ZIP codes into the tables of places.

Border: which towns and names there are is decided in `packaged`; places of the registry's sites
are written by `indexing`, whose rows are left alone here.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from trials.geo.packaged import Town, ZipCode, towns, zip_codes
from trials.models import Place, PlaceName
from trials.terms.sphere import cell

_PLACE = (
    *("id", "city", "state", "country", "country_code", "state_key"),
    *("latitude", "longitude", "cell", "population", "is_packaged"),
)
_NAME = ("key", "place_id")
_CODE = ("code", "country_code", "city", "latitude", "longitude")
_REMOVE = (
    "DELETE FROM trials_placename USING trials_place AS place "
    "WHERE place_id = place.id AND place.is_packaged",
    "DELETE FROM trials_place WHERE is_packaged",
)


def load() -> tuple[int, int]:
    """Put the packaged towns and ZIP codes in place of those that are there.

    Loading again changes nothing but the towns' ids, to which nothing refers. Returns the numbers
    of towns and of ZIP codes.
    """
    packaged, codes = towns(), zip_codes()
    with transaction.atomic(), connection.cursor() as cursor:
        _remove_towns(cursor)
        _write_towns(cursor, packaged)
        _write_codes(cursor, codes)
        # The first search after this must not wait for the planner to learn of 70,000 rows.
        cursor.execute("ANALYZE trials_place, trials_placename, trials_postalcode")
    return len(packaged), len(codes)


def unload() -> None:
    """Remove the packaged towns and ZIP codes."""
    codes = [(code.code, code.country_code) for code in zip_codes()]
    with transaction.atomic(), connection.cursor() as cursor:
        _remove_towns(cursor)
        cursor.execute(
            "DELETE FROM trials_postalcode WHERE (code, country_code) IN "
            "(SELECT * FROM unnest(%s::text[], %s::text[]))",
            [list(column) for column in zip(*codes, strict=True)],
        )


def _remove_towns(cursor: CursorWrapper) -> None:
    for statement in _REMOVE:
        cursor.execute(statement)


def _write_towns(cursor: CursorWrapper, packaged: Sequence[Town]) -> None:
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence('trials_place', 'id')) FROM generate_series(1, %s)",
        [len(packaged)],
    )
    numbered = [(number, town) for (number,), town in zip(cursor.fetchall(), packaged, strict=True)]
    _copy(cursor, Place._meta.db_table, _PLACE, (_row(number, town) for number, town in numbered))
    names = ((key, number) for number, town in numbered for key in town.keys)
    _copy(cursor, PlaceName._meta.db_table, _NAME, names)


def _row(number: int, town: Town) -> tuple[object, ...]:
    where = (town.latitude, town.longitude, cell(town.latitude, town.longitude))
    told = (town.city, town.state, town.country, town.country_code, town.state_key)
    return (number, *told, *where, town.population, True)


def _write_codes(cursor: CursorWrapper, codes: Sequence[ZipCode]) -> None:
    """Add codes, in place of what sites have taught of the same ones: those are rougher."""
    cursor.execute("CREATE TEMPORARY TABLE packaged_codes (LIKE trials_postalcode) ON COMMIT DROP")
    cursor.execute("ALTER TABLE packaged_codes DROP COLUMN id")
    rows = ((c.code, c.country_code, c.city, c.latitude, c.longitude) for c in codes)
    _copy(cursor, "packaged_codes", _CODE, rows)
    cursor.execute(
        "INSERT INTO trials_postalcode (code, country_code, city, latitude, longitude) "
        "SELECT code, country_code, city, latitude, longitude FROM packaged_codes "
        "ON CONFLICT (code, country_code) DO UPDATE SET (city, latitude, longitude) = "
        "(excluded.city, excluded.latitude, excluded.longitude)"
    )
    cursor.execute("DROP TABLE packaged_codes")


def _copy(
    cursor: CursorWrapper, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    # COPY is psycopg's alone: Django does not turn its errors into its own by itself.
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
