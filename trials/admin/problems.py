"""What went wrong in imports."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from trials import models
from trials.admin.readonly import ReadOnlyAdmin


@admin.register(models.ImportProblem)
class ImportProblemAdmin(ReadOnlyAdmin):
    """Rejected records, odd values, sources that broke off."""

    list_display = ("message", "kind", "trial_link", "path", "value", "source", "position", "run")
    list_filter = ("kind",)
    list_select_related = ("trial", "run")
    search_fields = ("=nct_id", "=path")
    search_help_text = "A trial number, or the whole path of a value in the record."
    ordering = ("-id",)

    @admin.display(description="Trial")
    def trial_link(self, problem: models.ImportProblem) -> str:
        """Link to the trial, or the number that a rejected record gave itself."""
        if problem.trial is None:
            return problem.nct_id
        address = reverse("admin:trials_trial_change", args=[problem.trial.pk])
        return format_html('<a href="{}">{}</a>', address, problem.nct_id)
