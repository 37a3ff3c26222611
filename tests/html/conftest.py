"""Every public page of a portal with the demonstration studies, fetched once."""

from datetime import date

import msgspec
import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from tests.factories import NOW
from tests.html.site import Page, walk
from tests.pages.rows import (
    add_condition,
    add_headings,
    add_synonym,
    add_trials,
    hide,
    leave,
    publish,
)
from tests.reference_data import restore
from trials.indexing import count_trials, refresh
from trials.management.commands.count_freshness import count
from trials.models import ConditionIntroduction, EditorialText, FreshnessCount, Trial

SECRET = "Zwischenzeug"


@pytest.fixture(scope="package")
def pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> dict[str, Page]:
    """Return every page that the samples and the links between pages lead to, by address."""
    with django_db_blocker.unblock(), transaction.atomic():
        restore()
        _fill()
        fetched = walk(Client(raise_request_exception=False))
        transaction.set_rollback(True)
    return fetched


def _fill() -> None:
    fixtures = settings.BASE_DIR / "fixtures"
    call_command("import_studies", fixtures / "studies-before", fixtures / "studies", verbosity=0)
    call_command("load_editorial", fixtures / "editorial", verbosity=0)
    many = add_trials(45)
    condition = add_condition(many, "Long list", "long-list")
    add_synonym("another name", "long list")
    add_headings(many, ["Long list", "Lupus"], ["Autoimmune Diseases"])
    ConditionIntroduction.objects.create(
        condition=condition, text="A list that is long.", reviewed_on=date(2026, 5, 11)
    )
    ada = User.objects.create_user("ada-of-the-walk")
    _conceal(ada)
    refresh(list(Trial.everything.values_list("pk", flat=True)))
    count_trials()
    figures = count(date(2026, 11, 22), lambda _: None)
    FreshnessCount.objects.create(counted_at=NOW, figures=msgspec.to_builtins(figures))


def _conceal(by: User) -> None:
    """Put a secret word into a hidden and a left trial, with rows of every kind around them."""
    for trial, remove in zip(_victims(), (lambda row: hide(row, by), leave), strict=True):
        trial.brief_title = trial.official_title = trial.acronym = SECRET
        trial.brief_summary = trial.detailed_description = trial.why_stopped = SECRET
        remove(trial)
        trial.trial_conditions.update(name=SECRET)
        trial.arms.update(label=SECRET)
        trial.interventions.update(name=SECRET)
        trial.outcome_measures.update(measure=SECRET)
        trial.criteria.update(text=SECRET)
        trial.central_contacts.update(name=SECRET)
        trial.overall_officials.update(name=SECRET)
        EditorialText.objects.filter(trial=trial).delete()
        publish(trial, by, plain_title=SECRET, plain_summary=SECRET)


def _victims() -> list[Trial]:
    """Return two trials of the demonstration that share conditions with others."""
    return list(Trial.public.filter(nct_id__in=["NCT99900002", "NCT99900004"]).order_by("nct_id"))
