"""Import runs and record versions."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

from trials import models
from trials.admin import links
from trials.admin.readonly import ReadOnlyAdmin
from trials.admin.rows import TrialRowAdmin
from trials.admin.versions import changed_words, differences, record_start
from trials.registry.versions import raw_json


@admin.register(models.ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """What each import did. A run without an end was stopped."""

    list_display = (
        "started_at",
        "finished_at",
        "read",
        "new",
        "changed",
        "unchanged",
        "rejected",
        "sources",
    )
    ordering = ("-id",)
    readonly_fields = ("rows_elsewhere",)

    @admin.display(description="What it wrote")
    def rows_elsewhere(self, run: models.ImportRun) -> str:
        """Link to the run's problems and to the versions that it brought."""
        return format_html(
            "{} · {}",
            links.to_list(models.ImportProblem, "Problems", run__id__exact=run.pk),
            links.to_list(models.RecordVersion, "Versions of records", run__id__exact=run.pk),
        )


@admin.register(models.RecordVersion)
class RecordVersionAdmin(TrialRowAdmin):
    """A record as received, and what changed since the version before."""

    in_menu = True
    list_display = ("number", "changes", "data_version", "imported_at")
    list_only = (
        *("number", "changed_fields", "data_version", "imported_at"),
        "trial__nct_id",
    )
    record_order = ("-number",)
    fields = (
        ("trial", "number", "neighbors"),
        ("data_version", "imported_at", "run"),
        "changes",
        "differences",
        "download",
        "record",
    )
    readonly_fields = ("neighbors", "changes", "differences", "download", "record")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return versions without their records; the page of one loads its own."""
        return super().get_queryset(request).defer("raw")

    def get_urls(self) -> list[URLPattern]:
        """Return the addresses, with that of a record as a file."""
        file = path(
            "<int:pk>/record.json",
            self.admin_site.admin_view(self.file),
            name="trials_recordversion_file",
        )
        return [file, *super().get_urls()]

    def file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer with the whole record as it was received."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = models.RecordVersion.objects.select_related("trial").filter(pk=pk).first()
        if version is None:
            raise Http404
        name = f"{version.trial.nct_id}-version-{version.number}.json"
        return HttpResponse(
            raw_json(version),
            content_type="application/json",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @admin.display(description="What changed")
    def changes(self, version: models.RecordVersion) -> str:
        """The fields that differ from the version before."""
        return changed_words(version)

    @admin.display(description="Versions beside it")
    def neighbors(self, version: models.RecordVersion) -> str:
        """Link to the version before and the next one."""
        beside = models.RecordVersion.objects.filter(
            trial=version.trial_id, number__in=(version.number - 1, version.number + 1)
        )
        rows = beside.only("number").order_by("number")
        return (
            format_html_join(
                " · ", "{}", ((links.to_row(row, f"Version {row.number}"),) for row in rows)
            )
            or "None"
        )

    @admin.display(description="Word by word")
    def differences(self, version: models.RecordVersion) -> str:
        """What was taken away and what was added since the version before."""
        return differences(version) or "Nothing to compare"

    @admin.display(description="As a file")
    def download(self, version: models.RecordVersion) -> str:
        """Link to the whole record."""
        address = reverse("admin:trials_recordversion_file", args=[version.pk])
        return format_html('<a href="{}">The whole record as it was received (JSON)</a>', address)

    @admin.display(description="Record")
    def record(self, version: models.RecordVersion) -> str:
        """The record's JSON, laid out; of a large one the beginning."""
        text, is_whole = record_start(version)
        if is_whole:
            return format_html("<pre>{}</pre>", text)
        return format_html("<p>The beginning; the file has it all.</p><pre>{}</pre>", text)
