"""What readers report about a trial's page and its contacts: no words of theirs, no address."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from trials.models.sites import Site
from trials.models.trial import Trial
from trials.terms.reports import (
    ABOUT_A_CONTACT,
    COUNTED_DAYS,
    ENOUGH,
    WITHOUT_A_PERSON,
    Outcome,
    Reported,
    ReportKind,
)


class ReaderReportQuerySet(models.QuerySet["ReaderReport"]):
    """Readers' reports."""

    def waiting(self) -> Self:
        """Return those that nothing has become of yet."""
        return self.filter(closed_at=None)

    def difficulties(self, today: date) -> "models.QuerySet[ReaderReport, dict[str, Any]]":
        """Return `trial`, `site` and `about` of the contacts that enough readers report.

        A `site` of None stands for the whole study. Who tried another number or address than others
        counts apart from them.
        """
        rows = self.waiting().filter(
            Q(site__isnull=False) | Q(place=""),
            kind__in=ABOUT_A_CONTACT,
            reported_on__gt=today - timedelta(days=COUNTED_DAYS),
        )
        readers = models.Count("reporter", distinct=True, filter=~Q(reporter=""))
        found = rows.values("trial", "site", "about").annotate(readers=readers)
        return found.filter(readers__gte=ENOUGH).values("trial", "site", "about")

    def reported(self, today: date) -> Reported:
        """Return the contacts of `difficulties` as `standings` takes them."""
        return set(self.difficulties(today).values_list("site", "about"))

    def of_contact_at(self, sites: Iterable[Site]) -> Self:
        """Return the open reports about the contacts of sites, the newest first."""
        about_it = self.waiting().filter(site__in=[site.pk for site in sites])
        return about_it.filter(kind__in=ABOUT_A_CONTACT).order_by("-reported_on", "kind", "pk")

    def answered_at(self, site: Site) -> int:
        """End the open reports about the contact of a site whose study team has answered.

        Readers are shown the answer from now on. Return how many there were.
        """
        return self.of_contact_at([site]).order_by().end(Outcome.ANSWERED)

    def end(self, outcome: Outcome) -> int:
        """End reports with an outcome that nobody chose; return how many there were."""
        return self.update(closed_at=timezone.now(), outcome=outcome, reporter="")


class ReaderReport(models.Model):
    """One thing that one reader reported on one day; open until somebody at the desk closes it.

    `reporter` tells the readers of one trial apart while their reports count together. It is far
    too short to find an address by: tens of thousands of addresses share each value.
    """

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="reader_reports")
    # The import removes sites without knowing of reports: the migration gives the table a
    # reference that the database itself sets to null, which Django's own would not be.
    site = models.ForeignKey(
        Site,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        db_constraint=False,
        related_name="reader_reports",
    )
    place = models.TextField(
        blank=True, help_text="The site as the page named it; empty for the whole study"
    )
    kind = models.CharField(max_length=12, choices=ReportKind.choices)
    reported_on = models.DateField()
    reporter = models.CharField(
        max_length=4, blank=True, help_text="Part of a keyed digest; empty once it is not needed"
    )
    about = models.CharField(
        max_length=64,
        blank=True,
        help_text="Digest of the numbers and addresses that could be tried; empty in older reports",
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="closed_reports",
    )
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True, help_text="What the desk found, for other editors")

    objects = ReaderReportQuerySet.as_manager()

    class Meta:
        indexes = [
            # What waits at the desk, longest first: editorial.reports
            models.Index(
                fields=["trial", "reported_on"],
                condition=Q(closed_at__isnull=True),
                name="readerreport_open",
            ),
            # Digests to forget: editorial.reports.forget_reporters
            models.Index(
                fields=["reported_on"], condition=~Q(reporter=""), name="readerreport_reporter"
            ),
        ]
        constraints = [
            # Two rules, because a site that an import removed must not count as the whole study.
            models.UniqueConstraint(
                fields=["trial", "site", "kind", "reporter", "about"],
                condition=~Q(reporter=""),
                name="readerreport_site_once",
            ),
            models.UniqueConstraint(
                fields=["trial", "kind", "reporter", "about"],
                condition=Q(place="") & ~Q(reporter=""),
                name="readerreport_study_once",
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=True) | ~Q(place=""), name="readerreport_site_has_words"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False)
                | Q(closed_at__isnull=False, outcome__in=[str(each) for each in WITHOUT_A_PERSON]),
                name="readerreport_closed_pair",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False, reporter="") & ~Q(outcome=""),
                name="readerreport_closed_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place or 'the study'}"
