"""Registry facts in the admin: to read, never to write."""

import json
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client, RequestFactory
from django.urls import reverse

from tests import factories
from tests.admin.rows import make_full_trial, make_run, make_version
from trials import indexing, models
from trials.models import (
    AuditEvent,
    ConditionIntroduction,
    EditorialText,
    Facility,
    GlossaryTerm,
    IdRedirect,
    ImportProblem,
    RecordVersion,
    Sponsor,
    Synonym,
    Trial,
)

# Written in the admin itself, or at the desk
WRITTEN_HERE = {ConditionIntroduction, EditorialText, GlossaryTerm, Synonym}
FACTS = [
    model
    for model in admin.site._registry
    if model._meta.app_label == "trials" and model not in WRITTEN_HERE
]
TRIALS = "admin:trials_trial_changelist"


def _list(client: Client, model: type[Any], **query: Any) -> Any:
    return client.get(reverse(f"admin:trials_{model._meta.model_name}_changelist"), query)


def _found(client: Client, model: type[Any], **query: Any) -> list[Any]:
    return list(_list(client, model, **query).context["cl"].result_list)


def _page(client: Client, row: Any) -> str:
    options = row._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
    return client.get(address).content.decode()


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
def test_fact_list_works(model, ada_client: Client, ada: User) -> None:
    make_full_trial(ada)
    assert _list(ada_client, model).status_code == 200


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_fact_form_works(model, ada_client: Client, ada: User) -> None:
    trial = make_full_trial(ada)
    make_full_trial(ada)
    if model is models.TrialWithoutContact:
        trial.central_contacts.all().delete()
        models.SiteContact.objects.filter(site__trial=trial).delete()
    row = model._default_manager.order_by("pk").first()
    address = reverse(f"admin:trials_{model._meta.model_name}_change", args=[row.pk])
    assert ada_client.get(address).status_code == 200


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model.__name__)
def test_fact_list_is_closed_to_staff_without_a_role(model, uma_client: Client) -> None:
    assert _list(uma_client, model).status_code == 403


def test_menu_holds_tables_that_make_sense_as_a_whole(ada_client: Client) -> None:
    page = ada_client.get(reverse("admin:app_list", args=["trials"])).content.decode()
    for model in (Trial, models.Site, RecordVersion, ImportProblem, models.OverdueTrial):
        assert reverse(f"admin:trials_{model._meta.model_name}_changelist") in page
    assert reverse("admin:trials_criterion_changelist") not in page


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_admin_list_keeps_strangers_out(model, client: Client, db: None) -> None:
    response = client.get(
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    )
    assert response.status_code == 302
    assert response.url.startswith("/account/login/?next=")


def test_trial_search_finds_a_number_in_any_case(ada_client: Client, trial: Trial) -> None:
    page = ada_client.get(reverse("admin:trials_trial_changelist"), {"q": "nct99900004"})
    assert trial.brief_title in page.content.decode()


def test_trial_search_finds_words_of_the_title(ada_client: Client, trial: Trial) -> None:
    typed = " ".join(trial.brief_title.split()[:4]).upper()
    assert _found(ada_client, Trial, q=typed) == [trial]


def test_trial_search_finds_a_former_number(ada_client: Client) -> None:
    trial = factories.make_trial()
    IdRedirect.objects.create(trial=trial, nct_id="NCT00000042")
    assert _found(ada_client, Trial, q="nct42") == [trial]


def test_trial_search_finds_the_start_of_a_number(ada_client: Client) -> None:
    trial, other = factories.make_trial(), factories.make_trial(nct_id="NCT33333333")
    assert _found(ada_client, Trial, q="nct333333") == [other]
    assert trial in _found(ada_client, Trial, q=trial.nct_id[:7])


@pytest.mark.parametrize("typed", ["NCT", "NCT3", "NCT99999999", "zonkitis", "…", "a' | b:*"])
def test_trial_search_for_nothing_there_is_empty(ada_client: Client, typed: str) -> None:
    indexing.refresh([factories.make_trial(brief_title="Sea air").pk])
    assert _found(ada_client, Trial, q=typed) == []


def test_trial_search_wants_all_words_and_honors_filters(ada_client: Client) -> None:
    titles = ["Sea air and sleep", "Sea air and hay fever", "Sleep alone"]
    trials = [factories.make_trial(brief_title=title, official_title="") for title in titles]
    trials[1].overall_status = "COMPLETED"
    trials[1].save()
    indexing.refresh([trial.pk for trial in trials])
    assert _found(ada_client, Trial, q="air sea") == [trials[1], trials[0]]
    assert _found(ada_client, Trial, q="air", overall_status__exact="COMPLETED") == [trials[1]]


def test_hidden_trial_is_found_by_its_number(ada_client: Client, ada: User) -> None:
    trial = factories.hide(factories.make_trial(), by=ada)
    indexing.refresh([trial.pk])
    assert _found(ada_client, Trial, q=trial.nct_id) == [trial]
    assert _found(ada_client, Trial, q="sea air") == []


def test_trial_filters_tell_what_is_shown_and_has_a_text(ada_client: Client, ada: User) -> None:
    plain, hidden, gone, live, draft = (factories.make_trial() for _ in range(5))
    factories.hide(hidden, by=ada)
    factories.leave_registry(gone)
    factories.make_published_text(live)
    EditorialText.objects.create(trial=draft, state=EditorialText.State.DRAFT)
    assert _found(ada_client, Trial, shown="hidden") == [hidden]
    assert _found(ada_client, Trial, shown="left") == [gone]
    assert _found(ada_client, Trial, shown="yes") == [draft, live, plain]
    assert _found(ada_client, Trial, text="live") == [live]
    assert _found(ada_client, Trial, text="work") == [draft]
    assert _found(ada_client, Trial, text="none") == [gone, hidden, plain]


def test_trial_list_says_where_the_text_stands(ada_client: Client) -> None:
    text = factories.make_published_text(factories.make_trial())
    assert ">Published<" in _list(ada_client, Trial).content.decode()
    EditorialText.objects.filter(pk=text.pk).update(state=EditorialText.State.IN_REVIEW)
    assert "Live; in review" in _list(ada_client, Trial).content.decode()


def test_trial_page_leads_to_all_that_belongs_to_it(ada_client: Client, ada: User) -> None:
    trial = make_full_trial(ada)
    other = make_full_trial(ada)
    factories.make_sites(trial, 40)
    page = _page(ada_client, trial)
    assert "Places: 41" in page
    assert "Contacts at places: 41" in page
    assert trial.get_absolute_url() in page
    assert reverse("admin:desk-text", args=[trial.nct_id]) in page
    assert "First version that we saw" in page
    assert "status of the whole study" in page
    sites = _found(ada_client, models.Site, trial__id__exact=trial.pk)
    assert len(sites) == 41
    assert [site.position for site in sites] == sorted(site.position for site in sites)
    contacts = _found(ada_client, models.SiteContact, site__trial__id__exact=other.pk)
    assert [contact.site.trial_id for contact in contacts] == [other.pk]


def test_site_list_filters_by_status_within_one_trial_only(ada_client: Client, ada: User) -> None:
    trial = make_full_trial(ada)
    narrowed = _list(ada_client, models.Site, trial__id__exact=trial.pk)
    assert "By recruitment status" in narrowed.content.decode()
    assert "By recruitment status" not in _list(ada_client, models.Site).content.decode()


@pytest.mark.parametrize("typed", ["light", "LIGHTHOUSE cl", "Lighthouse Clinic"])
def test_place_is_found_by_the_start_of_its_name(ada_client: Client, typed: str) -> None:
    site = factories.make_site(factories.make_trial())
    factories.make_site(factories.make_trial(), name="Clinic of the Lighthouse")
    assert _found(ada_client, Facility, q=typed) == [site.facility]
    assert f"facility__id__exact={site.facility_id}" in _page(ada_client, site.facility)


@pytest.mark.parametrize("typed", ["100%", "_", "\\"])
def test_name_search_takes_signs_of_patterns_as_they_are(ada_client: Client, typed: str) -> None:
    named = Sponsor.objects.create(name=f"{typed} Institute")
    Sponsor.objects.create(name="1000 Institutes")
    assert _found(ada_client, Sponsor, q=typed) == [named]


def test_long_name_is_found_by_its_start(ada_client: Client) -> None:
    named = Sponsor.objects.create(name="Long " * 200)
    assert _found(ada_client, Sponsor, q="long " * 30) == [named]


@pytest.mark.parametrize("typed", ["nct99900004", "X1", "protocolSection.statusModule.startDate"])
def test_import_problem_is_found_by_number_or_path(
    ada_client: Client, imported_oddities: Trial, typed: str
) -> None:
    path = ImportProblem.objects.exclude(path="").values_list("path", flat=True)[0]
    found = _found(ada_client, ImportProblem, q=path if "." in typed else typed)
    assert len(found) == 1


def test_problem_list_shows_rejections_and_odd_values(
    ada_client: Client, imported_oddities: Trial
) -> None:
    page = ada_client.get(reverse("admin:trials_importproblem_changelist")).content.decode()
    assert "2019-02-30" in page
    assert "X1" in page
    assert "line 2" in page


def test_record_version_shows_the_record_escaped(ada_client: Client, trial: Trial) -> None:
    page = _page(ada_client, RecordVersion.objects.get(trial=trial))
    assert "&quot;nctId&quot;: &quot;NCT99900004&quot;" in page


def test_record_version_says_what_changed_word_by_word(ada_client: Client) -> None:
    trial = factories.make_trial(record_version=2)
    make_version(trial, 1, modules={"conditionsModule": {"conditions": ["Bad <b>sleep</b>"]}})
    modules = {"conditionsModule": {"conditions": ["Good <b>sleep</b>"]}}
    second = make_version(trial, 2, changed_fields=["conditions"], modules=modules)
    page = _page(ada_client, second)
    assert "<h3>Conditions</h3>" in page
    assert "<del>Bad" in page
    assert "<ins>Good" in page
    assert "<b>sleep" not in page


def test_record_version_leads_to_its_neighbors(ada_client: Client) -> None:
    trial = factories.make_trial(record_version=3)
    first, second, third = (make_version(trial, number) for number in (1, 2, 3))
    address = "admin:trials_recordversion_change"
    page = _page(ada_client, second)
    assert reverse(address, args=[first.pk]) in page
    assert reverse(address, args=[third.pk]) in page
    assert "Version 2" not in _page(ada_client, first).replace("Version 2</a>", "", 1)


def test_record_version_that_cannot_be_compared_says_so(ada_client: Client) -> None:
    trial = factories.make_trial(record_version=2)
    make_version(trial, 1, raw=b"no record")
    assert "can’t be read any more" in _page(ada_client, make_version(trial, 2))


def test_large_record_is_shown_in_part_and_downloaded_whole(ada_client: Client) -> None:
    trial = factories.make_trial()
    outcomes = [{"measure": f"Measure <{number}>"} for number in range(20_000)]
    modules = {"outcomesModule": {"primaryOutcomes": outcomes}}
    make_version(trial, 1)
    version = make_version(trial, 2, modules=modules)
    page = _page(ada_client, version)
    assert len(page) < 200_000
    assert "Measure &lt;7&gt;" in page
    assert "Measure &lt;19999&gt;" not in page
    assert "The record is large" in page
    file = ada_client.get(reverse("admin:trials_recordversion_file", args=[version.pk]))
    assert file["Content-Type"] == "application/json"
    assert file["Content-Disposition"] == f'attachment; filename="{trial.nct_id}-version-2.json"'
    record = json.loads(file.content)
    assert len(record["protocolSection"]["outcomesModule"]["primaryOutcomes"]) == 20_000


def test_record_file_is_closed_to_strangers_and_absent_for_no_version(
    pat: Client, uma_client: Client, ada_client: Client
) -> None:
    version = make_version(factories.make_trial())
    address = reverse("admin:trials_recordversion_file", args=[version.pk])
    assert pat.get(address).status_code == 302
    assert uma_client.get(address).status_code == 403
    assert ada_client.get(address[:-13] + "999999/record.json").status_code == 404


def test_import_run_leads_to_its_problems(ada_client: Client, imported_oddities: Trial) -> None:
    run = models.ImportRun.objects.get()
    empty = make_run()
    assert f"run__id__exact={run.pk}" in _page(ada_client, run)
    assert len(_found(ada_client, ImportProblem, run__id__exact=run.pk)) == 2
    assert _found(ada_client, ImportProblem, run__id__exact=empty.pk) == []


# --- Hiding ------------------------------------------------------------------------------------


def _act(client: Client, action: str, *trials: Trial, **more: Any) -> str:
    data = {"action": action, "_selected_action": [trial.pk for trial in trials], **more}
    return client.post(reverse(TRIALS), data, follow=True).content.decode()


@pytest.mark.parametrize(
    ("name", "may"), [("ada", False), ("ben", False), ("cleo", True), ("sam", True), ("uma", False)]
)
def test_hiding_a_trial_is_the_publishers_right(
    name: str, may: bool, request: pytest.FixtureRequest, trial: Trial
) -> None:
    client = request.getfixturevalue(f"{name}_client")
    _act(client, "hide_trials", trial, reason="Sponsor asked")
    assert Trial.public.filter(pk=trial.pk).exists() is not may


def test_hiding_a_trial_needs_a_reason(cleo_client: Client, trial: Trial) -> None:
    assert "Write the reason" in _act(cleo_client, "hide_trials", trial, reason="  ")
    assert Trial.public.filter(pk=trial.pk).exists()


def test_hidden_trial_keeps_who_and_why_and_can_be_shown_again(
    cleo_client: Client, cleo: User, sam_client: Client, trial: Trial
) -> None:
    assert f"{trial.nct_id} is hidden" in _act(
        cleo_client, "hide_trials", trial, reason="Sponsor asked"
    )
    assert "Nothing to do" in _act(sam_client, "hide_trials", trial, reason="Me too")
    trial.refresh_from_db()
    assert (trial.hidden_by, trial.hidden_reason) == (cleo, "Sponsor asked")
    assert "is shown again" in _act(sam_client, "show_trials", trial)
    trial.refresh_from_db()
    assert trial.is_public
    verbs = AuditEvent.objects.filter(trial=trial).values_list("verb", flat=True)
    assert list(verbs) == ["show", "hide"]


def test_hiding_a_whole_list_at_once_is_refused(cleo_client: Client) -> None:
    trials = [factories.make_trial(sponsor="", eligibility=None) for _ in range(101)]
    page = _act(cleo_client, "hide_trials", trials[0], reason="Oops", select_across="1")
    assert "Choose at most 100" in page
    assert Trial.public.count() == 101


# --- Accounts ----------------------------------------------------------------------------------


def test_account_list_shows_roles(sam_client: Client, ada: User, uma: User) -> None:
    page = sam_client.get(reverse("admin:auth_user_changelist")).content.decode()
    assert ">writer<" in page
    assert ">None<" in page


def test_accounts_and_groups_are_the_superusers_alone(ada_client: Client) -> None:
    for name in ("auth_user", "auth_group"):
        assert ada_client.get(reverse(f"admin:{name}_changelist")).status_code == 403


def test_account_and_group_forms_work(sam_client: Client, ada: User) -> None:
    group = Group.objects.order_by("pk")[0]
    for row in (ada, group):
        assert "Save" in _page(sam_client, row)
