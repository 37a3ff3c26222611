"""What the buttons do, and what they say when they can't."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.editorial.ready import write
from trials.editorial import actions
from trials.models import AuditEvent, EditorialText, Trial
from trials.terms.desk import State


def press(client: Client, text: EditorialText | Trial, verb: str, **more: object) -> str:
    trial = text.trial if isinstance(text, EditorialText) else text
    address = reverse("admin:desk-act", args=[trial.nct_id])
    return client.post(address, {"verb": verb, **more}, follow=True).content.decode()


def test_start_of_a_trial_without_a_text_makes_one(ada_client: Client, trial: Trial) -> None:
    assert "You are writing now" in press(ada_client, trial, "start")
    assert EditorialText.objects.get().state == State.DRAFT


def test_text_goes_all_the_way_by_buttons(
    ada_client: Client, ben_client: Client, cleo_client: Client, draft: EditorialText
) -> None:
    assert "A reviewer will read it" in press(ada_client, draft, "submit")
    assert "Returned to the writer" in press(ben_client, draft, "return", reason="Shorter")
    assert "A reviewer will read it" in press(ada_client, draft, "submit")
    assert "A publisher can publish it" in press(ben_client, draft, "approve", number=2)
    assert "Patients see these words now" in press(cleo_client, draft, "publish")
    said = press(cleo_client, draft, "unpublish", reason="A mix-up")
    assert "the study team’s own words" in said


@pytest.mark.parametrize("verb", ["submit", "approve", "publish", "unpublish", "return"])
def test_button_for_somebody_else_is_refused_with_the_sentence(
    uma_client: Client, ada_client: Client, draft: EditorialText, verb: str
) -> None:
    address = reverse("admin:desk-act", args=[draft.trial.nct_id])
    assert uma_client.post(address, {"verb": verb}).status_code == 404
    if verb != "submit":
        assert "Only " in press(ada_client, draft, verb)
    draft.refresh_from_db()
    assert draft.state in {State.DRAFT, State.IN_REVIEW}


@pytest.mark.parametrize("verb", ["", "delete", "START"])
def test_unknown_button_does_nothing(ada_client: Client, draft: EditorialText, verb: str) -> None:
    before = AuditEvent.objects.count()
    assert "There is no such button" in press(ada_client, draft, verb)
    assert AuditEvent.objects.count() == before


def test_act_answers_to_post_alone(ada_client: Client, draft: EditorialText) -> None:
    address = reverse("admin:desk-act", args=[draft.trial.nct_id])
    assert ada_client.get(address).status_code == 405


def test_endless_reason_is_refused(cleo_client: Client, live: EditorialText) -> None:
    assert "Not done: reason" in press(cleo_client, live, "unpublish", reason="x" * 2_001)
    live.refresh_from_db()
    assert live.is_live


def test_schedule_and_back(cleo_client: Client, ada: User, ben: User, draft: EditorialText) -> None:
    actions.submit(text=draft, by=ada)
    actions.approve(text=draft, by=ben)
    moment = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert "It goes live on" in press(cleo_client, draft, "schedule", moment=moment)
    draft.refresh_from_db()
    assert draft.scheduled_by.username == "cleo"
    assert "no longer goes live" in press(cleo_client, draft, "unschedule")
    assert "Choose a day and a time" in press(cleo_client, draft, "schedule")


def test_lock_is_broken_by_a_publisher_alone(
    ben_client: Client, cleo_client: Client, draft: EditorialText
) -> None:
    assert "Only a publisher can break a lock" in press(ben_client, draft, "break-lock")
    assert "The lock is broken" in press(cleo_client, draft, "break-lock", reason="On leave")
    draft.refresh_from_db()
    assert draft.locked_by is None


def test_restore_of_a_revision_that_is_not_there(ada_client: Client, draft: EditorialText) -> None:
    assert "There is no such revision" in press(ada_client, draft, "restore", number=99)
    assert "Revision 1 is back, as revision 3" in press(ada_client, draft, "restore", number=1)


def test_note_and_assignment_show_on_the_page(
    ben_client: Client, ada: User, draft: EditorialText
) -> None:
    assert "Ask about the dose" in press(ben_client, draft, "note", reason="Ask about the dose")
    assert "Assigned to ada" in press(ben_client, draft, "assign", person=ada.pk)


def test_reason_of_a_return_stands_on_top(
    ada_client: Client, ada: User, sam: User, draft: EditorialText
) -> None:
    actions.submit(text=draft, by=ada)
    actions.return_(text=draft, reason="Say it shorter", by=sam)
    page = ada_client.get(reverse("admin:desk-text", args=[draft.trial.nct_id])).content.decode()
    top, _, _ = page.partition('class="desk-part"')
    assert "Say it shorter" in top


def test_approval_of_words_that_came_after_the_page_is_refused(
    ben_client: Client, ada: User, sam: User, draft: EditorialText
) -> None:
    actions.submit(text=draft, by=ada)
    page = ben_client.get(reverse("admin:desk-text", args=[draft.trial.nct_id])).content.decode()
    assert '<input type="hidden" name="number" value="2">' in page
    actions.return_(text=draft, reason="Shorter", by=sam)
    write(draft, ada)
    actions.submit(text=draft, by=ada)
    for seen in ({"number": 2}, {}):
        said = press(ben_client, draft, "approve", **seen)
        assert "The text changed while you had the page open" in said
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW
    assert "A publisher can publish it" in press(ben_client, draft, "approve", number=3)
