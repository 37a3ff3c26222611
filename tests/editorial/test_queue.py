"""What waits for somebody: each queue holds what it says, in its order, with true counts."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from django.utils import timezone

from tests.editorial.ready import add_version, make_draft, make_live, make_sleep_trial
from tests.factories import hide, make_trial
from trials import indexing
from trials.editorial import actions, assignments, queue
from trials.editorial.queue import Count, Holder, Queue
from trials.editorial.texts import text_of
from trials.models import EditorialText, Trial
from trials.terms.desk import Role
from trials.terms.sources import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(ada: User, ben: User, cleo: User) -> EditorialText:
    return make_live(make_sleep_trial(), ada, ben, cleo)


def numbers(by: User) -> dict[str, int]:
    return {name.value: count.number for name, count in queue.counts(by).items() if count.number}


def index_all() -> None:
    indexing.refresh(list(Trial.everything.values_list("pk", flat=True)))


def test_new_trials_are_open_public_and_without_a_text(ada: User) -> None:
    new, begun = make_trial(), make_trial()
    make_trial(overall_status="COMPLETED")
    hide(make_trial())
    index_all()
    actions.start(text=text_of(begun), by=ada)
    assert [row.pk for row in queue.new_trials(by=ada)] == [new.pk]
    assert numbers(ada) == {"new": 1, "drafts": 1}


def test_new_trial_that_was_given_to_somebody_is_still_new(ada: User, ben: User) -> None:
    mine, nobodys = make_trial(), make_trial()
    index_all()
    assignments.assign(text=text_of(mine), to=ada, by=ben)
    assert [row.pk for row in queue.new_trials(by=ada, holder=Holder.ME)] == [mine.pk]
    assert [row.pk for row in queue.new_trials(by=ada, holder=Holder.NOBODY)] == [nobodys.pk]


def test_new_trials_are_counted_to_a_bound(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        make_trial()
    index_all()
    monkeypatch.setattr(queue, "COUNTED_AT_MOST", 2)
    assert str(queue.counts(ada)[Queue.NEW]) == "over 2"
    assert str(Count(1234)) == "1,234"


@pytest.mark.parametrize(
    ("source", "grade"),
    [(Source.OVERALL_STATUS, 0), (Source.CRITERIA, 1), (Source.COMPLETION_DATE, 2)],
)
def test_changed_record_waits_with_its_urgency(
    live: EditorialText, ada: User, source: Source, grade: int
) -> None:
    add_version(live.trial, [source])
    row = queue.texts(Queue.CHANGED, by=ada).get()
    assert (row.changed_sources, row.urgency) == ([source.value], grade)


@pytest.mark.parametrize("source", [Source.RECORD_DATES, Source.KEYWORDS, Source.MESH_TERMS])
def test_bookkeeping_of_the_registry_waits_for_nobody(
    live: EditorialText, ada: User, source: Source
) -> None:
    add_version(live.trial, [source])
    assert "changed" not in numbers(ada)


def test_most_urgent_change_comes_first(ada: User, ben: User, cleo: User) -> None:
    texts = [make_live(make_sleep_trial(), ada, ben, cleo) for _ in range(3)]
    changes = ([Source.COMPLETION_DATE], [Source.OVERALL_STATUS], [Source.AGES])
    for text, changed in zip(texts, changes, strict=True):
        add_version(text.trial, changed)
    found = [text.pk for text in queue.texts(Queue.CHANGED, by=ada)]
    assert found == [texts[1].pk, texts[2].pk, texts[0].pk]


def test_review_leaves_out_what_one_wrote_oneself(ada: User, ben: User, sam: User) -> None:
    text = make_draft(make_sleep_trial(), sam)
    actions.submit(text=text, by=sam)
    assert numbers(ben) == {"review": 1}
    assert numbers(sam) == {}


def test_returned_waits_for_its_writer_alone(ada: User, ben: User, sam: User) -> None:
    text = make_draft(make_sleep_trial(), ada)
    actions.submit(text=text, by=ada)
    actions.return_(text=text, reason="Shorter, please", by=ben)
    assert numbers(ada) == {"returned": 1}
    assert numbers(sam) == {}


def test_overdue_follows_the_setting(live: EditorialText, ben: User) -> None:
    live.reviewed_on = (timezone.now() - timedelta(days=100)).date()
    live.save()
    assert "overdue" not in numbers(ben)
    with override_settings(REVIEW_DAYS=99):
        assert numbers(ben)["overdue"] == 1


def test_requeued_waits_until_somebody_starts(live: EditorialText, ada: User, ben: User) -> None:
    assignments.requeue(text=live, reason="Look at the dose", by=ben)
    assert numbers(ada) == {"requeued": 1}
    actions.start(text=live, by=ada)
    assert numbers(ada) == {"drafts": 1}


def test_ages_count_what_is_in_somebodys_hands(ada: User) -> None:
    for days in (1, 8, 40):
        text = actions.start(text=text_of(make_sleep_trial()), by=ada)
        EditorialText.objects.filter(pk=text.pk).update(since=timezone.now() - timedelta(days=days))
    found = queue.ages()
    assert (found.this_week, found.this_month, found.older, found.total) == (1, 1, 1, 3)


def test_first_queue_is_the_first_of_ones_own_that_holds_something() -> None:
    counts = {each: Count(0) for each in Queue} | {Queue.REVIEW: Count(1), Queue.NEW: Count(5)}
    assert queue.first_for(counts, [Role.REVIEWER]) == Queue.REVIEW
    assert queue.first_for(counts, [Role.WRITER]) == Queue.NEW
    assert queue.first_for({each: Count(0) for each in Queue}, [Role.PUBLISHER]) == Queue.NEW


def test_counts_cost_the_same_for_one_and_for_many(
    ada: User, django_assert_max_num_queries
) -> None:
    for _ in range(4):
        make_draft(make_sleep_trial(), ada)
        EditorialText.objects.update(locked_at=None, locked_by=None)
    with django_assert_max_num_queries(len(Queue)):
        queue.counts(ada)
