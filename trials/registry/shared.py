"""Rows that trials share (places, sponsors, conditions, headings): found by their natural key."""

import uuid
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

from trials import models
from trials.models import bulk
from trials.registry.parse import ParsedStudy, rows_of
from trials.registry.parsers.values import Row

Key = str | uuid.UUID | tuple[str, ...]

# Rows of which table name, under which name, a row of which shared table, and its natural key.
_SHARED: tuple[tuple[type[Model], str, type[Model], tuple[str, ...]], ...] = (
    (models.TrialCondition, "condition", models.Condition, ("slug",)),
    (models.TrialMeshTerm, "mesh_term", models.MeshTerm, ("ui",)),
    (models.TrialSponsor, "sponsor", models.Sponsor, ("name", "agency_class")),
    (models.Site, "facility", models.Facility, ("key",)),
)

# Columns that `indexing` counts; a new row starts with the table's default.
_COUNTED = frozenset({"open_trials", "all_trials"})


def settle(studies: list[ParsedStudy]) -> None:
    """Put the ids of shared rows into the rows that name them; create what is missing."""
    for table, name, shared, columns in _SHARED:
        rows, key_of = rows_of(studies, table), itemgetter(*columns)
        keys: list[Key] = [key_of(row[name]) for row in rows]
        wanted: dict[Key, Row] = {}
        for key, row in zip(keys, rows, strict=True):
            wanted.setdefault(key, row[name])
        ids = _found(shared, columns, [row[columns[0]] for row in wanted.values()])
        missing = {key: row for key, row in wanted.items() if key not in ids}
        bulk.give_ids(shared, list(missing.values()))
        bulk.insert(shared, list(missing.values()), bulk.columns_of(shared, _COUNTED))
        ids |= {key: row["id"] for key, row in missing.items()}
        for key, row in zip(keys, rows, strict=True):
            row[f"{name}_id"] = ids[key]


def _found(model: type[Model], columns: tuple[str, ...], firsts: list[Any]) -> dict[Key, int]:
    """Return the ids of the rows that are there, of those whose first key column is among some."""
    statement = sql.SQL("SELECT {columns}, id FROM {table} WHERE {first} = ANY(%s)").format(
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        table=sql.Identifier(model._meta.db_table),
        first=sql.Identifier(columns[0]),
    )
    key_of = itemgetter(*range(len(columns)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [firsts])
        return {key_of(row): row[-1] for row in cursor.fetchall()}
