"""Import runs and record versions."""

from django.contrib import admin
from django.utils.html import format_html

from trials import models
from trials.admin.readonly import ReadOnlyAdmin
from trials.registry.versions import readable_json


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


@admin.register(models.RecordVersion)
class RecordVersionAdmin(ReadOnlyAdmin):
    """A record as received."""

    list_display = ("trial_number", "number", "data_version", "imported_at")
    list_select_related = ("trial",)
    search_fields = ("=trial__nct_id",)
    search_help_text = "A trial number."
    fields = ("trial", "number", "data_version", "imported_at", "run", "record")
    readonly_fields = ("record",)
    ordering = ("-id",)

    @admin.display(description="Trial")
    def trial_number(self, version: models.RecordVersion) -> str:
        """The trial's number."""
        return version.trial.nct_id

    @admin.display(description="Record")
    def record(self, version: models.RecordVersion) -> str:
        """The record's JSON."""
        return format_html("<pre>{}</pre>", readable_json(version))
