"""A trial with criteria and words about it that may go to its readers as they are."""

import json
from datetime import UTC, datetime
from typing import Any

import zstandard
from django.contrib.auth.models import User

from tests.factories import (
    make_arm,
    make_condition,
    make_criterion,
    make_intervention,
    make_outcome,
    make_trial,
)
from trials.editorial import actions, revisions
from trials.editorial.checks import coverage
from trials.editorial.revisions import Edit
from trials.editorial.source_texts import rules
from trials.editorial.texts import text_of
from trials.models import Criterion, EditorialText, ImportRun, RecordVersion, Revision, Trial
from trials.terms.desk import Part
from trials.terms.sources import Source

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WORDS: dict[Part, str | list[str]] = {
    Part.PLAIN_TITLE: "Sea air for people who sleep badly",
    Part.PLAIN_SUMMARY: "This trial tests if sea air may help adults who sleep badly.",
    Part.WHAT_IT_STUDIES: "People walk by the sea. The team counts how long they sleep.",
    Part.GOOD_FIT: ["you are 18 to 65 years old", "you have slept badly for at least 3 months"],
    Part.NOT_A_FIT: ["you have a history of sleepwalking"],
    Part.POTENTIAL_BENEFIT: "You may sleep better. No one knows yet. You may catch a cold.",
    Part.SIMILAR_STUDIES: "",
    Part.TAKING_PART: "Ask the study team how often you would come.",
}
LINES = {"Insomnia for at least 3 months": "you have slept badly for at least 3 months"}


def make_sleep_trial(**values: Any) -> Trial:
    """Write a trial that WORDS are true of, with its first record version."""
    trial = make_trial(
        brief_title="Sea Air in Adults Who Sleep Badly",
        brief_summary="This study tests sea air in adults with insomnia.",
        **values,
    )
    make_condition(trial)
    make_arm(trial, make_intervention(trial), description="Walks by the sea")
    make_outcome(trial)
    make_criterion(trial, "Insomnia for at least 3 months")
    make_criterion(trial, "History of sleepwalking", section=Criterion.Section.EXCLUSION)
    add_version(trial, [])
    return trial


def add_version(trial: Trial, changed: list[Source]) -> None:
    """Let the record come in anew, with some fields changed; the first call adds version 1."""
    number = trial.record_versions.count() + 1
    identification = {"nctId": trial.nct_id, "acronym": f"V{number}"}
    record = json.dumps({"protocolSection": {"identificationModule": identification}})
    run = ImportRun.objects.create(started_at=NOW, sources="a test")
    RecordVersion.objects.create(
        trial=trial,
        run=run,
        number=number,
        content_hash=bytes([number]) * 32,
        raw=zstandard.compress(record.encode()),
        imported_at=NOW,
        changed_fields=[source.value for source in changed],
    )
    trial.record_version = number
    trial.save(update_fields=["record_version"])


def write(text: EditorialText, by: User, **changes: Any) -> Revision:
    """Save all of WORDS, signed and covered; `changes` replace what an Edit holds."""
    text.refresh_from_db()
    values: dict[str, Any] = {
        "words": WORDS,
        "seen_version": text.trial.record_version,
        "head_number": text.head.number if text.head else 0,
        "signed": frozenset(Part),
        "covers": covers(text.trial),
    }
    return revisions.save(text=text, edit=Edit(**(values | changes)), by=by)


def covers(trial: Trial) -> dict[str, Any]:
    """Cover every criterion of the sleep trial."""
    wanted = coverage.wanted(rules(trial))
    return {
        one.digest: {"line": LINES.get(one.text, "you have a history of sleepwalking")}
        for one in wanted
    }


def make_draft(trial: Trial, by: User) -> EditorialText:
    """Let somebody begin a text and write WORDS."""
    text = actions.start(text=text_of(trial), by=by)
    write(text, by)
    text.refresh_from_db()
    return text


def make_approved(trial: Trial, writer: User, reviewer: User) -> EditorialText:
    """Take a text to where a publisher can publish it."""
    text = make_draft(trial, writer)
    actions.submit(text=text, by=writer)
    return actions.approve(text=text, by=reviewer)


def make_live(trial: Trial, writer: User, reviewer: User, publisher: User) -> EditorialText:
    """Take a text to its readers."""
    text = actions.publish(text=make_approved(trial, writer, reviewer), by=publisher)
    text.refresh_from_db()
    return text
