"""Places, organisations and conditions that trials share, found by how their names start."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Left, Upper
from django.http import HttpRequest

from trials import models
from trials.admin import links
from trials.admin.readonly import ReadOnlyAdmin
from trials.models.fields import NAME_START


class FoundByName(ReadOnlyAdmin):
    """The search takes how a name starts, in any case: one stretch of an index."""

    search_fields = ("name",)
    search_help_text = "How the name starts."
    ordering = ("-id",)
    readonly_fields = ("rows_elsewhere",)
    rows: tuple[type[Model], str, str]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find rows by the start of their name."""
        typed = search_term.strip()[:NAME_START]
        if not typed:
            return queryset, False
        start = Upper(Left("name", NAME_START))
        return queryset.alias(start=start).filter(start__startswith=Upper(Value(typed))), False

    @admin.display(description="In trials")
    def rows_elsewhere(self, row: Model) -> str:
        """Link to the trials' rows."""
        model, words, path = self.rows
        return links.to_list(model, words, **{f"{path}__id__exact": row.pk})


@admin.register(models.Facility)
class FacilityAdmin(FoundByName):
    """A hospital or another place."""

    list_display = ("name", "city", "state", "zip", "country")
    fields = ("name", "city", "state", "zip", "country", "rows_elsewhere")
    rows = (models.Site, "Trials at this place", "facility")


@admin.register(models.Sponsor)
class SponsorAdmin(FoundByName):
    """An organisation."""

    list_display = ("name", "agency_class")
    fields = ("name", "agency_class", "rows_elsewhere")
    rows = (models.TrialSponsor, "Trials of this organization", "sponsor")


@admin.register(models.Condition)
class ConditionAdmin(ReadOnlyAdmin):
    """Conditions in sponsors' words."""

    list_display = ("name", "slug", "open_trials", "all_trials")
    search_fields = ("slug__startswith",)
    search_help_text = "How the address of the condition starts, such as lupus."
    ordering = ("slug",)
    readonly_fields = ("rows_elsewhere",)

    @admin.display(description="In trials")
    def rows_elsewhere(self, condition: models.Condition) -> str:
        """Link to the trials that name it."""
        return links.to_list(
            models.TrialCondition, "Trials that name it", condition__id__exact=condition.pk
        )
