"""Figures of texts and reports are those that a reader of every row would count."""

import random
from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import hide, leave_registry, make_published_text, make_trial, make_user
from tests.record_versions import make_live, make_versions
from trials.editorial import freshness
from trials.editorial.checks.reading import grade
from trials.models import EditorialText, ReaderReport, Trial
from trials.terms.desk import Part
from trials.terms.freshness import COUNTED_DAYS, TextFigures
from trials.terms.reports import WITHOUT_A_PERSON, Outcome, ReportKind
from trials.terms.sources import Source

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date
HARD = "Randomised participants demonstrating thrombocytopenia discontinue anticoagulation therapy."


def texts() -> TextFigures:
    return freshness.text_figures(lambda _: None)


# --- Texts ------------------------------------------------------------------------------------


def test_figures_of_a_desk_without_texts_are_nothing() -> None:
    assert texts() == TextFigures(0, 0, 0, None, ())


def test_texts_are_counted_where_readers_see_them() -> None:
    make_published_text(make_trial())
    make_published_text(make_trial(), is_live=False, state=EditorialText.State.UNPUBLISHED)
    hide(make_published_text(make_trial()).trial)
    leave_registry(make_published_text(make_trial()).trial)
    found = texts()
    assert (found.published, found.graded, found.stale) == (1, 1, 0)


def test_stale_texts_are_those_behind_their_record() -> None:
    for changed in ([Source.AGES], [Source.RECORD_DATES], []):
        trial = make_trial()
        make_live(trial, {Part.GOOD_FIT: [Source.AGES]})
        make_versions(trial, changed)
    hidden = make_trial()
    make_live(hidden, {Part.GOOD_FIT: [Source.AGES]})
    make_versions(hidden, [Source.AGES])
    hide(hidden)
    found = texts()
    assert (found.published, found.stale) == (3, 1)


def test_grades_are_of_all_words_of_each_text() -> None:
    easy = make_published_text(make_trial())
    hard = make_published_text(make_trial(), what_it_studies=" ".join([HARD] * 30))
    said = [
        grade("\n".join("\n".join(each) if isinstance(each, list) else each for each in fields))
        for fields in (easy.words.values(), hard.words.values())
    ]
    assert said[0] + 5 < said[1]
    found = texts()
    assert found.mean_grade == round(sum(said) / 2, 1)
    assert [(row.grade, row.texts) for row in found.grades] == [(int(each), 1) for each in said]


def test_text_of_a_few_words_has_no_grade() -> None:
    few = dict.fromkeys(("what_it_studies", "potential_benefit", "similar_studies"), "")
    make_published_text(
        make_trial(),
        plain_title="Sea air",
        plain_summary="Walks.",
        good_fit=[],
        not_a_fit=[],
        **few,
    )
    found = texts()
    assert (found.published, found.graded, found.mean_grade, found.grades) == (1, 0, None, ())


@pytest.mark.parametrize("amount", [1, 8])
def test_count_of_texts_costs_the_same_for_one_and_for_many(
    amount: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(amount):
        make_published_text(make_trial())
    read: list[int] = []
    with django_assert_num_queries(3):
        assert freshness.text_figures(read.append).published == amount
    assert read == [amount]


# --- Reports ----------------------------------------------------------------------------------


def make_report(
    trial: Trial, *, sent: int, ended: int | None = None, outcome: str = "CORRECTED"
) -> None:
    """Let a reader have reported a trial, and somebody have ended it, so many days ago."""
    closed = {}
    if ended is not None:
        by = None if outcome in WITHOUT_A_PERSON else make_user()
        at = timezone.now() - timedelta(days=ended)
        closed = {"closed_at": at, "closed_by": by, "outcome": outcome}
    ReaderReport.objects.create(
        trial=trial,
        kind=ReportKind.WRONG,
        reported_on=TODAY() - timedelta(days=sent),
        **closed,
    )


def test_reports_before_the_first_are_nothing() -> None:
    found = freshness.report_figures(TODAY())
    assert (found.open, found.received, found.ended, found.outcomes) == (0, 0, 0, {})
    assert (found.median_days, found.ninetieth_percentile_days) == (None, None)


@pytest.mark.parametrize(("days", "counts"), [(COUNTED_DAYS - 1, 1), (COUNTED_DAYS, 0)])
def test_reports_are_of_the_last_year_and_open_ones_of_ever(days: int, counts: int) -> None:
    trial = make_trial()
    make_report(trial, sent=days, ended=days)
    make_report(trial, sent=900)
    found = freshness.report_figures(TODAY())
    assert (found.received, found.ended, found.open) == (counts, counts, 1)


@pytest.mark.parametrize("seed", range(4))
def test_reports_are_what_a_walk_over_all_of_them_counts(seed: int) -> None:
    dice, trial = random.Random(seed), make_trial()
    for _ in range(dice.randrange(20, 60)):
        sent = dice.randrange(500)
        ended = dice.choice([None, dice.randrange(sent + 1), dice.randrange(sent + 1)])
        make_report(trial, sent=sent, ended=ended, outcome=dice.choice(list(Outcome)))
    first = TODAY() - timedelta(days=364)
    rows = list(ReaderReport.objects.all())
    ended_rows = [row for row in rows if row.closed_at and _day(row.closed_at) >= first]
    took = sorted((_day(row.closed_at) - row.reported_on).days for row in ended_rows)
    found = freshness.report_figures(TODAY())
    assert found.open == sum(row.closed_at is None for row in rows)
    assert found.received == sum(row.reported_on >= first for row in rows)
    assert found.ended == len(ended_rows)
    assert found.outcomes == Counter(row.outcome for row in ended_rows)
    assert found.median_days == took[(len(took) - 1) // 2]
    assert found.ninetieth_percentile_days == took[-(-len(took) * 9 // 10) - 1]


def _day(at: datetime | None):
    assert at is not None
    return at.date()
