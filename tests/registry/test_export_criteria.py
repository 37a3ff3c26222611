"""`manage.py export_criteria`: the trees as JSON Lines."""

import io
import json

import pytest
from django.core.management import call_command

from registry.database import Importer, statements
from registry.records import Json, nct, whole
from trials import models
from trials.registry import export

pytestmark = pytest.mark.django_db


def exported(*ids: str) -> tuple[int, list[Json], str]:
    """Return exit code, the lines read, and standard error."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command("export_criteria", *ids, stdout=out, stderr=err, no_color=True)
    except SystemExit as error:
        code = int(error.code or 0)
    return code, [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def test_tree_is_written_in_reading_order(take: Importer) -> None:
    take(whole())

    code, (line,), err = exported()

    assert (code, err) == (0, "")
    assert line["nctId"] == nct(1)
    rows = models.Criterion.objects.order_by("position")
    assert line["nodes"] == [
        {"text": r.text, "section": r.section, "depth": r.depth, "role": r.role, "marker": r.marker}
        for r in rows
    ]
    assert [node["text"] for node in line["nodes"]][1:3] == [
        "Sleeps badly three nights a week",
        "Likes milk",
    ]


def test_trials_are_in_the_order_of_their_ids(take: Importer) -> None:
    take(whole(3), whole(1), whole(2))

    assert [line["nctId"] for line in exported()[1]] == [nct(1), nct(2), nct(3)]


def test_ids_are_accepted_in_any_case_and_written_once(take: Importer) -> None:
    take(whole(1), whole(2), whole(3))

    code, lines, err = exported(nct(3).lower(), nct(1), nct(3))

    assert (code, err) == (0, "")
    assert [line["nctId"] for line in lines] == [nct(1), nct(3)]


def test_unknown_id_is_a_sentence_and_the_others_are_written(take: Importer) -> None:
    take(whole(1))

    code, lines, err = exported("NCT00000009", "hello", nct(1))

    assert code == 1
    assert [line["nctId"] for line in lines] == [nct(1)]
    assert err.splitlines() == [
        "“hello” is not an NCT id (NCT and eight digits).",
        "There is no trial NCT00000009.",
    ]


def test_only_unknown_ids_write_nothing(take: Importer) -> None:
    take(whole(1))

    assert exported("NCT00000009")[:2] == (1, [])


def test_trial_without_criteria_has_no_nodes(take: Importer) -> None:
    take(whole(1, lambda p: p.pop("eligibilityModule")))

    assert exported()[1] == [{"nctId": nct(1), "nodes": []}]


def test_export_asks_once_a_portion(take: Importer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_TRIALS_AT_ONCE", 4)
    take(*(whole(number) for number in range(1, 13)))

    with statements() as said:
        lines = exported()[1]

    assert len(lines) == 12
    assert sum("trials_criterion" in statement for statement in said) == 3
