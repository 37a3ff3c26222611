"""Readers' reports on the desk: in the queue, beside the text, closed with an outcome."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_site, make_trial
from trials.models import AuditEvent, EditorialText, ReaderReport, Site, Trial
from trials.terms.reports import ReportKind

NOW = timezone.now()


def make_report(
    trial: Trial,
    kind: str = "NO_CONTACT",
    days: int = 0,
    place: str = "",
    site: Site | None = None,
) -> int:
    row = ReaderReport.objects.create(
        trial=trial,
        kind=kind,
        place=place or ("A place" if site else ""),
        site=site,
        reported_on=NOW.date() - timedelta(days=days),
    )
    return row.pk


def page_of(client: Client, trial: Trial) -> str:
    return client.get(reverse("admin:desk-text", args=[trial.nct_id])).content.decode()


def close(client: Client, trial: Trial, *numbers: int, **data: object) -> str:
    sent = {"verb": "close-reports", "reports": numbers, "outcome": "CORRECTED"} | data
    address = reverse("admin:desk-act", args=[trial.nct_id])
    return client.post(address, sent, follow=True).content.decode()


def test_queue_lists_reported_trials_with_what_readers_say(
    ada_client: Client, draft: EditorialText
) -> None:
    bare = make_trial()
    make_report(bare, days=4)
    make_report(bare, days=2)
    make_report(bare, "WRONG")
    make_report(draft.trial, "HARD_WORDS", days=1)
    response = ada_client.get("/admin/", {"queue": "reports"})
    rows = response.context["rows"]
    assert [(row.nct_id, row.what, row.days) for row in rows] == [
        (bare.nct_id, "1 × something seems wrong, 2 × the contact did not work", "4 days"),
        (draft.trial.nct_id, "1 × hard to understand", "1 day"),
    ]
    assert [row.state for row in rows] == ["Not started", "Draft"]
    html = response.content.decode()
    assert "What readers report" in html
    assert 'Reader reports <span class="desk-count">2</span>' in html


def test_front_page_opens_on_reports_where_nothing_changed(
    ben_client: Client, trial: Trial
) -> None:
    make_report(trial)
    assert ben_client.get("/admin/").context["here"].value == "reports"


def test_queue_costs_the_same_for_one_and_for_many(
    ada_client: Client, trial: Trial, django_assert_max_num_queries
) -> None:
    for _ in range(6):
        make_report(make_trial())
    with django_assert_max_num_queries(30):
        ada_client.get("/admin/", {"queue": "reports"})


def test_queue_can_be_downloaded(ada_client: Client, trial: Trial) -> None:
    make_report(trial)
    response = ada_client.get(reverse("admin:desk-export"), {"queue": "reports"})
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "1 × the contact did not work" in lines[1]


def test_text_page_shows_open_reports_the_oldest_first(ada_client: Client, trial: Trial) -> None:
    make_report(trial, "NOT_TAKING", place="<b>Ward</b>")
    make_report(trial, "HARD_WORDS", days=3)
    html = page_of(ada_client, trial)
    assert html.index("Hard to understand") < html.index("They say they are not taking people")
    assert "&lt;b&gt;Ward" in html
    assert "What readers report" not in page_of(ada_client, make_trial())


@pytest.mark.parametrize("who", ["ada_client", "ben_client", "cleo_client"])
def test_everybody_at_the_desk_can_close_reports(
    who: str, trial: Trial, request: pytest.FixtureRequest
) -> None:
    numbers = [make_report(trial), make_report(trial, "WRONG")]
    left = make_report(trial, "NO_ANSWER")
    client: Client = request.getfixturevalue(who)
    page = close(client, trial, *numbers, outcome="PASSED_ON", reason="Wrote to them")
    assert "2 reports are closed." in page
    assert "closed a reader’s report: Passed to the study team" in page
    assert ReaderReport.objects.get(closed_at=None).pk == left
    assert AuditEvent.objects.filter(verb="close report", reason="Wrote to them").count() == 2


@pytest.mark.parametrize(
    "data", [{"outcome": ""}, {"outcome": "GONE"}, {"reports": []}, {"reports": ["0"]}], ids=str
)
def test_half_an_answer_closes_nothing_and_says_so(
    ada_client: Client, trial: Trial, data: dict[str, object]
) -> None:
    page = close(ada_client, trial, make_report(trial), **data)
    assert "errornote" in page or 'class="error"' in page
    assert ReaderReport.objects.filter(closed_at=None).count() == 1


def test_report_on_another_trial_is_not_closed(ada_client: Client, trial: Trial) -> None:
    elsewhere = make_report(make_trial())
    close(ada_client, trial, elsewhere)
    assert ReaderReport.objects.filter(closed_at=None).count() == 1


def test_report_that_a_colleague_closed_meanwhile_closes_none_of_the_others(
    ada_client: Client, ben_client: Client, trial: Trial
) -> None:
    both = make_report(trial), make_report(trial, "WRONG")
    close(ben_client, trial, both[1])
    assert "closed this report already" in close(ada_client, trial, *both)
    assert ReaderReport.objects.get(closed_at=None).pk == both[0]


def test_staff_without_a_role_close_nothing(uma_client: Client, trial: Trial) -> None:
    number = make_report(trial)
    uma_client.post(
        reverse("admin:desk-act", args=[trial.nct_id]),
        {"verb": "close-reports", "reports": [number], "outcome": "CORRECTED"},
    )
    assert ReaderReport.objects.filter(closed_at=None).count() == 1


def test_list_of_reports_shows_nothing_that_tells_readers_apart(
    sam_client: Client, trial: Trial, sam: User
) -> None:
    site = make_site(trial)
    row = ReaderReport.objects.create(
        trial=trial,
        site=site,
        place="Lighthouse Clinic",
        kind=ReportKind.NO_ANSWER,
        reported_on=NOW.date(),
        reporter="zq7x",
    )
    pages = [
        sam_client.get(reverse("admin:trials_readerreport_changelist")),
        sam_client.get(reverse("admin:trials_readerreport_change", args=[row.pk])),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "Lighthouse Clinic" in page.content.decode()
        assert "zq7x" not in page.content.decode()


@pytest.mark.parametrize("lookup", ["reporter", "reporter__startswith", "reporter__regex"])
def test_list_of_reports_can_t_be_asked_which_are_of_one_reader(
    sam_client: Client, trial: Trial, lookup: str
) -> None:
    make_report(trial)
    address = reverse("admin:trials_readerreport_changelist")
    assert sam_client.get(address, {"kind": "NO_CONTACT"}).status_code == 200
    assert sam_client.get(address, {lookup: "a"}).status_code == 400
