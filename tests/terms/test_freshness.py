"""Days of a count: which belong to it, and within how many a part of some things was over."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trials.terms import plain
from trials.terms.freshness import days_until, first_day


@given(st.lists(st.integers(0, 400), min_size=1), st.integers(1, 100))
def test_days_until_is_the_least_within_which_the_part_was_over(
    days: list[int], percent: int
) -> None:
    found = days_until(percent, Counter(days))
    assert found is not None
    assert 100 * sum(each <= found for each in days) >= percent * len(days)
    assert 100 * sum(each < found for each in days) < percent * len(days)


def test_days_until_of_nothing_is_none() -> None:
    assert days_until(50, Counter()) is None


@given(st.dates(date(2000, 1, 1)), st.integers(1, 900))
def test_first_day_is_the_first_of_so_many(today: date, days: int) -> None:
    first = first_day(today, days)
    assert len({first + timedelta(number) for number in range((today - first).days + 1)}) == days


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 7, "0%"),
        (7, 7, "100%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 2, "50%"),
        (1, 1_000, "0.1%"),
        (1, 500_000, "less than 0.1%"),
        (499_999, 500_000, "more than 99.9%"),
    ],
)
def test_percent_is_neither_nothing_nor_all_unless_it_is(part: int, whole: int, words: str) -> None:
    assert plain.percent(part, whole) == words
