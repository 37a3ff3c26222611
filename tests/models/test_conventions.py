"""Rules that every table follows; a new field that breaks one fails here."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, models
from django.db.models import Model
from django.utils import timezone

from trials import models as ours

TABLES = [model for model in apps.get_app_config("trials").get_models() if not model._meta.proxy]
# What a program does has no person: an import, a reminder, or the registry itself. Who confirms a
# contact has no account, a link ends by the clock, and reports may end without anybody.
NO_PERSON = {
    "Confirmation.confirmed_at",
    "ConfirmationLink.expires_at",
    "ConfirmationLink.made_at",
    "FreshnessCount.counted_at",
    "ImportRun.started_at",
    "ImportRun.finished_at",
    "Letter.made_at",
    "Letter.sent_at",
    "RecordVersion.imported_at",
    "SignInKey.expires_at",
    "SignInKey.used_at",
    "Trial.imported_at",
}


def moments() -> list[tuple[type[Model], str]]:
    return [
        (model, field.name)
        for model in TABLES
        for field in model._meta.concrete_fields
        if field.name.endswith("_at")
    ]


def test_every_table_is_exported() -> None:
    ours_all = apps.get_app_config("trials").get_models()
    assert {model.__name__ for model in ours_all} == set(ours.__all__)


@pytest.mark.parametrize(("model", "name"), moments())
def test_moment_of_a_persons_act_names_the_person(model: type[Model], name: str) -> None:
    if f"{model.__name__}.{name}" in NO_PERSON:
        return
    person = name.removesuffix("_at") + "_by"

    assert person in {field.name for field in model._meta.concrete_fields}
    said = [
        str(rule.condition)
        for rule in model._meta.constraints
        if isinstance(rule, models.CheckConstraint)
    ]
    assert any(f"{name}__isnull" in rule and f"{person}__isnull" in rule for rule in said)


def test_list_of_acts_without_a_person_is_up_to_date() -> None:
    assert {f"{model.__name__}.{name}" for model, name in moments()} >= NO_PERSON


@pytest.mark.parametrize("model", TABLES)
def test_text_is_never_null(model: type[Model]) -> None:
    texts = (models.CharField, models.TextField)

    assert not [f.name for f in model._meta.concrete_fields if isinstance(f, texts) and f.null]


@pytest.mark.parametrize("model", TABLES)
def test_table_names_its_rows(model: type[Model]) -> None:
    assert model.__str__ is not Model.__str__


def test_trial_has_no_unguarded_manager() -> None:
    assert not hasattr(ours.Trial, "objects")
    assert not hasattr(ours.Site, "objects")


@pytest.mark.django_db
def test_public_trials_are_neither_hidden_nor_gone() -> None:
    now, ada = timezone.now(), User.objects.create(username="ada")
    make = ours.Trial.everything.create
    shown = make(nct_id="NCT99930001", imported_at=now)
    hidden = make(nct_id="NCT99930002", imported_at=now, hidden_at=now, hidden_by=ada)
    gone = make(nct_id="NCT99930003", imported_at=now, left_registry_on=now.date())

    assert list(ours.Trial.public.all()) == [shown]
    assert list(ours.Trial.public.filter(pk__in=[hidden.pk, gone.pk])) == []
    assert [trial.is_public for trial in (shown, hidden, gone)] == [True, False, False]
    assert ours.Trial.everything.count() == 3


@pytest.mark.django_db
def test_every_reference_has_an_index() -> None:
    """PostgreSQL makes none for a foreign key, and deleting a trial would read whole tables."""
    with connection.cursor() as cursor:
        for model in TABLES:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
            indexes = [rule for rule in found.values() if rule["index"] or rule["unique"]]
            led = {rule["columns"][0] for rule in indexes if rule["columns"]}
            wanted = {f.column for f in model._meta.concrete_fields if f.is_relation}
            assert wanted <= led, model
