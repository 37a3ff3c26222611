"""The desk's lists of problems: what stands there, what does not, and what to do about it."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.admin.rows import make_full_trial, make_outdated
from trials import indexing
from trials.models import (
    EditorialText,
    OutdatedText,
    OverdueTrial,
    SiteWithoutPoint,
    Trial,
    TrialWithoutContact,
)

LISTS: tuple[type[Model], ...] = (OutdatedText, OverdueTrial, SiteWithoutPoint, TrialWithoutContact)


def _list(client: Client, model: type[Model], **query: str) -> Any:
    return client.get(reverse(f"admin:trials_{model._meta.model_name}_changelist"), query)


def _rows(client: Client, model: type[Model], **query: str) -> list[Any]:
    return list(_list(client, model, **query).context["cl"].result_list)


def _numbers(client: Client, model: type[Model], **query: str) -> list[str]:
    return [
        row.nct_id if isinstance(row, Trial) else row.trial.nct_id
        for row in _rows(client, model, **query)
    ]


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_problem_list_works(model: type[Model], ada_client: Client, ada: User) -> None:
    trial = make_full_trial(ada)
    trial.central_contacts.all().delete()
    for site in trial.sites.all():
        site.contacts.all().delete()
    page = _list(ada_client, model)
    assert page.status_code == 200
    assert trial.nct_id in page.content.decode()
    assert str(model._meta.verbose_name_plural).capitalize() in page.content.decode()


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_problem_list_without_problems_says_what_it_is_for(
    model: type[Model], ada_client: Client
) -> None:
    page = _list(ada_client, model)
    assert len(page.context["explanation"]) > 80
    assert page.context["explanation"].split(".")[0] in page.content.decode()
    assert page.context["cl"].result_count == 0


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_problem_list_is_closed_to_staff_without_a_role(
    model: type[Model], uma_client: Client
) -> None:
    assert _list(uma_client, model).status_code == 403


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_problem_list_holds_no_trial_that_people_cannot_see(
    model: type[Model], ada_client: Client, ada: User
) -> None:
    hidden, gone = make_full_trial(ada), make_full_trial(ada)
    for trial in (hidden, gone):
        trial.central_contacts.all().delete()
        for site in trial.sites.all():
            site.contacts.all().delete()
    factories.hide(hidden)
    factories.leave_registry(gone)
    assert _numbers(ada_client, model) == []


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.__name__)
def test_problem_list_finds_a_trial_by_number(
    model: type[Model], ada_client: Client, ada: User
) -> None:
    trials = [make_full_trial(ada), make_full_trial(ada)]
    for trial in trials:
        trial.central_contacts.all().delete()
        for site in trial.sites.all():
            site.contacts.all().delete()
    wanted = trials[0].nct_id
    assert _numbers(ada_client, model, q=wanted.lower()) == [wanted]
    assert _numbers(ada_client, model, q="NCT00000001") == []


# --- Published texts older than the registry ---------------------------------------------------


def test_outdated_texts_name_what_changed(ada_client: Client, ada: User) -> None:
    trial = factories.make_trial()
    make_outdated(trial, ada, changed="criteria")
    page = _list(ada_client, OutdatedText).content.decode()
    assert "eligibility criteria" in page
    assert reverse("admin:desk-text", args=[trial.nct_id]) in page


@pytest.mark.parametrize("changed", ["keywords", "record_dates", "numbers", "mesh_terms"])
def test_outdated_texts_leave_out_changes_that_nobody_reads(
    ada_client: Client, ada: User, changed: str
) -> None:
    make_outdated(factories.make_trial(), ada, changed=changed)
    assert _rows(ada_client, OutdatedText) == []


def test_outdated_texts_leave_out_what_patients_do_not_see(ada_client: Client, ada: User) -> None:
    trial = factories.make_trial()
    make_outdated(trial, ada)
    EditorialText.objects.update(is_live=False, state=EditorialText.State.UNPUBLISHED)
    assert _rows(ada_client, OutdatedText) == []


def test_outdated_texts_leave_out_a_text_held_against_the_newest_record(
    ada_client: Client, ada: User
) -> None:
    make_outdated(factories.make_trial(), ada)
    EditorialText.objects.update(based_on_version=2)
    assert _rows(ada_client, OutdatedText) == []


def test_outdated_texts_start_with_the_longest_since_a_review(
    ada_client: Client, ada: User
) -> None:
    days = [date(2026, 3, 1), date(2025, 3, 1), date(2026, 2, 1)]
    for day in days:
        trial = factories.make_trial()
        make_outdated(trial, ada)
        EditorialText.objects.filter(trial=trial).update(reviewed_on=day)
    assert [text.reviewed_on for text in _rows(ada_client, OutdatedText)] == sorted(days)


# --- Sites without coordinates -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "is_listed"),
    [("RECRUITING", True), ("NOT_YET_RECRUITING", True), ("", True), ("COMPLETED", False)],
)
def test_sites_without_coordinates_are_open_ones(
    ada_client: Client, status: str, is_listed: bool
) -> None:
    site = factories.make_site(factories.make_trial(), recruitment_status=status)
    assert [row.pk for row in _rows(ada_client, SiteWithoutPoint)] == [site.pk] * is_listed


def test_sites_with_coordinates_and_of_closed_trials_are_no_problem(ada_client: Client) -> None:
    factories.make_site(factories.make_trial(), near=(45.0, 4.0))
    factories.make_site(factories.make_trial(overall_status="COMPLETED"))
    assert _rows(ada_client, SiteWithoutPoint) == []


def test_sites_without_coordinates_narrow_to_a_country_in_all_its_spellings(
    ada_client: Client,
) -> None:
    trial = factories.make_trial()
    for number, country in enumerate(["Turkey", "Turkey (Türkiye)", "Kenya"]):
        factories.make_site(trial, name=f"Clinic {number}", country=country)
    found = _rows(ada_client, SiteWithoutPoint, country="TR")
    assert {site.facility.country for site in found} == {"Turkey", "Turkey (Türkiye)"}


# --- Open trials without contacts --------------------------------------------------------------


def test_trials_with_any_contact_are_no_problem(ada_client: Client) -> None:
    central, at_a_site, without = (factories.make_trial() for _ in range(3))
    factories.make_central_contact(central)
    factories.make_site(at_a_site, name="Ward A")
    factories.make_site_contact(factories.make_site(at_a_site, name="Ward B"))
    factories.make_site(without, name="Ward C")
    assert _numbers(ada_client, TrialWithoutContact) == [without.nct_id]


@pytest.mark.parametrize("status", ["COMPLETED", "ACTIVE_NOT_RECRUITING", "UNKNOWN"])
def test_closed_trials_need_no_contact(ada_client: Client, status: str) -> None:
    factories.make_trial(overall_status=status)
    assert _rows(ada_client, TrialWithoutContact) == []


def test_trials_without_contacts_are_the_newest_first_and_narrow_to_a_country(
    ada_client: Client,
) -> None:
    trials = [factories.make_trial() for _ in range(3)]
    for trial, country in zip(trials, ["Kenya", "France", "Kenya"], strict=True):
        factories.make_site(trial, name=f"Ward {trial.pk}", country=country)
    indexing.refresh([trial.pk for trial in trials])
    numbers = [trial.nct_id for trial in reversed(trials)]
    assert _numbers(ada_client, TrialWithoutContact) == numbers
    assert _numbers(ada_client, TrialWithoutContact, country="KE") == [numbers[0], numbers[2]]


# --- Open trials past their completion date ----------------------------------------------------


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """Let it be 22 November 2026."""
    monkeypatch.setattr("trials.models.problem_lists._today", factories.NOW.date)
    return factories.NOW.date()


@pytest.mark.parametrize(
    ("day", "precision", "is_past"),
    [
        (date(2026, 11, 21), "day", True),
        (date(2026, 11, 22), "day", False),
        (date(2026, 10, 1), "month", True),
        (date(2026, 11, 1), "month", False),
        (date(2025, 1, 1), "year", True),
        (date(2026, 1, 1), "year", False),
    ],
)
def test_trial_is_past_its_date_after_the_last_possible_day(
    ada_client: Client, today: date, day: date, precision: str, is_past: bool
) -> None:
    trial = factories.make_trial(completion_date=day, completion_date_precision=precision)
    assert _numbers(ada_client, OverdueTrial) == [trial.nct_id] * is_past


def test_trials_past_their_date_start_with_the_longest_past(ada_client: Client) -> None:
    days = [date(2020, 5, 1), date(2016, 5, 1), date(2019, 5, 1)]
    for day in days:
        factories.make_trial(completion_date=day)
    found = _rows(ada_client, OverdueTrial)
    assert [trial.completion_date for trial in found] == sorted(days)


@pytest.mark.parametrize("values", [{"overall_status": "COMPLETED"}, {"completion_date": None}])
def test_trial_that_is_closed_or_gives_no_date_is_not_past_it(
    ada_client: Client, values: dict[str, Any]
) -> None:
    factories.make_trial(**({"completion_date": date(2020, 5, 1)} | values))
    assert _rows(ada_client, OverdueTrial) == []


def test_date_of_a_month_is_shown_as_a_month(ada_client: Client) -> None:
    factories.make_trial(completion_date=date(2020, 5, 1), completion_date_precision="month")
    page = _list(ada_client, OverdueTrial).content.decode()
    assert ">2020-05<" in page
