"""Readers' reports as a table, open and closed: to find and read. They are answered on the desk."""

from django.contrib import admin
from django.http import HttpRequest

from trials import models
from trials.admin import links
from trials.admin.finding import FoundByNumber
from trials.admin.readonly import ReadOnlyAdmin


@admin.register(models.ReaderReport)
class ReaderReportAdmin(FoundByNumber, ReadOnlyAdmin):
    """All reports. What tells readers apart is shown to nobody."""

    list_display = ("reported_on", "kind", "place", "desk", "outcome", "closed_at", "closed_by")
    list_display_links = ("reported_on",)
    list_filter = ("kind", "outcome")
    list_select_related = ("trial", "closed_by")
    ordering = ("-id",)
    fields = ("trial", "place", "kind", "reported_on", "outcome", "note", "closed_at", "closed_by")

    def lookup_allowed(  # type: ignore[override]  # the stubs still have it without a request, too
        self, lookup: str, value: str, request: HttpRequest
    ) -> bool:
        """Let nobody learn by an address of the list which reports are of one reader."""
        is_open = not lookup.startswith("reporter")
        return is_open and super().lookup_allowed(lookup, value, request)

    @admin.display(description="Our words")
    def desk(self, report: models.ReaderReport) -> str:
        """Link to where the report is answered."""
        return links.to_desk(report.trial)
