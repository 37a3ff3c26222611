"""How many trials each condition has."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.rows import add_condition, add_trial, add_trials, hide, leave
from trials.indexing.conditions import count_trials
from trials.models import Condition, Trial
from trials.terms.registry import OverallStatus

pytestmark = pytest.mark.django_db
_OPEN = {"RECRUITING", "AVAILABLE", "NOT_YET_RECRUITING"}


def counts(condition: Condition) -> tuple[int, int]:
    condition.refresh_from_db()
    return condition.open_trials, condition.all_trials


@pytest.mark.parametrize("status", [*OverallStatus.values, ""])
def test_open_trials_are_those_open_now_or_soon(status: str) -> None:
    condition = add_condition([add_trial(overall_status=status)])

    assert counts(condition) == (int(status in _OPEN), 1)


def test_hidden_and_left_trials_do_not_count(ada: User) -> None:
    condition = add_condition([add_trial(), hide(add_trial(), ada), leave(add_trial())])

    assert counts(condition) == (1, 1)


def test_condition_that_no_trial_names_any_more_has_none() -> None:
    condition = add_condition(add_trials(2))
    condition.trial_conditions.all().delete()

    count_trials([condition.pk])

    assert counts(condition) == (0, 0)


def test_only_conditions_asked_for_are_counted_and_none_means_all() -> None:
    lupus, gout = (add_condition(add_trials(2), name, name) for name in ("lupus", "gout"))
    Condition.objects.update(open_trials=9, all_trials=9)

    count_trials([lupus.pk])
    assert (counts(lupus), counts(gout)) == ((2, 2), (9, 9))

    count_trials([])
    assert counts(gout) == (9, 9)

    count_trials()
    assert counts(gout) == (2, 2)


def test_counts_that_are_right_are_not_written() -> None:
    condition = add_condition(add_trials(2))
    before = _version(condition)

    count_trials()

    assert _version(condition) == before


def _version(condition: Condition) -> str:
    """Return the address of the row on disk, which changes whenever it is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text FROM trials_condition WHERE id = %s", [condition.pk])
        return str(cursor.fetchone())


def test_counting_costs_the_same_for_any_amount() -> None:
    few = [add_condition(add_trials(1)).pk]
    many = [add_condition(add_trials(3), f"c{number}", f"c{number}").pk for number in range(20)]

    with CaptureQueriesContext(connection) as one:
        count_trials(few)
    with CaptureQueriesContext(connection) as twenty:
        count_trials(many)

    assert len(one) == len(twenty)
    assert Trial.public.count() == 61
