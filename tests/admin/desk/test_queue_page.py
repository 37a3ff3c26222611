"""The admin's front page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.coordinators.correcting import make_correction
from tests.coordinators.rows import make_answer, make_open_site, remove
from tests.editorial.ready import add_version, make_live, make_sleep_trial
from tests.factories import make_trial
from trials import indexing
from trials.coordinators import corrections, teams
from trials.editorial import assignments
from trials.editorial.texts import text_of
from trials.models import AuditEvent, Correction, EditorialText, Trial
from trials.terms.sources import Source

INDEX = "/admin/"


def rows(page) -> list[str]:
    return [row.nct_id for row in page.context["rows"]]


def test_queue_works(ada_client: Client, live: EditorialText) -> None:
    add_version(live.trial, [Source.OVERALL_STATUS, Source.KEYWORDS])
    page = ada_client.get(INDEX)
    said = page.content.decode()
    assert rows(page) == [live.trial.nct_id]
    assert "status of the whole study" in said
    assert "Urgent: if it is open" in said
    assert "keywords" not in said
    assert "All tables" in said


def test_empty_queue_says_so_and_offers_everybodys(ada_client: Client, db: None) -> None:
    page = ada_client.get(INDEX, {"queue": "review", "who": "me"}).content.decode()
    assert "No text waits for your review." in page
    assert 'href="?queue=review"' in page


def test_staff_without_a_role_see_the_tables_alone(uma_client: Client, live: EditorialText) -> None:
    page = uma_client.get(INDEX).content.decode()
    assert "You have no role at the desk" in page
    assert live.trial.nct_id not in page


@pytest.mark.parametrize(
    "query", [{"queue": "nonsense"}, {"page": "0"}, {"page": "x"}, {"who": "z"}, {"page": "399"}]
)
def test_odd_address_shows_a_queue_all_the_same(
    ada_client: Client, live: EditorialText, query: dict[str, str]
) -> None:
    assert ada_client.get(INDEX, query).status_code == 200


def test_number_leads_to_its_trial(ada_client: Client, live: EditorialText) -> None:
    page = ada_client.get(INDEX, {"number": f" {live.trial.nct_id.lower()} "})
    assert page.url == reverse("admin:desk-text", args=[live.trial.nct_id])
    said = ada_client.get(INDEX, {"number": "12"}).content.decode()
    assert "A trial number is NCT and eight digits" in said


def test_queue_costs_the_same_for_few_and_many(
    ada_client: Client, ada: User, ben: User, cleo: User, django_assert_max_num_queries
) -> None:
    for _ in range(4):
        text = make_live(make_sleep_trial(), ada, ben, cleo)
        add_version(text.trial, [Source.AGES])
    for _ in range(30):
        make_trial()
    indexing.refresh(list(Trial.everything.values_list("pk", flat=True)))
    for queue in ("changed", "new"):
        with django_assert_max_num_queries(22):
            ada_client.get(INDEX, {"queue": queue})


def test_long_queue_has_pages(ada_client: Client, db: None) -> None:
    for _ in range(26):
        make_trial()
    indexing.refresh(list(Trial.everything.values_list("pk", flat=True)))
    first = ada_client.get(INDEX, {"queue": "new"})
    second = ada_client.get(INDEX, {"queue": "new", "page": 2})
    assert (len(rows(first)), len(rows(second))) == (25, 1)
    assert "Next page" in first.content.decode()
    assert "Next page" not in second.content.decode()


def test_ticked_trials_are_given_to_somebody(ada_client: Client, ada: User, ben: User) -> None:
    trials = [make_trial(), make_trial()]
    data = {"trials": [trial.pk for trial in trials], "act": "assign", "person": ben.pk}
    page = ada_client.post(reverse("admin:desk-bulk"), data, follow=True).content.decode()
    assert "Done for 2 trials." in page
    assert set(EditorialText.objects.values_list("assigned_to__username", flat=True)) == {"ben"}
    assert AuditEvent.objects.filter(verb="assign", done_by=ada).count() == 2


def test_ticked_page_is_asked_for_again_and_another_says_why_not(
    ben_client: Client, live: EditorialText
) -> None:
    other = make_trial()
    data = {"trials": [live.trial.pk, other.pk], "act": "requeue", "reason": "Odd dose"}
    page = ben_client.post(reverse("admin:desk-bulk"), data, follow=True).content.decode()
    assert "Done for 1 trial." in page
    assert f"{other.nct_id}: Patients don’t see a text" in page
    live.refresh_from_db()
    assert live.requeued_by.username == "ben"


def test_nothing_ticked_says_what_to_do(ada_client: Client, db: None) -> None:
    page = ada_client.post(reverse("admin:desk-bulk"), {"act": "assign"}, follow=True)
    assert "Tick at least one trial first." in page.content.decode()


def test_bulk_leads_back_to_our_own_pages_only(ada_client: Client, db: None) -> None:
    data = {"act": "assign", "back": "https://elsewhere.example/"}
    assert ada_client.post(reverse("admin:desk-bulk"), data).url == INDEX
    back = f"{INDEX}?queue=new"
    assert ada_client.post(reverse("admin:desk-bulk"), data | {"back": back}).url == back


def test_bulk_and_export_are_for_the_desk(uma_client: Client, db: None) -> None:
    assert uma_client.post(reverse("admin:desk-bulk")).status_code == 404
    assert uma_client.get(reverse("admin:desk-export")).status_code == 404


def test_export_holds_the_queue_and_no_formula(ada_client: Client, ben: User) -> None:
    trial = make_trial(brief_title="=HYPERLINK(1)")
    indexing.refresh([trial.pk])
    assignments.assign(text=text_of(trial), to=ben, by=ben)
    response = ada_client.get(reverse("admin:desk-export"), {"queue": "new"})
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0] == "trial,title,state,what changed,urgency,waiting since,assigned to"
    assert lines[1].startswith(f"{trial.nct_id},'=HYPERLINK(1),Not started,")
    assert lines[1].endswith(",ben")
    assert "attachment" in response["Content-Disposition"]


def test_what_a_study_team_is_asked_is_a_queue_of_its_own(ada_client: Client, ada: User) -> None:
    row, other = make_correction(site := make_open_site()), make_correction(make_open_site())
    corrections.ask_back(correction=row, question="Is that a direct line?", by=ada)

    asked = ada_client.get(INDEX, {"queue": "asked"})
    waiting = ada_client.get(INDEX, {"queue": "corrections"})

    assert rows(asked) == [site.trial.nct_id]
    assert rows(waiting) == [other.trial.nct_id]
    assert "Phone number: Is that a direct line?" in asked.content.decode()
    assert "What we asked" in asked.content.decode()


def test_question_that_was_answered_or_is_old_comes_back(ada_client: Client, ada: User) -> None:
    old, answered = make_correction(make_open_site()), make_correction(make_open_site())
    for row in (old, answered):
        corrections.ask_back(correction=row, question="Is that a direct line?", by=ada)
    Correction.objects.filter(pk=old.pk).update(decided_at=timezone.now() - timedelta(days=31))
    make_answer(answered.site)

    assert rows(ada_client.get(INDEX, {"queue": "asked"})) == []
    assert len(rows(ada_client.get(INDEX, {"queue": "corrections"}))) == 2


def test_coordinator_whose_site_is_gone_waits_until_the_desk_ends_it(
    ada_client: Client, ada: User
) -> None:
    site = make_open_site()
    row = teams.give(site=site, address="joy@team.example", name="Joy Otieno", by=ada)
    teams.hand_over(row=row, address="kim@team.example")
    teams.give(site=make_open_site(), address="ida@team.example", by=ada)
    assert rows(ada_client.get(INDEX, {"queue": "gone"})) == []

    remove(site)

    page = ada_client.get(INDEX, {"queue": "gone"})
    assert rows(page) == [site.trial.nct_id]
    assert "Joy Otieno: Lighthouse Clinic, Kisumu, Kenya" in page.content.decode()
    there = page.context["rows"][0].address
    assert there == f"/admin/desk/coordinators/?q=joy%40team.example+{site.trial.nct_id}"
    said = ada_client.get(there).content.decode()
    assert "The registry no longer lists it" in said
    assert f'href="/admin/trials/site/?q={site.trial.nct_id}"' in said
    assert "ida@team.example" not in said

    row.refresh_from_db()
    teams.take_away(row=row, by=ada)
    assert rows(ada_client.get(INDEX, {"queue": "gone"})) == []
