"""Writing a text through the form: saved, warned, refused, and never lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.editorial.ready import WORDS, add_version, write
from tests.factories import make_criterion
from trials.models import EditorialText, Revision, Trial, UnsavedWords
from trials.terms.desk import Part, State
from trials.terms.sources import Source


def address(trial: Trial) -> str:
    return reverse("admin:desk-text", args=[trial.nct_id])


def sent(text: EditorialText, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends of an untouched form, with changes."""
    text.refresh_from_db()
    head = text.head
    data: dict[str, Any] = {"head_number": head.number, "seen_version": text.trial.record_version}
    for part in Part:
        words = getattr(head, part.value)
        data[part.value] = "\r\n".join(words) if part.is_list else words
    for digest, cover in head.covers.items():
        data[f"cover-{digest}"] = f"line:{cover['line']}" if "line" in cover else "waive"
    return data | changes


def test_text_page_works(ada_client: Client, draft: EditorialText) -> None:
    page = ada_client.get(address(draft.trial))
    assert page.status_code == 200
    assert page.context["sheet"].problems == []
    assert "Save and submit for review" in page.content.decode()


def test_page_of_a_trial_that_nobody_wrote_about_offers_to_start(
    ada_client: Client, trial: Trial
) -> None:
    page = ada_client.get(address(trial)).content.decode()
    assert "Start writing" in page
    assert not EditorialText.objects.exists(), "looking changes nothing"


@pytest.mark.parametrize("nct", ["NCT99999999", "lupus"])
def test_unknown_number_is_not_found(ada_client: Client, nct: str, db: None) -> None:
    assert ada_client.get(f"/admin/desk/{nct}/").status_code == 404


def test_staff_without_a_role_find_nothing(uma_client: Client, draft: EditorialText) -> None:
    assert uma_client.get(address(draft.trial)).status_code == 404
    assert uma_client.post(address(draft.trial), sent(draft)).status_code == 404
    assert draft.revisions.count() == 2


def test_public_is_sent_to_log_in(pat: Client, draft: EditorialText) -> None:
    assert pat.get(address(draft.trial)).status_code == 302


def test_save_adds_a_revision_and_comes_back(ada_client: Client, draft: EditorialText) -> None:
    page = ada_client.post(
        address(draft.trial), sent(draft, plain_title="Walks", note="Shorter"), follow=True
    )
    assert "Saved as revision 3" in page.content.decode()
    head = Revision.objects.get(number=3)
    assert (head.plain_title, head.note, head.saved_by.username) == ("Walks", "Shorter", "ada")
    assert head.good_fit == WORDS[Part.GOOD_FIT]


def test_save_and_submit_hands_the_text_on(ada_client: Client, draft: EditorialText) -> None:
    ada_client.post(address(draft.trial), sent(draft, then="submit"))
    draft.refresh_from_db()
    assert (draft.state, draft.locked_by) == (State.IN_REVIEW, None)


def test_refused_submission_is_saved_and_says_why(ada_client: Client, draft: EditorialText) -> None:
    data = sent(draft, then="submit", good_fit="you are 8 to 65 years old")
    page = ada_client.post(address(draft.trial), data, follow=True).content.decode()
    assert "Saved, but not submitted" in page
    draft.refresh_from_db()
    assert (draft.state, draft.head.good_fit) == (State.DRAFT, ["you are 8 to 65 years old"])


def test_finding_can_be_answered_with_a_typed_reason(
    ada_client: Client, draft: EditorialText
) -> None:
    lines = ["you are 18 to 65 years old", "you have slept badly for 12 weeks"]
    ada_client.post(address(draft.trial), sent(draft, good_fit="\n".join(lines)))
    page = ada_client.get(address(draft.trial))
    (finding,) = [one for part in page.context["sheet"].parts for one in part.to_answer]
    data = sent(draft, **{f"answer-{finding.key}": "The team told us so by letter."})
    ada_client.post(address(draft.trial), data)
    draft.refresh_from_db()
    assert draft.head.answers[finding.key] == {
        "reason": "The team told us so by letter.",
        "by": "ada",
    }
    problems = ada_client.get(address(draft.trial)).context["sheet"].problems
    assert not [problem for problem in problems if "12" in problem.sentence]


def test_somebody_elses_save_is_shown_and_ones_own_words_stay(
    ada_client: Client, draft: EditorialText, ada: User
) -> None:
    mine = sent(draft, plain_title="My title")
    write(draft, ada, words=WORDS | {Part.PLAIN_TITLE: "Their title"})
    page = ada_client.post(address(draft.trial), mine)
    assert page.status_code == 409
    said = page.content.decode()
    assert "saved while you were writing" in said
    assert "<ins>Their" in said
    assert "My title" in said
    again = mine | {"head_number": page.context["form"]["head_number"].value()}
    ada_client.post(address(draft.trial), again)
    draft.refresh_from_db()
    assert draft.head.plain_title == "My title"


def test_field_left_alone_has_the_words_of_the_other(
    ada_client: Client, draft: EditorialText, ada: User
) -> None:
    mine = sent(draft, plain_title="My title") | {"sign-plain_summary": "on"}
    write(draft, ada, words=WORDS | {Part.PLAIN_SUMMARY: "Their summary."})
    form = ada_client.post(address(draft.trial), mine).context["form"]
    assert form["plain_title"].value() == "My title"
    assert form["plain_summary"].value() == "Their summary."
    assert not form["sign-plain_summary"].value()


def test_half_filled_form_loses_nothing(ada_client: Client, draft: EditorialText) -> None:
    data = sent(draft, plain_title="Kept title", plain_summary="x" * 20_001)
    page = ada_client.post(address(draft.trial), data)
    assert page.status_code == 400
    assert "Kept title" in page.content.decode()
    assert draft.revisions.count() == 2


def test_pasted_markup_is_cleaned_and_the_writer_told(
    ada_client: Client, draft: EditorialText
) -> None:
    data = sent(draft, plain_title="<p class='MsoNormal'><b>Sea</b> air &lt;5 mg</p>")
    page = ada_client.post(address(draft.trial), data, follow=True).content.decode()
    draft.refresh_from_db()
    assert draft.head.plain_title == "Sea air <5 mg"
    assert "Plain title:" in page


def test_script_is_refused_with_the_reason(ada_client: Client, draft: EditorialText) -> None:
    data = sent(draft, plain_title="<script>alert(1)</script>Sea air")
    page = ada_client.post(address(draft.trial), data)
    assert page.status_code == 400
    assert page.context["form"].errors["plain_title"]
    assert draft.revisions.count() == 2


def test_lost_session_brings_the_words_back_after_login(
    client: Client, ada: User, draft: EditorialText
) -> None:
    client.force_login(ada)
    form = client.get(address(draft.trial))
    data = sent(draft, plain_title="Typed too late", ticket=form.context["sheet"].ticket)
    client.logout()
    answer = client.post(address(draft.trial), data)
    assert answer.status_code == 302
    assert "login" in answer.url
    client.force_login(ada)
    page = client.get(address(draft.trial))
    assert page.context["form"]["plain_title"].value() == "Typed too late"
    assert "could not be saved" in page.content.decode()
    client.post(address(draft.trial), sent(draft, plain_title="Typed too late"))
    assert not UnsavedWords.objects.exists()


def test_form_of_another_session_keeps_the_words(ada: User, draft: EditorialText) -> None:
    """Somebody logged in again in another tab: the form's token is of the session before."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    ticket = client.get(address(draft.trial)).context["sheet"].ticket
    data = sent(draft, plain_title="Old tab", ticket=ticket, csrfmiddlewaretoken="x" * 64)
    answer = client.post(address(draft.trial), data)
    assert answer.status_code == 403
    assert "What you wrote is kept" in answer.content.decode()
    assert UnsavedWords.objects.get().words["plain_title"] == "Old tab"


@pytest.mark.parametrize("ticket", ["", "forged", None])
def test_stranger_can_leave_no_words_behind(
    pat: Client, draft: EditorialText, ticket: str | None
) -> None:
    data = sent(draft) | ({"ticket": ticket} if ticket is not None else {})
    pat.post(address(draft.trial), data)
    assert not UnsavedWords.objects.exists()


def test_writers_lock_is_seen_by_others(sam_client: Client, draft: EditorialText) -> None:
    page = sam_client.get(address(draft.trial)).content.decode()
    assert "ada is writing this text" in page
    assert "Break the lock" in page
    assert "Save draft" not in page


def test_stale_field_shows_what_changed(ada_client: Client, draft: EditorialText) -> None:
    add_version(draft.trial, [Source.CRITERIA])
    parts = {
        part.name: part.stale
        for part in ada_client.get(address(draft.trial)).context["sheet"].parts
    }
    assert {name for name, stale in parts.items() if stale} == {"good_fit", "not_a_fit"}


def test_text_page_costs_the_same_for_few_and_many_revisions(
    ada_client: Client, draft: EditorialText, ada: User, django_assert_max_num_queries
) -> None:
    for _ in range(5):
        write(draft, ada)
    ada_client.get(address(draft.trial))
    with django_assert_max_num_queries(45):
        ada_client.get(address(draft.trial))


def test_page_offers_lines_for_each_criterion(ada_client: Client, draft: EditorialText) -> None:
    covers = ada_client.get(address(draft.trial)).context["sheet"].covers
    assert [cover.text for cover in covers] == [
        "Insomnia for at least 3 months",
        "History of sleepwalking",
    ]
    assert not any(cover.is_open for cover in covers)


@pytest.mark.parametrize(
    "field", ["cover-abc", "cover-a\0bc", "waive-abc", "answer-abc", "answer-a\0bc"]
)
def test_nul_in_a_field_beside_the_words_is_dropped(
    ada_client: Client, draft: EditorialText, field: str
) -> None:
    said = {"cover-abc": "waive"} | {field: "line:no\0thing" if "cover" in field else "no\0thing"}
    assert ada_client.post(address(draft.trial), sent(draft, **said)).status_code == 302
    draft.refresh_from_db()
    assert "nothing" in str(draft.head.covers | draft.head.answers)


def test_nul_in_a_form_of_a_lost_session_is_dropped(
    client: Client, ada: User, draft: EditorialText
) -> None:
    client.force_login(ada)
    ticket = client.get(address(draft.trial)).context["sheet"].ticket
    client.logout()
    data = sent(draft, plain_title="Too\0 late", ticket=ticket)
    assert client.post(address(draft.trial), data).status_code == 302
    assert UnsavedWords.objects.get().words["plain_title"] == "Too late"


def test_criterion_shows_what_stands_above_it(
    ada_client: Client, trial: Trial, draft: EditorialText
) -> None:
    """“Skin cancer” is a reason not to join, unless “except” stands above it."""
    above = make_criterion(trial, "Any cancer, except:", section="exclusion")
    make_criterion(trial, "skin cancer that was removed", parent=above)
    covers = ada_client.get(address(trial)).context["sheet"].covers
    found = {cover.text: list(cover.above) for cover in covers}
    assert found["skin cancer that was removed"] == ["Any cancer, except:"]


def test_save_keeps_signatures_whatever_the_order_of_the_sources(
    ada_client: Client, draft: EditorialText
) -> None:
    passages = {row.part: row for row in draft.head.passages.all()}
    ticked = {f"sources-{part}": sorted(row.sources) for part, row in passages.items()}
    ada_client.post(address(draft.trial), sent(draft, **ticked))
    draft.refresh_from_db()
    assert draft.head.number == 3
    signed = draft.head.passages.filter(signed_at__isnull=False).count()
    assert signed == sum(row.signed_at is not None for row in passages.values())
