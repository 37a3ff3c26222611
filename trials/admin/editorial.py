"""Texts, revisions' acts and the audit as tables: to find and read. Writing is the desk's."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html

from trials import models
from trials.admin.acts import told
from trials.admin.finding import FoundByNumber
from trials.admin.readonly import ReadOnlyAdmin


@admin.register(models.EditorialText)
class EditorialTextAdmin(FoundByNumber, ReadOnlyAdmin):
    """All texts, whatever their state; a row leads to the desk's page of the trial."""

    list_display = ("trial", "plain_title", "state", "is_live", "reviewed_on", "assigned_to")
    list_filter = ("state", "is_live")
    list_select_related = ("trial", "assigned_to")
    list_only = (
        *("plain_title", "state", "is_live", "reviewed_on"),
        *("trial__nct_id", "trial__brief_title", "assigned_to__username"),
    )
    ordering = ("-id",)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Lead to the desk, where a text is read and written."""
        text = get_object_or_404(models.EditorialText.objects.select_related("trial"), pk=object_id)
        return redirect("admin:desk-text", text.trial.nct_id)


@admin.register(models.AuditEvent)
class AuditEventAdmin(FoundByNumber, ReadOnlyAdmin):
    """Who did what. Rows are never changed: the database refuses it."""

    list_display = ("done_at", "done_by", "what", "subject", "trial_link", "reason")
    list_select_related = ("trial", "done_by")
    search_help_text = "A trial number, or a person’s user name."
    ordering = ("-id",)
    readonly_fields = ("before", "after")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[models.AuditEvent], search_term: str
    ) -> tuple[QuerySet[models.AuditEvent], bool]:
        """Find acts by the person where somebody has such a name, else by the trial's number."""
        people = User.objects.filter(username=search_term.strip()).values_list("pk", flat=True)
        if person := people.first():
            return queryset.filter(done_by=person), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description="What")
    def what(self, event: models.AuditEvent) -> str:
        """What was done, in words."""
        return told(event)

    @admin.display(description="Trial")
    def trial_link(self, event: models.AuditEvent) -> str:
        """Link to the trial's history at the desk."""
        if event.trial is None:
            return "–"
        address = reverse("admin:desk-text", args=[event.trial.nct_id])
        return format_html('<a href="{}">{}</a>', address, event.trial.nct_id)
