"""Texts and the audit as tables of the admin."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.editorial.ready import make_live, make_sleep_trial
from trials import audit
from trials.models import AuditEvent, EditorialText


@pytest.fixture
def live(ada: User, ben: User, cleo: User) -> EditorialText:
    return make_live(make_sleep_trial(), ada, ben, cleo)


def test_text_list_works(ada_client: Client, live: EditorialText) -> None:
    page = ada_client.get(reverse("admin:trials_editorialtext_changelist"), {"is_live__exact": "1"})
    assert live.plain_title in page.content.decode()


def test_text_leads_to_the_desk(ada_client: Client, live: EditorialText) -> None:
    page = ada_client.get(reverse("admin:trials_editorialtext_change", args=[live.pk]))
    assert page.url == reverse("admin:desk-text", args=[live.trial.nct_id])


def test_unknown_text_is_not_found(ada_client: Client, db: None) -> None:
    assert ada_client.get("/admin/trials/editorialtext/999/change/").status_code == 404


def test_audit_list_tells_who_did_what(ada_client: Client, live: EditorialText) -> None:
    page = ada_client.get(reverse("admin:trials_auditevent_changelist"), {"q": "cleo"})
    said = page.content.decode()
    assert "published the text" in said
    assert "approved the text" not in said


def test_audit_list_tells_what_was_done_to_a_term(ada_client: Client, ben: User) -> None:
    audit.record(by=ben, verb="approve", subject="term: biopsy")
    page = ada_client.get(reverse("admin:trials_auditevent_changelist"))
    said = page.content.decode()
    assert "approved it" in said
    assert "approved the text" not in said


def test_audit_event_shows_before_and_after(ada_client: Client, live: EditorialText) -> None:
    event = AuditEvent.objects.get(verb="publish")
    page = ada_client.get(reverse("admin:trials_auditevent_change", args=[event.pk]))
    assert "APPROVED" in page.content.decode()
    assert "PUBLISHED" in page.content.decode()
