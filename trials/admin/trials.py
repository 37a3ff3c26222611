"""Trials and what belongs to them, to read and search."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from trials import models
from trials.admin.readonly import ReadOnlyAdmin, ReadOnlyInline
from trials.editorial import actions
from trials.terms.values import canonical_nct_id


class EligibilityInline(ReadOnlyInline):
    """Who can take part."""

    model = models.Eligibility
    fields = ("minimum_age", "maximum_age", "sex", "healthy_volunteers", "criteria_text")


class VersionInline(ReadOnlyInline):
    """The states of the record that we saw."""

    model = models.RecordVersion
    fields = ("number", "data_version", "imported_at", "run")
    show_change_link = True
    ordering = ("-number",)


class ProblemInline(ReadOnlyInline):
    """What could not be believed in the record."""

    model = models.ImportProblem
    fields = ("record_version", "path", "value", "message")
    ordering = ("-record_version", "path")


@admin.register(models.Trial)
class TrialAdmin(ReadOnlyAdmin):
    """A trial's facts; hiding it is the one thing to do here."""

    list_display = ("nct_id", "brief_title", "overall_status", "study_type", "shown")
    list_filter = ("overall_status", "study_type", ("hidden_at", admin.EmptyFieldListFilter))
    search_fields = ("nct_id", "brief_title")
    search_help_text = "A trial number, or words of the brief title."
    ordering = ("-id",)
    inlines = (EligibilityInline, ProblemInline, VersionInline)
    actions = ("hide_trials", "show_trials")
    readonly_fields = ("public_page", "rows_elsewhere")

    @admin.display(description="Shown to the public", boolean=True)
    def shown(self, trial: models.Trial) -> bool:
        """Whether people can see the trial."""
        return trial.is_public

    @admin.display(description="Public page")
    def public_page(self, trial: models.Trial) -> str:
        """Link to what patients see."""
        return format_html('<a href="{}">{}</a>', trial.get_absolute_url(), trial.nct_id)

    @admin.display(description="Sites and contacts")
    def rows_elsewhere(self, trial: models.Trial) -> str:
        """Link to the trial's sites: there may be hundreds."""
        address = reverse("admin:trials_site_changelist")
        return format_html('<a href="{}?q={}">Sites</a>', address, trial.nct_id)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[models.Trial], search_term: str
    ) -> tuple[QuerySet[models.Trial], bool]:
        """Find a trial number by its index, everything else by words of the title."""
        try:
            return queryset.filter(nct_id=canonical_nct_id(search_term)), False
        except ValueError:
            return super().get_search_results(request, queryset, search_term)

    def has_hide_permission(self, request: HttpRequest) -> bool:
        """Who may change trials may hide them."""
        return request.user.has_perm("trials.change_trial")

    @admin.action(description="Hide the pages of the chosen trials", permissions=["hide"])
    def hide_trials(self, request: HttpRequest, chosen: QuerySet[models.Trial]) -> None:
        """Hide trials."""
        for trial in chosen:
            actions.hide(trial=trial, by=request.user, reason="Hidden in the admin")  # type: ignore[arg-type]
        self.message_user(request, "The chosen trials are hidden.")

    @admin.action(description="Show the pages of the chosen trials again", permissions=["hide"])
    def show_trials(self, request: HttpRequest, chosen: QuerySet[models.Trial]) -> None:
        """Show trials again."""
        for trial in chosen:
            actions.show(trial=trial)
        self.message_user(request, "The chosen trials are shown again.")


class SiteContactInline(ReadOnlyInline):
    """Whom to ask at the site."""

    model = models.SiteContact
    fields = ("name", "role", "phone", "phone_ext", "email")


@admin.register(models.Site)
class SiteAdmin(ReadOnlyAdmin):
    """A trial at a place."""

    list_display = ("trial_number", "facility", "recruitment_status", "latitude", "longitude")
    list_filter = ("recruitment_status",)
    list_select_related = ("trial", "facility")
    search_fields = ("=trial__nct_id",)
    search_help_text = "A trial number."
    ordering = ("id",)
    inlines = (SiteContactInline,)

    @admin.display(description="Trial")
    def trial_number(self, site: models.Site) -> str:
        """The trial's number."""
        return site.trial.nct_id


@admin.register(models.Condition)
class ConditionAdmin(ReadOnlyAdmin):
    """Conditions in sponsors' words."""

    list_display = ("name", "slug")
    search_fields = ("slug__startswith",)
    search_help_text = "How the address of the condition starts, such as lupus."
    ordering = ("slug",)
