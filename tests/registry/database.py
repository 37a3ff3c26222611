"""Looking at the tables from outside: which rows are there, and which were written again."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from registry import records
from registry.records import Json
from trials import models
from trials.registry.run import Totals, import_studies
from trials.registry.tables import TABLES

FACTS = (models.Trial, *(table.model for table in TABLES))
SHARED = (models.Condition, models.MeshTerm, models.Sponsor, models.Facility)
Physical = dict[str, dict[int, tuple[str, ...]]]


class Importer:
    """Imports studies from a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "studies.jsonl"

    def __call__(self, *studies: Json) -> Totals:
        self.path.write_bytes(records.lines(*studies))
        return import_studies([str(self.path)])


def physical(*tables: type) -> Physical:
    """Return where each row of each table lies, which transaction wrote it and which locked it."""
    found = {}
    with connection.cursor() as cursor:
        for model in tables or (*FACTS, *SHARED, models.RecordVersion, models.ImportProblem):
            cursor.execute(
                f"SELECT id, ctid::text, xmin::text, xmax::text FROM {model._meta.db_table}"
            )
            found[model.__name__] = {row[0]: row[1:] for row in cursor.fetchall()}
    return found


def contents() -> dict[str, list[dict[str, object]]]:
    """Return all rows of the facts with their ids."""
    return {model.__name__: list(model._default_manager.order_by("id").values()) for model in FACTS}


def content_hashes() -> dict[str, bytes]:
    """Return the content hash of every trial's current record."""
    current = models.RecordVersion.objects.filter(number=F("trial__record_version"))
    return {
        nct: bytes(found) for nct, found in current.values_list("trial__nct_id", "content_hash")
    }


@contextmanager
def statements() -> Iterator[list[str]]:
    """Yield a list that holds the statements sent, once the block ends; COPY is not among them."""
    said: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield said
    said += [query["sql"] for query in captured.captured_queries]
