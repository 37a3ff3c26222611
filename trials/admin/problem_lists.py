"""Lists of what somebody should look at: each says what it holds and what to do about it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html

from trials import models
from trials.admin import links
from trials.admin.filters import SiteCountryFilter, TrialCountryFilter
from trials.admin.finding import FoundByNumber
from trials.admin.readonly import COUNTED_AT_MOST, NarrowList
from trials.editorial import staleness
from trials.models import Trial
from trials.terms.sources import Source


class ProblemList(FoundByNumber):
    """A list of problems: whoever may read the rows may read it, and each row leads elsewhere."""

    change_list_template = "admin/trials/problem_list.html"
    list_display_links = None
    explanation = ""
    rows: type[Model]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether somebody may read the rows that the list is made of."""
        return request.user.has_perm(f"trials.view_{self.rows._meta.model_name}")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list below what it is for."""
        return super().changelist_view(
            request,
            {"explanation": self.explanation, "title": self._title()} | (extra_context or {}),
        )

    def _title(self) -> str:
        words = str(self.opts.verbose_name_plural)
        return words[:1].upper() + words[1:]

    @admin.display(description="Trial")
    def trial_link(self, row: Any) -> str:
        """Link to the trial's facts."""
        return links.to_trial(row if isinstance(row, Trial) else row.trial)

    @admin.display(description="Our words")
    def desk(self, row: Any) -> str:
        """Link to where the trial's text is written."""
        return links.to_desk(row if isinstance(row, Trial) else row.trial)


class OutdatedList(NarrowList):
    """Learns of the page's texts alone what changed."""

    def get_results(self, request: HttpRequest) -> None:
        """Load the page, and in one more statement what changed of its records."""
        super().get_results(request)
        found = staleness.changed_texts().filter(pk__in=[text.pk for text in self.result_list])
        changed: dict[int, list[str]] = {
            text.pk: text.changed_sources  # type: ignore[attr-defined]  # the query adds it
            for text in found.only("pk")
        }
        for text in self.result_list:
            text.changed_sources = changed.get(text.pk, [])


@admin.register(models.OutdatedText)
class OutdatedTextAdmin(ProblemList):
    """Texts that patients see, and whose record moved on."""

    rows = models.EditorialText
    explanation = (
        "Patients see these texts, and the registry has changed something that they may rest on. "
        "Open the text, look at what changed, and write anew or say that the words still hold. "
        "The longest since a review come first; the work queue has the most urgent changes first."
    )
    list_display = ("trial_link", "plain_title", "reviewed_on", "changed", "desk")
    list_select_related = ("trial",)
    list_only = ("plain_title", "reviewed_on", "based_on_version", "trial__nct_id")

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        """Return the kind of list."""
        return OutdatedList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return texts of which something changed that patients read of."""
        behind = staleness.changed_texts().order_by().values("pk")
        return super().get_queryset(request).filter(pk__in=behind)

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """Return the order: the longest since a review first, by an index of live texts."""
        return (F("reviewed_on").asc(nulls_first=True), "trial")

    @admin.display(description="What changed since")
    def changed(self, text: models.OutdatedText) -> str:
        """The fields of the record that changed, in an editor's words."""
        sources: list[str] = text.changed_sources  # type: ignore[attr-defined]  # the query adds it
        return ", ".join(source.label for source in Source if source.value in sources)


@admin.register(models.SiteWithoutPoint)
class SiteWithoutPointAdmin(ProblemList):
    """Open sites that no search by distance finds."""

    rows = models.Site
    explanation = (
        "Open places of open trials for which the record gives no coordinates: no map shows them, "
        "and nobody who searches near a town finds them. Look if the city is spelled oddly, and "
        "tell whoever runs the gazetteer; a place that doesn’t exist is the sponsor’s to mend. "
        "The newest trials come first."
    )
    list_display = ("trial_link", "facility_link", "city", "country", "recruitment_status")
    list_select_related = ("trial", "facility")
    list_only = (
        *("recruitment_status", "trial__nct_id"),
        *("facility__name", "facility__city", "facility__country"),
    )
    list_filter = (SiteCountryFilter,)
    ordering = ("-trial_id", "-id")

    @admin.display(description="Place")
    def facility_link(self, site: models.SiteWithoutPoint) -> str:
        """Link to the place."""
        return links.to_row(site.facility, site.facility.name or "No name")

    @admin.display(description="City")
    def city(self, site: models.SiteWithoutPoint) -> str:
        """The city as the record writes it."""
        return site.facility.city

    @admin.display(description="Country")
    def country(self, site: models.SiteWithoutPoint) -> str:
        """The country as the record writes it."""
        return site.facility.country


class ProblemTrials(ProblemList):
    """A list of trials."""

    rows = models.Trial
    trial_path = "pk"
    list_display: tuple[str, ...] = ("trial_link", "brief_title", "overall_status")
    list_only = (
        *("nct_id", "brief_title", "overall_status"),
        *("completion_date", "completion_date_precision", "last_update_posted_date"),
    )
    list_filter = (TrialCountryFilter,)


@admin.register(models.TrialWithoutContact)
class TrialWithoutContactAdmin(ProblemTrials):
    """Open trials with nobody to ask."""

    explanation = (
        "People can ask to join these trials, and the record names nobody to ask: neither for the "
        "whole trial nor at any of its places. Say in the text how to reach the sponsor, or hide "
        "the page until the record has a contact. The newest trials come first."
    )
    list_display = (*ProblemTrials.list_display, "last_update_posted_date", "desk")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the trials by keys found once: the list counts them, pages and filters."""
        found = super().get_queryset(request).order_by("-pk").values_list("pk", flat=True)
        keys = list(found[: COUNTED_AT_MOST + 1])
        return models.TrialWithoutContact.everything.filter(pk__in=keys)


@admin.register(models.OverdueTrial)
class OverdueTrialAdmin(ProblemTrials):
    """Open trials that should be over."""

    explanation = (
        "The registry says that people can join, and that the trial has ended. One of both is "
        "old. Ask the sponsor, or hide the page if nobody answers: patients should not hope for a "
        "place that is gone. The longest past their date come first."
    )
    list_display = (*ProblemTrials.list_display, "completed", "last_update_posted_date", "desk")
    ordering = ("completion_date", "-id")

    @admin.display(description="Completion date")
    def completed(self, trial: models.OverdueTrial) -> str:
        """The date as exact as the record has it."""
        length = {"day": 10, "month": 7, "year": 4}[trial.completion_date_precision]
        return format_html("{}", str(trial.completion_date)[:length])
