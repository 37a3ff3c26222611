"""Moving rows of any table in bulk: COPY for new ones, one UPDATE for changed ones.

Every call is one statement whatever the number of rows. Identifiers come from Django's models
only; values travel as data. A row is a dictionary of columns.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Model
from psycopg import sql

Row = dict[str, Any]
Columns = tuple[str, ...]


@cache
def columns_of(model: type[Model], without: frozenset[str] = frozenset()) -> Columns:
    """Return the names of a model's columns."""
    return tuple(
        field.column for field in model._meta.concrete_fields if field.column not in without
    )


def give_ids(model: type[Model], rows: Sequence[Row]) -> None:
    """Give rows a primary key from the table's sequence."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval(pg_get_serial_sequence(%s, 'id'))) "
            "FROM generate_series(1, %s)",
            [model._meta.db_table, len(rows)],
        )
        (numbers,) = cursor.fetchone()
    for row, number in zip(rows, numbers, strict=True):
        row["id"] = number


def insert(model: type[Model], rows: Sequence[Row], columns: Columns) -> None:
    """Add new rows; without the column `id` the table gives them one."""
    if rows:
        copy_in(model, columns, map(itemgetter(*columns), rows))


def copy_in(model: type[Model], columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
    """Add new rows, which hold the values of the columns in their order; two columns at least."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), _names(columns)
    )
    # COPY is psycopg's alone: Django does not turn its errors into its own by itself.
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(row)


def update(model: type[Model], rows: Sequence[Row], columns: Columns) -> None:
    """Change the rows with the given ids."""
    if not rows:
        return
    said = [{column: row[column] for column in ("id", *columns)} for row in rows]
    statement = sql.SQL(
        "UPDATE {table} SET ({names}) = (SELECT {said}) "
        "FROM json_populate_recordset(NULL::{table}, %s::json) AS said WHERE {table}.id = said.id"
    ).format(
        table=sql.Identifier(model._meta.db_table),
        names=_names(columns),
        said=sql.SQL(", ").join(sql.Identifier("said", column) for column in columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [msgspec.json.encode(said).decode()])


def delete(model: type[Model], ids: Iterable[int]) -> None:
    """Remove rows by their ids."""
    doomed = list(ids)
    if doomed:
        statement = sql.SQL("DELETE FROM {} WHERE id = ANY(%s)").format(
            sql.Identifier(model._meta.db_table)
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [doomed])


def _names(columns: Columns) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
