"""Which words rest on what the record changed since: per passage, per text, for the queue."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from tests import factories as make
from tests.record_versions import make_live, make_versions
from trials.editorial import staleness
from trials.models import EditorialText
from trials.terms.desk import Part
from trials.terms.sources import Source

pytestmark = pytest.mark.django_db


# --- Passages ---------------------------------------------------------------------------------


def test_passage_is_stale_where_a_later_version_changed_its_source() -> None:
    trial = make.make_trial()
    revision = make_live(
        trial,
        {
            Part.GOOD_FIT: [Source.CRITERIA, Source.AGES],
            Part.PLAIN_TITLE: [Source.BRIEF_TITLE],
            Part.TAKING_PART: [Source.ARMS, Source.SEX],
        },
    )
    make_versions(trial, [Source.AGES], [Source.SEX, Source.CRITERIA], [Source.AGES])

    assert staleness.stale_parts(revision) == {
        Part.GOOD_FIT: [Source.CRITERIA, Source.AGES],
        Part.TAKING_PART: [Source.SEX],
    }


def test_passage_that_was_looked_at_since_is_not_stale() -> None:
    trial = make.make_trial()
    revision = make_live(trial, {Part.GOOD_FIT: [Source.AGES], Part.NOT_A_FIT: [Source.AGES]})
    make_versions(trial, [Source.AGES], [Source.SEX])
    revision.passages.filter(part=Part.GOOD_FIT).update(based_on_version=2)

    assert staleness.stale_parts(revision) == {Part.NOT_A_FIT: [Source.AGES]}


def test_passage_is_stale_by_its_own_record_alone() -> None:
    trial, other = make.make_trial(), make.make_trial()
    revision = make_live(trial, {Part.GOOD_FIT: [Source.AGES]})
    make_versions(trial)
    make_versions(other, [Source.AGES])

    assert staleness.stale_parts(revision) == {}


# --- Records ----------------------------------------------------------------------------------


def test_changes_since_are_those_of_later_versions_without_bookkeeping() -> None:
    trial = make.make_trial()
    make_versions(
        trial,
        [Source.SITES],
        [Source.RECORD_DATES, Source.CRITERIA],
        [Source.MESH_TERMS, Source.KEYWORDS, Source.NUMBERS, Source.BRIEF_TITLE],
    )

    assert staleness.changes_since(trial, 2) == [Source.BRIEF_TITLE, Source.CRITERIA]
    assert staleness.changes_since(trial, 4) == []


# --- The queue --------------------------------------------------------------------------------


def changed_texts(*changes: Sequence[Source], **values: object) -> list[EditorialText]:
    trial = make.make_trial()
    make.make_published_text(trial, based_on_version=1, **values)
    make_versions(trial, *changes)
    return list(staleness.changed_texts())


def test_changed_text_says_what_changed_how_urgent_it_is_and_since_when() -> None:
    (found,) = changed_texts(
        [Source.RECORD_DATES],
        [Source.CRITERIA, Source.MESH_TERMS],
        [Source.OVERALL_STATUS, Source.CRITERIA],
    )

    assert sorted(found.changed_sources) == [Source.CRITERIA, Source.OVERALL_STATUS]
    assert found.urgency == 0
    assert found.changed_since == make.NOW + timedelta(days=3)


@pytest.mark.parametrize(
    ("sources", "urgency"),
    [
        ([Source.SITE_STATUSES], 0),
        ([Source.SITE_CONTACTS, Source.ARMS], 1),
        ([Source.SITES], 1),
        ([Source.START_DATE], 2),
    ],
)
def test_changed_text_is_as_urgent_as_its_most_urgent_change(
    sources: list[Source], urgency: int
) -> None:
    (found,) = changed_texts([Source.ARMS], sources, [Source.ARMS])

    assert found.urgency == urgency


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ([], {}),
        ([[Source.RECORD_DATES], []], {}),
        ([[Source.CRITERIA]], {"is_live": False, "state": EditorialText.State.DRAFT}),
    ],
    ids=["no version", "bookkeeping alone", "not live"],
)
def test_text_without_a_remarkable_change_or_readers_is_in_no_queue(
    changes: list[list[Source]], values: dict[str, object]
) -> None:
    assert changed_texts(*changes, **values) == []


def test_text_that_was_held_against_the_newest_version_is_in_no_queue() -> None:
    changed_texts([Source.CRITERIA])
    EditorialText.objects.update(based_on_version=2)

    assert not staleness.changed_texts().exists()
