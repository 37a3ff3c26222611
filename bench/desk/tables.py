"""Writing rows of any table by one INSERT … SELECT: what a statement doesn't say gets a default."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models

# A bare Field: its type arguments say nothing here.
_DEFAULTS: tuple[tuple[type[models.Field], str], ...] = (  # type: ignore[type-arg]
    (ArrayField, "'{}'"),
    (SearchVectorField, "''"),
    (models.JSONField, "'{}'"),
    (models.BooleanField, "false"),
    (models.CharField, "''"),
    (models.TextField, "''"),
    (models.IntegerField, "0"),
    (models.FloatField, "0"),
)


def run(statement: str) -> int:
    """Execute a statement; return how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("%", "%%"), [])
        return int(cursor.rowcount)


def fill(model: type[models.Model], rows: str, **said: str) -> int:
    """Write a row of a table for each of `rows` (what follows FROM); `said` is SQL by column."""
    values = {
        field.column: said.pop(field.column, None) or _default(field)
        for field in model._meta.concrete_fields
        if not (field.primary_key and field.column == "id" and "id" not in said)
    }
    if said:
        raise ValueError(f"{model.__name__} has no columns {', '.join(said)}")
    table = model._meta.db_table
    names = ", ".join(f'"{name}"' for name in values)
    return run(f"INSERT INTO {table} ({names}) SELECT {', '.join(values.values())} FROM {rows}")  # noqa: S608  (names of our own models)


def _default(field: "models.Field[object, object]") -> str:
    if field.null:
        return "NULL"
    for kind, text in _DEFAULTS:
        if isinstance(field, kind):
            return text
    raise ValueError(f"{field} needs a value")


@contextmanager
def without_indexes() -> Iterator[None]:
    """Take away the indexes that hold no constraint, and make them anew at the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "JOIN pg_class ON pg_class.oid = indexrelid "
            "WHERE relname NOT LIKE 'pg!_%%' ESCAPE '!' AND NOT indisunique "
            "AND relnamespace = 'public'::regnamespace"
        )
        indexes = cursor.fetchall()
        # No triggers: neither foreign keys (the statements keep them) nor the audit's guard.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _, definition in indexes:
            cursor.execute(definition.replace("%", "%%"))
        cursor.execute("RESET session_replication_role")
