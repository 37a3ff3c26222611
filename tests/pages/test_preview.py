"""A text as patients will see it, at a private address."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.editorial.ready import WORDS, make_draft, make_live, make_sleep_trial, write
from trials.models import EditorialText, Trial
from trials.terms.desk import Part


@pytest.fixture
def trial(db: None) -> Trial:
    return make_sleep_trial()


def main_of(page: str) -> str:
    return page.split('<header class="sheet cover')[1].split("</main>")[0]


def test_preview_works_and_is_the_page_that_patients_will_see(
    trial: Trial, ada: User, ben: User, cleo: User, ada_client: Client, pat: Client
) -> None:
    text = make_live(trial, ada, ben, cleo)
    assert text.head is not None
    preview = ada_client.get(f"/trials/{trial.nct_id}/preview/").content.decode()
    public = pat.get(f"/trials/{trial.nct_id}/").content.decode()
    assert main_of(preview) == main_of(public)
    assert "Preview of revision 2: not published" in preview
    assert "Preview" not in public


def test_preview_shows_the_draft_beside_the_live_page(
    trial: Trial, ada: User, ada_client: Client, pat: Client
) -> None:
    text = make_draft(trial, ada)
    write(text, ada, words=WORDS | {Part.PLAIN_TITLE: "A title to come"})
    response = ada_client.get(f"/trials/{trial.nct_id}/preview/")
    assert "A title to come" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex, nofollow"' in response.content.decode()
    assert "A title to come" not in pat.get(f"/trials/{trial.nct_id}/").content.decode()
    text.refresh_from_db()
    assert (text.is_live, text.plain_title) == (False, ""), "looking changes nothing"


def test_preview_of_an_unwritten_trial_is_not_found(trial: Trial, ada_client: Client) -> None:
    assert ada_client.get(f"/trials/{trial.nct_id}/preview/").status_code == 404
    assert ada_client.get("/trials/lupus/preview/").status_code == 404
    assert not EditorialText.objects.exists()


def test_preview_is_for_the_desk(trial: Trial, ada: User, pat: Client, uma_client: Client) -> None:
    make_draft(trial, ada)
    assert pat.get(f"/trials/{trial.nct_id}/preview/").status_code == 302
    assert uma_client.get(f"/trials/{trial.nct_id}/preview/").status_code == 404
