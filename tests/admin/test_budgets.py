"""What the admin's lists and forms may cost: the same for three rows and for sixty."""

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.admin import RelatedFieldListFilter
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.admin.rows import make_full_trial
from trials import indexing, models
from trials.admin.readonly import COUNTED_AT_MOST, CappedPaginator, EstimatedPaginator
from trials.models import Condition, ImportProblem, Trial

OURS = {
    model: page for model, page in admin.site._registry.items() if model._meta.app_label == "trials"
}
# As long as the team: to choose from all of them is quick.
SHORT = {Group, Permission, ContentType}
# As long as what the team wrote by hand: a few hundred rows may be read to search or sort them.
BY_HAND = {models.ConditionIntroduction, models.GlossaryTerm}
LONG = [model for model in OURS if model not in BY_HAND]
LIST_BUDGET = 8
FORM_BUDGET = 32
# A search that reads every row: a wildcard in front, or another spelling than the index has.
SCANS = re.compile(r"LIKE '%|UPPER\(\"\w+\"\.\"\w+\"::text\)")


def _fill(person: User, amount: int) -> list[Trial]:
    trials = [make_full_trial(person) for _ in range(amount)]
    trials += [factories.make_trial() for _ in range(amount)]
    indexing.refresh([trial.pk for trial in trials])
    return trials


def _addresses(kind: str) -> Iterator[tuple[type[Model], str]]:
    for model, page in [*OURS.items(), (User, admin.site._registry[User])]:
        if kind == "list":
            yield model, _named(model, "changelist")
        elif page.list_display_links is not None:
            row = model._default_manager.order_by("pk").first()
            if row is not None:
                yield model, _named(model, "change", row.pk)


def _costs(client: Client, kind: str, query: str = "") -> dict[str, int]:
    found = {}
    for model, address in _addresses(kind):
        with CaptureQueriesContext(connection) as statements:
            status = client.get(address + query).status_code
        assert status in (200, 302), address
        found[model.__name__] = len(statements)
    return found


@pytest.mark.parametrize("query", ["", "?q=NCT20000001"])
def test_admin_list_costs_the_same_for_3_rows_and_for_60(
    sam_client: Client, sam: User, query: str
) -> None:
    _fill(sam, 3)
    few = _costs(sam_client, "list", query)
    _fill(sam, 57)
    assert _costs(sam_client, "list", query) == few
    assert len(few) > 25
    assert {name: cost for name, cost in few.items() if cost > LIST_BUDGET} == {}


def test_admin_form_costs_the_same_for_3_rows_and_for_60(sam_client: Client, sam: User) -> None:
    trial = _fill(sam, 3)[0]
    _costs(sam_client, "form")  # The process learns the tables' content types.
    few = _costs(sam_client, "form")
    factories.make_sites(trial, 60, latitude=None, longitude=None)
    for number in range(60):
        factories.make_criterion(trial, f"Line {number}")
        factories.make_outcome(trial)
        factories.make_user(f"staff{number}")
    _fill(sam, 57)
    assert _costs(sam_client, "form") == few
    assert {name: cost for name, cost in few.items() if cost > FORM_BUDGET} == {}


@pytest.mark.parametrize("model", LONG, ids=lambda model: model.__name__)
def test_admin_list_neither_counts_nor_sorts_whole_tables(model: type[Model]) -> None:
    page = OURS[model]
    assert issubclass(page.paginator, CappedPaginator)
    assert not page.show_full_result_count
    assert page.show_facets is admin.ShowFacets.NEVER
    assert page.sortable_by == ()


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_admin_filter_offers_no_table_as_choices(model: type[Model], sam: User) -> None:
    shown = OURS[model].get_changelist_instance(_request(sam))
    assert not [spec for spec in shown.filter_specs if isinstance(spec, RelatedFieldListFilter)]


def test_admin_form_offers_relations_by_search_alone(sam_client: Client, sam: User) -> None:
    _fill(sam, 1)
    addresses = [address for _, address in _addresses("form")]
    for model, page in admin.site._registry.items():
        if "add" in page.get_model_perms(_request(sam)):
            addresses.append(_named(model, "add"))
    fields = [field for address in addresses for field in _related_fields(sam_client, address)]
    assert len(fields) > 3
    for field in fields:
        widget = getattr(field.widget, "widget", field.widget)
        assert field.queryset.model in SHORT or isinstance(widget, AutocompleteSelect)


def _related_fields(client: Client, address: str) -> list[ModelChoiceField]:
    form = (client.get(address).context or {}).get("adminform")
    fields = form.form.fields.values() if form else []
    return [field for field in fields if isinstance(field, ModelChoiceField)]


def _request(person: User) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = person
    return request


def _named(model: type[Model], page: str, *arguments: object) -> str:
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{page}", args=arguments)


@pytest.mark.parametrize("model", LONG, ids=lambda model: model.__name__)
def test_admin_search_uses_no_pattern_that_reads_every_row(
    model: type[Model], sam_client: Client
) -> None:
    for typed in ("NCT20000001", "nct20000001", "NCT200000", "sea air", "Clinic"):
        with CaptureQueriesContext(connection) as statements:
            sam_client.get(_named(model, "changelist"), {"q": typed})
        assert not [one["sql"] for one in statements if SCANS.search(one["sql"])]


def test_long_list_says_that_there_are_more_than_were_counted(sam_client: Client, db: None) -> None:
    Condition.objects.bulk_create(
        Condition(slug=f"c{number:05}", name="C") for number in range(COUNTED_AT_MOST + 50)
    )
    rows = Condition.objects.order_by("slug")
    capped = CappedPaginator(rows.filter(slug__startswith="c"), 50)
    assert (capped.count, capped.num_pages) == (COUNTED_AT_MOST + 1, COUNTED_AT_MOST // 50)
    assert capped.in_words == "over 10,000"
    page = sam_client.get(reverse("admin:trials_condition_changelist"), {"q": "c"})
    assert "over 10,000" in page.content.decode()
    assert "10001" not in page.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE trials_condition")
    estimated = EstimatedPaginator(rows, 50)
    assert (estimated.count, estimated.in_words) == (COUNTED_AT_MOST + 50, "about 10,050")
    assert estimated.num_pages == COUNTED_AT_MOST // 50


def test_short_list_is_counted(sam: User) -> None:
    _fill(sam, 2)
    assert EstimatedPaginator(Trial.everything.order_by("pk"), 50).in_words == "4"
    assert CappedPaginator(ImportProblem.objects.order_by("pk"), 50).in_words == "2"


def test_trial_page_shows_the_first_of_many_versions_and_counts_all(
    sam_client: Client, sam: User
) -> None:
    trial = _fill(sam, 1)[0]
    run = models.ImportRun.objects.first()
    models.RecordVersion.objects.bulk_create(
        models.RecordVersion(
            trial=trial,
            run=run,
            number=number,
            content_hash=b"",
            raw=b"",
            imported_at=factories.NOW,
        )
        for number in range(3, 90)
    )
    page = sam_client.get(_named(Trial, "change", trial.pk)).content.decode()
    assert "Versions of the record: 89" in page
    assert "Version 89 of" in page
    assert "Version 70 of" in page
    assert "Version 69 of" not in page
