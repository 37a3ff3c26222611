"""Questions about corrections, answers to them, and corrections that are taken back."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.coordinators.correcting import (
    asked_by,
    fate,
    make_correction,
    make_corrections,
    now,
    phone,
)
from tests.coordinators.rows import make_answer, make_open_site, state_of
from trials.coordinators import corrections
from trials.coordinators.corrections import Proposed
from trials.coordinators.errors import RefusedError
from trials.models import (
    Confirmation,
    Coordinator,
    Correction,
    Settlement,
    Site,
)
from trials.terms.contacts import ContactState
from trials.terms.corrections import Fate, Field
from trials.terms.reports import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make_open_site()


@pytest.fixture
def cora() -> Coordinator:
    return Coordinator.objects.create(address="cora@clinic.example")


def test_question_waits_for_the_study_team_and_its_answer_for_the_desk(
    site: Site, cora: Coordinator, ada: User
) -> None:
    (row,) = asked_by(cora, site)
    with pytest.raises(RefusedError, match="Write what you want to ask"):
        corrections.ask_back(correction=row, question="", by=ada)
    with pytest.raises(RefusedError, match="Nobody waits"):
        corrections.reply(correction=row, coordinator=cora, text="Hello?")
    corrections.ask_back(correction=row, question="Day or night?", by=ada)
    assert (fate(row), now(row).question) == (Fate.ASKED, "Day or night?")
    assert not Confirmation.objects.waiting().exists()
    for text, said in (("", "write an answer"), ("<i>day</i>", "without signs")):
        with pytest.raises(RefusedError, match=said):
            corrections.reply(correction=row, coordinator=cora, text=text)
    corrections.reply(correction=row, coordinator=cora, text="Day")
    assert (fate(row), now(row).reply) == (Fate.WAITING, "Day")
    assert Confirmation.objects.waiting().get() == row.confirmation


def test_one_question_of_two_leaves_the_answer_with_the_desk(site: Site, ada: User) -> None:
    first, second = make_corrections(site, phone(), Proposed(Field.STATUS, "", "SUSPENDED"))
    corrections.ask_back(correction=first, question="Sure?", by=ada)
    assert Confirmation.objects.waiting().count() == 1
    corrections.accept(correction=second, by=ada)
    assert not Confirmation.objects.waiting().exists()
    assert not Settlement.objects.exists()


def test_question_comes_back_when_the_team_answers_anew_or_stays_silent(
    site: Site, ada: User
) -> None:
    row = make_correction(site)
    corrections.ask_back(correction=row, question="Sure?", by=ada)
    assert not Confirmation.objects.waiting().exists()
    make_answer(make_open_site())
    assert not Confirmation.objects.waiting().exists()
    make_answer(site)
    make_answer(site)
    assert list(Confirmation.objects.waiting()) == [row.confirmation]
    silent = make_correction(make_open_site())
    corrections.ask_back(correction=silent, question="Sure?", by=ada)
    long_ago = timezone.now() - timedelta(days=31)
    Correction.objects.filter(pk=silent.pk).update(decided_at=long_ago)
    assert set(Confirmation.objects.waiting()) == {row.confirmation, silent.confirmation}


def test_coordinator_takes_back_what_is_their_own_and_undecided(
    site: Site, cora: Coordinator, ada: User
) -> None:
    stranger = Coordinator.objects.create(address="dan@clinic.example")
    (row,) = asked_by(cora, site)
    by_link = make_correction(make_open_site())
    for other, who in ((row, stranger), (by_link, cora)):
        with pytest.raises(RefusedError, match="not yours"):
            corrections.withdraw(correction=other, coordinator=who)
        with pytest.raises(RefusedError, match="not yours"):
            corrections.reply(correction=other, coordinator=who, text="x")
    corrections.withdraw(correction=row, coordinator=cora)
    settlement = Settlement.objects.get()
    assert (fate(row), settlement.outcome) == (Fate.WITHDRAWN, Outcome.NOTHING_WRONG)
    assert (settlement.settled_by, settlement.settled_at) == (None, None)
    assert state_of(site) == ContactState.NOT_CONFIRMED
    with pytest.raises(RefusedError, match="decided this correction"):
        corrections.withdraw(correction=row, coordinator=cora)
    (second,) = asked_by(cora, site)
    corrections.accept(correction=second, by=ada)
    with pytest.raises(RefusedError, match="decided this correction"):
        corrections.withdraw(correction=second, coordinator=cora)
