"""Who looks after a text, and when it goes live by itself."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.editorial.ready import (
    add_version,
    make_approved,
    make_live,
    make_sleep_trial,
    write,
)
from trials.editorial import actions, assignments
from trials.editorial.errors import NotAllowedError
from trials.editorial.texts import text_of
from trials.models import AuditEvent, EditorialText, Trial
from trials.terms.desk import State
from trials.terms.sources import Source

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=5)


@pytest.fixture
def trial(db: None) -> Trial:
    return make_sleep_trial()


@pytest.fixture
def approved(trial: Trial, ada: User, ben: User) -> EditorialText:
    return make_approved(trial, ada, ben)


def make_due() -> None:
    scheduled = EditorialText.objects.exclude(scheduled_at=None)
    scheduled.update(scheduled_at=timezone.now() - SOON)


def test_assign_tells_who_gave_it_to_whom(trial: Trial, ada: User, ben: User) -> None:
    assignments.assign(text=text_of(trial), to=ada, by=ben)
    assert EditorialText.objects.get().assigned_to == ada
    assert AuditEvent.objects.get().after == {"assigned_to": "ada"}


def test_assign_to_somebody_who_is_not_at_the_desk_is_refused(
    trial: Trial, uma: User, ben: User
) -> None:
    with pytest.raises(NotAllowedError, match="uma is not at the desk"):
        assignments.assign(text=text_of(trial), to=uma, by=ben)
    with pytest.raises(NotAllowedError, match="Only people of the desk"):
        assignments.assign(text=text_of(trial), to=ben, by=uma)


def test_scheduled_text_goes_live_when_it_is_due(
    approved: EditorialText, cleo: User, capsys
) -> None:
    assignments.schedule(text=approved, at=timezone.now() + SOON, by=cleo)
    call_command("publish_due")
    assert EditorialText.objects.get().state == State.APPROVED
    make_due()
    call_command("publish_due")
    text = EditorialText.objects.get()
    assert (text.state, text.is_live, text.published_by) == (State.PUBLISHED, True, cleo)
    assert text.scheduled_at is None
    assert capsys.readouterr().out == "0 texts published.\n1 text published.\n"


def test_run_twice_publishes_once(approved: EditorialText, cleo: User) -> None:
    assignments.schedule(text=approved, at=timezone.now() + SOON, by=cleo)
    make_due()
    assert assignments.publish_due() == ([approved.trial.nct_id], [])
    assert assignments.publish_due() == ([], [])
    assert AuditEvent.objects.filter(verb="publish").count() == 1


def test_scheduled_text_whose_record_changed_leaves_the_schedule_and_says_why(
    approved: EditorialText, cleo: User
) -> None:
    assignments.schedule(text=approved, at=timezone.now() + SOON, by=cleo)
    add_version(approved.trial, [Source.AGES])
    make_due()
    with pytest.raises(CommandError, match="it is stale: ages changed"):
        call_command("publish_due")
    text = EditorialText.objects.get()
    assert (text.is_live, text.scheduled_at) == (False, None)
    assert "stale" in AuditEvent.objects.first().reason


@pytest.mark.parametrize("name", ["ada", "ben"])
def test_only_publishers_schedule(name: str, approved: EditorialText) -> None:
    by = User.objects.get(username=name)
    with pytest.raises(NotAllowedError, match="Only publishers"):
        assignments.schedule(text=approved, at=timezone.now() + SOON, by=by)


def test_schedule_in_the_past_is_refused(approved: EditorialText, cleo: User) -> None:
    with pytest.raises(NotAllowedError, match="That moment has passed"):
        assignments.schedule(text=approved, at=timezone.now() - SOON, by=cleo)


def test_requeue_needs_a_page_that_patients_see(
    trial: Trial, ada: User, ben: User, cleo: User
) -> None:
    with pytest.raises(NotAllowedError, match="start writing it"):
        assignments.requeue(text=text_of(trial), reason="", by=ben)
    text = make_live(trial, ada, ben, cleo)
    assignments.requeue(text=text, reason="The dose looks odd", by=ben)
    assert EditorialText.objects.get().requeued_by == ben


def test_note_stays_in_the_history(trial: Trial, ben: User) -> None:
    with pytest.raises(NotAllowedError, match="Write the note first"):
        assignments.note(text=text_of(trial), words=" ", by=ben)
    assignments.note(text=text_of(trial), words="Ask the team about the dose", by=ben)
    assert AuditEvent.objects.get().reason == "Ask the team about the dose"


def test_unpublishing_takes_a_newer_text_off_the_schedule(
    trial: Trial, ada: User, ben: User, cleo: User
) -> None:
    text = make_live(trial, ada, ben, cleo)
    actions.start(text=text, by=ada)
    write(text, ada)
    actions.submit(text=text, by=ada)
    actions.approve(text=text, by=ben)
    assignments.schedule(text=text, at=timezone.now() + SOON, by=cleo)
    actions.unpublish(text=text, reason="A mix-up", by=cleo)
    make_due()
    assert assignments.publish_due() == ([], [])
    assert not EditorialText.objects.get().is_live
