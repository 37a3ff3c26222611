"""What an editor asks goes out while it is asked, and not once it is decided."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.coordinators.correcting import make_corrections, now, phone
from tests.coordinators.letters.rows import make_coordinator, states
from tests.coordinators.letters.server import Postbox, plain
from tests.coordinators.rows import make_open_site
from trials.coordinators import asking, corrections, letters
from trials.models import Correction, Letter, Site
from trials.terms.letters import LetterKind, LetterState

pytestmark = pytest.mark.django_db

QUESTION = "Day or night?"


@pytest.fixture
def site() -> Site:
    site = make_open_site()
    make_coordinator(site)
    return site


def asked(row: Correction, by: User, question: str = QUESTION) -> Letter:
    """Ask about a correction, and return the letter that waits."""
    (letter,) = asking.ask(correction=row, question=question, by=by).letters
    return letter


def test_question_that_is_decided_is_not_asked(postbox: Postbox, site: Site, ada: User) -> None:
    (row,) = make_corrections(site)
    letter = asked(row, ada)
    corrections.accept(correction=now(row), by=ada)
    assert letters.send_waiting().states == {LetterState.DROPPED: 1}
    assert postbox.letters == []
    letter.refresh_from_db()
    assert letter.problem == "Our editors no longer ask this: it was decided meanwhile."


def test_question_that_is_still_asked_goes_out(postbox: Postbox, site: Site, ada: User) -> None:
    decided, open_still = make_corrections(
        site, phone(), phone(field="EMAIL", new_value="new@clinic.example")
    )
    first, second = asked(decided, ada, "Which number?"), asked(open_still, ada)
    corrections.decline(correction=now(decided), reason="A fax", by=ada)
    assert letters.deliver(first.pk) == LetterState.DROPPED
    assert letters.deliver(second.pk) == LetterState.SENT
    assert f"Our editors ask: {QUESTION}" in plain(postbox.only())


def test_question_that_was_asked_otherwise_is_asked_as_it_is_now(
    postbox: Postbox, site: Site, ada: User
) -> None:
    (row,) = make_corrections(site)
    first, second = asked(row, ada, "Sure?"), asked(row, ada)
    assert letters.deliver(first.pk) == LetterState.DROPPED
    assert letters.deliver(second.pk) == LetterState.SENT
    assert QUESTION in plain(postbox.only())


def test_question_of_the_desk_goes_out_at_once(
    ada_client: Client, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon: list[Letter] = []
    monkeypatch.setattr(letters, "soon", soon.append)
    (row,) = make_corrections(site)
    page = reverse("admin:desk-answer", args=[row.confirmation.pk])
    sent = {"verb": "ask", "correction": row.pk, "words": QUESTION}
    html = ada_client.post(page, sent, follow=True).content.decode()
    assert "Asked: 1 letter goes out to the study team now." in html
    assert [each.kind for each in soon] == [LetterKind.QUESTION]
    assert states() == [LetterState.WAITING]
