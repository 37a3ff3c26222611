"""Editors' texts in the admin."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from trials.models import EditorialText, Trial

LIST = "admin:trials_editorialtext_changelist"


@pytest.fixture
def text(trial: Trial) -> EditorialText:
    return EditorialText.objects.create(trial=trial, plain_title="A plain title")


def _publish(client: Client, text: EditorialText) -> str:
    response = client.post(
        reverse(LIST), {"action": "publish_texts", "_selected_action": [text.pk]}, follow=True
    )
    return response.content.decode()


def test_text_list_and_form_work(ada_client: Client, text: EditorialText) -> None:
    assert ada_client.get(reverse(LIST)).status_code == 200
    form = reverse("admin:trials_editorialtext_change", args=[text.pk])
    assert ada_client.get(form).status_code == 200


def test_incomplete_text_is_not_published_and_says_what_it_lacks(
    ada_client: Client, text: EditorialText
) -> None:
    page = _publish(ada_client, text)
    assert "it lacks a one-sentence summary, the date of the review" in page
    text.refresh_from_db()
    assert not text.is_published


def test_published_text_says_who_when_and_from_which_version(
    ada_client: Client, ada: User, text: EditorialText
) -> None:
    text.plain_summary = "One sentence."
    text.reviewed_on = date(2026, 11, 1)
    text.save()
    _publish(ada_client, text)
    text.refresh_from_db()
    assert text.is_published
    assert (text.published_by, text.based_on_version) == (ada, text.trial.record_version)


def test_text_taken_back_is_a_draft(ada_client: Client, text: EditorialText) -> None:
    text.plain_summary, text.reviewed_on = "One sentence.", date(2026, 11, 1)
    text.save()
    _publish(ada_client, text)
    ada_client.post(reverse(LIST), {"action": "unpublish_texts", "_selected_action": [text.pk]})
    text.refresh_from_db()
    assert not text.is_published


def test_text_does_not_move_to_another_trial(ada_client: Client, text: EditorialText) -> None:
    form = ada_client.get(reverse("admin:trials_editorialtext_change", args=[text.pk]))
    assert "trial" not in form.context["adminform"].form.fields
