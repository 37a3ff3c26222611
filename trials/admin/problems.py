"""What went wrong in imports."""

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from trials import models
from trials.admin import links
from trials.admin.finding import trials_by_number
from trials.admin.readonly import ReadOnlyAdmin


@admin.register(models.ImportProblem)
class ImportProblemAdmin(ReadOnlyAdmin):
    """Rejected records, odd values, sources that broke off."""

    list_display = ("message", "kind", "trial_link", "path", "value", "source", "position", "run")
    list_filter = ("kind",)
    list_select_related = ("trial", "run")
    list_only = (
        *("message", "kind", "path", "value", "source", "position", "nct_id"),
        *("trial__nct_id", "run__started_at"),
    )
    search_fields = ("nct_id",)
    search_help_text = "A trial number, or the whole path of a value in the record."
    ordering = ("-id",)

    def get_search_results(
        self,
        request: HttpRequest,
        queryset: QuerySet[models.ImportProblem],
        search_term: str,
    ) -> tuple[QuerySet[models.ImportProblem], bool]:
        """Find problems by the trial, by the number that a rejected record gave, by the path."""
        typed = search_term.strip()
        if not typed:
            return queryset, False
        known = trials_by_number(typed)
        if known:
            return queryset.filter(trial__in=known), False
        return queryset.filter(Q(nct_id=typed) | Q(path=typed)), False

    @admin.display(description="Trial")
    def trial_link(self, problem: models.ImportProblem) -> str:
        """Link to the trial, or the number that a rejected record gave itself."""
        return links.to_trial(problem.trial) if problem.trial else problem.nct_id
