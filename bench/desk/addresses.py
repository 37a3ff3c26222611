"""The pages of the admin that are timed: a name and an address each.

Every list is asked as it opens, every filter of it by itself; what an editor would type is named
here, and so is what has no list. A page that is not there in this version is left out.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from desk.fill import BIG
from trials import models
from trials.editorial.queue import Queue

_BIG_NUMBER = f"NCT{BIG:08}"

# What is typed into a list's search box
_TYPED: dict[type[Model], tuple[str, ...]] = {
    models.Trial: (
        "nct00001234",
        "NCT90000100",
        "NCT000012",
        "cancer",
        "lupus",
        "narcolepsy",
        "cancer diabetes",
        "cancer lupus narcolepsy",
        "nosuchword",
    ),
    models.Facility: ("University", "Clinic 12", "university hospital 123456", "zz"),
    models.Sponsor: ("institute", "Institute 123"),
    models.Condition: ("lupus", "ba"),
    models.ImportProblem: (_BIG_NUMBER, "protocolSection.statusModule.field7", "nonsense"),
    models.Synonym: ("wording 500",),
    User: ("staff",),
}
# Beside its filters, how a list is narrowed by links
_NARROWED: dict[type[Model], tuple[dict[str, object], ...]] = {
    models.Trial: (
        {"overall_status__exact": "COMPLETED", "study_type__exact": "OBSERVATIONAL"},
        {"overall_status__exact": "WITHHELD", "text": "live"},
        {"overall_status__exact": "RECRUITING", "q": "cancer"},
        {"overall_status__exact": "WITHHELD", "q": "cancer"},
        {"shown": "left", "q": "cancer"},
        {"p": 200},
    ),
    models.Site: ({"trial__id__exact": BIG}, {"facility__id__exact": 5}, {"q": _BIG_NUMBER}),
    models.SiteContact: ({"site__trial__id__exact": BIG},),
    models.TrialSponsor: ({"sponsor__id__exact": 5},),
    models.ImportProblem: ({"run__id__exact": 7},),
    models.RecordVersion: ({"run__id__exact": 7},),
}
# Some of the two hundred countries: many trials, few, none
_COUNTRIES = ("US", "FR", "IS", "ZW")
_NAMED = (
    ("front page", "admin:index", (), {}),
    *((f"queue {name}", "admin:index", (), {"queue": name}) for name in Queue.values),
    ("menu of tables", "admin:app_list", ("trials",), {}),
    ("desk of a large trial", "admin:desk-text", (_BIG_NUMBER,), {}),
    ("desk of a trial with a text", "admin:desk-text", ("NCT00000030",), {}),
    ("desk history", "admin:desk-history", ("NCT00000030",), {}),
    ("desk history of a large trial", "admin:desk-history", (_BIG_NUMBER,), {}),
    (
        "autocomplete of conditions",
        "admin:autocomplete",
        (),
        {
            "app_label": "trials",
            "model_name": "conditionintroduction",
            "field_name": "condition",
            "term": "ba",
        },
    ),
)


def addresses(person: User) -> Iterator[tuple[str, str]]:
    """Yield names and addresses of pages, as a person may see them."""
    for name, route, arguments, query in _NAMED:
        try:
            yield name, f"{reverse(route, args=arguments)}?{urlencode(query)}"
        except NoReverseMatch:
            continue
    for model, page in admin.site._registry.items():
        if model._meta.app_label == "trials" or model in (User, Group):
            yield from _list(model, page, person)
            yield from _forms(model, page, person)


def _list(
    model: type[Model], page: "admin.ModelAdmin[Model]", person: User
) -> Iterator[tuple[str, str]]:
    request = RequestFactory().get("/")
    request.user = person
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    name = model.__name__
    yield f"{name}: list", address
    asked: list[dict[str, object]] = [{"q": typed} for typed in _TYPED.get(model, ())]
    if page.get_search_fields(request) and model not in _TYPED:
        asked.append({"q": _BIG_NUMBER})
    asked += _NARROWED.get(model, ())
    for query in [*asked, *_filtered(page, request)]:
        yield f"{name}: {' '.join(map(str, query.values()))}", f"{address}?{urlencode(query)}"


def _filtered(page: "admin.ModelAdmin[Model]", request: "object") -> Iterator[dict[str, object]]:
    """Yield each choice of each filter; of the countries some."""
    # Whatever stands in for a request.
    shown = page.get_changelist_instance(request)  # type: ignore[arg-type]
    for spec in shown.filter_specs:
        for choice in spec.choices(shown):
            query = dict(
                pair.split("=", 1) for pair in str(choice["query_string"])[1:].split("&") if pair
            )
            code = query.get("country")
            if query and (code is None or code in _COUNTRIES):
                yield query


def _forms(
    model: type[Model], page: "admin.ModelAdmin[Model]", person: User
) -> Iterator[tuple[str, str]]:
    """Yield the page of one row (of a large trial where there is one) and the page of a new one."""
    options = model._meta
    named = f"admin:{options.app_label}_{options.model_name}"
    request = RequestFactory().get("/")
    request.user = person
    if page.has_add_permission(request):
        yield f"{model.__name__}: new", reverse(f"{named}_add")
    if page.list_display_links is None:
        return
    of_big = {models.Trial: "pk", models.Site: "trial", models.RecordVersion: "trial"}
    rows = model._default_manager.order_by("-pk")
    if path := of_big.get(model):
        rows = rows.filter(**{path: BIG})
    row = rows.first()
    if row is not None:
        yield f"{model.__name__}: form", reverse(f"{named}_change", args=[row.pk])
        yield f"{model.__name__}: log", reverse(f"{named}_history", args=[row.pk])
