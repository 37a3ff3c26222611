"""What the checks say of a field while it is written."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from trials.models import EditorialText


def check(client: Client, text: EditorialText, **data: str):
    return client.post(reverse("admin:desk-check", args=[text.trial.nct_id]), data)


def test_check_works(ada_client: Client, draft: EditorialText) -> None:
    answer = check(ada_client, draft, part="good_fit", words="you are 8 to 65 years old")
    found = answer.json()
    assert [(one["level"], one["quote"]) for one in found["findings"]] == [("block", "8")]
    assert found["low"] == 7.0


def test_check_reads_the_ticked_sources(ada_client: Client, draft: EditorialText) -> None:
    words = {"part": "good_fit", "words": "you are 18 to 65 years old"}
    assert check(ada_client, draft, **words).json()["findings"] == []
    (finding, *_) = check(ada_client, draft, **words, sources="brief_title").json()["findings"]
    assert (finding["level"], len(finding["key"])) == ("block", 20)


def test_check_grades_a_paragraph(ada_client: Client, draft: EditorialText) -> None:
    words = "You walk near the water every morning. The study team asks how long you were asleep."
    found = check(ada_client, draft, part="taking_part", words=words).json()
    assert 0 < found["grade_value"] < 7
    assert found["grade"]


def test_check_saves_nothing_and_renews_the_lock(ada_client: Client, draft: EditorialText) -> None:
    earlier = timezone.now() - timedelta(minutes=5)
    EditorialText.objects.update(locked_at=earlier)
    check(ada_client, draft, part="plain_title", words="Something else")
    draft.refresh_from_db()
    assert draft.locked_at > earlier
    assert draft.revisions.count() == 2


@pytest.mark.parametrize(
    "data", [{}, {"part": "password"}, {"part": "good_fit", "words": "x" * 20_001}]
)
def test_check_of_something_else_is_refused(
    ada_client: Client, draft: EditorialText, data: dict[str, str]
) -> None:
    assert check(ada_client, draft, **data).status_code == 400


def test_check_is_for_the_desk(uma_client: Client, draft: EditorialText) -> None:
    assert check(uma_client, draft, part="plain_title", words="x").status_code == 404
