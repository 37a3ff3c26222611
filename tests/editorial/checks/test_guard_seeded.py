"""The guard on errors written for the project: how many it finds, how often it is wrong."""

import sys

import pytest

from tests.editorial.checks import scoring

KINDS = ["comparator", "negation", "number", "unit"]


@pytest.fixture(scope="module", params=[False, True], ids=["alone", "in-a-record"])
def errors(request: pytest.FixtureRequest) -> scoring.Score:
    return scoring.score(scoring.read("errors"), in_a_record=request.param)


def test_seeded_set_is_large_enough():
    rows = scoring.read("errors")

    assert len(rows) >= 250
    assert len({row.faithful for row in rows}) >= 80
    assert {row.kind for row in rows} == set(KINDS)
    assert len({row.id for row in rows}) == len(rows)


def test_seeded_errors_are_found(errors: scoring.Score):
    assert errors.recall >= 0.97, [row.id for row in errors.missed]


@pytest.mark.parametrize("kind", KINDS)
def test_seeded_errors_of_each_kind_are_found(errors: scoring.Score, kind: str):
    assert errors.recall_of(kind) >= 0.95, [row.id for row in errors.missed]


def test_right_rewrites_rarely_alarm(errors: scoring.Score):
    sys.stdout.write(f"false alarms on {errors.pairs} right rewrites: {errors.alarm_rate:.1%}\n")

    assert errors.alarm_rate <= 0.03, [(row.id, finding.quote) for row, finding in errors.alarms]


@pytest.mark.parametrize(
    ("in_a_record", "recall", "alarms"), [(False, 0.9, 0.05), (True, 0.9, 0.05)]
)
def test_holdout_is_found_as_at_first(in_a_record: bool, recall: float, alarms: float):
    held_out = scoring.score(scoring.read("holdout"), in_a_record=in_a_record)

    assert held_out.recall >= recall
    assert held_out.alarm_rate <= alarms
