"""What belongs to a trial, to read: reached from the trial's page or by its number.

Only places stand in the admin's menu; the other lists make sense for one trial at a time.
"""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from trials import models
from trials.admin import links
from trials.admin.finding import FoundByNumber
from trials.admin.readonly import ReadOnlyInline
from trials.models import Trial


class TrialRowAdmin(FoundByNumber):
    """Rows of trials: the newest of all, or those of one trial in the order of its record."""

    list_select_related: ClassVar[tuple[str, ...]] = ("trial",)
    record_order: tuple[str, ...] = ("position", "id")
    in_menu = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Keep the menu short."""
        return self.in_menu and super().has_module_permission(request)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the record's order for one trial; for all of them an index."""
        return self.record_order if self._is_narrowed(request) else ("-id",)

    def get_list_display(self, request: HttpRequest) -> tuple[Any, ...]:
        """Return the columns: whose row it is, and what it says."""
        return ("row", "trial_number", *self.list_display)

    def _is_narrowed(self, request: HttpRequest) -> bool:
        return bool(request.GET.get(f"{self.trial_path}__id__exact") or request.GET.get("q"))

    @admin.display(description="Row")
    def row(self, row: Any) -> str:
        """The way into the row."""
        return str(row.pk)

    @admin.display(description="Trial")
    def trial_number(self, row: Any) -> str:
        """Link to the trial."""
        return links.to_trial(self.trial_of(row))

    def trial_of(self, row: Any) -> Trial:
        """Return the trial that a row belongs to."""
        trial: Trial = row.trial
        return trial


class SiteContactInline(ReadOnlyInline):
    """Whom to ask at the site."""

    model = models.SiteContact
    fields = ("name", "role", "phone", "phone_ext", "email")


class SiteInvestigatorInline(ReadOnlyInline):
    """Who is in charge at the site."""

    model = models.SiteInvestigator
    fields = ("name", "role")


@admin.register(models.Site)
class SiteAdmin(TrialRowAdmin):
    """A trial at a place."""

    in_menu = True
    list_display = ("facility", "recruitment_status", "latitude", "longitude")
    list_select_related = ("trial", "facility")
    list_only = (
        "recruitment_status",
        "latitude",
        "longitude",
        "trial__nct_id",
        "facility__name",
        "facility__city",
        "facility__country",
    )
    inlines = (SiteContactInline, SiteInvestigatorInline)
    fields = (
        *("trial", "facility", "position", "recruitment_status", "latitude", "longitude"),
        "confirmation",
    )
    readonly_fields = ("confirmation",)

    def get_list_filter(self, request: HttpRequest) -> tuple[Any, ...]:
        """Return the filters: millions of sites have no index by status, a trial's need none."""
        return ("recruitment_status",) if self._is_narrowed(request) else ()

    @admin.display(description="Is its contact right?")
    def confirmation(self, site: models.Site) -> str:
        """Link to where a study team is asked."""
        return links.to_contact(site)


@admin.register(models.SiteContact)
class SiteContactAdmin(TrialRowAdmin):
    """Whom to ask at a place."""

    trial_path = "site__trial"
    list_display = ("name", "role", "phone", "phone_ext", "email", "place")
    list_select_related = ("site__trial", "site__facility")
    list_only = (
        *("name", "role", "phone", "phone_ext", "email"),
        *("site__trial__nct_id", "site__facility__name", "site__facility__city"),
        "site__facility__country",
    )
    record_order = ("site__position", "position", "id")
    fields = ("trial_number", "place", "name", "role", "phone", "phone_ext", "email")
    readonly_fields = ("trial_number", "place")

    def lookup_allowed(  # type: ignore[override]  # Django 5.2 still types the old signature, too
        self, lookup: str, value: str, request: HttpRequest
    ) -> bool:
        """Let the trial's page narrow the list."""
        return lookup == "site__trial__id__exact" or super().lookup_allowed(lookup, value, request)

    def trial_of(self, row: models.SiteContact) -> Trial:
        """Return the site's trial."""
        return row.site.trial

    @admin.display(description="Place")
    def place(self, contact: models.SiteContact) -> str:
        """Link to the site."""
        return links.to_row(contact.site, contact.site.facility)


@admin.register(models.CentralContact)
class CentralContactAdmin(TrialRowAdmin):
    """Whom to ask about a whole trial."""

    list_display = ("name", "role", "phone", "phone_ext", "email")


@admin.register(models.OverallOfficial)
class OverallOfficialAdmin(TrialRowAdmin):
    """Who leads a trial."""

    list_display = ("name", "role", "affiliation")


@admin.register(models.TrialSponsor)
class TrialSponsorAdmin(TrialRowAdmin):
    """Who runs a trial, and who works with them."""

    list_display = ("sponsor", "role")
    list_select_related = ("trial", "sponsor")


@admin.register(models.TrialCondition)
class TrialConditionAdmin(TrialRowAdmin):
    """What a trial is about."""

    list_display = ("name", "condition")
    list_select_related = ("trial", "condition")


@admin.register(models.Criterion)
class CriterionAdmin(TrialRowAdmin):
    """A line of the criteria as the reader understood it."""

    list_display = ("section", "role", "depth", "marker", "text")


@admin.register(models.Arm)
class ArmAdmin(TrialRowAdmin):
    """A group of participants."""

    list_display = ("label", "type", "description")


@admin.register(models.Intervention)
class InterventionAdmin(TrialRowAdmin):
    """What a trial tests."""

    list_display = ("type", "name", "other_names")


@admin.register(models.OutcomeMeasure)
class OutcomeMeasureAdmin(TrialRowAdmin):
    """What a trial measures."""

    list_display = ("kind", "measure", "time_frame")
    record_order = ("kind", "position", "id")


@admin.register(models.Reference)
class ReferenceAdmin(TrialRowAdmin):
    """A publication that the record cites."""

    list_display = ("type", "pmid", "citation")


@admin.register(models.SecondaryId)
class SecondaryIdAdmin(TrialRowAdmin):
    """Another number of a study."""

    list_display = ("value", "type", "domain")


@admin.register(models.IdRedirect)
class IdRedirectAdmin(TrialRowAdmin):
    """A former NCT id."""

    list_display = ("nct_id",)
    record_order = ("id",)
