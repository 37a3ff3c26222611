"""What in the registry's facts or in our texts somebody should look at: lists, not tables.

Each is a proxy of the rows that it lists, narrowed by its manager to what is wrong now. Nothing
is stored, so that a list is true at once after an import. A partial index serves each.
"""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from trials.models.contacts import CentralContact, SiteContact
from trials.models.editorial import EditorialText
from trials.models.sites import Site
from trials.models.trial import OPEN_AND_PUBLIC, Trial
from trials.terms.registry import OPEN_NOW, OPEN_SOON
from trials.terms.values import Precision

_ALL = 10_000_000
_OPEN = frozenset({"", *OPEN_NOW, *OPEN_SOON})


class OutdatedTexts(models.Manager["OutdatedText"]):
    """Live texts whose record changed since; which changes count is the desk's to say."""

    def get_queryset(self) -> "models.QuerySet[OutdatedText]":
        """Return live texts that were held against an older version of the record."""
        return (
            super()
            .get_queryset()
            .filter(
                is_live=True,
                based_on_version__lt=models.F("trial__record_version"),
                trial__hidden_at__isnull=True,
                trial__left_registry_on__isnull=True,
            )
        )


class OutdatedText(EditorialText):
    """A text that patients see and that is older than the registry's record."""

    problems = OutdatedTexts()

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "published text older than the registry"
        verbose_name_plural = "published texts older than the registry"


class SitesWithoutPoint(models.Manager["SiteWithoutPoint"]):
    """Places that no map shows and no search by distance finds."""

    def get_queryset(self) -> "models.QuerySet[SiteWithoutPoint]":
        """Return sites without coordinates that are open, of trials that are open and public."""
        return (
            super()
            .get_queryset()
            .filter(
                latitude__isnull=True,
                recruitment_status__in=sorted(_OPEN),
                trial__in=Trial.everything.filter(OPEN_AND_PUBLIC),
            )
        )


class SiteWithoutPoint(Site):
    """An open site of an open trial that has no coordinates."""

    problems = SitesWithoutPoint()

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "site without coordinates"
        verbose_name_plural = "sites without coordinates"


class TrialsWithoutContact(models.Manager["TrialWithoutContact"]):
    """Trials that people can ask to join, with nobody to ask."""

    def get_queryset(self) -> "models.QuerySet[TrialWithoutContact]":
        """Return open public trials that have neither a central contact nor one at a site.

        Few lack a central contact; the sites of those alone are looked at, one trial at a time.
        Without the bound, which is more than there are, and with two conditions that look alike,
        PostgreSQL would read the sites of all trials.
        """
        central = CentralContact.objects.filter(trial=OuterRef("pk"))
        without_central = Trial.everything.filter(OPEN_AND_PUBLIC, ~Exists(central))
        at_a_site = SiteContact.objects.filter(site__trial=OuterRef("pk")).order_by().values("pk")
        return (
            super()
            .get_queryset()
            .filter(pk__in=without_central.values("pk")[:_ALL])
            .alias(at_a_site=Subquery(at_a_site[:1]))
            .filter(at_a_site__isnull=True)
        )


class TrialWithoutContact(Trial):
    """An open trial whose record names nobody to ask."""

    problems = TrialsWithoutContact()

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "open trial without contacts"
        verbose_name_plural = "open trials without contacts"


class OverdueTrials(models.Manager["OverdueTrial"]):
    """Trials that say they are open, and that they are over."""

    def get_queryset(self) -> "models.QuerySet[OverdueTrial]":
        """Return open public trials whose completion date is wholly past."""
        return super().get_queryset().filter(OPEN_AND_PUBLIC, _completed_before(_today()))


class OverdueTrial(Trial):
    """An open trial past its completion date."""

    problems = OverdueTrials()

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = "open trial past its completion date"
        verbose_name_plural = "open trials past their completion date"


def _today() -> date:
    return timezone.now().date()


def _completed_before(day: date) -> Q:
    """Return the condition that a completion date is past, to its last possible day."""
    begins: dict[Precision, dict[str, Any]] = {
        Precision.DAY: {},
        Precision.MONTH: {"day": 1},
        Precision.YEAR: {"day": 1, "month": 1},
    }
    past = Q()
    for precision, start in begins.items():
        past |= Q(
            completion_date_precision=precision.value, completion_date__lt=day.replace(**start)
        )
    return Q(completion_date__lt=day) & past
