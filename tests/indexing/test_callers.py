"""Whoever changes facts refreshes what a search reads: imports, editors, the rebuild."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from tests.editorial.ready import WORDS, make_draft, make_sleep_trial, write
from tests.factories import (
    hide,
    make_condition,
    make_trial,
    make_user,
)
from tests.indexing.trials import make_mesh, make_trials_about, weights
from tests.registry import records
from tests.registry.records import Json, nct, whole
from trials.editorial import actions, visibility
from trials.indexing import refresh
from trials.models import Condition, ImportRun, SearchRow, SearchWord, Synonym, Trial
from trials.registry.run import import_studies
from trials.terms.desk import Part


def take(folder: Path, *studies: Json) -> None:
    path = folder / "studies.jsonl"
    path.write_bytes(records.lines(*studies))
    import_studies([str(path)])


def imported(number: int = 1) -> Trial:
    return Trial.everything.get(nct_id=nct(number))


@pytest.mark.django_db
def test_import_writes_rows_words_and_counts(tmp_path: Path) -> None:
    take(tmp_path, whole(1), whole(2))

    assert weights(imported())["milk"] == "A"
    assert SearchWord.objects.get(word="milk").trials == 2
    assert Condition.objects.get(name="Insomnia").open_trials == 2


@pytest.mark.django_db
def test_import_of_a_changed_record_refreshes_its_row(tmp_path: Path) -> None:
    def change(protocol: Json) -> None:
        protocol["identificationModule"]["briefTitle"] = "Cocoa"
        protocol["conditionsModule"]["conditions"] = ["Gout"]

    take(tmp_path, whole(1), whole(2))

    take(tmp_path, whole(1, change), whole(2))

    assert "cocoa" in weights(imported())
    assert "cocoa" not in weights(imported(2))
    counts = dict(Condition.objects.values_list("name", "all_trials"))
    assert (counts["Insomnia"], counts["Gout"]) == (1, 1)


@pytest.mark.django_db
def test_trial_that_the_registry_renumbered_loses_its_row(tmp_path: Path) -> None:
    take(tmp_path, whole(1))

    take(
        tmp_path,
        whole(2, lambda p: p["identificationModule"].update(nctIdAliases=[nct(1)])),
    )

    assert list(SearchRow.objects.values_list("trial__nct_id", flat=True)) == [nct(2)]
    assert Condition.objects.get(name="Insomnia").all_trials == 1


@pytest.mark.django_db
def test_run_after_one_that_was_stopped_makes_up_for_it(tmp_path: Path) -> None:
    take(tmp_path, whole(1))
    make_trials_about(3, ["Night shakes"], ["Tremor"])
    ImportRun.objects.update(finished_at=None)

    take(tmp_path, whole(1))

    assert Condition.objects.get(name="Night shakes").all_trials == 3
    assert Synonym.objects.filter(words="Night shakes").exists()


@pytest.mark.django_db
def test_publishing_and_taking_back_change_the_row(ada: User, ben: User, cleo: User) -> None:
    text = make_draft(make_sleep_trial(), ada)
    refresh([text.trial_id])
    write(text, ada, words=WORDS | {Part.PLAIN_TITLE: "Gulls cry for people who sleep badly"})
    actions.submit(text=text, by=ada)
    actions.approve(text=text, by=ben)
    approved = "gull" in weights(text.trial)

    actions.publish(text=text, by=cleo)
    published = "gull" in weights(text.trial)
    actions.unpublish(text=text, reason="A mix-up", by=cleo)

    assert (approved, published) == (False, True)
    assert "gull" not in weights(text.trial)


@pytest.mark.django_db
def test_hiding_and_showing_take_the_row_and_the_count() -> None:
    trial = make_trial()
    condition = make_condition(trial).condition

    visibility.hide(trial=trial, by=make_user(), reason="A mistake")
    hidden = SearchRow.objects.exists()
    condition.refresh_from_db()
    count = condition.all_trials
    visibility.show(trial=trial, by=make_user())
    condition.refresh_from_db()

    assert (hidden, count) == (False, 0)
    assert (SearchRow.objects.count(), condition.all_trials) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_rebuild_writes_everything_anew_and_can_be_run_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    trials = make_trials_about(3, ["Night shakes"], ["Tremor"])
    make_mesh(trials[0], "Chorea")
    closed, hidden = make_trial(overall_status="COMPLETED"), hide(make_trial())

    for _ in range(2):
        call_command("rebuild_search")

    rows = SearchRow.objects.order_by("pk").values_list("pk", flat=True)
    assert list(rows) == sorted(trial.pk for trial in (*trials, closed))
    assert hidden.pk not in rows
    assert SearchWord.objects.get(word="tremor").trials == 3
    assert Condition.objects.get(name="Night shakes").open_trials == 3
    assert "5 trials in" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_rebuild_restores_indexes_that_a_stopped_one_dropped() -> None:
    make_trial()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX searchrow_open_words")

    call_command("rebuild_search")

    with connection.cursor() as cursor:
        names = connection.introspection.get_constraints(cursor, "trials_searchrow")
    assert {"searchrow_open_words", "searchrow_words"} <= names.keys()
