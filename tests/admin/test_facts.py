"""Registry facts in the admin: to read, never to write."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse

from trials import models
from trials.models import (
    ConditionIntroduction,
    EditorialText,
    RecordVersion,
    Synonym,
    Trial,
)

WRITTEN_HERE = {ConditionIntroduction, EditorialText, Synonym}
FACTS = [
    model
    for model in admin.site._registry
    if model._meta.app_label == "trials" and model not in WRITTEN_HERE
]


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_fact_admin_allows_no_writing(model, rf: RequestFactory, sam: User) -> None:
    request = rf.get("/")
    request.user = sam
    page = admin.site._registry[model]
    assert page.has_view_permission(request)
    assert not page.has_add_permission(request)
    assert not page.has_change_permission(request)
    assert not page.has_delete_permission(request)


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_fact_list_works(model, ada_client: Client, imported_oddities: Trial) -> None:
    response = ada_client.get(reverse(f"admin:trials_{model._meta.model_name}_changelist"))
    assert response.status_code == 200


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_fact_form_works(model, ada_client: Client, imported_oddities: Trial) -> None:
    row = model._default_manager.order_by("pk").first()
    response = ada_client.get(
        reverse(f"admin:trials_{model._meta.model_name}_change", args=[row.pk])
    )
    assert response.status_code == 200


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_admin_list_keeps_strangers_out(model, client: Client, db: None) -> None:
    response = client.get(
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    )
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def test_trial_search_finds_a_number_in_any_case(ada_client: Client, trial: Trial) -> None:
    page = ada_client.get(reverse("admin:trials_trial_changelist"), {"q": "nct99900004"})
    assert trial.brief_title in page.content.decode()


def test_trial_search_finds_words_of_the_title(ada_client: Client, trial: Trial) -> None:
    word = trial.brief_title.split()[0]
    page = ada_client.get(reverse("admin:trials_trial_changelist"), {"q": word})
    assert trial.nct_id in page.content.decode()


def test_problem_list_shows_rejections_and_odd_values(
    ada_client: Client, imported_oddities: Trial
) -> None:
    page = ada_client.get(reverse("admin:trials_importproblem_changelist")).content.decode()
    assert "2019-02-30" in page
    assert "X1" in page
    assert "line 2" in page


def test_record_version_shows_the_record_escaped(ada_client: Client, trial: Trial) -> None:
    version = RecordVersion.objects.get(trial=trial)
    address = reverse("admin:trials_recordversion_change", args=[version.pk])
    page = ada_client.get(address).content.decode()
    assert "&quot;nctId&quot;: &quot;NCT99900004&quot;" in page


def test_trial_list_costs_the_same_for_many_trials(
    ada_client: Client, trial: Trial, django_assert_max_num_queries
) -> None:
    for number in range(30):
        models.Trial.everything.create(
            nct_id=f"NCT998{number:05}", brief_title="Copy", imported_at=trial.imported_at
        )
    with django_assert_max_num_queries(8):
        ada_client.get(reverse("admin:trials_trial_changelist"))


def test_hiding_a_trial_needs_the_permission_to_change(ada_client: Client, trial: Trial) -> None:
    ada_client.post(
        reverse("admin:trials_trial_changelist"),
        {"action": "hide_trials", "_selected_action": [trial.pk]},
    )
    assert Trial.public.filter(pk=trial.pk).exists()


def test_hidden_trial_can_be_shown_again(sam_client: Client, sam: User, trial: Trial) -> None:
    address = reverse("admin:trials_trial_changelist")
    sam_client.post(address, {"action": "hide_trials", "_selected_action": [trial.pk]})
    trial.refresh_from_db()
    assert (trial.hidden_by, trial.is_public) == (sam, False)
    sam_client.post(address, {"action": "show_trials", "_selected_action": [trial.pk]})
    trial.refresh_from_db()
    assert trial.is_public
