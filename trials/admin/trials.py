"""Trials, to read and search; to hide one is the one thing to do here."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from trials import models
from trials.admin import links
from trials.admin.filters import ShownFilter, TextFilter
from trials.admin.finding import find_trials
from trials.admin.readonly import ReadOnlyAdmin, ReadOnlyInline
from trials.admin.versions import changed_words
from trials.editorial import visibility
from trials.editorial.permissions import allows
from trials.terms.desk import Role

# Each costs some statements, and a whole page may be chosen with one tick.
_HIDDEN_AT_ONCE = 100

# What belongs to a trial and has a list of its own, with the path from its rows to the trial
_ROWS: tuple[tuple[str, type[Model], str], ...] = (
    ("Places", models.Site, "trial"),
    ("Contacts at places", models.SiteContact, "site__trial"),
    ("Main contacts", models.CentralContact, "trial"),
    ("Lead researchers", models.OverallOfficial, "trial"),
    ("Sponsor and collaborators", models.TrialSponsor, "trial"),
    ("Conditions", models.TrialCondition, "trial"),
    ("Lines of the criteria", models.Criterion, "trial"),
    ("Groups", models.Arm, "trial"),
    ("Treatments", models.Intervention, "trial"),
    ("Outcomes", models.OutcomeMeasure, "trial"),
    ("Publications", models.Reference, "trial"),
    ("Other numbers", models.SecondaryId, "trial"),
    ("Former NCT ids", models.IdRedirect, "trial"),
    ("Versions of the record", models.RecordVersion, "trial"),
    ("Import problems", models.ImportProblem, "trial"),
)


class EligibilityInline(ReadOnlyInline):
    """Who can take part."""

    model = models.Eligibility
    fields = ("minimum_age", "maximum_age", "sex", "healthy_volunteers", "criteria_text")


class VersionInline(ReadOnlyInline):
    """The states of the record that we saw, the newest."""

    model = models.RecordVersion
    verbose_name_plural = "newest versions of the record"
    fields = ("number", "data_version", "imported_at", "changes")
    readonly_fields = ("changes",)
    show_change_link = True
    ordering = ("-number",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return versions without their records: some are megabytes."""
        return super().get_queryset(request).defer("raw")

    @admin.display(description="What changed")
    def changes(self, version: models.RecordVersion) -> str:
        """The fields that differ from the version before."""
        return changed_words(version)


class ProblemInline(ReadOnlyInline):
    """What could not be believed in the record."""

    model = models.ImportProblem
    verbose_name_plural = "newest import problems"
    fields = ("record_version", "path", "value", "message")
    ordering = ("-record_version", "path")


class HidingForm(ActionForm):
    """The bar above the list: what to do, and why."""

    reason = forms.CharField(
        required=False, max_length=500, label="Reason (for hiding)", widget=forms.TextInput
    )


@admin.register(models.Trial)
class TrialAdmin(ReadOnlyAdmin):
    """A trial's facts by subject, and the way to everything that belongs to it."""

    list_display = ("nct_id", "brief_title", "overall_status", "study_type", "shown", "text")
    list_only = (
        "nct_id",
        "brief_title",
        "overall_status",
        "study_type",
        "hidden_at",
        "left_registry_on",
        "editorial__state",
        "editorial__is_live",
    )
    list_select_related = ("editorial",)
    list_filter = ("overall_status", "study_type", ShownFilter, TextFilter)
    search_fields = ("nct_id",)
    search_help_text = (
        "A trial number (a former one or the start of one too), or words of its title, conditions "
        "or treatments. Hidden trials are found by number alone."
    )
    ordering = ("-id",)
    inlines = (EligibilityInline, VersionInline, ProblemInline)
    actions = ("hide_trials", "show_trials")
    action_form = HidingForm
    readonly_fields = ("public_page", "desk", "record", "rows_elsewhere")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("nct_id", "public_page", "desk", "record"),
                    "brief_title",
                    "official_title",
                    "acronym",
                    "rows_elsewhere",
                )
            },
        ),
        (
            "Status",
            {
                "fields": (
                    ("overall_status", "last_known_status"),
                    "why_stopped",
                    "has_results",
                    ("expanded_access_nct_id", "expanded_access_status", "expanded_access_types"),
                )
            },
        ),
        (
            "Dates",
            {
                "fields": tuple(
                    (name, f"{name}_precision", f"{name}_type") for name in models.trial.DATES
                )
            },
        ),
        ("What it is about", {"fields": ("brief_summary", "detailed_description", "keywords")}),
        (
            "Design",
            {
                "fields": (
                    ("study_type", "phases", "primary_purpose"),
                    ("allocation", "intervention_model", "masking", "who_masked"),
                    "intervention_model_description",
                    "masking_description",
                    ("observational_model", "time_perspective", "target_duration"),
                    ("enrollment_count", "enrollment_type"),
                )
            },
        ),
        (
            "On our side",
            {
                "fields": (
                    ("record_version", "imported_at", "left_registry_on"),
                    ("hidden_at", "hidden_by", "hidden_reason"),
                )
            },
        ),
    )

    @admin.display(description="Shown", boolean=True)
    def shown(self, trial: models.Trial) -> bool:
        """Whether people can see the trial."""
        return trial.is_public

    @admin.display(description="Text of ours")
    def text(self, trial: models.Trial) -> str:
        """Whether patients see a text of ours, and where its working copy stands."""
        try:
            text = trial.editorial
        except models.EditorialText.DoesNotExist:
            return "None"
        state = models.EditorialText.State(text.state).label
        return f"Live; {state.lower()}" if text.is_live and state != "Published" else state

    @admin.display(description="Public page")
    def public_page(self, trial: models.Trial) -> str:
        """Link to what patients see."""
        return format_html('<a href="{}">{}</a>', trial.get_absolute_url(), trial.nct_id)

    @admin.display(description="Our words")
    def desk(self, trial: models.Trial) -> str:
        """Link to where the trial's text is written."""
        return links.to_desk(trial)

    @admin.display(description="Raw record")
    def record(self, trial: models.Trial) -> str:
        """Link to the record that these facts come from."""
        version = (
            models.RecordVersion.objects.filter(trial=trial, number=trial.record_version)
            .only("number")
            .first()
        )
        return links.to_row(version, f"Version {version.number}") if version else "None"

    @admin.display(description="What belongs to it")
    def rows_elsewhere(self, trial: models.Trial) -> str:
        """Link to the lists of the trial's rows with their numbers: there may be thousands."""
        return format_html_join(
            " · ",
            "{}",
            (
                (links.to_list(model, f"{name}: {number:,}", **{f"{path}__id__exact": trial.pk}),)
                for name, model, path in _ROWS
                if (number := model._default_manager.filter(**{path: trial.pk}).count())
            ),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[models.Trial], search_term: str
    ) -> tuple[QuerySet[models.Trial], bool]:
        """Find trials by number or words, by indexes."""
        return (find_trials(queryset, search_term) if search_term.strip() else queryset), False

    def has_hide_permission(self, request: HttpRequest) -> bool:
        """Publishers decide what patients see."""
        return allows(request.user, Role.PUBLISHER)  # type: ignore[arg-type]  # staff alone come here

    @admin.action(description="Hide the pages of the chosen trials", permissions=["hide"])
    def hide_trials(self, request: HttpRequest, chosen: QuerySet[models.Trial]) -> None:
        """Hide trials, for a reason that the next editor reads."""
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(
                request, "Write the reason beside the action: nothing is hidden.", messages.ERROR
            )
            return
        for trial in self._some(request, chosen.filter(hidden_at=None)):
            visibility.hide(trial=trial, by=request.user, reason=reason)  # type: ignore[arg-type]  # staff alone come here
            self.message_user(request, f"{trial.nct_id} is hidden.")

    @admin.action(description="Show the pages of the chosen trials again", permissions=["hide"])
    def show_trials(self, request: HttpRequest, chosen: QuerySet[models.Trial]) -> None:
        """Show hidden trials again."""
        for trial in self._some(request, chosen.filter(hidden_at__isnull=False)):
            visibility.show(trial=trial, by=request.user)  # type: ignore[arg-type]  # staff alone come here
            self.message_user(request, f"{trial.nct_id} is shown again.")

    def _some(self, request: HttpRequest, chosen: QuerySet[models.Trial]) -> list[models.Trial]:
        """Return the chosen trials; none, with a sentence, where they are too many or nothing."""
        found = list(chosen[: _HIDDEN_AT_ONCE + 1])
        if len(found) > _HIDDEN_AT_ONCE:
            self.message_user(
                request, f"Choose at most {_HIDDEN_AT_ONCE} trials at once.", messages.ERROR
            )
            return []
        if not found:
            self.message_user(request, "Nothing to do: the chosen trials are so already.")
        return found
