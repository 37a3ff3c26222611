"""Trials with a row in every table, and with every problem that the desk lists."""

import json
from datetime import date
from typing import Any

import zstandard
from django.contrib.auth.models import User

from tests import factories
from tests.factories import NOW
from trials import audit
from trials.models import (
    IdRedirect,
    ImportProblem,
    ImportRun,
    ReaderReport,
    RecordVersion,
    Reference,
    SecondaryId,
    Trial,
)
from trials.terms.reports import ReportKind


def make_run() -> ImportRun:
    """Write an import run that changed nothing."""
    return ImportRun.objects.create(started_at=NOW, finished_at=NOW, sources="studies.jsonl")


def make_version(trial: Trial, number: int = 1, **values: Any) -> RecordVersion:
    """Keep a state of a trial's record; `modules` are those of its protocol section."""
    modules = values.pop("modules", {})
    section = {"identificationModule": {"nctId": trial.nct_id}, **modules}
    row = {
        "run": make_run(),
        "content_hash": b"\x00",
        "imported_at": NOW,
        "raw": zstandard.compress(json.dumps({"protocolSection": section}).encode()),
    }
    return RecordVersion.objects.create(trial=trial, number=number, **(row | values))


def make_full_trial(person: User, **values: Any) -> Trial:
    """Write an open trial past its date, with all kinds of rows and one place without a point."""
    trial = factories.make_trial(completion_date=date(2020, 1, 31), **values)
    factories.make_condition(trial, f"Insomnia {trial.pk}")
    factories.make_arm(trial, factories.make_intervention(trial))
    factories.make_outcome(trial)
    factories.make_criterion(trial, "Sleeps badly")
    factories.make_official(trial)
    factories.make_central_contact(trial)
    site = factories.make_site(trial, name=f"Clinic {trial.pk}")
    factories.make_site_contact(site)
    Reference.objects.create(trial=trial, position=0, citation="On sea air")
    SecondaryId.objects.create(trial=trial, position=0, value=f"SEA-{trial.pk}")
    IdRedirect.objects.create(trial=trial, nct_id=trial.nct_id.replace("NCT2", "NCT1"))
    version = make_version(trial)
    ImportProblem.objects.create(
        run=version.run,
        kind=ImportProblem.Kind.ODD_VALUE,
        trial=trial,
        record_version=1,
        nct_id=trial.nct_id,
        source="studies.jsonl",
        position="line 1",
        message="No such day",
    )
    ReaderReport.objects.create(trial=trial, kind=ReportKind.values[0], reported_on=NOW.date())
    make_outdated(trial, person)
    audit.record(by=person, verb="publish", subject="text", trial=trial)
    return trial


def make_outdated(trial: Trial, person: User, changed: str = "overall_status") -> None:
    """Give a trial a live text, and its record a newer version that changed one field."""
    factories.make_published_text(trial, published_by=person, based_on_version=1)
    make_version(trial, number=trial.record_version + 1, changed_fields=[changed])
    trial.record_version += 1
    trial.save(update_fields=["record_version"])
