"""A trial as a card of a list."""

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.pages.rows import add_sites, add_trial, add_trials, hide, publish
from trials.models import Eligibility, Site
from trials.pages.presenters.card import cards, first_sentence

pytestmark = pytest.mark.django_db


def test_card_works(ada: User) -> None:
    trial = add_trial()
    publish(trial, ada, plain_title="Walks for better sleep")

    card = cards([trial.pk])[0]

    assert str(card.title) == "Walks for better sleep"
    assert card.status.words == "Open to new participants"
    assert (card.ages, card.sex, card.phase) == ("18 years and over", "All sexes", "2")
    assert card.reviewed == "15 June 2026"


def test_cards_keep_the_order_and_leave_out_what_is_not_public(ada: User) -> None:
    first, second, hidden = add_trials(3)
    hide(hidden, ada)

    shown = cards([second.pk, hidden.pk, first.pk])

    assert [card.nct_id for card in shown] == [second.nct_id, first.nct_id]


def test_card_of_a_draft_is_in_the_study_teams_words(ada: User) -> None:
    trial = add_trial()
    publish(trial, ada, state="DRAFT", is_live=False)

    card = cards([trial.pk])[0]

    assert str(card.title) == trial.brief_title
    assert str(card.summary) == "This study looks at a new way to help people sleep."
    assert card.reviewed_on is None


def test_card_of_a_silent_record_says_so() -> None:
    trial = add_trial(
        brief_title="", brief_summary="", overall_status="", phases=[], last_update_posted_date=None
    )
    Eligibility.objects.all().delete()

    card = cards([trial.pk])[0]

    assert str(card.title) == trial.nct_id
    assert not card.summary
    assert card.status.words == "Status not stated"
    assert (card.ages, card.sex) == ("Not stated in the record", "Not stated in the record")
    assert (card.phase, card.places) == ("Not stated", "No sites listed yet")
    assert card.changed.iso == ""


@pytest.mark.parametrize(
    ("sites", "words"),
    [
        ([], "No sites listed yet"),
        ([("Kisumu", "Kenya")], "1 site (Kisumu)"),
        ([("", "Kenya")], "1 site (Kenya)"),
        ([("", "")], "1 site"),
        ([("Kisumu", "Kenya"), ("Nairobi", "Kenya")], "2 sites in Kenya"),
        ([("Kisumu", "Kenya"), ("Oslo", "Norway"), ("X", "")], "3 sites in 2 countries"),
        ([("X", ""), ("Y", "")], "2 sites"),
    ],
)
def test_card_sums_up_places(sites: list[tuple[str, str]], words: str) -> None:
    trial = add_trial()
    for city, country in sites:
        add_sites(trial, 1, country=country, city=city)

    assert cards([trial.pk])[0].places == words


@pytest.mark.parametrize("sites", [1, 1000])
def test_cards_are_three_queries_and_no_rows_of_silent_sites(
    django_assert_num_queries: DjangoAssertNumQueries, sites: int
) -> None:
    pks = []
    for trial in add_trials(20 if sites == 1 else 2):
        add_sites(trial, sites)
        pks.append(trial.pk)

    with django_assert_num_queries(3):
        shown = cards(pks)

    assert Site.everything.count() == sites * len(pks)
    assert {card.places for card in shown} == {cards(pks[:1])[0].places}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "We test a drug, e.g. aspirin, in adults. More.",
            "We test a drug, e.g. aspirin, in adults.",
        ),
        ("Is a walk a day good for the heart? We ask.", "Is a walk a day good for the heart?"),
        ("* a first point of the list\n* a second", "a first point of the list a second"),
        (
            "Adults with a weight \\> 50 kg can join us.",
            "Adults with a weight > 50 kg can join us.",
        ),
        (
            "本研究评估一种新的药物在成年患者中的安全性和有效性研究。第二句。",
            "本研究评估一种新的药物在成年患者中的安全性和有效性研究。",
        ),
        ("", ""),
    ],
)
def test_first_sentence_of_a_registry_text(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


@given(st.text(max_size=2000))
def test_first_sentence_is_short_for_any_text(text: str) -> None:
    assert len(first_sentence(text)) <= 250


def test_first_sentence_of_an_endless_one_is_cut_at_a_word() -> None:
    assert first_sentence("many words " * 200) == "many words " * 14 + "many words…"
