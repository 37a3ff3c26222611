"""Writing a batch of parsed studies in one transaction.

A batch costs a fixed number of statements. It is written whole or not at all, so a run that is
stopped leaves every trial as it was or as it will be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import zstandard
from django.db import connection, transaction
from django.db.models import Model

from trials import models
from trials.models import bulk
from trials.registry import shared
from trials.registry.changes import changed_since
from trials.registry.match import Matched, match
from trials.registry.mend import Slip
from trials.registry.parse import ParsedStudy, rows_of
from trials.registry.parsers.values import Row
from trials.registry.tables import TABLES, Table
from trials.terms.sources import Source

_COMPRESSOR = zstandard.ZstdCompressor(level=1)
_ID = frozenset({"id"})
# Columns of a trial that editors or the sync own: an import neither sets nor changes them.
_NOT_OURS = frozenset({"hidden_at", "hidden_by_id", "left_registry_on"})
# Not theirs to change either, but a new row has to say something.
_SET_ONCE = frozenset({"hidden_reason"})
_PLACE = ("name", "city", "state", "country", "zip")
_UNREADABLE = Slip("", "", "The version before can't be read any more: what changed is not known.")


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds of a trial already."""

    trial_id: int
    version: int
    content_hash: bytes


def known_trials(nct_ids: Iterable[str]) -> dict[str, Known]:
    """Return the trials among the ids that are there, with the hash of their current record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.nct_id, t.id, t.record_version, v.content_hash FROM trials_trial t "
            "JOIN trials_recordversion v ON v.trial_id = t.id AND v.number = t.record_version "
            "WHERE t.nct_id = ANY(%s)",
            [list(nct_ids)],
        )
        return {row[0]: Known(row[1], row[2], bytes(row[3])) for row in cursor.fetchall()}


@transaction.atomic
def write_batch(
    studies: list[ParsedStudy], known: dict[str, Known], *, run_id: int, now: datetime
) -> None:
    """Write new and changed trials with all their rows, versions and problems."""
    new = [study for study in studies if study.record.nct_id not in known]
    changed = [study for study in studies if study.record.nct_id in known]
    shared.settle(studies)
    _write_trials(new, changed, known, now)
    _write_rows(new, changed)
    _write_versions(studies, _changes(changed, known), run_id, now)
    _write_problems(studies, run_id)
    _write_redirects(changed, studies)


def settle_presence(nct_ids: list[str], aliases: list[str], *, now: datetime) -> list[int]:
    """Mark which trials are in the registry, of those that were read and their former ids.

    Returns the ids of the trials that came back or left.

    A record that was read brings a trial back that had left. An id that another trial names as a
    former one of its own has left: the registry answers it with a redirect.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE trials_trial SET left_registry_on = "
            "CASE WHEN left_registry_on IS NULL THEN %s::date END "
            "WHERE nct_id = ANY(%s) AND (left_registry_on IS NULL) = "
            "EXISTS (SELECT FROM trials_idredirect r WHERE r.nct_id = trials_trial.nct_id) "
            "RETURNING id",
            [now.date(), [*nct_ids, *aliases]],
        )
        return [trial_id for (trial_id,) in cursor.fetchall()]


def _write_trials(
    new: list[ParsedStudy], changed: list[ParsedStudy], known: dict[str, Known], now: datetime
) -> None:
    for study in new:
        study.trial |= {"record_version": 1, "imported_at": now, "hidden_reason": ""}
    for study in changed:
        before = known[study.record.nct_id]
        study.trial |= {
            "id": before.trial_id,
            "record_version": before.version + 1,
            "imported_at": now,
        }
    bulk.give_ids(models.Trial, [study.trial for study in new])
    bulk.insert(
        models.Trial, [study.trial for study in new], bulk.columns_of(models.Trial, _NOT_OURS)
    )
    bulk.update(
        models.Trial,
        [study.trial for study in changed],
        bulk.columns_of(models.Trial, _NOT_OURS | _SET_ONCE | _ID),
    )
    for study in (*new, *changed):
        for rows in study.rows.values():
            for row in rows:
                row["trial_id"] = study.trial["id"]


def _write_rows(new: list[ParsedStudy], changed: list[ParsedStudy]) -> None:
    """Write what belongs to the trials: first who is who, then what is gone, then the rest."""
    before = {table.model: _old_rows(table, changed) for table in TABLES}
    _give_sites_their_contacts(changed, before)
    plan = [(table, _know_again(table, before[table.model], new, changed)) for table in TABLES]
    for table, matched in reversed(plan):
        bulk.delete(table.model, [row["id"] for row in matched.gone])
    for table, matched in plan:
        columns = bulk.columns_of(table.model, _ID)
        altered = [
            row
            for before, row in matched.kept
            if any(before[column] != row[column] for column in columns)
        ]
        bulk.insert(table.model, matched.added, ("id", *columns) if table.is_above else columns)
        bulk.update(table.model, altered, columns)


def _give_sites_their_contacts(
    changed: list[ParsedStudy], before: dict[type[Model], list[Row]]
) -> None:
    """Let the sites of both states hold copies of their contacts, which tell twins apart."""
    old = {row["id"]: row for row in before[models.Site]}
    for row in (*old.values(), *rows_of(changed, models.Site)):
        row["contacts"] = []
    for contact in before[models.SiteContact]:
        old[contact["site_id"]]["contacts"].append(contact)
    for contact in rows_of(changed, models.SiteContact):
        contact["site"]["contacts"].append(dict(contact, site=None))


def _know_again(
    table: Table, before: list[Row], new: list[ParsedStudy], changed: list[ParsedStudy]
) -> Matched:
    """Match the rows of a table with those of before; all have what points to them or from them."""
    rows, again = rows_of(new, table.model), rows_of(changed, table.model)
    for name in table.above:
        _point([*rows, *again], name)
    matched = match(table, before, again)
    matched.added += rows
    if table.is_above:
        bulk.give_ids(table.model, matched.added)
    if table.model is models.Criterion:
        _point([*rows, *again], "parent")
    return matched


def _point(rows: list[Row], name: str) -> None:
    """Name the rows above by their ids, which they have by now."""
    for row in rows:
        row[f"{name}_id"] = row[name]["id"] if row[name] else None


def _old_rows(table: Table, changed: list[ParsedStudy]) -> list[Row]:
    """Return the rows of the trials as they are, in record order."""
    model, owner = table.model, table.owner.removesuffix("_id")
    columns = bulk.columns_of(model)
    of_trial = "trial_id__in" if owner == "trial" else f"{owner}__trial_id__in"
    places = [f"facility__{name}" for name in _PLACE] if model is models.Site else []
    found = (
        model._default_manager.filter(**{of_trial: [study.trial["id"] for study in changed]})
        .order_by("position" if "position" in columns else "id", "id")
        .values(*columns, *places)
    )
    rows: list[Row] = list(found)
    for row in rows if places else ():
        row["facility"] = {name: row[f"facility__{name}"] for name in _PLACE}
    return rows


def _changes(changed: list[ParsedStudy], known: dict[str, Known]) -> dict[int, list[Source]]:
    """Return which fields of the records differ from the versions before, by the trials' ids.

    Of a version that can't be read any more nothing is claimed; the problem says so.
    """
    found = changed_since(
        (study.trial["id"], known[study.record.nct_id].version, study.record.study)
        for study in changed
    )
    for study in changed:
        if found[study.trial["id"]] is None:
            study.slips.append(_UNREADABLE)
    return {trial_id: fields or [] for trial_id, fields in found.items()}


def _write_versions(
    studies: list[ParsedStudy], changes: dict[int, list[Source]], run_id: int, now: datetime
) -> None:
    rows: list[Row] = [
        {
            "trial_id": study.trial["id"],
            "run_id": run_id,
            "number": study.trial["record_version"],
            "content_hash": study.record.content_hash,
            "data_version": study.record.data_version,
            "raw": _COMPRESSOR.compress(study.record.raw),
            "imported_at": now,
            "changed_fields": [str(field) for field in changes.get(study.trial["id"], [])],
        }
        for study in studies
    ]
    bulk.insert(models.RecordVersion, rows, bulk.columns_of(models.RecordVersion, _ID))


def _write_problems(studies: list[ParsedStudy], run_id: int) -> None:
    rows: list[Row] = [
        {
            "run_id": run_id,
            "kind": models.ImportProblem.Kind.ODD_VALUE,
            "trial_id": study.trial["id"],
            "record_version": study.trial["record_version"],
            "nct_id": study.record.nct_id,
            "source": study.record.source,
            "position": study.record.position,
            "path": slip.path,
            "value": slip.value,
            "message": slip.message,
        }
        for study in studies
        for slip in study.slips
    ]
    bulk.insert(models.ImportProblem, rows, bulk.columns_of(models.ImportProblem, _ID))


def _write_redirects(changed: list[ParsedStudy], studies: list[ParsedStudy]) -> None:
    """Send former ids to their trial, and no longer those that its record does not name now."""
    said = sorted({(alias, study.trial["id"]) for study in studies for alias in study.aliases})
    aliases, trial_ids = [alias for alias, _ in said], [number for _, number in said]
    with connection.cursor() as cursor:
        if changed:
            cursor.execute(
                "DELETE FROM trials_idredirect WHERE trial_id = ANY(%s) AND nct_id <> ALL(%s)",
                [[study.trial["id"] for study in changed], aliases],
            )
        if said:
            cursor.execute(
                "INSERT INTO trials_idredirect (nct_id, trial_id) "
                "SELECT DISTINCT ON (nct_id) nct_id, trial_id "
                "FROM unnest(%s::text[], %s::bigint[]) AS said (nct_id, trial_id) "
                "ORDER BY nct_id, trial_id "
                "ON CONFLICT (nct_id) DO UPDATE SET trial_id = EXCLUDED.trial_id "
                "WHERE trials_idredirect.trial_id <> EXCLUDED.trial_id",
                [aliases, trial_ids],
            )
