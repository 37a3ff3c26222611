"""Revisions side by side, and who did what."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.editorial.ready import WORDS, write
from trials.models import EditorialText, Trial
from trials.terms.desk import Part


def address(text: EditorialText) -> str:
    return reverse("admin:desk-history", args=[text.trial.nct_id])


def test_history_works(ada_client: Client, live: EditorialText) -> None:
    page = ada_client.get(address(live)).content.decode()
    for words in ("started writing", "submitted the text", "approved the text", "published the"):
        assert words in page
    assert "From revision 2" in page


def test_two_revisions_show_word_by_word_what_differs(
    ada_client: Client, draft: EditorialText, ada: User
) -> None:
    write(draft, ada, words=WORDS | {Part.PLAIN_TITLE: "Sea walks for people who sleep badly"})
    page = ada_client.get(address(draft), {"left": 2, "right": 3})
    assert [one.label for one in page.context["differences"]] == ["Plain title"]
    assert "<del>air</del>" in page.content.decode()
    assert "<ins>walks</ins>" in page.content.decode()


def test_same_revision_twice_says_the_same(ada_client: Client, draft: EditorialText) -> None:
    page = ada_client.get(address(draft), {"left": 2, "right": 2}).content.decode()
    assert "Both say the same." in page


@pytest.mark.parametrize("query", [{"left": 99, "right": 1}, {"left": 1, "right": 99}])
def test_unknown_revision_is_not_found(
    ada_client: Client, draft: EditorialText, query: dict[str, int]
) -> None:
    assert ada_client.get(address(draft), query).status_code == 404


def test_history_of_an_unwritten_trial_is_not_found(ada_client: Client, trial: Trial) -> None:
    found = ada_client.get(reverse("admin:desk-history", args=[trial.nct_id]))
    assert found.status_code == 404


def test_history_is_for_the_desk(uma_client: Client, live: EditorialText) -> None:
    assert uma_client.get(address(live)).status_code == 404


def test_history_costs_the_same_for_few_and_many(
    ada_client: Client, ada: User, draft: EditorialText, django_assert_max_num_queries
) -> None:
    for _ in range(12):
        write(draft, ada)
    with django_assert_max_num_queries(16):
        ada_client.get(address(draft))
